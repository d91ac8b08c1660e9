"""A registerutdrag tells all that is kept about one person, and nothing of others."""

from __future__ import annotations

from tests.service.world import World


def test_it_tells_all_of_her_and_nothing_of_others(world: World) -> None:
    plan = world.published()
    world.api("POST", f"/terms/{plan.term_id}/subscriptions", {"kind": "person", "id": "p2"})
    told = world.browser().get(f"/terminer/{plan.term_id}/registerutdrag?id=p2").json()
    assert told["underlag"][0]["rader"][0]["namn"] == "Bo Ek"
    assert told["planer"][0]["uppgifter"]["requirements"]
    assert len(told["prenumerationer"]) == 1
    assert "BEGIN:VCALENDAR" in told["kalendrar"][0]["innehåll"]
    assert "Åsa" not in str(told)
