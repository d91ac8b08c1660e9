"""A registerutdrag tells all that is kept about one person, and nothing of others."""

from __future__ import annotations

import pytest

from tests.service.own_pages import anybody, is_today, link, term_of_introductions
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


def test_it_tells_what_was_ticked_told_and_linked_on_her_own_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_today(monkeypatch, "2026-08-10")
    plan = world.published(term_of_introductions(world))
    hers = link(world, plan.term, "person", "p4")
    token = '["p4", "u1", 1]'
    anybody().post(f"{hers}/klart", {"visad": [token], "klar": [token]})
    anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": "CI-1-1"})
    told, other = (
        world.browser().get(f"/terminer/{plan.term_id}/registerutdrag?id={hire}").json() for hire in ("p4", "p1")
    )
    assert [row["uppgift"] for row in told["kryssade uppgifter"]] == ["u1"]
    assert [row["slag"] for row in told["anmälningar"]] == ["kan inte komma"]
    assert [row["stängd"] for row in told["egna sidor"]] == [False]
    assert not any(other[part] for part in ("kryssade uppgifter", "anmälningar", "egna sidor"))


def test_it_tells_of_the_report_that_brought_her(world: World) -> None:
    from service import reports
    from service.access import ALONE, Actor

    plan = world.published()
    given = {"namn": "Ny Person", "anställd_från": "2026-09-01"}
    report = reports.make(plan.term, reports.HIRE, given, Actor("N", "forvaltning", "N"))
    reports.take_in(world.config, report, ALONE)
    from service import register

    told = register.extract(world.config, plan.term, f"anmäld-{report.id}")
    assert [row["innehåll"]["namn"] for row in told["anmälningar"]] == ["Ny Person"]
    assert told["underlag"][-1]["rader"][0]["namn"] == "Ny Person"


def test_a_number_that_is_like_her_id_is_no_row_of_hers(world: World) -> None:
    people = (
        "id;namn;förvaltning;anställd_från;prioritet;anteckning\n"
        "1;Åsa Öberg;N;2026-08-10;2;hennes eget\n2;Bo Ek;C;2026-08-10;1;\n"
    )
    plan = world.published(world.made_of("numbered", "2026-08-03", nyanställda=people))
    told = world.browser().get(f"/terminer/{plan.term_id}/registerutdrag?id=1").json()
    assert [row["namn"] for row in told["underlag"][0]["rader"]] == ["Åsa Öberg"]
    assert told["underlag"][0]["rader"][0]["anteckning"] == "hennes eget"
    assert "Bo Ek" not in str(told)


def test_it_tells_of_mentors_and_trainers_too(world: World) -> None:
    trainers = "id;namn\nT1;Ulla Berg\nT2;Tage Lind\n"
    absences = "nyanställd;utbildare;från;till\n;T1;2026-11-02;2026-11-03\n;T2;2026-11-02;2026-11-03\n"
    mentors = "id;namn;förvaltning\nm1;Maj Holm;N\nm2;Per Dal;C\n"
    changed = {"utbildare": trainers, "frånvaro": absences, "mentorer": mentors}
    plan = world.published(world.made_of("trained", "2026-08-03", **changed))
    address = f"/terminer/{plan.term_id}/registerutdrag"
    rows = world.browser().get(f"{address}?id=T1&slag=utbildare").json()["underlag"][0]["rader"]
    assert [row["tabell"] for row in rows].count("tillfällen") == 4
    assert [row["utbildare"] for row in rows if row["tabell"] == "frånvaro"] == ["T1"]
    told = world.browser().get(f"{address}?id=m1&slag=mentor").json()
    assert [row["namn"] for row in told["underlag"][0]["rader"]] == ["Maj Holm"]
    assert world.browser().get(f"{address}?id=m1").status_code == 404
    page = world.browser().get(f"/terminer/{plan.term_id}/underlag/rad?tabell=mentorer&rad=2").content.decode()
    assert "registerutdrag?id=m1&amp;slag=mentor" in page


def test_it_tells_what_was_tried_for_her(world: World) -> None:
    plan = world.published()
    wishes = {"bar": [{"hire": "p1", "round": "CI-1"}, {"hire": "p2", "round": "CI-2"}]}
    world.api("POST", f"/plans/{plan.id}/try", wishes)
    told = world.browser().get(f"/terminer/{plan.term_id}/registerutdrag?id=p1").json()
    assert [row["önskemål"] for row in told["prövat för hand"]] == [[{"hire": "p1", "round": "CI-1"}]]


def test_whoever_is_known_by_a_tick_alone_has_one(world: World) -> None:
    from service.models import Tick

    plan = world.published()
    browser, address = world.browser(), f"/terminer/{plan.term_id}/registerutdrag?id="
    assert browser.get(f"{address}gone").status_code == 404
    Tick.objects.create(term=plan.term, hire="gone", task="u1", number=1, by="länk 1")
    told = browser.get(f"{address}gone").json()
    assert [row["uppgift"] for row in told["kryssade uppgifter"]] == ["u1"]
    assert browser.get(address).status_code == 404
