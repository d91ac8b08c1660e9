"""Publishing: one transaction, never over what somebody else
published meanwhile; and back again, as a publication of its own.
"""

from __future__ import annotations

import json
import re
import threading
from typing import Any

from service.config import Config
from tests.service.test_feeds import subscribed
from tests.service.world import World

DAY = {"planning_date": "2026-08-10"}


def replanned(world: World, config: Config, term: int, **options: object) -> Any:  # noqa: ANN401
    from service.jobs.planner import work_off
    from service.models import Job

    asked = world.api("POST", f"/terms/{term}/jobs", {"kind": "replan", **DAY, **options})
    work_off(config, threading.Event())
    return Job.objects.get(id=asked.json()["id"]).plan


def test_a_plan_that_is_published_is_not_published_again(world: World) -> None:
    plan = world.published()
    assert world.api("POST", f"/plans/{plan.id}/publish").status_code == 409
    assert len(world.api("GET", f"/terms/{plan.term_id}/publications").json()) == 1


def test_what_a_colleague_published_meanwhile_is_shown_and_not_lost(world: World) -> None:
    from service import publishing
    from service.access import Actor
    from service.models import Publication

    first = world.published()
    second = world.plan(first.term, first)
    third = world.plan(first.term, second)
    browser = world.browser()
    page = browser.get(f"/planer/{third.id}/publicera").content.decode()
    seen = re.search(r'name="jamford" value="(\d+)"', page)
    assert seen is not None
    publishing.publish(world.config, second, Actor("Kollegan", "samordnare"))
    answer = browser.post(f"/planer/{third.id}/publicera", {"jamford": seen[1]})
    assert answer.status_code == 409
    assert f"Medan du läste publicerade Kollegan plan {second.number}." in answer.content.decode()
    assert Publication.objects.count() == 2
    assert browser.post(f"/planer/{third.id}/publicera", {"jamford": "2"}).status_code == 302
    twice = browser.post(f"/planer/{third.id}/publicera", {"jamford": "2"})
    assert (twice.status_code, Publication.objects.count()) == (409, 3)
    assert "Den publiceras inte en gång till." in twice.content.decode()


def test_the_page_tells_what_differs_and_who_is_concerned(world: World, config: Config) -> None:
    plan = world.published()
    world.api("POST", f"/terms/{plan.term_id}/hires", {"id": "p2", "slutar": "2026-08-20"})
    page = world.browser().get(f"/planer/{replanned(world, config, plan.term_id).id}/publicera").content.decode()
    assert "Vem som berörs" in page
    assert re.search(r"<li>(Nordost|Centrum): \d person", page)
    assert "Bo Ek" in page


def test_an_earlier_publication_is_taken_back_as_a_publication_of_its_own(world: World, config: Config) -> None:
    from service.jobs.planner import work_off
    from service.models import Job, Plan

    first = world.published()
    paths = {hire: subscribed(world, first.term, owner=hire)[1] for hire in ("p1", "p2", "p3", "p4")}
    before = {hire: events(world, path) for hire, path in paths.items()}
    seated = next(hire for hire, found in before.items() if found and hire != "p4")
    world.api("POST", f"/terms/{first.term_id}/hires", {"id": seated, "slutar": "2026-08-20"})
    second = replanned(world, config, first.term_id)
    assert world.api("POST", f"/plans/{second.id}/publish").status_code == 200
    between = {hire: events(world, path) for hire, path in paths.items()}
    assert between != before
    browser = world.browser()
    told = {"publicering": "1", "planeringsdag": "2026-08-11"}
    answer = browser.post(f"/terminer/{first.term_id}/aterta", told)
    assert answer.status_code == 302
    work_off(config, threading.Event())
    job = Job.objects.order_by("-id")[0]
    assert job.state == "done" and job.plan_id is not None, job.message
    third = Plan.objects.get(id=job.plan_id)
    assert (third.predecessor_id, third.version_id, third.number) == (second.id, first.version_id, 3)
    assert browser.post(f"/planer/{third.id}/publicera", {"jamford": "2"}).status_code == 302
    after = {hire: events(world, path) for hire, path in paths.items()}
    assert {hire: set(found) for hire, found in after.items()} == {hire: set(found) for hire, found in before.items()}
    assert all(sequence > before[seated][event] for event, sequence in after[seated].items())
    assert browser.post(f"/terminer/{first.term_id}/aterta", {"publicering": "3"}).status_code == 409


def events(world: World, path: str) -> dict[tuple[str, str], int]:
    """What a subscriber sees: UID and time of what takes place, with its SEQUENCE."""
    text = world.feed(path)[2].decode().replace("\r\n ", "").replace("\r", "")
    found = {}
    for event in text.split("BEGIN:VEVENT")[1:]:
        fields = dict(re.findall(r"^([A-Z-]+)[;:](.*)$", event, re.MULTILINE))
        if fields.get("STATUS") != "CANCELLED":
            found[fields["UID"], fields["DTSTART"]] = int(fields["SEQUENCE"])
    return found


def test_what_the_notice_window_keeps_from_being_taken_back_is_named_on_the_page_of_the_job(
    world: World, config: Config
) -> None:
    from service.jobs.planner import work_off
    from service.models import Job

    first = world.published()
    rows = json.loads(world.api("GET", f"/plans/{first.id}/plan.json").content)["bookings"]
    hire = next(row["hire"] for row in rows if row["session"] == "CI-1-1")
    world.api("POST", f"/terms/{first.term_id}/hires", {"id": hire, "slutar": "2026-08-20"})
    second = replanned(world, config, first.term_id)
    world.api("POST", f"/plans/{second.id}/publish")
    browser = world.browser()
    told = {"publicering": "1", "planeringsdag": "2026-08-31"}
    assert browser.post(f"/terminer/{first.term_id}/aterta", told).status_code == 302
    work_off(config, threading.Event())
    job = Job.objects.order_by("-id")[0]
    assert (job.state, job.plan_id) == ("failed", None)
    page = browser.get(f"/jobb/{job.id}").content.decode()
    assert "Inom varseltiden" in page
    assert f"({hire}): CI-1-1, tis 1 sep 2026" in page


def test_an_administration_a_person_has_left_cannot_close_her_calendar_and_her_new_one_can(world: World) -> None:
    from service import publishing
    from service.access import ALONE
    from service.models import PlanPerson

    first = world.published()
    north, centre = (world.key("forvaltning", organisation) for organisation in ("N", "C"))
    asked = {"kind": "person", "id": "p1"}
    made = world.api("POST", f"/terms/{first.term_id}/subscriptions", asked, key=north).json()["id"]
    other = world.api("POST", f"/terms/{first.term_id}/subscriptions", {**asked, "id": "p4"}, key=north).json()["id"]
    second = world.plan(first.term, first)
    PlanPerson.objects.filter(plan=second, hire="p1").update(organisation="C", unit="")
    assert world.api("DELETE", f"/subscriptions/{made}", key=centre).status_code == 404
    publishing.publish(world.config, second, ALONE)
    assert world.api("DELETE", f"/subscriptions/{made}", key=north).status_code == 404
    assert world.api("DELETE", f"/subscriptions/{made}", key=centre).status_code == 204
    assert world.api("DELETE", f"/subscriptions/{other}", key=north).status_code == 204
