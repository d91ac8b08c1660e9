"""«Ny termin»."""

from __future__ import annotations

from tests.service.world import World


def test_only_examples_with_people_to_plan_for_are_offered(world: World) -> None:
    page = world.browser().get("/").content.decode()
    assert "<option>krokom</option>" in page
    assert "<option>dimensionering" not in page
