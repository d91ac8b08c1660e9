"""Pages of a coordinator that no other test looks at closely."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from service.config import Config
from tests.service.world import World

if TYPE_CHECKING:
    from service.models import Term


def changed_workbook(world: World, term: Term, cell: str, value: str) -> BytesIO:
    """The term's first version as a workbook with one cell of nyanställda another."""
    answer = world.browser().get(f"/terminer/{term.id}/underlag/1/arbetsbok")
    book = load_workbook(BytesIO(answer.content))
    book["nyanställda"][cell] = value
    data = BytesIO()
    book.save(data)
    data.seek(0)
    data.name = "underlag.xlsx"
    return data


def test_the_later_of_two_who_upload_sees_what_only_the_other_and_what_only_she_has(world: World) -> None:
    from service.models import InputVersion

    term = world.term()
    browser, address = world.browser(), f"/terminer/{term.id}/underlag"
    row = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": "2026-08-17"}
    assert browser.post(f"{address}/rad?tabell=nyanställda", {**row, "version": "1"}).status_code == 302
    mine = changed_workbook(world, term, "B2", "Åsa Östberg")
    answer = browser.post(address, {"fil": mine, "version": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    theirs, _, hers = page.partition("Bara i din fil")
    assert "Bara i version 2, sparad av" in theirs
    assert "Eva Nilsson" in theirs
    assert "Åsa Östberg" in hers.partition("Ladda upp")[0]
    assert InputVersion.objects.filter(term=term).count() == 2


def test_any_version_can_be_gone_back_to(world: World, config: Config) -> None:
    from service import inputs_of_terms
    from service.access import ALONE
    from service.models import InputVersion

    term = world.term()
    first = InputVersion.objects.get(term=term)
    for _ in range(24):
        inputs_of_terms.keep_again(config, first, ALONE)
    browser, address = world.browser(), f"/terminer/{term.id}/underlag"
    assert "underlag/1/atergang" not in browser.get(address).content.decode()
    assert "underlag/1/atergang" in browser.get(f"{address}?versioner=2").content.decode()


def test_what_was_decided_by_hand_is_marked_in_every_list(world: World) -> None:
    plan = world.plan(world.term())
    browser = world.browser()
    hire = plan.people.get(hire="p4")
    seat = hire.account["requirements"][0]["seats"][0]
    form = {"utbildning": "CI", "omgang": "CI-1"}
    assert browser.post(f"/planer/{plan.id}/las", {**form, "person": "p4"}).status_code == 302
    assert browser.post(f"/planer/{plan.id}/sparra", {**form, "person": "p2"}).status_code == 302
    people = browser.get(f"/planer/{plan.id}/personer").content.decode()
    marked = re.findall(r'person\?id=(\w+)"(?:(?!<tr>).)*?Bestämt för hand', people)
    assert sorted(marked) == ["p2", "p4"]
    rounds = browser.get(f"/planer/{plan.id}/omgangar?sok={seat['round']}").content.decode()
    assert len(re.findall(r"person\?id=p4.*?</a> <span[^>]*>Låst för hand", rounds)) == 1
    assert re.search(r"Spärrade för hand</span> p2", rounds)


def test_a_form_offers_the_ids_that_a_cell_may_hold(world: World) -> None:
    page = world.browser().get(f"/terminer/{world.term().id}/underlag/rad?tabell=nyanställda").content.decode()
    assert '<option value="N">Nordost</option>' in page


def test_a_form_says_what_must_be_filled_in_and_how_a_day_is_written(world: World) -> None:
    page = world.browser().get(f"/terminer/{world.term().id}/underlag/rad?tabell=nyanställda").content.decode()
    assert "märkt med * måste fyllas i" in page
    assert re.search(r"Första anställningsdagen\.[^<]* Till exempel \d{4}-\d\d-\d\d\.", page)


def test_who_has_published_is_told_so_where_she_comes_to(world: World) -> None:
    plan = world.plan(world.term())
    browser = world.browser()
    answer = browser.post(f"/planer/{plan.id}/publicera", {"jamford": "0"})
    assert "Plan 1 är publicerad." in browser.get(answer.headers["Location"]).content.decode()
    assert "är publicerad." not in browser.get(f"/terminer/{plan.term_id}/prenumerationer").content.decode()


def test_a_job_that_came_to_nothing_leads_back_to_where_it_was_asked_for(world: World) -> None:
    from service.models import InputVersion, Job

    term = world.term()
    version = InputVersion.objects.get(term=term)
    job = Job.objects.create(term=term, version=version, kind="plan", by="t", state="failed", message="Ge mer tid.")
    assert (
        f'href="/terminer/{term.id}/planera">Tillbaka till Planera'
        in world.browser().get(f"/jobb/{job.id}").content.decode()
    )


def test_a_person_whom_no_plan_knows_has_a_registerutdrag(world: World) -> None:
    term = world.term()
    told = world.browser().get(f"/terminer/{term.id}/registerutdrag?id=p2").json()
    assert told["underlag"][0]["rader"][0]["namn"] == "Bo Ek"
    assert world.browser().get(f"/terminer/{term.id}/registerutdrag?id=p99").status_code == 404


def test_going_back_to_a_version_is_refused_where_another_was_saved_meanwhile(world: World) -> None:
    from service.models import InputVersion

    term = world.term()
    hire = {"id": "p9", "namn": "Nina Ny", "förvaltning": "N", "anställd_från": "2026-08-17"}
    world.api("POST", f"/terms/{term.id}/hires", hire)
    world.api("POST", f"/terms/{term.id}/hires", {**hire, "namn": "Nina Nyare"})
    browser = world.browser()
    answer = browser.post(f"/terminer/{term.id}/underlag/1/atergang", {"version": "2"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Version 3 sparades av samordnare" in text
    assert "Bara i version 3" in text
    assert "Nina Nyare" in text
    assert "Bara i version 1" in text
    assert InputVersion.objects.filter(term=term).count() == 3
    assert browser.post(f"/terminer/{term.id}/underlag/1/atergang", {"version": "3"}).status_code == 302


def test_rounds_are_filtered_as_people_are(world: World) -> None:
    plan = world.published()

    def found(**asked: str) -> set[str]:
        text = world.browser().get(f"/planer/{plan.id}/omgangar", asked).content.decode()
        return {round_ for round_ in ("CI-1", "CI-2") if f"Central introduktion {round_} " in text}

    seats = {round_.round: {one["hire"] for one in round_.account["participants"]} for round_ in plan.rounds.all()}
    north = {round_ for round_, hires in seats.items() if hires & {"p1", "p4"}}
    south = {round_ for round_, hires in seats.items() if "p4" in hires}
    assert found() == {"CI-1", "CI-2"}
    assert found(forvaltning="N") == north != {"CI-1", "CI-2"}
    assert found(enhet="Södra") == south
    assert found(lage="full") == {"CI-1", "CI-2"}
    assert found(lage="lediga") == set()


def test_links_are_offered_for_everybody_where_they_are_few(world: World) -> None:
    plan = world.published()
    text = world.browser().get(f"/terminer/{plan.term_id}/prenumerationer").content.decode()
    assert "Person: Åsa Öberg (p1)" in text


def test_a_zip_without_tables_is_told_without_where_it_was_unpacked(world: World, config: Config) -> None:
    term = world.term()
    for names in ((), ("läsmig.txt",)):
        packed = BytesIO()
        with ZipFile(packed, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        packed.seek(0)
        packed.name = "underlag.zip"
        answer = world.browser().post(f"/terminer/{term.id}/underlag", {"fil": packed})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "har inga CSV-filer" in text
        assert str(config.data) not in text


def test_a_term_without_input_offers_the_workbook_that_the_command_writes(world: World) -> None:
    from outputs import template
    from service.models import Term
    from terminsplan import examples

    term, browser = Term.objects.create(name="HT 2027"), world.browser()
    assert 'href="/arbetsbok"' in browser.get(f"/terminer/{term.id}/underlag").content.decode()
    assert 'href="/arbetsbok"' in browser.get("/").content.decode()
    assert browser.get("/arbetsbok").content == template.workbook(checklist=examples.checklist())


@pytest.mark.parametrize(
    ("page", "given", "said"),
    [
        ("terminer/{}/planera", {"max_tid": "0"}, "Längsta tid att söka, i sekunder, ska vara ett tal från 0,001"),
        ("terminer/{}/planera", {"planeringsdag": "2126-01-01"}, "Planeringsdagen ska vara ett datum som 2026-08-03."),
        ("terminer/{}/planera", {"stabilitet": "lös"}, "Stabiliteten ska vara fast, varsam eller fri."),
        ("terminer/{}/planera-om", {"max_tid": "0"}, "Längsta tid att söka, i sekunder, ska vara ett tal från 0,001"),
        ("terminer/{}/aterta", {"publicering": "1", "planeringsdag": "igår"}, "Planeringsdagen ska vara ett datum"),
        ("konton", {"namn": "Bo", "roll": "forvaltning"}, "Rollen forvaltning behöver Förvaltningens id."),
        ("konton", {"namn": "Bo", "roll": "chef"}, "Ange Roll: administrator, samordnare, forvaltning."),
        ("konton", {"namn": "Bo", "roll": "samordnare", "enhet": "Norra"}, "Förvaltningens id och Enhet anges bara"),
    ],
)
def test_a_page_names_a_faulty_field_as_the_page_itself_does(
    world: World, page: str, given: dict[str, str], said: str
) -> None:
    first = world.published()
    if "aterta" in page:
        from service import publishing
        from service.access import ALONE

        publishing.publish(world.config, world.plan(first.term, predecessor=first), ALONE)
    answer = world.browser().post(f"/{page.format(first.term_id)}", given)
    told = answer.content.decode()
    assert (answer.status_code, said in told) == (422, True), told
    assert not re.search(r"max_seconds|planning_date|stability|--(roll|forvaltning|enhet)", told)


@pytest.mark.parametrize("page", ["logga-ut", "avsluta", "planer/{}/prova", "konton/konto/1/stang"])
def test_the_address_of_a_button_opened_as_a_page_says_what_to_do(world: World, page: str) -> None:
    answer = world.browser().get(f"/{page.format(world.published().id)}")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Gå tillbaka, och tryck på den där." in answer.content.decode()


@pytest.mark.parametrize(("begun_seconds_ago", "left"), [(-3600, 20), (0, 20), (5, 15), (3600, 0)])
def test_a_job_has_no_more_seconds_left_than_it_was_given_even_where_the_clock_was_set_back(
    begun_seconds_ago: int, left: int
) -> None:
    from django.utils import timezone

    from service.models import Job
    from service.pages.planning import seconds_left

    begun = timezone.now() - timedelta(seconds=begun_seconds_ago)
    job = Job(state=Job.State.RUNNING, begun=begun, options={"max_seconds": 20})
    assert seconds_left(job) in (left, max(0, left - 1))
