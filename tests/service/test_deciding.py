"""What is decided by hand on the pages becomes the rows that it comes to, and no others."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse

from service.config import Config
from tests.service.world import World

if TYPE_CHECKING:
    from service.models import Plan

DAY = "2026-09-10"
"""After the first session of CI-1, before all others."""
TABLES = {
    "inställningar": f"nyckel;värde\ntermin;HT 2026\nplaneringsdag;{DAY}\nterminsslut;2026-12-18\nvarseltid_dagar;0\n",
    "omgångar": "id;utbildning;platser\nCI-1;CI;9\nCI-2;CI;9\n",
    "nyanställda": (
        "id;namn;förvaltning;anställd_från;e-post;tillgodoräknas\n"
        "credited;Cia Ek;N;2026-08-10;cia@example.se;CI:1\n"
        "held;Hans Alm;N;2026-08-10;hans@example.se;\n"
        "new;Nina Lund;C;2026-08-10;nina@example.se;\n"
        "bystander;Bo Berg;C;2026-08-10;bo@example.se;CI:1\n"
    ),
    "bokningar": "nyanställd;tillfälle\nheld;CI-1-1\nbystander;CI-1-2\n",
}
GIVEN = {("held", "CI-1-1"), ("bystander", "CI-1-2")}


@pytest.fixture
def plan(world: World) -> Plan:
    of = world.made_of("deciding", DAY, **TABLES)
    made: Plan = world.plan(world.term(of=of), of=of)
    return made


def rows(config: Config, plan: Plan, table: str = "bokningar") -> set[tuple[str, ...]]:
    from service import decisions, inputs_of_terms, row_edits

    version = inputs_of_terms.newest(plan.term)
    assert version is not None
    return {tuple(row.values()) for row in row_edits.rows_of(config, version, table, decisions.KEYS[table])}


def decided(world: World, plan: Plan, move: Iterable[Mapping[str, object]] = ()) -> HttpResponse:
    """What the page answers to «Lås så, och gör ett utkast»."""
    from service.models import Job

    wishes = {"move": [{"module": None, **wish} for wish in move], "bar": []}
    job = Job.objects.create(
        term=plan.term, version=plan.version, base=plan, kind="try", state="done", options=wishes, by="test"
    )
    answer: HttpResponse = world.browser().post(f"/jobb/{job.id}/bestam")
    return answer


def pressed(world: World, plan: Plan, button: str, hire: str, round_: str = "") -> int:
    form = {"person": hire, "utbildning": "CI", "omgang": round_}
    return int(world.browser().post(f"/planer/{plan.id}/{button}", form).status_code)


@pytest.mark.parametrize(
    ("wish", "row"),
    [
        ({"hire": "credited"}, ("credited", "CI-2-2")),
        ({"hire": "held"}, ("held", "CI-2-2")),
        ({"hire": "new", "module": 2}, ("new", "CI-2-2")),
    ],
    ids=lambda one: one.get("hire") if isinstance(one, dict) else "",
)
def test_a_move_books_what_she_has_left_to_go_to_in_the_round(
    world: World,
    config: Config,
    plan: Plan,
    wish: Mapping[str, object],
    row: tuple[str, str],
) -> None:
    answer = decided(world, plan, [{**wish, "programme": "CI", "round": "CI-2"}])
    assert (answer.status_code, answer.headers["Location"][:6]) == (302, "/jobb/")
    assert rows(config, plan) == GIVEN | {row}


@pytest.mark.parametrize(
    ("hire", "locked"),
    [
        ("credited", {("credited", "CI-1-2")}),
        ("held", {("held", "CI-1-2")}),
        ("new", {("new", "CI-2-1"), ("new", "CI-2-2")}),
    ],
)
def test_what_is_locked_are_the_seats_that_are_ahead(
    world: World,
    config: Config,
    plan: Plan,
    hire: str,
    locked: set[tuple[str, str]],
) -> None:
    assert pressed(world, plan, "las", hire) == 302
    assert rows(config, plan) == GIVEN | locked
    assert "Låst för hand" in world.browser().get(f"/planer/{plan.id}/person?id={hire}").content.decode()
    assert pressed(world, plan, "slapp", hire) == 302
    assert rows(config, plan) == GIVEN, "what was held is a fact, not a decision"


def test_a_later_decision_replaces_the_one_before(world: World, config: Config, plan: Plan) -> None:
    assert pressed(world, plan, "las", "credited") == 302
    assert decided(world, plan, [{"hire": "credited", "programme": "CI", "round": "CI-2"}]).status_code == 302
    assert rows(config, plan) == GIVEN | {("credited", "CI-2-2")}
    assert pressed(world, plan, "sparra", "credited", "CI-2") == 302
    assert rows(config, plan) == GIVEN
    assert rows(config, plan, "spärrar") == {("credited", "CI-2")}
    assert decided(world, plan, [{"hire": "credited", "programme": "CI", "round": "CI-2"}]).status_code == 302
    assert rows(config, plan, "spärrar") == set()


def test_what_has_been_held_is_not_decided_afterwards(world: World, config: Config, plan: Plan) -> None:
    answer = decided(world, plan, [{"hire": "new", "programme": "CI", "module": 1, "round": "CI-1"}])
    assert answer.status_code == 422
    assert "redan hållits" in answer.content.decode()
    assert rows(config, plan) == GIVEN


def test_attendance_of_what_was_held_since_the_date_in_the_settings_is_taken_and_planned_with(
    world: World, config: Config
) -> None:
    from service.jobs.planner import work_off
    from service.models import Plan

    plan = world.published()
    address = f"/terminer/{plan.term_id}/narvaro/tillfalle?id=CI-1-1"
    with_seat = plan.people.filter(account__requirements__0__seats__0__session="CI-1-1").values_list("hire", flat=True)
    absent, *others = sorted(with_seat)
    form = {"person": [absent, *others], "närvarande": others}
    assert world.browser().post(address, form).status_code == 302
    number = world.api("POST", f"/terms/{plan.term_id}/jobs", {"kind": "replan"}).json()["id"]
    work_off(config, threading.Event())
    told = world.api("GET", f"/jobs/{number}").json()
    assert told["state"] == "done", told
    assert Plan.objects.get(id=told["plan"]).planning_date.isoformat() > "2026-09-01"


def test_attendance_of_what_is_still_to_come_is_refused(world: World, config: Config) -> None:
    far = {
        "tillfällen": "omgång;moment;datum;start;slut\nCI-1;1;2098-09-01;09:00;16:00\nCI-1;2;2098-09-15;09:00;16:00\n"
        "CI-2;1;2098-10-06;09:00;16:00\nCI-2;2;2098-10-20;09:00;16:00\n",
        "inställningar": "nyckel;värde\ntermin;HT\nplaneringsdag;2026-08-03\nterminsslut;2098-12-18\n",
    }
    from service import publishing
    from service.access import ALONE

    of = world.made_of("far", "2026-08-03", **far)
    plan = world.plan(world.term(of=of), of=of)
    publishing.publish(config, plan, ALONE)
    session = next(iter(plan.people.all())).account["requirements"][0]["seats"][0]["session"]
    hire = next(iter(plan.people.all())).hire
    answer = world.browser().post(
        f"/terminer/{plan.term_id}/narvaro/tillfalle?id={session}", {"person": [hire], "närvarande": [hire]}
    )
    assert answer.status_code == 422
    assert "är inte hållet än" in answer.content.decode()
