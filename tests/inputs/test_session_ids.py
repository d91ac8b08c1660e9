"""Session ids and meeting numbers in a re-plan (INPUT.md, table tillfällen, column ``id``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import permutations

import pytest

from inputs.entries import Entry
from inputs.readers.sessions import SessionRow
from inputs.session_ids import Earlier, inherit
from models.plan import UsedSession
from models.problem import Module, Programme, Round, Session, Settings, TermProblem

TODAY = date(2026, 9, 5)
ROW = SessionRow(
    id="", round="R", module=1, meeting=0, programme=None, day=date.min, start=time(9), end=time(16), seats=None
)


def before(*days: int, used: Sequence[tuple[str, int]] = (), **own: int) -> Earlier:
    """A plan of sessions in September, R-1 first, R-1-2, ...,
    and those with ids of their own; ``used`` earlier still.
    """
    ids = [("R-1" if n == 1 else f"R-1-{n}", day) for n, day in enumerate(days, start=1)] + list(own.items())
    sessions = tuple(
        Session(id=id_, round="R", module=1, meeting=n, day=date(2026, 9, day), start=time(9), end=time(16), seats=5)
        for n, (id_, day) in enumerate(ids, start=1)
    )
    problem = TermProblem(
        settings=Settings(horizon_start=date(2026, 9, 1), horizon_end=date(2026, 12, 1)),
        organisations=(),
        programmes=(Programme(id="P", name="P", deadline_months=4, modules=(Module(number=1, name="M"),)),),
        rounds=(Round(id="R", programme="P", seats=5),),
        sessions=sessions,
        hires=(),
    )
    known = [*used, *((s.id, s.meeting) for s in sessions)]
    rows = tuple(UsedSession(session=id_, round="R", module=1, meeting=n) for id_, n in known)
    return Earlier(problem, rows, TODAY)


def row(day: int, id_: str = "", start: int = 9) -> Entry[SessionRow]:
    item = ROW.model_copy(update={"day": date(2026, 9, day), "start": time(start), "id": id_ or "gjort"})
    return Entry(item, "tillfällen", 2, {"id": id_} if id_ else {})


def named(earlier: Earlier, *rows: Entry[SessionRow]) -> dict[int, tuple[str, int]]:
    """Id and meeting number by day of September; the same in every order of the rows."""
    (found,) = {_named(earlier, order) for order in permutations(rows)}
    return dict(found)


def _named(earlier: Earlier, rows: Sequence[Entry[SessionRow]]) -> tuple[tuple[int, tuple[str, int]], ...]:
    fresh = [Entry(entry.item, entry.table, entry.row, entry.values) for entry in rows]
    inherit(fresh, earlier, TODAY)
    return tuple(sorted((e.item.day.day, (e.item.id, e.item.meeting)) for e in fresh))


def test_what_is_still_there_keeps_its_id_and_what_is_new_gets_one_never_used() -> None:
    assert named(before(10, 17), row(8), row(10), row(17)) == {8: ("R-1-3", 3), 10: ("R-1", 1), 17: ("R-1-2", 2)}


def test_an_id_that_an_earlier_plan_used_is_not_given_again() -> None:
    earlier = before(10, used=[("R-1-2", 2), ("R-1-3", 3)])
    assert named(earlier, row(10), row(17)) == {10: ("R-1", 1), 17: ("R-1-4", 4)}


def test_a_moved_session_takes_the_id_that_is_left() -> None:
    assert named(before(10, 17), row(10), row(24)) == {10: ("R-1", 1), 24: ("R-1-2", 2)}


def test_another_hour_is_a_moved_session() -> None:
    assert named(before(10, 17), row(10, start=13), row(17)) == {10: ("R-1", 1), 17: ("R-1-2", 2)}


@pytest.mark.parametrize(("old", "new"), [(4, 17), (10, 4)])
def test_what_was_held_is_never_taken_for_what_is_to_come(old: int, new: int) -> None:
    assert named(before(old, 24), row(new), row(24)) == {new: ("R-1-3", 3), 24: ("R-1-2", 2)}


def test_the_planning_date_itself_is_still_to_come() -> None:
    assert named(before(5), row(17)) == {17: ("R-1", 1)}


def test_an_id_of_ones_own_is_never_changed_nor_given_to_another_row() -> None:
    earlier = before(10, 17)
    assert named(earlier, row(17, "R-1"), row(10)) == {10: ("R-1-2", 2), 17: ("R-1", 1)}


def test_a_row_that_lost_its_own_id_keeps_it() -> None:
    assert named(before(10, T9=17), row(10), row(17)) == {10: ("R-1", 1), 17: ("T9", 2)}
