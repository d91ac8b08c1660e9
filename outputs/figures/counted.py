"""The figures that workbook and report share, counted from a problem and its plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from models.ids import RoundStatus, State
from models.plan import Booking, Plan, Requirement, Suggestion
from models.problem import TermProblem
from outputs.by_hand import ByHand, by_hand
from outputs.figures.helps import Bottleneck, Gain, Gains, Help, bottlenecks, helps
from outputs.figures.round_loads import RoundLoad, round_loads
from outputs.figures.shares import Share, in_time, people_on_time, share_of
from outputs.figures.strain import EarlyCases, UnitDay, early_cases, unit_days
from outputs.figures.waits import Wait, waits
from outputs.words import ReasonLines, listed, swedish_order, told_apart

ALWAYS_TOLD = (State.ON_TIME, State.LATE, State.MISSING, State.WAITING, State.DONE)
"""States that are told even where no requirement is in them."""


class Figures:
    """Everything counted once and kept: a report of ten thousand hires asks for the same seats many times."""

    def __init__(self, problem: TermProblem, plan: Plan, *, own_part: bool = False) -> None:
        """``own_part``: the plan is an administration's part of one, and what is told must not tell of others."""
        self.problem = problem
        self.plan = plan
        self.own_part = own_part

    @cached_property
    def seats(self) -> Mapping[tuple[str, str], tuple[Booking, ...]]:
        """Bookings of each (hire, programme), in time order."""
        found: dict[tuple[str, str], list[Booking]] = defaultdict(list)
        for booking in self.plan.bookings:
            found[booking.hire, booking.programme].append(booking)
        return {key: tuple(sorted(rows, key=lambda b: (b.start, b.session))) for key, rows in found.items()}

    @cached_property
    def reasons(self) -> ReasonLines:
        """Why requirements have no other round, in words."""
        return ReasonLines(self.problem, self.plan.planning_date)

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
        return share_of(self.problem, self.plan, organisation, rows)

    @cached_property
    def people_on_time(self) -> tuple[int, int]:
        """Hires with every requirement on time or done, of all hires who have any; what is taken alone is not asked."""
        return people_on_time(self.plan)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names by hire, with the id where two share a name."""
        return told_apart({h.id: h.name for h in self.problem.hires})

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """Every requirement that is booked or held, with the days it took."""
        return waits(self.problem, self.plan)

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
        return round_loads(self.problem, self.plan, self.people_in, self.by_name)

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
        return unit_days(self.problem, self.plan, self.by_name)

    @cached_property
    def stretched(self) -> tuple[UnitDay, ...]:
        """The unit days over the limit, the most stretched first."""
        limit = self.problem.settings.max_away_per_unit
        over = [u for u in self.unit_days if len(u.away) > limit]
        return tuple(sorted(over, key=lambda u: (-len(u.away), u.day, u.organisation, u.unit)))

    @cached_property
    def early_cases(self) -> tuple[EarlyCases, ...]:
        """Requirements that should be finished before the cases begin and are not, the longest time first."""
        return early_cases(self.problem, self.plan)

    @cached_property
    def bottlenecks(self) -> tuple[Bottleneck, ...]:
        """Rounds that turned somebody away for want of seats, those with most not on time first."""
        return bottlenecks(self.plan)

    @cached_property
    def helps(self) -> tuple[Help, ...]:
        """Each suggested change that brings more requirements in time, once, the best first."""
        return helps(self.plan, self._gains)

    def gain(self, requirement: Requirement, idea: Suggestion) -> Gain:
        """What the change brings over the whole plan: the same number for everybody whom it is told to."""
        return self._gains.of(requirement, idea)

    def told_gain(self, requirement: Requirement, idea: Suggestion) -> Gain | None:
        """What the change brings, for a reader of the whole plan; None for who reads of her own people only."""
        return None if self.own_part else self.gain(requirement, idea)

    @cached_property
    def _gains(self) -> Gains:
        return Gains(self.total, self.not_on_time)


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
