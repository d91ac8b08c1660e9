"""The figures that workbook and report share, counted from a problem and its plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from models.ids import RoundStatus, Rule, State
from models.plan import Booking, Plan, Requirement, RoundUse, Suggestion
from models.problem import Hire, Round, Session, TermProblem
from outputs.by_hand import ByHand, by_hand
from outputs.words import listed, told_apart

SEAT_REASONS = (Rule.FULL, Rule.QUOTA)
SATISFIED = (State.ON_TIME, State.DONE)
ON_OWN = (State.ON_OWN, State.ON_OWN_LATE)
"""Taken alone: outside all shares, with a count of its own."""
ALWAYS_TOLD = (State.ON_TIME, State.LATE, State.MISSING, State.WAITING, State.DONE)
"""States that are told even where no requirement is in them."""


@dataclass(frozen=True)
class Share:
    """The requirements of one administration, or all: each in one
    state, and of those with a deadline this term how many keep it.
    """

    organisation: str | None
    counted: int
    on_time: int
    states: Mapping[State, int]

    @property
    def requirements(self) -> int:
        """All of them, whatever their state and deadline."""
        return sum(self.states.values())

    @property
    def late(self) -> int:
        """Booked, but after the deadline."""
        return self.states[State.LATE]

    @property
    def missing(self) -> int:
        """Without a seat though the deadline is this term."""
        return self.states[State.MISSING]

    @property
    def waiting(self) -> int:
        """Left for next term."""
        return self.states[State.WAITING]

    @property
    def leaves(self) -> int:
        """Not booked, of hires who are gone before anything is due."""
        return self.states[State.LEAVES]

    @property
    def on_own(self) -> int:
        """Taken alone and not done yet."""
        return sum(self.states[state] for state in ON_OWN)

    @property
    def with_others(self) -> int:
        """All but those that are taken alone and not done yet."""
        return self.requirements - self.on_own

    @property
    def not_on_time(self) -> int:
        """Those with a deadline this term that is not kept."""
        return self.counted - self.on_time

    @property
    def held_late(self) -> int:
        """Held in full, but after the deadline."""
        return self.not_on_time - self.late - self.missing


@dataclass(frozen=True)
class Wait:
    """Days from a hire's start to a programme's completion."""

    organisation: str
    requirement: Requirement
    days: int
    in_time: bool


@dataclass(frozen=True)
class RoundLoad:
    """A round with its sessions in date order and who sits where."""

    round: Round
    runs: bool
    people: tuple[str, ...]
    sessions: tuple[Session, ...]
    taken: tuple[int, ...]

    @property
    def peak(self) -> tuple[int, int]:
        """Participants and seats of the fullest session that is held."""
        held = [(t, s.seats) for t, s in zip(self.taken, self.sessions, strict=True) if not s.cancelled]
        return max(held, key=lambda pair: (pair[0] / max(1, pair[1]), -pair[1]), default=(0, self.round.seats))


@dataclass(frozen=True)
class UnitDay:
    """The hires of one unit who are at training on one day."""

    organisation: str
    unit: str
    day: date
    away: tuple[str, ...]


@dataclass(frozen=True)
class EarlyCases:
    """Days with cases before a programme that should come first is finished (level ``caseload``, unweighted)."""

    hire: Hire
    requirement: Requirement
    days: int


@dataclass(frozen=True)
class Bottleneck:
    """A round for whose seats some requirements wait in vain: late, missing or waiting ones."""

    round: str
    turned_away: int
    not_on_time: int


@dataclass(frozen=True)
class Gain:
    """What a tried change brings over the whole plan: so many
    requirements more on time, and how many of how many then are.
    """

    more: int
    on_time: int
    counted: int


@dataclass(frozen=True)
class Help:
    """A tried change, what it brings, and how many requirements it was tried for."""

    programme: str
    idea: Suggestion
    gain: Gain
    wanted_by: int


class Figures:
    """Everything counted once and kept: a report of ten thousand hires asks for the same seats many times."""

    def __init__(self, problem: TermProblem, plan: Plan, *, own_part: bool = False) -> None:
        """``own_part``: the plan is an administration's part of one, and what is told must not tell of others."""
        self.problem = problem
        self.plan = plan
        self.own_part = own_part

    def counts(self, requirement: Requirement) -> bool:
        """Whether the on-time share counts it: a deadline this term that the hire stays for.

        What is credited without a date is outside: nobody knows whether it was in time. So is what is taken alone.
        """
        if requirement.deadline is None or requirement.state in ON_OWN:
            return False
        if requirement.state is State.DONE and requirement.completed_on is None:
            return False
        ends = self.problem.hire_by_id[requirement.hire].ends
        return requirement.deadline <= self.plan.horizon[1] and (ends is None or ends >= requirement.deadline)

    @cached_property
    def seats(self) -> Mapping[tuple[str, str], tuple[Booking, ...]]:
        """Bookings of each (hire, programme), in time order."""
        found: dict[tuple[str, str], list[Booking]] = defaultdict(list)
        for booking in self.plan.bookings:
            found[booking.hire, booking.programme].append(booking)
        return {key: tuple(sorted(rows, key=lambda b: (b.start, b.session))) for key, rows in found.items()}

    @cached_property
    def by_hand(self) -> Mapping[tuple[str, str], ByHand]:
        """What is locked and barred by hand, by (hire, programme)."""
        return by_hand(self.problem, self.plan.planning_date)

    def is_locked(self, hire: str, round_: str) -> bool:
        """Somebody has decided by hand that she sits there."""
        found = self.by_hand.get((hire, self.problem.round_by_id[round_].programme))
        return found is not None and round_ in found.locked

    @cached_property
    def people_in(self) -> Mapping[str, tuple[str, ...]]:
        """Hires in each session id, by name."""
        found: dict[str, set[str]] = defaultdict(set)
        for booking in self.plan.bookings:
            found[booking.session].add(booking.hire)
        return {key: self.by_name(ids) for key, ids in found.items()}

    def by_name(self, hires: Iterable[str]) -> tuple[str, ...]:
        """Ids in the order a reader looks for them in: by name, then id."""
        known = self.problem.hire_by_id
        return tuple(sorted(hires, key=lambda id_: (swedish_order(known[id_].name) if id_ in known else (), id_)))

    @cached_property
    def requirement_of(self) -> Mapping[tuple[str, str], Requirement]:
        """Requirements by hire and programme."""
        return {(r.hire, r.programme): r for r in self.plan.requirements}

    @property
    def states(self) -> Mapping[State, int]:
        """How many requirements are in each state, all of them named."""
        return self.total.states

    @cached_property
    def not_on_time(self) -> tuple[Requirement, ...]:
        """Missing first, then late; by deadline."""
        late = [r for r in self.plan.requirements if r.state in (State.MISSING, State.LATE)]
        return tuple(sorted(late, key=lambda r: (r.state is State.LATE, r.deadline or date.max, r.hire, r.programme)))

    @cached_property
    def waiting(self) -> tuple[Requirement, ...]:
        """Those left for next term, by deadline."""
        return self._in_state(State.WAITING)

    @cached_property
    def leaving(self) -> tuple[Requirement, ...]:
        """Those that are left undone because the hire leaves, by deadline."""
        return self._in_state(State.LEAVES)

    @cached_property
    def on_own_late(self) -> tuple[Requirement, ...]:
        """Those taken alone whose deadline has passed, by deadline."""
        return self._in_state(State.ON_OWN_LATE)

    @cached_property
    def alone(self) -> tuple[Requirement, ...]:
        """Those taken alone and not done yet, those whose deadline has passed first."""
        return (*self.on_own_late, *self._in_state(State.ON_OWN))

    def _in_state(self, state: State) -> tuple[Requirement, ...]:
        rows = [r for r in self.plan.requirements if r.state is state]
        return tuple(sorted(rows, key=lambda r: (r.deadline or date.max, r.hire, r.programme)))

    @cached_property
    def held_seats(self) -> tuple[int, int]:
        """Seats at sessions held before the planning date that nobody has confirmed, of all such seats."""
        held = [b for b in self.plan.bookings if b.start.date() < self.plan.planning_date]
        return sum(b.unconfirmed for b in held), len(held)

    @cached_property
    def unconfirmed_seats(self) -> frozenset[tuple[str, str]]:
        """Hire and session of each of them that nobody has confirmed."""
        return frozenset((b.hire, b.session) for b in self.plan.bookings if b.unconfirmed)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """On-time share of each administration, in the order of their names."""
        rows: dict[str, list[Requirement]] = {o.id: [] for o in self.problem.organisations}
        for requirement in self.plan.requirements:
            rows[self.problem.hire_by_id[requirement.hire].organisation].append(requirement)
        order = sorted(self.problem.organisations, key=lambda o: (swedish_order(o.name), o.id))
        return tuple(self._share(o.id, rows[o.id]) for o in order if rows[o.id])

    @cached_property
    def total(self) -> Share:
        """The on-time share of all."""
        return self._share(None, self.plan.requirements)

    @cached_property
    def requirements_of(self) -> Mapping[str, tuple[Requirement, ...]]:
        """Requirements by hire."""
        found: dict[str, list[Requirement]] = defaultdict(list)
        for requirement in self.plan.requirements:
            found[requirement.hire].append(requirement)
        return {hire: tuple(rows) for hire, rows in found.items()}

    def share_of(self, rows: Iterable[Requirement]) -> Share:
        """The on-time share of any requirements."""
        return self._share(None, rows)

    def _share(self, organisation: str | None, rows: Iterable[Requirement]) -> Share:
        rows = tuple(rows)
        states = Counter(r.state for r in rows)
        counted = [r for r in rows if self.counts(r)]
        return Share(
            organisation=organisation,
            counted=len(counted),
            on_time=sum(in_time(r) for r in counted),
            states={state: states[state] for state in State},
        )

    @cached_property
    def people_on_time(self) -> tuple[int, int]:
        """Hires with every requirement on time or done, of all hires who have any; what is taken alone is not asked."""
        verdicts: dict[str, bool] = {}
        for requirement in self.plan.requirements:
            if requirement.state in ON_OWN:
                continue
            verdicts[requirement.hire] = verdicts.get(requirement.hire, True) and requirement.state in SATISFIED
        return sum(verdicts.values()), len(verdicts)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by hire, with the id where two share a name."""
        return told_apart({h.id: h.name for h in self.problem.hires})

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """Every requirement that is booked or held, with the days it took."""
        return tuple(
            Wait(self.problem.hire_by_id[r.hire].organisation, r, days, in_time(r))
            for r in self.plan.requirements
            if (days := self.days_to_done(r)) is not None
        )

    def days_to_done(self, requirement: Requirement) -> int | None:
        """Days from the first day of employment to completion; 0
        for what was completed before it, None without a date.
        """
        if requirement.completed_on is None:
            return None
        return max(0, (requirement.completed_on - self.problem.hire_by_id[requirement.hire].starts).days)

    def waits_of(self, organisation: str | None) -> tuple[Wait, ...]:
        """Those of one administration; of all for None."""
        return self.waits if organisation is None else tuple(self._waits_by_organisation.get(organisation, ()))

    @cached_property
    def _waits_by_organisation(self) -> Mapping[str, list[Wait]]:
        found: dict[str, list[Wait]] = defaultdict(list)
        for wait in self.waits:
            found[wait.organisation].append(wait)
        return found

    @cached_property
    def rounds(self) -> tuple[RoundLoad, ...]:
        """All rounds, by programme and first day."""
        sessions: dict[str, list[Session]] = defaultdict(list)
        for session in self.problem.sessions:
            sessions[session.round].append(session)
        uses = {u.round: u for u in self.plan.rounds}
        loads = [self._load(r, sessions[r.id], uses.get(r.id)) for r in self.problem.rounds]
        return tuple(sorted(loads, key=lambda x: (x.round.programme, _first_day(x), x.round.id)))

    def _load(self, round_: Round, sessions: list[Session], use: RoundUse | None) -> RoundLoad:
        ordered = tuple(sorted(sessions, key=lambda s: (s.day, s.start, s.id)))
        people = {hire for s in ordered for hire in self.people_in.get(s.id, ())}
        taken = tuple(len(self.people_in.get(s.id, ())) for s in ordered)
        return RoundLoad(round_, use is not None and use.runs, self.by_name(people), ordered, taken)

    @cached_property
    def opened(self) -> tuple[RoundLoad, ...]:
        """The proposals that the plan opens."""
        return tuple(x for x in self.rounds if x.round.status is RoundStatus.PROPOSED and x.runs)

    @cached_property
    def unopened(self) -> tuple[RoundLoad, ...]:
        """The proposals that it leaves."""
        return tuple(x for x in self.rounds if x.round.status is RoundStatus.PROPOSED and not x.runs)

    def purpose(self, load: RoundLoad) -> str:
        """Who a round is for: how many from each administration, and how many of them are in time by it."""
        found = (self.requirement_of.get((hire, load.round.programme)) for hire in load.people)
        rows = [r for r in found if r is not None]
        hires = self.problem.hire_by_id
        names = Counter(self.problem.organisation_by_id[hires[r.hire].organisation].name for r in rows)
        employers = listed(f"{name} {number}" for name, number in sorted(names.items(), key=lambda n: (-n[1], n[0])))
        return f"{employers}; {sum(in_time(r) for r in rows)} av {len(rows)} blir klara i tid"

    @cached_property
    def unit_days(self) -> tuple[UnitDay, ...]:
        """Every unit and day with somebody at training, by administration, unit and day."""
        away: dict[tuple[str, str, date], set[str]] = defaultdict(set)
        for booking in self.plan.bookings:
            hire = self.problem.hire_by_id.get(booking.hire)
            if hire is not None and hire.unit:
                away[hire.organisation, hire.unit, booking.start.date()].add(hire.id)
        return tuple(UnitDay(*key, self.by_name(ids)) for key, ids in sorted(away.items()))

    @cached_property
    def stretched(self) -> tuple[UnitDay, ...]:
        """The unit days over the limit, the most stretched first."""
        limit = self.problem.settings.max_away_per_unit
        over = [u for u in self.unit_days if len(u.away) > limit]
        return tuple(sorted(over, key=lambda u: (-len(u.away), u.day, u.organisation, u.unit)))

    @cached_property
    def early_cases(self) -> tuple[EarlyCases, ...]:
        """Requirements that should be finished before the cases begin and are not, the longest time first."""
        found = [e for r in self.plan.requirements if (e := self._early(r)) is not None]
        return tuple(sorted(found, key=lambda e: (-e.days, e.hire.id, e.requirement.programme)))

    def _early(self, requirement: Requirement) -> EarlyCases | None:
        hire = self.problem.hire_by_id[requirement.hire]
        before_cases = self.problem.programme_by_id[requirement.programme].before_cases
        outside = requirement.state is State.DONE or requirement.state in ON_OWN
        if outside or not before_cases or hire.caseload_start is None:
            return None
        last = requirement.completed_on or min(self.plan.horizon[1], hire.ends or date.max)
        days = (last - hire.caseload_start).days + 1
        return EarlyCases(hire, requirement, days) if days > 0 else None

    @cached_property
    def bottlenecks(self) -> tuple[Bottleneck, ...]:
        """Rounds that turned somebody away for want of seats, those with most not on time first."""
        away: Counter[str] = Counter()
        late: Counter[str] = Counter()
        for requirement in self.plan.requirements:
            for round_ in {r.round for r in requirement.reasons if r.rule in SEAT_REASONS}:
                away[round_] += 1
                late[round_] += requirement.state in (State.MISSING, State.LATE)
        rows = [Bottleneck(round_, number, late[round_]) for round_, number in away.items()]
        return tuple(sorted(rows, key=lambda b: (-b.not_on_time, -b.turned_away, b.round)))

    @cached_property
    def helps(self) -> tuple[Help, ...]:
        """Each suggested change that brings more requirements in time, once, the best first."""
        wanted: dict[_Change, list[tuple[str, Suggestion]]] = defaultdict(list)
        for requirement in self.plan.requirements:
            for idea in requirement.suggestions:
                wanted[_change(requirement, idea)].append((requirement.programme, idea))
        gains = ((tried, self._gain(change)) for change, tried in wanted.items())
        rows = [Help(*tried[0], gain, len(tried)) for tried, gain in gains if gain.more > 0]
        return tuple(
            sorted(rows, key=lambda h: (-h.gain.more, -h.wanted_by, h.programme, h.idea.kind, str(h.idea.week)))
        )

    def gain(self, requirement: Requirement, idea: Suggestion) -> Gain:
        """What the change brings over the whole plan: the same number for everybody whom it is told to."""
        return self._gain(_change(requirement, idea))

    def told_gain(self, requirement: Requirement, idea: Suggestion) -> Gain | None:
        """What the change brings, for a reader of the whole plan; None for who reads of her own people only."""
        return None if self.own_part else self.gain(requirement, idea)

    def _gain(self, change: _Change) -> Gain:
        more = self._more_on_time[change]
        return Gain(more, self.total.on_time + more, self.total.counted)

    @cached_property
    def _more_on_time(self) -> Counter[_Change]:
        """By change, as told to those with a deadline to keep: older plans tell another number to those who wait."""
        found: Counter[_Change] = Counter()
        for requirement in self.not_on_time:
            for idea in requirement.suggestions:
                change = _change(requirement, idea)
                found[change] = max(found[change], idea.more_on_time)
        return found


_Change = tuple[str, str | None, int | None, date | None]


def _change(requirement: Requirement, idea: Suggestion) -> _Change:
    """What tells one change from another: a later caseload start
    is one person's, the others are the same for whoever is helped.
    """
    whose = requirement.hire if idea.kind == "ärendestart" else requirement.programme
    return f"{idea.kind}:{whose}", idea.round, idea.module, idea.week


def in_time(requirement: Requirement) -> bool:
    """Booked in time, or held in full and not after a deadline."""
    if requirement.state is not State.DONE:
        return requirement.state is State.ON_TIME
    completed, deadline = requirement.completed_on, requirement.deadline
    return completed is not None and (deadline is None or completed <= deadline)


def told_states(figures: Figures) -> tuple[State, ...]:
    """The states that are listed one below the other: the common
    ones, and the others where some requirement is in them.
    """
    return tuple(state for state in State if state in ALWAYS_TOLD or figures.states[state])


def shown_states(figures: Figures) -> tuple[State, ...]:
    """The states that stand as columns in a table of administrations:
    those that some requirement is in; they add up to all.
    """
    return tuple(state for state in State if figures.states[state])


def median_days(waits: Iterable[Wait]) -> int | None:
    """The middle waiting time in whole days."""
    days = [w.days for w in waits]
    return round(median(days)) if days else None


def swedish_order(text: str) -> tuple[tuple[int, str], ...]:
    """A sorting key that puts å, ä and ö last, as Swedish lists do, whatever the machine's locale."""
    return tuple(("åäö".find(c), c) for c in text.casefold())


def _first_day(load: RoundLoad) -> date:
    return load.sessions[0].day if load.sessions else date.max
