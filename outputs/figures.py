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
from outputs.words import listed

SEAT_REASONS = (Rule.FULL, Rule.QUOTA)


@dataclass(frozen=True)
class Share:
    """Requirements with a deadline this term (of one administration, or all), and how many are finished by it."""

    organisation: str | None
    counted: int
    on_time: int
    late: int
    missing: int
    waiting: int

    @property
    def not_on_time(self) -> int:
        """Late or without a seat."""
        return self.counted - self.on_time


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
class Help:
    """A tried change, and for how many requirements of the list it was tried."""

    programme: str
    idea: Suggestion
    wanted_by: int


class Figures:
    """Everything counted once and kept: a report of ten thousand hires asks for the same seats many times."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan

    def counts(self, requirement: Requirement) -> bool:
        """Whether the on-time share counts it: a deadline this term that the hire stays for, or held in full."""
        if requirement.deadline is None:
            return False
        if requirement.state is State.DONE:
            return requirement.completed_on is not None
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

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many requirements are in each state, all of them named."""
        counted = Counter(r.state for r in self.plan.requirements)
        return {state: counted[state] for state in State}

    @cached_property
    def not_on_time(self) -> tuple[Requirement, ...]:
        """Missing first, then late; by deadline."""
        late = [r for r in self.plan.requirements if r.state in (State.MISSING, State.LATE)]
        return tuple(sorted(late, key=lambda r: (r.state is State.LATE, r.deadline or date.max, r.hire, r.programme)))

    @cached_property
    def waiting(self) -> tuple[Requirement, ...]:
        """Those left for next term, by deadline."""
        rows = [r for r in self.plan.requirements if r.state is State.WAITING]
        return tuple(sorted(rows, key=lambda r: (r.deadline or date.max, r.hire, r.programme)))

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

    def _share(self, organisation: str | None, rows: Iterable[Requirement]) -> Share:
        rows = tuple(rows)
        states = Counter(r.state for r in rows)
        counted = [r for r in rows if self.counts(r)]
        return Share(
            organisation=organisation,
            counted=len(counted),
            on_time=sum(in_time(r) for r in counted),
            late=states[State.LATE],
            missing=states[State.MISSING],
            waiting=states[State.WAITING],
        )

    @cached_property
    def people_on_time(self) -> tuple[int, int]:
        """Hires none of whose counted requirements is late or missing, of the hires who have any."""
        verdicts: dict[str, bool] = {}
        for requirement in self.plan.requirements:
            if self.counts(requirement):
                verdicts[requirement.hire] = verdicts.get(requirement.hire, True) and in_time(requirement)
        return sum(verdicts.values()), len(verdicts)

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """Every requirement that is booked or held, with the days it took."""
        return tuple(
            Wait(hire.organisation, r, max(0, (r.completed_on - hire.starts).days), in_time(r))
            for r in self.plan.requirements
            if r.completed_on is not None
            for hire in (self.problem.hire_by_id[r.hire],)
        )

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
        if requirement.state is State.DONE or not before_cases or hire.caseload_start is None:
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
        """Each suggested change that brings more in time, once, the best first."""
        wanted: dict[tuple[str, str | None, int | None, date | None], list[tuple[str, Suggestion]]] = defaultdict(list)
        for requirement in self.plan.requirements:
            for idea in (s for s in requirement.suggestions if s.more_on_time > 0):
                # A later caseload start is one person's; the others are the same change for whoever is helped.
                own = f"{idea.kind}:{requirement.hire if idea.kind == 'ärendestart' else requirement.programme}"
                wanted[own, idea.round, idea.module, idea.week].append((requirement.programme, idea))
        rows = [Help(*max(tried, key=lambda t: t[1].more_on_time), len(tried)) for tried in wanted.values()]
        return tuple(sorted(rows, key=lambda h: (-h.idea.more_on_time, -h.wanted_by, h.programme, h.idea.kind)))


def in_time(requirement: Requirement) -> bool:
    """Booked in time, or held in full by the deadline."""
    if requirement.state is not State.DONE:
        return requirement.state is State.ON_TIME
    return (
        requirement.completed_on is not None
        and requirement.deadline is not None
        and requirement.completed_on <= requirement.deadline
    )


def median_days(waits: Iterable[Wait]) -> int | None:
    """The middle waiting time in whole days."""
    days = [w.days for w in waits]
    return round(median(days)) if days else None


def swedish_order(text: str) -> tuple[tuple[int, str], ...]:
    """A sorting key that puts å, ä and ö last, as Swedish lists do, whatever the machine's locale."""
    return tuple(("åäö".find(c), c) for c in text.casefold())


def _first_day(load: RoundLoad) -> date:
    return load.sessions[0].day if load.sessions else date.max
