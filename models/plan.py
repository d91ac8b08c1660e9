"""The plan: who sits where, what became of every requirement,
how good it is and how that is known (OUTPUT.md, schema 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from models.base import LATER, Frozen
from models.ids import Level, MentorLevel, MentorReason, Rule, State

SCHEMA = 2

EventSequence = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""SEQUENCE of a calendar event (RFC 5545 3.8.7.4): far enough below
the largest INTEGER of 3.3.8 to be raised by every later plan.
"""

PlanNumber = Annotated[int, Field(ge=0, le=1_000_000)]
"""A plan's place in its chain: the stamps of calendar events count it in seconds."""

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
"""A number of people, seats, parts or meetings."""


class Booking(Frozen):
    """One hire's seat at one session, as published. Times are aware;
    ``sequence`` is that of her calendar event (RFC 5545 3.8.7.4).

    ``changed_in`` is the number of the plan in which the seat last changed; None in what was written before there was
    one. ``unconfirmed``: the session has been held, and nobody has told whether she was there.
    """

    hire: str
    programme: str
    module: Count
    meeting: Count
    round: str
    session: str
    start: datetime
    end: datetime
    place: str | None
    room: str | None
    trainers: tuple[str, ...]
    sequence: EventSequence = 0
    changed_on: date
    changed_in: PlanNumber | None = None
    unconfirmed: Annotated[bool, LATER] = False

    def taken_by(self, hire: str) -> Booking:
        """This seat as somebody else's.

        There may be a million of them, so it is copied unchecked, and ``model_fields_set`` is shared: against
        ``model_copy`` half the time and less than half the memory.
        """
        copied = Booking.__new__(Booking)
        copied.__setstate__(
            {
                "__dict__": {**self.__dict__, "hire": hire},
                "__pydantic_fields_set__": self.__pydantic_fields_set__,
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )
        return copied


class Reason(Frozen):
    """Why a round is not hers; ``level`` goes with ``prioriterad_bort`` only.

    ``locked`` is another round to which a given booking locks her,
    where no rule but that and the level or the seats stand against her.
    """

    round: str
    rule: Rule
    level: Level | None = None
    locked: Annotated[str | None, LATER] = None


class Suggestion(Frozen):
    """A change of the input that was tried by solving, with what it gives over the whole plan.

    ``kind`` is ``plats`` (one more seat in ``round``), ``kvot`` (no seats kept there that stay empty),
    ``förslag`` (let the proposal ``round`` run), ``nytt_datum`` (the cancelled session of ``module``
    there held on the day ``week``), ``ny_omgång`` (another running of ``module`` in the ISO week that
    begins on ``week``) or ``ärendestart`` (the hire's caseload start moved to ``week``). ``helps``
    says that this very requirement gets its seats, and in time; ``more_on_time`` how many more
    requirements of all hires are on time: the same number for everybody whom the change helps.
    """

    kind: str
    round: str | None = None
    module: Count | None = None
    week: date | None = None
    helps: bool
    more_on_time: int


class Requirement(Frozen):
    """One hire's obligation to go through one programme, and its state."""

    hire: str
    programme: str
    state: State
    deadline: date | None
    completed_on: date | None
    reasons: tuple[Reason, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class RoundUse(Frozen):
    """Whether a round runs, with how many participants of how many seats."""

    round: str
    runs: bool
    participants: Count
    seats: Count


class LevelResult(Frozen):
    """A level's value, the best bound proven (None when it was never reached), and whether they meet."""

    name: Level
    value: int
    bound: int | None
    proven: bool


class MentorPair(Frozen):
    """A hire and her mentor, or without one why. ``kept``: the plan before had the same pair; None without a mentor."""

    hire: str
    mentor: str | None = None
    kept: bool | None = None
    reason: MentorReason | None = None


class MentorLevelResult(Frozen):
    """As ``LevelResult``, of the mentors' levels."""

    name: MentorLevel
    value: int
    bound: int | None
    proven: bool


class Previous(Frozen):
    """The plan that a re-plan began from: its number and the hash of its plan.json."""

    plan_number: PlanNumber
    sha256: str


class Occasion(Frozen):
    """A dated meeting as it was shown, kept for when its session has left the input."""

    programme: str
    module: Count
    meeting: Count
    round: str
    start: datetime
    end: datetime
    place: str | None
    room: str | None
    trainers: tuple[str, ...]


class SharedEvent(Frozen):
    """SEQUENCE of a session's event in a calendar that shows sessions, or the mark of a lost seat.

    ``calendar`` is the kind of calendar (``forvaltning``, ``omgang``, ``enhet``, ...), ``owner``
    whose it is. ``last`` is what was last shown of an event that is cancelled, None for one that
    takes place; ``lost`` says that it was this very plan that cancelled it (dates cannot tell,
    since two plans may be made on one day). Rows with ``calendar`` ``person`` mark those of
    ``Plan.cancelled`` that this plan lost, with the hire as ``owner``; earlier ones have no row.
    """

    calendar: str
    owner: str
    session: str
    sequence: EventSequence = 0
    changed_on: date
    changed_in: PlanNumber | None = None
    last: Occasion | None = None
    lost: bool = False


class NumberedTask(Frozen):
    """SEQUENCE of a task in a hire's calendar (``introduktion/``);
    ``number`` counts those of a task on repeat from 1.
    """

    hire: str
    task: str
    number: Count
    sequence: EventSequence = 0
    changed_on: date
    changed_in: PlanNumber


class UsedSession(Frozen):
    """A session id that a plan of the chain has used, and for what: it never comes to mean another session."""

    session: str
    round: str
    module: Count
    meeting: Count


class Plan(Frozen):
    """plan.json.

    ``series`` tells the chain's calendar events from those of every other plan; None in a chain that began before there
    was one. ``mentors`` has a row for each hire; it and ``mentor_levels`` are empty where the input has no mentors.
    ``used_sessions`` holds every session of the chain, ``files`` the file name of each id that is not its own.
    """

    schema_: int = Field(default=SCHEMA, alias="schema")
    plan_number: PlanNumber = 1
    planning_date: date
    term: str
    horizon: tuple[date, date]
    input_sha256: str
    previous: Previous | None = None
    series: str | None = None
    seed: int
    bookings: tuple[Booking, ...]
    cancelled: tuple[Booking, ...] = ()
    requirements: tuple[Requirement, ...]
    rounds: tuple[RoundUse, ...]
    levels: tuple[LevelResult, ...]
    mentors: tuple[MentorPair, ...] = ()
    mentor_levels: tuple[MentorLevelResult, ...] = ()
    events: tuple[SharedEvent, ...] = ()
    tasks: tuple[NumberedTask, ...] = ()
    used_sessions: tuple[UsedSession, ...] = ()
    files: Mapping[str, str] = Field(default_factory=dict)
