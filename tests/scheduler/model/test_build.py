"""Building is ended by what a look raises, at whichever of the looks that is, those of a re-plan among them."""

from __future__ import annotations

import pytest

from scheduler.model.build import Model, build
from scheduler.rules import order
from scheduler.seats.promises import Promises
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need
from scheduler.solvers.clock import TimeIsUpError
from tests.scheduler.build import EARLY, booked, hire, plan, problem, programme, round_

P = programme("P", modules=2)
ROUNDS = (round_("R1", "P", "1 09-01", "2 09-02"), round_("R2", "P", "1 09-08", "2 09-09"))
TERM = problem(P, *ROUNDS, *(hire(name) for name in ("anna", "bo", "cilla")), booked("anna", "R1-1"))


class Looks:
    """Counts them, and raises at the one that is the last."""

    def __init__(self, last: int) -> None:
        self.number, self._last = 0, last

    def __call__(self) -> None:
        self.number += 1
        if self.number == self._last:
            raise TimeIsUpError


def built(look: Looks) -> Model:
    return build(TERM, EARLY, plan(TERM), look)


def test_building_ends_at_whichever_look_raises() -> None:
    all_of_them = Looks(0)
    built(all_of_them)
    for last in range(1, all_of_them.number + 1):
        ending = Looks(last)
        with pytest.raises(TimeIsUpError):
            built(ending)
        assert ending.number == last


def test_somebody_looks_between_requirements_that_are_compared_and_those_that_are_put_in_order() -> None:
    model = built(Looks(0))
    look = Looks(0)
    variables = Variables(TERM, model.history, model.needs, model.variables.eligibility, look)
    before = look.number
    assert variables.needs_by_kind
    assert look.number == before + len(variables.needs)
    order.post(variables)
    assert look.number == before + len(variables.needs) + len(variables.needs_by_kind)


def test_only_requirements_with_given_bookings_are_asked_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    given = Promises.given

    def watched(promises: Promises, need: Need, *rest: object) -> bool:
        asked.add(need.hire.id)
        return given(promises, need, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Promises, "given", watched)
    found = {(c.need.hire.id, c.offer.round.id) for c in built(Looks(0)).variables.given()}
    assert found == {("anna", "R1")}
    assert asked == {"anna"}
