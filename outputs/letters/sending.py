"""What letters are made of: a plan, perhaps an earlier one of
its chain to tell the difference from, and what a service lends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from models.change import Change, PlanDiff
from models.plan import Booking, Plan
from models.problem import Hire, TermProblem
from outputs import ics
from outputs.events.chain import file_names, owners
from outputs.events.identity import MANAGER, PERSON, UNIT
from outputs.events.kinds import KIND_BY_ID, manager_of, unit_of
from outputs.files.kinds import Planned
from outputs.files.own_people import OwnPeople


@dataclass(frozen=True)
class Attached:
    """A file that goes with a letter; ``kind`` is its MIME type."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One letter. ``kind`` and ``owner`` say whose calendar's reader
    it is for, ``file`` where it lies in the folder, without ending.

    ``sender`` and ``email`` are None where no address is known;
    ``new``, ``moved`` and so on are how many seats it tells of.
    """

    kind: str
    owner: str
    file: str
    name: str
    organisation: str
    unit: str
    email: str | None
    sender: str | None
    subject: str
    text: str
    html: str
    seats: str
    changes: str
    attached: tuple[Attached, ...]


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter: ``kind`` and ``owner`` are those of her
    calendar; ``sender`` and ``email`` None where no address is known.
    """

    kind: str
    owner: str
    name: str
    organisation: str
    email: str | None
    sender: str | None


def no_link(_kind: str, _owner: str) -> str | None:
    """Without a service nobody has a subscription."""
    return None


@dataclass(frozen=True)
class Sending:
    """All that letters are made of.

    ``since_plan`` with its ``since_problem`` is the plan whose difference is told, ``changes``
    what is another since; all three or none. ``link`` gives the address of a subscription by
    kind and owner of the calendar, ``written_calendar`` the bytes of a calendar by its kind
    and the name of its file without ending, where calendars have been written already.
    """

    problem: TermProblem
    plan: Plan
    changes: PlanDiff | None = None
    since_problem: TermProblem | None = None
    since_plan: Plan | None = None
    link: Callable[[str, str], str | None] = no_link
    written_calendar: Callable[[str, str], bytes | None] | None = None
    to_look_at: bool = False

    def looked_at(self) -> Sending:
        """For letters that are looked at and not sent: workbooks that go with them are named, and not made."""
        made = copy(self)
        object.__setattr__(made, "to_look_at", True)
        return made

    def with_link(self, link: Callable[[str, str], str | None]) -> Sending:
        """With links in the letters; what has been made of the plans already is shared."""
        made = copy(self)
        object.__setattr__(made, "link", link)
        return made

    @cached_property
    def calendars(self) -> Mapping[tuple[str, str], bytes]:
        """Every calendar by its kind and the name of its file without ending."""
        return {(p.parts[0], p.stem): content for p, content in ics.calendars(self.problem, self.plan)}

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Change, ...]]:
        """What is another for each hire."""
        found: dict[str, list[Change]] = {}
        for change in self.changes.changes if self.changes else ():
            found.setdefault(change.hire, []).append(change)
        return {hire: tuple(rows) for hire, rows in found.items()}

    @cached_property
    def to_come(self) -> Mapping[str, tuple[Booking, ...]]:
        """Each hire's seats from the planning date on, in time order."""
        found: dict[str, list[Booking]] = {}
        for booking in self.plan.bookings:
            if booking.start.date() >= self.plan.planning_date:
                found.setdefault(booking.hire, []).append(booking)
        return {hire: tuple(sorted(rows, key=lambda b: (b.start, b.session))) for hire, rows in found.items()}

    @cached_property
    def mentors(self) -> Mapping[str, str]:
        """The name of each hire's mentor, where she has one."""
        known = self.problem.mentor_by_id
        return {
            pair.hire: known[pair.mentor].name
            for pair in self.plan.mentors
            if pair.mentor is not None and pair.mentor in known
        }

    @cached_property
    def own_people(self) -> OwnPeople:
        """The plan in parts."""
        return OwnPeople(Planned(self.problem, self.plan, self.changes))

    @cached_property
    def former(self) -> Mapping[str, Hire]:
        """Hires with changes who have left the input, as they were."""
        if self.since_problem is None:
            return {}
        return {
            h.id: h for h in self.since_problem.hires if h.id in self.changes_of and h.id not in self.problem.hire_by_id
        }

    @cached_property
    def stems(self) -> Mapping[str, Mapping[str, str]]:
        """File names without ending by kind of calendar and owner: letters are called as calendars are."""
        left: dict[str, set[str | None]] = {
            PERSON: set(self.former),
            UNIT: {unit_of(hire) for hire in self.former.values()},
            MANAGER: {manager_of(hire) for hire in self.former.values()},
        }
        found = {}
        for kind in (PERSON, *KIND_BY_ID):
            ids = owners(self.problem, self.plan, kind) | {id_ for id_ in left.get(kind, ()) if id_ is not None}
            found[kind] = file_names(ids, kind, self.plan.files)
        return found

    def is_moved(self, hire: Hire) -> bool:
        """Whether her address is another than it was in the earlier plan."""
        before = self.since_problem.hire_by_id.get(hire.id) if self.since_problem else None
        return before is not None and before.email != hire.email

    def calendar(self, kind: str, owner: str) -> tuple[Attached, ...]:
        """Somebody's calendar as a file, where she has one."""
        stem = self.stems[kind].get(owner, "")
        content = (
            self.calendars.get((kind, stem)) if self.written_calendar is None else self.written_calendar(kind, stem)
        )
        return () if content is None else (Attached(f"{stem}.ics", "text/calendar", content),)
