"""Pages by secret link: a hire's introduction, a mentor's hires, a
trainer's attendance; what each shows, changes, and when it closes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from service.config import Config
from tests.service.own_pages import anybody, is_today, link, term_of_introductions, text_of
from tests.service.world import World

if TYPE_CHECKING:
    from service.models import InputVersion, Term

U1 = json.dumps(["p1", "u1", 1])
WEEK_2 = json.dumps(["p1", "u2", 2])


@pytest.fixture
def term(world: World, monkeypatch: pytest.MonkeyPatch) -> Term:
    """Published, on its first day."""
    is_today(monkeypatch, "2026-08-10")
    found: Term = world.published(term_of_introductions(world)).term
    return found


def newest_of(term: Term) -> InputVersion:
    from service.inputs_of_terms import newest

    found = newest(term)
    assert found is not None
    return found


def booked_to(term: Term, session: str) -> set[str]:
    from service.models import PlanPerson

    rows = PlanPerson.objects.filter(plan__term=term)
    return {
        row.hire for row in rows for r in row.account["requirements"] for s in r["seats"] if s["session"] == session
    }


def ticked(form: str) -> set[str]:
    found = re.findall(r'name="klar" value="([^"]*)" checked', form)
    return {value.replace("&#34;", '"') for value in found}


def test_a_hire_sees_her_sessions_tasks_and_mentor_and_of_nobody_else(world: World, term: Term) -> None:
    seen = text_of(anybody().get(link(world, term, "person", "p4")))
    for told in (
        "Min introduktion",
        "[red]Dan[/red]",
        "Mona Mentor",
        "Läs riktlinjerna",
        "Veckosamtal",
        "1 sep",
        "Rådhuset",
    ):
        assert told in seen
    assert not [name for name in ("Öberg", "Bo Ek", "Lind", "Moa") if name in seen]


def test_what_she_ticks_is_stored_and_shown_to_her_mentor_and_the_coordinator(world: World, term: Term) -> None:
    hers, browser = link(world, term, "person", "p1"), anybody()
    answer = browser.post(f"{hers}/klart", {"visad": [U1, WEEK_2], "klar": [U1]})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{hers}?sparat=ja")
    assert ticked(browser.get(hers).content.decode()) == {U1}
    assert re.search(
        "Läs riktlinjerna.*Klart", text_of(world.browser().get(f"/planer/{term.plans.get().id}/person?id=p1"))
    )
    assert re.search(
        r"Öberg.*Alla uppgifter: 1 av \d+ klara.*Klart Läs riktlinjerna",
        text_of(browser.get(link(world, term, "mentor", "m1"))),
    )
    browser.post(f"{hers}/klart", {"visad": [U1, WEEK_2], "var": [U1]})
    assert ticked(browser.get(hers).content.decode()) == set()


def test_a_box_left_as_it_was_shown_does_not_undo_what_another_ticked_meanwhile(world: World, term: Term) -> None:
    hers, mentors = link(world, term, "person", "p1"), link(world, term, "mentor", "m1")
    assert anybody().post(f"{mentors}/klart", {"visad": [WEEK_2], "klar": [WEEK_2]}).status_code == 302
    anybody().post(f"{hers}/klart", {"visad": [U1, WEEK_2], "klar": [U1]})
    seen = anybody().get(hers).content.decode()
    assert ticked(seen) == {U1, WEEK_2}
    assert seen.count("kryssad av mentorn") == 1


def test_a_mentor_sees_and_ticks_for_her_own_hires_alone(world: World, term: Term) -> None:
    from service.models import Tick

    mentors = link(world, term, "mentor", "m1")
    seen = text_of(anybody().get(mentors))
    assert "Åsa Öberg" in seen
    assert "1 sep" in seen
    assert "Bo Ek" not in seen
    foreign, not_hers = json.dumps(["p2", "u2", 1]), U1
    anybody().post(f"{mentors}/klart", {"visad": [foreign, not_hers], "klar": [foreign, not_hers]})
    assert not Tick.objects.exists()


def test_that_she_cannot_come_waits_for_the_coordinator_who_takes_it_in(world: World, term: Term) -> None:
    from service import row_edits
    from service.models import Report

    hers, session = link(world, term, "person", "p4"), "CI-1-1"
    assert "p4" in booked_to(term, session)
    assert anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": session}).status_code == 302
    assert "väntar på samordnaren" in text_of(anybody().get(hers))
    assert anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": session}).status_code == 422
    coordinator = world.browser()
    incoming = f"/terminer/{term.id}/inkommet"
    assert "[red]Dan[/red]" in text_of(coordinator.get(incoming))
    assert coordinator.post(f"{incoming}/{Report.objects.get().id}", {"svar": "ta in"}).status_code == 302
    rows = row_edits.rows_of(world.config, newest_of(term), "frånvaro", ("nyanställd", "från", "till"))
    assert rows == [{"nyanställd": "p4", "från": "2026-09-01", "till": "2026-09-01"}]
    assert "intagen" in text_of(anybody().get(hers))


def test_a_refusal_reaches_her_with_its_word(world: World, term: Term) -> None:
    from service.models import Report

    hers = link(world, term, "person", "p4")
    anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": "CI-1-1"})
    answered = f"/terminer/{term.id}/inkommet/{Report.objects.get().id}"
    assert world.browser().post(answered, {"svar": "avvisa", "ord": ""}).status_code == 422
    world.browser().post(answered, {"svar": "avvisa", "ord": "Ring mig först."})
    assert "Ring mig först." in text_of(anybody().get(hers))


def test_she_cannot_say_so_of_a_session_that_is_not_hers_or_is_past(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from service.models import Report

    hers = link(world, term, "person", "p4")
    assert anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": "CI-2-1"}).status_code == 422
    is_today(monkeypatch, "2026-09-02")
    assert anybody().post(f"{hers}/kan-inte-komma", {"tillfälle": "CI-1-1"}).status_code == 422
    assert not Report.objects.exists()


def test_a_trainer_saves_the_attendance_of_her_own_session_as_a_version(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from service import attending

    hers = link(world, term, "utbildare", "ub")
    is_today(monkeypatch, "2026-09-01")
    booked = booked_to(term, "CI-1-1")
    page = f"{hers}/narvaro?id=CI-1-1"
    form = anybody().get(page).content.decode()
    assert set(re.findall(r'name="person" value="(\w+)"', form)) == booked
    other = ({"p1", "p2", "p3", "p4"} - booked).pop()
    name = {"p1": "åsa  öberg", "p2": "Bo Ek", "p3": "Åsa Lind", "p4": "[red]Dan[/red]"}[other]
    given = {"version": "1", "person": [*booked, "p9"], "närvarande": ["p4"], "tillagd": name}
    assert anybody().post(page, given).headers["Location"] == f"{hers}?sparat=ja"
    version = newest_of(term)
    told = attending.told(world.config, version)["CI-1-1"]
    assert told == {**dict.fromkeys(booked, False), "p4": True, other: True}
    assert version.word == "Närvaro vid CI-1-1, av Ulla Berg"
    assert "Sparad" in text_of(anybody().get(hers))


def test_names_that_nobody_has_are_refused_and_the_form_keeps_its_boxes(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hers = link(world, term, "utbildare", "ub")
    is_today(monkeypatch, "2026-09-01")
    booked = sorted(booked_to(term, "CI-1-1"))
    answer = anybody().post(f"{hers}/narvaro?id=CI-1-1", {"version": "1", "person": booked, "tillagd": "Nils Ingen"})
    assert answer.status_code == 422
    assert "Nils Ingen" in answer.content.decode()
    assert "checked" not in answer.content.decode()
    assert term.versions.count() == 1


def test_two_who_take_the_same_attendance_never_lose_a_change(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from service import attending

    hers = link(world, term, "utbildare", "ub")
    is_today(monkeypatch, "2026-09-01")
    booked = sorted(booked_to(term, "CI-1-1"))
    coordinators = f"/terminer/{term.id}/narvaro/tillfalle?id=CI-1-1"
    world.browser().post(coordinators, {"version": "1", "person": booked, "närvarande": booked})
    late = {"version": "1", "person": booked, "närvarande": booked[:1]}
    answer = anybody().post(f"{hers}/narvaro?id=CI-1-1", late)
    assert answer.status_code == 409
    assert text_of(answer).count("sparat som närvarande") == len(booked) - 1
    assert all(attending.told(world.config, newest_of(term))["CI-1-1"].values())
    assert anybody().post(f"{hers}/narvaro?id=CI-1-1", {**late, "version": "2"}).status_code == 302
    assert sum(attending.told(world.config, newest_of(term))["CI-1-1"].values()) == 1


def test_attendance_of_another_session_meanwhile_is_no_conflict(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_today(monkeypatch, "2026-09-15")
    hers = link(world, term, "utbildare", "ub")
    for session in ("CI-1-1", "CI-1-2"):
        given = {"version": "1", "person": sorted(booked_to(term, session)), "närvarande": []}
        assert anybody().post(f"{hers}/narvaro?id={session}", given).status_code == 302
    assert term.versions.count() == 3


def test_a_trainers_sessions_open_on_their_day_and_close_14_days_later(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hers = link(world, term, "utbildare", "ub")
    first = f"{hers}/narvaro?id=CI-1-1"
    given = {"version": "1", "person": sorted(booked_to(term, "CI-1-1"))}
    for day, shown, saved in (("2026-08-31", 200, 409), ("2026-09-15", 200, 302), ("2026-09-16", 410, 410)):
        is_today(monkeypatch, day)
        assert (anybody().get(first).status_code, anybody().post(first, given).status_code) == (shown, saved), day
    for day, status in (("2026-09-29", 200), ("2026-09-30", 410)):
        is_today(monkeypatch, day)
        assert anybody().get(hers).status_code == status, day


def test_a_trainer_of_no_table_has_a_page_by_her_name(world: World, term: Term) -> None:
    seen = text_of(anybody().get(link(world, term, "utbildare", "Vera Vik")))
    assert "6 okt" in seen
    assert "1 sep" not in seen


@pytest.mark.parametrize(("kind", "owner"), [("person", "p4"), ("mentor", "m1")])
def test_a_page_closes_30_days_after_the_last_event(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    owner: str,
) -> None:
    from datetime import timedelta

    from service.plan_contents import contents_of

    hers = link(world, term, kind, owner)
    contents = contents_of(world.config, term.plans.get())
    last = contents.last_event(["p4"] if kind == "person" else [hire.id for hire in contents.hires_of("m1")])
    assert last is not None
    for days, status in ((30, 200), (31, 410)):
        is_today(monkeypatch, (last + timedelta(days=days)).isoformat())
        assert anybody().get(hers).status_code == status
        assert anybody().post(f"{hers}/klart", {}).status_code == {200: 302}.get(status, status)


def test_before_the_first_publication_a_page_waits(world: World) -> None:
    term = world.term(of=term_of_introductions(world))
    hers = link(world, term, "person", "p1")
    assert "inte publicerad än" in text_of(anybody().get(hers))
    assert anybody().post(f"{hers}/klart", {}).status_code == 409


def test_a_get_changes_nothing_and_sets_no_session(world: World, term: Term) -> None:
    from django.contrib.sessions.models import Session

    from service.models import AuditEntry, OwnPage, Tick

    paths = [
        link(world, term, kind, owner) for kind, owner in (("person", "p1"), ("mentor", "m1"), ("utbildare", "ub"))
    ]
    before = (AuditEntry.objects.count(), list(OwnPage.objects.values()), Tick.objects.count(), term.versions.count())
    for path in paths:
        answer = anybody().get(path)
        assert answer.status_code == 200
        assert "terminsplan" not in answer.cookies
    after = (AuditEntry.objects.count(), list(OwnPage.objects.values()), Tick.objects.count(), term.versions.count())
    assert before == after
    assert not Session.objects.exists()


def test_a_form_without_its_token_changes_nothing(world: World, term: Term) -> None:
    from django.test import Client

    from service.models import Tick

    hers = link(world, term, "person", "p1")
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    assert client.post(f"{hers}/klart", {"visad": [U1], "klar": [U1]}).status_code == 403
    assert not Tick.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(hers).content.decode())
    assert token is not None
    given = {"visad": [U1], "klar": [U1], "csrfmiddlewaretoken": token[1]}
    assert client.post(f"{hers}/klart", given).status_code == 302


def test_links_are_made_changed_and_closed_on_the_page_of_subscriptions(world: World, term: Term) -> None:
    from service.models import OwnPage

    browser, address = world.browser(), f"/terminer/{term.id}/prenumerationer"
    wanted = {"vem": "person:p1", "till": "sida"}
    number = OwnPage.objects.count()
    for _ in range(2):  # she has one page, however often it is asked for
        assert browser.post(address, wanted).status_code == 302
    made = OwnPage.objects.get()
    assert number == 0

    def shown() -> str:
        found = re.search(r"http[^\"]*(/min/[^\"]*)", browser.get(address).content.decode())
        assert found is not None
        return found[1]

    first = shown()
    assert anybody().get(first).status_code == 200
    browser.post(f"/sidor/{made.id}/byt")
    second = shown()
    assert second != first
    assert [anybody().get(path).status_code for path in (first, second)] == [410, 200]
    browser.post(f"/sidor/{made.id}/stang")
    assert anybody().get(second).status_code == 410
    assert "/min/" not in browser.get(address).content.decode()


@pytest.mark.parametrize("whom", ["omgang:CI-1", "person:p99", "mentor:p1", "", "person"])
def test_who_may_have_no_page_is_refused(world: World, term: Term, whom: str) -> None:
    answer = world.browser().post(f"/terminer/{term.id}/prenumerationer", {"vem": whom, "till": "sida"})
    assert answer.status_code == 422


def test_a_letter_tells_the_link_again_that_somebody_has(world: World, config: Config, term: Term) -> None:
    from service import own_pages
    from service.access import ALONE

    hers = link(world, term, "person", "p1")
    told = own_pages.links(config, term, ALONE)
    assert str(told("person", "p1")).endswith(hers)
    assert told("mentor", "m1") == told("mentor", "m1") == own_pages.links(config, term, ALONE)("mentor", "m1")
    assert told("forvaltning", "N") is None


def test_the_secret_is_kept_nowhere(world: World, config: Config, term: Term) -> None:
    from django.apps import apps
    from django.core import serializers

    secret = link(world, term, "person", "p1").removeprefix("/min/")
    anybody().post(f"/min/{secret}/klart", {"visad": [U1], "klar": [U1]})
    anybody().post(f"/min/{secret}/kan-inte-komma", {"tillfälle": "CI-1-1"})
    for model in apps.get_app_config("service").get_models():
        assert secret not in serializers.serialize("json", model._default_manager.all()), model
    for path in config.data.rglob("*"):
        assert (
            path.suffix in (".sqlite3", ".sqlite3-wal")
            or not path.is_file()
            or secret.encode() not in path.read_bytes()
        ), path


def test_no_answer_to_a_fault_holds_the_secret(
    world: World,
    term: Term,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    hers = link(world, term, "person", "p1")
    secret = hers.removeprefix("/min/")
    answers = [anybody().get(path) for path in (f"{hers}/finns-inte", f"{hers}/narvaro?id=CI-1-1")]
    monkeypatch.setattr("service.ticks.of", lambda *_: 1 / 0)
    answers.append(anybody().get(hers))
    assert [answer.status_code for answer in answers] == [404, 404, 500]
    told = capfd.readouterr()
    assert not [answer for answer in answers if secret in answer.content.decode()]
    assert "ZeroDivisionError" in told.err
    assert secret not in told.err + told.out
    assert {answer.headers["Referrer-Policy"] for answer in answers} == {"same-origin"}


def test_sessions_of_a_plan_that_an_earlier_version_left_are_shown_alike(world: World, term: Term) -> None:
    from service.models import PlanRound

    hers, coordinators = link(world, term, "utbildare", "ub"), f"/terminer/{term.id}/narvaro"
    browser = world.browser()
    before = [text_of(anybody().get(hers)), text_of(browser.get(coordinators))]
    assert "Rådhuset" in before[0]
    for row in PlanRound.objects.all():
        for session in row.account["sessions"]:
            for new in ("people", "day", "what", "held_by"):
                del session[new]
        row.save()
    assert [text_of(anybody().get(hers)), text_of(browser.get(coordinators))] == before
