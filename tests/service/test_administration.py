"""Förvaltningens sida: her own people of the published plan and
nobody else's, what changed for them, and what became of her reports.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from service.config import Config
from tests.service.own_pages import text_of
from tests.service.test_access import PASSWORD
from tests.service.world import HOST, World
from tests.terminsplan.small import SMALL

NAMES = {"p1": "Åsa Öberg", "p2": "Bo Ek", "p3": "Åsa Lind", "p4": "[red]Dan[/red]"}


@pytest.fixture(autouse=True)
def _shared(config: Config) -> Iterator[None]:
    from django.test import override_settings

    with override_settings(CONFIG=replace(config, shared=True)):
        yield


def somebody(organisation: str, unit: str = "") -> Any:  # noqa: ANN401  # a browser
    """Somebody of an administration, logged in."""
    from django.test import Client

    from service import rights
    from service.models import Account

    name = f"{organisation} {unit}".strip()
    if not Account.objects.filter(name=name).exists():
        rights.make_account({"name": name, "role": "forvaltning", "organisation": organisation, "unit": unit}, PASSWORD)
    client = Client(HTTP_HOST=HOST, raise_request_exception=False)
    assert client.post("/logga-in", {"namn": name, "losenord": PASSWORD}).status_code == 302
    return client


def section(answer: Any, place: str) -> str:  # noqa: ANN401
    """The words of one part of the page."""
    page = answer.content.decode()
    start = page.index(f'<section aria-labelledby="{place}">')
    return " ".join(re.sub(r"<[^>]*>", " ", page[start : page.index("</section>", start)]).split())


@pytest.mark.parametrize(
    ("organisation", "unit", "own"),
    [("N", "", {"p1", "p4"}), ("C", "", {"p2", "p3"}), ("N", "Norra", {"p1"}), ("C", "Norra", {"p2", "p3"})],
)
def test_she_sees_her_own_people_and_nobody_elses(world: World, organisation: str, unit: str, own: set[str]) -> None:
    from service.models import PlanPerson

    plan = world.published()
    own = {one.hire for one in PlanPerson.objects.filter(organisation=organisation) if unit in ("", one.unit)} & set(
        NAMES
    )
    browser = somebody(organisation, unit)
    page = f"/terminer/{plan.term_id}/forvaltning"
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{page}/lista.xlsx").content))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    browser.post(f"{page}/lank")
    seen = text_of(browser.get(page))
    for hire, name in NAMES.items():
        assert (name in seen, name in cells) == (hire in own, hire in own), hire
    assert f"{len(own)} nyanställd" in seen


def test_who_lacks_a_seat_stands_first_with_why(world: World) -> None:
    from service.models import PlanPerson

    plan = world.published()
    missing = PlanPerson.objects.get(plan=plan, states__contains="|missing|")
    answer = somebody(missing.organisation).get(f"/terminer/{plan.term_id}/forvaltning")
    told = section(answer, "saknar")
    assert missing.name in told
    assert missing.account["requirements"][0]["reasons"][0] in told
    assert "09:00–16:00" in section(answer, "nar")
    other = {"N": "C", "C": "N"}[missing.organisation]
    assert "har de platser de behöver" in section(
        somebody(other).get(f"/terminer/{plan.term_id}/forvaltning"), "saknar"
    )


def test_what_changed_for_her_own_people_is_told_and_for_no_others(world: World) -> None:
    from service import publishing
    from service.access import ALONE
    from service.models import PlanPerson

    first = world.published()
    page = f"/terminer/{first.term_id}/forvaltning"
    assert "första planen" in section(somebody("N").get(page), "andrat")
    moved = SMALL["tillfällen"].replace("2026-09-15;09:00", "2026-09-15;10:00")
    second = world.plan(first.term, first, of=world.made_of("moved", "2026-08-03", tillfällen=moved))
    publishing.publish(world.config, second, ALONE)
    rows = PlanPerson.objects.filter(plan=second)
    concerned = {
        row.hire for row in rows for r in row.account["requirements"] for s in r["seats"] if s["session"] == "CI-1-2"
    }
    assert concerned
    for organisation in ("N", "C"):
        told = section(somebody(organisation).get(page), "andrat")
        own = {row.hire for row in rows if row.organisation == organisation}
        assert {hire for hire, name in NAMES.items() if name in told} == own & concerned
        assert "10:00–16:00" in told or not own & concerned


def test_an_administration_without_people_yet_reports_its_first(world: World) -> None:
    from service.models import PlanPerson, Report

    plan = world.published()
    PlanPerson.objects.filter(organisation="N").delete()
    browser, page = somebody("N"), f"/terminer/{plan.term_id}/forvaltning"
    assert "Ingen hos er är med i planen än." in text_of(browser.get(page))
    assert (
        browser.post(page, {"slag": "nyanställd", "namn": "Ny Person", "anställd_från": "2026-09-01"}).status_code
        == 302
    )
    assert Report.objects.get().organisation == "N"
    assert somebody("X").get(page).status_code == 404


def test_a_unit_that_nobody_is_of_has_no_calendar_to_link_to(world: World) -> None:
    plan = world.published()
    answer = somebody("N", "Västra").post(f"/terminer/{plan.term_id}/forvaltning/lank")
    assert (answer.status_code, "först när någon hos er" in text_of(answer)) == (422, True)


def test_what_became_of_her_reports_is_told_to_her_alone(world: World) -> None:
    from service.models import Report

    plan = world.published()
    page = f"/terminer/{plan.term_id}/forvaltning"
    north = somebody("N")
    north.post(page, {"slag": "frånvaro", "person": "p1", "från": "2026-09-01", "till": "2026-09-02"})
    assert north.post(page, {"slag": "avslut", "person": "p2", "slutar": "2026-10-01"}).status_code == 422
    assert north.post(page, {"slag": "kan inte komma", "person": "p1"}).status_code == 422
    from service import reports
    from service.access import ALONE

    reports.refuse(world.config, Report.objects.get(), "Fel dag, ring mig.", ALONE)
    assert "avvisad Fel dag, ring mig." in section(north.get(page), "anmalningar")
    assert "Fel dag" not in text_of(somebody("C").get(page))
    assert "Fel dag" not in text_of(somebody("N", "Södra").get(page))
    assert "Fel dag" in text_of(somebody("N", "Norra").get(page))


def test_one_is_refused_in_the_same_bytes_for_anothers_hire_and_for_nobody(world: World) -> None:
    plan = world.published()
    browser, page = somebody("N", "Norra"), f"/terminer/{plan.term_id}/forvaltning"
    answers = [
        browser.post(page, {"slag": "avslut", "person": hire, "slutar": "2026-10-01"}) for hire in ("p2", "p4", "p99")
    ]
    assert {answer.status_code for answer in answers} == {422}
    bodies = {re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in answers}
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("name", "value"), [("namn", "Ny 19850709-9805"), ("namn", "Ny 8507099805"), ("enhet", "Norra 850709-9805")]
)
def test_a_report_with_an_identity_number_is_not_kept(world: World, name: str, value: str) -> None:
    from service.models import Report

    plan = world.published()
    given = {"slag": "nyanställd", "namn": "Ny", "anställd_från": "2026-09-01", name: value}
    answer = somebody("N").post(f"/terminer/{plan.term_id}/forvaltning", given)
    assert answer.status_code == 422
    assert "skriv inget personnummer" in answer.content.decode()
    assert not Report.objects.exists()


def test_an_identity_number_is_left_out_of_every_word(world: World, config: Config) -> None:
    from service import inputs_of_terms, reports, row_edits
    from service.access import Actor

    term = world.published().term
    made = reports.make(
        term, reports.HIRE, {"namn": "Ny", "anställd_från": "2026-09-01"}, Actor("N", "forvaltning", "N")
    )
    bo = Actor("Bo", "samordnare")
    reports.refuse(config, made, "Hon är 19850709-9805", bo)
    made.refresh_from_db()
    assert made.answer == "Hon är (personnummer)"
    hire = {"id": "p9", "namn": "Ny", "förvaltning": "N", "anställd_från": "2026-09-01"}
    base = inputs_of_terms.newest(term)
    assert base is not None
    read = row_edits.edited(config, base, row_edits.with_hire, hire)
    assert read is not None
    assert inputs_of_terms.keep(config, term, read, bo, word="för 19850709-9805").word == "för (personnummer)"


def test_an_absence_that_ends_before_it_begins_is_refused_at_once(world: World) -> None:
    plan = world.published()
    given = {"slag": "frånvaro", "person": "p1", "från": "2026-09-10", "till": "2026-09-01"}
    answer = somebody("N").post(f"/terminer/{plan.term_id}/forvaltning", given)
    assert answer.status_code == 422
    assert "före från och med" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("anställd_från", "0026-09-01", "Första dag: skriv ett år mellan 1900 och 2099."),
        ("e-post", "åsa snabel-a öberg", "E-post: skriv en adress som anna@example.se"),
    ],
)
def test_what_nobody_could_take_in_is_refused_where_it_is_reported(
    world: World, field: str, text: str, said: str
) -> None:
    from service.models import Report

    place = f"/terminer/{world.published().term_id}/forvaltning"
    given = {"slag": "nyanställd", "namn": "Åsa Ny", "anställd_från": "2026-09-01", "e-post": "asa@exämple.se"}
    answer = somebody("N").post(place, {**given, field: text})
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert not Report.objects.exists()
    assert somebody("N").post(place, given).status_code == 302
