"""Every id in the stored files names a thing of its kind in the input that the plan was made from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from terminsplan import store
from terminsplan.exits import RefusedError
from tests.terminsplan.typed import typed
from tests.torture import tampering


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tampering.Chain:
    return tampering.chain(typed, tmp_path_factory.mktemp("kedja"))


@pytest.fixture
def edited(plans: tampering.Chain, tmp_path: Path) -> Callable[[str, Callable[[Any], None]], Path]:
    def edit(name: str, change: Callable[[Any], None]) -> Path:
        for file in dict.fromkeys(tampering.FILES):
            (tmp_path / file).write_bytes((plans.second / file).read_bytes())
        content = json.loads((tmp_path / name).read_text("utf-8"))
        change(content)
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
        return tmp_path

    return edit


def put(table: str, field: str, id_: str) -> Callable[[Any], None]:
    def change(content: Any) -> None:  # noqa: ANN401
        row = next(row for row in content[table] if row.get(field) is not None)
        row[field] = id_

    return change


def put_reason(field: str, id_: str) -> Callable[[Any], None]:
    def change(content: Any) -> None:  # noqa: ANN401
        reasons = next(row["reasons"] for row in content["requirements"] if row["reasons"])
        reasons[0][field] = id_

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("bookings", "hire", "CI"), "nämner nyanställd CI,"),
        (put("bookings", "programme", "CI-1"), "nämner utbildning CI-1,"),
        (put("bookings", "round", "CI-1-1"), "nämner omgång CI-1-1,"),
        (put("bookings", "session", "CI-1"), "nämner tillfälle CI-1,"),
        (put("requirements", "hire", "m1"), "nämner nyanställd m1,"),
        (put("requirements", "programme", "p1"), "nämner utbildning p1,"),
        (put("rounds", "round", "CI"), "nämner omgång CI,"),
        (put("mentors", "hire", "m1"), "nämner nyanställd m1,"),
        (put("mentors", "mentor", "p1"), "nämner mentor p1,"),
        (put_reason("round", "CI-2-1"), "nämner omgång CI-2-1,"),
        (put_reason("round", "p2"), "nämner omgång p2,"),
        (put_reason("locked", "N"), "nämner omgång N,"),
    ],
)
def test_an_id_of_another_kind_is_told(
    change: Callable[[Any], None], says: str, edited: Callable[[str, Callable[[Any], None]], Path]
) -> None:
    with pytest.raises(RefusedError, match=says):
        store.open_plan(edited("plan.json", change))


def test_a_seat_says_what_its_session_is(edited: Callable[[str, Callable[[Any], None]], Path]) -> None:
    with pytest.raises(RefusedError, match=r"säger att \S+ är omgång \S+, moment \d i YR, men i indata.json"):
        store.open_plan(edited("plan.json", put("bookings", "programme", "YR")))


def test_a_change_of_somebody_unknown_is_told(edited: Callable[[str, Callable[[Any], None]], Path]) -> None:
    with pytest.raises(RefusedError, match=r"andringar\.json nämner nyanställd CI-1,"):
        store.open_plan(edited("andringar.json", put("changes", "hire", "CI-1")))


def test_lost_seats_and_former_people_may_speak_of_what_is_gone(plans: tampering.Chain) -> None:
    stored = store.open_plan(plans.second)
    assert stored.changes is not None
    gone = {former.hire for former in stored.changes.former}
    assert gone == {"p6"}
    assert gone.isdisjoint(stored.problem.hire_by_id)
    assert {seat.hire for seat in stored.plan.cancelled} >= gone
