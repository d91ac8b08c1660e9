"""What became different for one hire between two plans (OUTPUT.md, sheet ``Ändringar``)."""

from __future__ import annotations

from enum import StrEnum

from models.base import Frozen
from models.ids import Level, Rule
from models.plan import Booking


class ChangeKind(StrEnum):
    """How a seat for one (hire, programme, module, meeting) differs."""

    NEW = "ny"
    MOVED = "flyttad"
    DETAILS = "ändrad"
    CANCELLED = "inställd"


class Change(Frozen):
    """One changed seat. ``MOVED`` is another session; ``DETAILS`` the same session at another time, place, room or with other trainers.

    ``forced_by`` names the rule that made the old seat, or another of the requirement, impossible; ``given_up_for`` the level for which a
    possible seat was given up, ``in_favour_of`` the hires who sit in that session now and did not before.
    """

    kind: ChangeKind
    hire: str
    programme: str
    module: int
    meeting: int
    before: Booking | None
    after: Booking | None
    forced_by: Rule | None = None
    given_up_for: Level | None = None
    in_favour_of: tuple[str, ...] = ()


class PlanDiff(Frozen):
    """All changed seats, sorted by hire, programme, module and meeting, and the number of unchanged ones."""

    changes: tuple[Change, ...]
    unchanged: int
