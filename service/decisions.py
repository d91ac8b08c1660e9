"""What a coordinator decides by hand as rows of the tables ``bokningar``
and ``spärrar``: those that are to be added, those that must go.

Wishes are read as ``prova`` reads them: against the plan, and what
the newest input says of bookings, barred rounds and attendance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.moving import BarWish, MoveWish, Wishes
from models.plan import Plan
from models.problem import Attendance, Barred, GivenBooking, TermProblem
from scheduler.answers.wishes import WishError, with_wishes
from service import row_edits
from service.config import Config
from service.models import InputVersion
from service.row_edits import RefusedEditError, Tables
from terminsplan.moving import wish_fault
from terminsplan.store import Stored

BOOKINGS, BARRED, ATTENDANCE = "bokningar", "spärrar", "närvaro"
KEYS: Mapping[str, tuple[str, str]] = {BOOKINGS: ("nyanställd", "tillfälle"), BARRED: ("nyanställd", "omgång")}
Pairs = frozenset[tuple[str, str]]
"""(hire id, session id or round id)."""


@dataclass(frozen=True)
class Decision:
    """Rows by table: ``more`` are to be there, ``less`` are not."""

    more: Mapping[str, Pairs]
    less: Mapping[str, Pairs]

    @property
    def empty(self) -> bool:
        """Nothing would be changed."""
        return not any((*self.more.values(), *self.less.values()))

    @property
    def hires(self) -> frozenset[str]:
        """Whom it is about."""
        return frozenset(hire for rows in (*self.more.values(), *self.less.values()) for hire, _ in rows)


@dataclass(frozen=True)
class Today:
    """A plan as it stands on the day of the next one, with what the newest input says by hand and of attendance."""

    problem: TermProblem
    plan: Plan

    def decided(self, wishes: Wishes) -> Decision:
        """The rows that the wishes come to; raises RefusedEditError for wishes that make no sense, or no longer do."""
        try:
            wished = with_wishes(self.problem, self.plan, wishes)
        except WishError as error:
            raise _refused(wish_fault(self.problem, error)) from error
        if wished.past:
            sessions = ", ".join(sorted({session for _, session in wished.past}))
            raise _refused(f"Det här har redan hållits, och kan inte bestämmas i efterhand: {sessions}.")
        before, after = _rows(wished.before), _rows(wished.problem)
        return Decision(
            more={table: after[table] - before[table] for table in KEYS},
            less={table: before[table] - after[table] for table in KEYS},
        )

    def keep_seats(self, hire: str, programme: str) -> Wishes:
        """The wish for what she has in the programme and has not been to yet, just as it is in the plan."""
        together = self.problem.programme_by_id[programme].cohort
        ahead = [
            row
            for row in self.plan.bookings
            if (row.hire, row.programme) == (hire, programme) and self._ahead(row.session)
        ]
        rounds = dict.fromkeys((row.round, None if together else row.module) for row in ahead)
        moves = (MoveWish(hire=hire, programme=programme, module=module, round=round_) for round_, module in rounds)
        return Wishes(moves=tuple(wish for wish in moves if self._remains(wish)))

    def not_there(self, hire: str, programme: str, round_: str) -> Wishes:
        """The wish for another round than this one; than all that
        she still has to go to in the programme, where it is blank.
        """
        mine = (row for row in self.plan.bookings if (row.hire, row.programme) == (hire, programme))
        rounds = [round_] if round_ else sorted({row.round for row in mine if self._ahead(row.session)})
        return Wishes(bars=tuple(BarWish(hire=hire, round=one) for one in rounds))

    def by_hand(self, hire: str, programme: str) -> Decision:
        """What has been decided for her in the programme and is still ahead, as rows that must go."""
        rounds = {round_.id for round_ in self.problem.rounds_of[programme]}
        sessions = {s.id for s in self.problem.sessions if s.round in rounds and self._ahead(s.id)}
        held = _rows(self.problem)
        return Decision(
            more={},
            less={
                BOOKINGS: _of(held[BOOKINGS], hire, sessions),
                BARRED: _of(held[BARRED], hire, rounds),
            },
        )

    def _ahead(self, session: str) -> bool:
        found = self.problem.session_by_id.get(session)
        return found is not None and found.day >= self.plan.planning_date

    def _remains(self, wish: MoveWish) -> bool:
        try:
            with_wishes(self.problem, self.plan, Wishes(moves=(wish,)))
        except WishError:
            return False
        return True


def as_of(config: Config, stored: Stored, version: InputVersion, day: date) -> Today:
    """The plan on the day of the next one. Rows of the newest input
    about people or sessions that the plan does not know are left out.
    """
    problem, plan = stored.problem, stored.plan
    rows = {name: _known(config, version, name, problem) for name in (BOOKINGS, BARRED, ATTENDANCE)}
    return Today(
        problem.model_copy(
            update={
                "bookings": tuple(GivenBooking(hire=hire, session=session) for hire, session, _ in rows[BOOKINGS]),
                "barred": tuple(Barred(hire=hire, round=round_) for hire, round_, _ in rows[BARRED]),
                "attendance": tuple(
                    Attendance(hire=hire, session=session, present=not row_edits.says_no(present))
                    for hire, session, present in rows[ATTENDANCE]
                ),
            }
        ),
        plan.model_copy(update={"planning_date": max(plan.planning_date, day)}),
    )


def written(tables: Tables, decision: Decision) -> str:
    """The rows added and taken away."""
    for table, rows in decision.less.items():
        for pair in sorted(rows):
            row_edits.without_row(tables, (table, KEYS[table], dict(zip(KEYS[table], pair, strict=True))))
    for table, rows in decision.more.items():
        for pair in sorted(rows):
            row_edits.with_row(tables, (table, KEYS[table], dict(zip(KEYS[table], pair, strict=True))))
    return ""


def _known(config: Config, version: InputVersion, table: str, problem: TermProblem) -> Iterator[tuple[str, str, str]]:
    columns = (*KEYS.get(table, KEYS[BOOKINGS]), "närvarande")
    targets: Collection[str] = problem.round_by_id if table == BARRED else problem.session_by_id
    seen = set()
    for row in row_edits.rows_of(config, version, table, columns):
        hire, target, present = (row[column] for column in columns)
        if hire in problem.hire_by_id and target in targets and (hire, target) not in seen:
            seen.add((hire, target))
            yield hire, target, present


def _rows(problem: TermProblem) -> Mapping[str, Pairs]:
    return {
        BOOKINGS: frozenset((row.hire, row.session) for row in problem.bookings),
        BARRED: frozenset((row.hire, row.round) for row in problem.barred),
    }


def _of(rows: Pairs, hire: str, targets: Collection[str]) -> Pairs:
    return frozenset(pair for pair in rows if pair[0] == hire and pair[1] in targets)


def _refused(text: str) -> RefusedEditError:
    return RefusedEditError(
        [{"table": None, "row": None, "column": None, "value": None, "message": text, "text": text}]
    )
