"""What became different for one hire between two plans (OUTPUT.md, sheet ``Ändringar``)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from models.base import LATER, Frozen
from models.ids import Level, Rule, Stability
from models.plan import Booking, Count


class ChangeKind(StrEnum):
    """How a seat for one (hire, programme, module, meeting) differs."""

    NEW = "ny"
    MOVED = "flyttad"
    DETAILS = "ändrad"
    CANCELLED = "inställd"


class Unneeded(StrEnum):
    """Why nothing has to be booked any more where a seat was."""

    NOT_REQUIRED = "krävs inte"
    DONE = "klar"
    ON_OWN = "egen tid"


class Change(Frozen):
    """One changed seat. ``MOVED`` is another session; ``DETAILS`` the
    same session at another time, place, room or with other trainers.

    ``forced_by`` names the rule that made the old seat, or another of the requirement,
    impossible (``platser``: somebody had to leave a session with fewer seats); ``given_up_for``
    the level for which a possible seat was given up, ``in_favour_of`` the hires who sit in that
    session now and did not before. ``unneeded`` tells of a seat that nobody asks for any more.
    """

    kind: ChangeKind
    hire: str
    programme: str
    module: Count
    meeting: Count
    before: Booking | None
    after: Booking | None
    forced_by: Rule | None = None
    given_up_for: Level | None = None
    in_favour_of: tuple[str, ...] = ()
    unneeded: Annotated[Unneeded | None, LATER] = None


class StabilityOutcome(Frozen):
    """What a re-plan with one stability gives, found by solving.

    ``on_time`` of ``counting`` requirements and ``hires_on_time`` of ``hires`` are as in the report; ``moved`` is the
    value of level ``changes``: published seats given up though they were possible. ``proven`` says that every level is.
    """

    stability: Stability
    chosen: bool
    on_time: Count
    counting: Count
    hires_on_time: Count
    hires: Count
    moved: Count
    proven: bool


class Former(Frozen):
    """Somebody with changed seats who is no longer in the input: no more than one needs to tell her or her manager."""

    hire: str
    name: str
    organisation: str


class PlanDiff(Frozen):
    """All changed seats, sorted by hire, programme, module and meeting, and the number of unchanged ones.

    ``former`` names those of the hires who have left the input. ``stability`` compares the re-plan with what the other
    stabilities would have given; empty where nobody asked.
    """

    changes: tuple[Change, ...]
    unchanged: Count
    former: tuple[Former, ...] = ()
    stability: tuple[StabilityOutcome, ...] = ()
