"""Wishes of a person as rows of the input: seats that are decided,
and seats that are not to be had (tables ``bokningar``, ``spärrar``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.moving import MoveWish, Wishes
from models.plan import Plan
from models.problem import Barred, GivenBooking, Session, TermProblem
from scheduler.situation.requirements import Need, needs_of
from scheduler.situation.settled import SeatKey, read_history

RoundKey = tuple[str, str]
"""(hire id, round id)."""
ModuleKey = tuple[str, str, int]
"""(hire id, programme id, module number)."""


class Fault(Enum):
    """What is wrong with a wish that no plan could grant, whoever moves."""

    NOT_REQUIRED = auto()
    DONE = auto()
    OTHER_PROGRAMME = auto()
    NOT_HELD_THERE = auto()
    NO_MODULE = auto()
    ONLY_TOGETHER = auto()
    CONTRADICTED = auto()


class WishError(ValueError):
    """A wish that makes no sense for this hire and this round."""

    def __init__(self, fault: Fault, hire: str, programme: str, round_: str, module: int | None = None) -> None:
        super().__init__(f"{fault.name}: {hire} {programme} {module} {round_}")
        self.fault = fault
        self.hire = hire
        self.programme = programme
        self.round = round_
        self.module = module


@dataclass(frozen=True)
class WishedProblem:
    """The input with the wishes in it; ``before`` is the one without, that ``plan`` was made from.

    ``seats`` are those that the wishes ask for, ``past`` the ones among them that
    were held without her. ``only_tighter``: no plan becomes possible by the wishes
    that was not before. ``already`` are the wishes that the plan grants as it is.
    """

    problem: TermProblem
    before: TermProblem
    plan: Plan
    wishes: Wishes
    seats: frozenset[SeatKey]
    past: tuple[SeatKey, ...]
    only_tighter: bool
    already: Wishes


def with_wishes(problem: TermProblem, plan: Plan, wishes: Wishes) -> WishedProblem:
    """The input of a plan with these wishes, in place of earlier ones that say the opposite; raises ``WishError``."""
    return _Wisher(problem, plan, wishes).made()


class _Wisher:
    """Reads wishes against one plan and its input."""

    def __init__(self, problem: TermProblem, plan: Plan, wishes: Wishes) -> None:
        self._problem = problem
        self._plan = plan
        self._wishes = wishes
        self._history = read_history(problem, plan.planning_date, plan)
        self._needs = {need.key: need for need in needs_of(problem, self._history)}
        self._has = {(row.hire, row.session) for row in plan.bookings}

    def made(self) -> WishedProblem:
        """The changed input."""
        rounds = self._wished_rounds()
        bars = self._wished_bars()
        seats = {(key[0], s.id): s for key, round_ in rounds.items() for s in self._to_attend(key, round_)}
        past = {seat for seat, session in seats.items() if session.day < self._plan.planning_date}
        bookings = {(row.hire, row.session) for row in self._problem.bookings}
        barred = {(row.hire, row.round) for row in self._problem.barred}
        opposite = {seat for seat in bookings if self._contradicts(seat, rounds, bars)}
        lifted = barred & {(key[0], round_) for key, round_ in rounds.items()}
        wanted = frozenset(seats.keys() - past)
        return WishedProblem(
            problem=self._with((bookings - opposite) | wanted, (barred - lifted) | bars),
            before=self._problem,
            plan=self._plan,
            wishes=self._wishes,
            seats=frozenset(seats),
            past=tuple(sorted(past)),
            only_tighter=not opposite and not lifted and self._only_takes_away(wanted, bars),
            already=self._already(),
        )

    def _with(self, bookings: Collection[SeatKey], barred: Collection[RoundKey]) -> TermProblem:
        return self._problem.model_copy(
            update={
                "bookings": tuple(GivenBooking(hire=hire, session=session) for hire, session in sorted(bookings)),
                "barred": tuple(Barred(hire=hire, round=round_) for hire, round_ in sorted(barred)),
            }
        )

    def _wished_bars(self) -> set[RoundKey]:
        """Hires with the rounds that they are not to sit in."""
        moved = {(wish.hire, wish.round) for wish in self._wishes.moves}
        for bar in self._wishes.bars:
            programme = self._problem.round_by_id[bar.round].programme
            need = self._needs.get((bar.hire, programme))
            if need is None or need.done or (bar.hire, bar.round) in moved:
                fault = Fault.NOT_REQUIRED if need is None else Fault.DONE if need.done else Fault.CONTRADICTED
                raise WishError(fault, bar.hire, programme, bar.round)
        return {(bar.hire, bar.round) for bar in self._wishes.bars}

    def _wished_rounds(self) -> Mapping[ModuleKey, str]:
        """The round that is wished for each module."""
        found: dict[ModuleKey, str] = {}
        for wish in self._wishes.moves:
            for module in self._modules(wish):
                key = (wish.hire, wish.programme, module)
                if found.setdefault(key, wish.round) != wish.round:
                    raise _error(Fault.CONTRADICTED, wish)
        return found

    def _modules(self, wish: MoveWish) -> Sequence[int]:
        """What remains of the requirement and is held in the round: a whole cohort, or as much as there is."""
        need = self._needs.get((wish.hire, wish.programme))
        if need is None:
            raise _error(Fault.NOT_REQUIRED, wish)
        if self._problem.round_by_id[wish.round].programme != wish.programme:
            raise _error(Fault.OTHER_PROGRAMME, wish)
        if wish.module is not None:
            return self._one_module(wish, need, wish.module)
        if need.done:
            raise _error(Fault.DONE, wish)
        held = [block.modules for block in need.blocks if all(self._holds(wish.round, m) for m in block.modules)]
        if not held:
            raise _error(Fault.NOT_HELD_THERE, wish)
        return [module for modules in held for module in modules]

    def _one_module(self, wish: MoveWish, need: Need, module: int) -> Sequence[int]:
        block = next((block for block in need.blocks if module in block.modules), None)
        if block is None:
            known = any(module == m.number for m in need.programme.modules)
            raise _error(Fault.DONE if known else Fault.NO_MODULE, wish)
        if len(block.modules) > 1:
            raise _error(Fault.ONLY_TOGETHER, wish)
        if not self._holds(wish.round, module):
            raise _error(Fault.NOT_HELD_THERE, wish)
        return [module]

    def _holds(self, round_: str, module: int) -> bool:
        return (round_, module) in self._problem.meetings

    def _to_attend(self, key: ModuleKey, round_: str) -> Iterator[Session]:
        """The meetings of the module there, without those that she has sat through."""
        hire, programme, module = key
        held = {session.id for session in self._needs[hire, programme].facts}
        return (s for s in self._problem.meetings[round_, module] if s.id not in held)

    def _contradicts(self, seat: SeatKey, rounds: Mapping[ModuleKey, str], bars: Collection[RoundKey]) -> bool:
        """An earlier booking, not yet held, in a barred round, or of a module that is wished in another round now."""
        hire, session = seat[0], self._problem.session_by_id[seat[1]]
        if session.day < self._plan.planning_date:
            return False
        programme = self._problem.round_by_id[session.round].programme
        wished = rounds.get((hire, programme, session.module), session.round)
        return wished != session.round or (hire, session.round) in bars

    def _only_takes_away(self, wanted: Collection[SeatKey], bars: Collection[RoundKey]) -> bool:
        """No seat can be had, or given up, by the wishes that could
        not without them: there is notice enough, or she has the seat.
        """
        sessions, end = self._problem.session_by_id, self._history.notice_end
        if any(seat not in self._has and sessions[seat[1]].day < end for seat in wanted):
            return False
        barred = {(hire, self._problem.round_by_id[round_].programme) for hire, round_ in bars}
        seated = ((row.hire, row.programme) for row in self._plan.bookings if sessions[row.session].day < end)
        return barred.isdisjoint(seated)

    def _already(self) -> Wishes:
        moves = [wish for wish in self._wishes.moves if self._is_so(wish)]
        barred = {(row.hire, row.round) for row in self._problem.barred}
        bars = [bar for bar in self._wishes.bars if (bar.hire, bar.round) in barred]
        return Wishes(moves=tuple(moves), bars=tuple(bars))

    def _is_so(self, wish: MoveWish) -> bool:
        keys = ((wish.hire, wish.programme, module) for module in self._modules(wish))
        return all((wish.hire, s.id) in self._has for key in keys for s in self._to_attend(key, wish.round))


def _error(fault: Fault, wish: MoveWish) -> WishError:
    return WishError(fault, wish.hire, wish.programme, wish.round, wish.module)
