"""Planera om: what has come in since the published plan, the three stabilities side by side, one of them chosen."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from service.config import Config
from terminsplan.cli import cli
from tests.service.world import World
from tests.terminsplan.small import contents

if TYPE_CHECKING:
    from service.models import Plan

FORM = {"max_tid": "30", "planeringsdag": "2026-08-03"}
RECRUIT = {"id": "p9", "namn": "Eva Nilsson", "förvaltning": "N", "anställd_från": "2026-08-17"}


def edited(world: World, plan: Plan, table: str, row: str = "", **cells: str) -> None:
    """A row of the input added in the form, or changed."""
    from service import inputs_of_terms

    newest = inputs_of_terms.newest(plan.term)
    assert newest is not None
    form = {**cells, "version": str(newest.number)}
    address = f"/terminer/{plan.term_id}/underlag/rad?tabell={table}" + (f"&rad={row}" if row else "")
    assert world.browser().post(address, form).status_code == 302


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page))


def test_three_replans_of_the_published_plan_are_those_of_the_command(
    world: World, config: Config, tmp_path: Path
) -> None:
    from service.jobs.planner import work_off
    from service.models import Job

    plan = world.published()
    draft = world.plan(plan.term, plan)
    edited(world, plan, "nyanställda", **RECRUIT)
    browser, address = world.browser(), f"/terminer/{plan.term_id}/planera-om"
    assert browser.post(address, FORM).headers["Location"] == f"{address}#alternativ"
    waiting = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert waiting.count("Väntar på sin tur") == 3
    assert "hx-get" in waiting
    work_off(config, threading.Event())
    jobs = list(Job.objects.filter(term=plan.term, kind="replan").order_by("id"))
    assert [job.options["stability"] for job in jobs] == ["fast", "varsam", "fri"]
    for job in jobs:
        assert job.plan is not None, job.message
        assert job.plan.predecessor_id == plan.id != draft.id
        home = tmp_path / job.options["stability"] / "plan"
        source = config.inputs / job.version.folder / job.version.source
        options = ["--stabilitet", job.options["stability"], "--planeringsdag", "2026-08-03", "--max-tid", "30"]
        home.parent.mkdir()
        words = ["omplanera", str(source), "--tidigare", str(config.plans / plan.folder), "-o", str(home), *options]
        told = CliRunner().invoke(cli, [*words, "--tvinga"])
        assert told.exit_code == 0, told.output
        assert contents(config.plans / job.plan.folder) == contents(home)

    page = browser.get(address).content.decode()
    assert "hx-get" not in page
    assert [f"Välj {name}" in text(page) for name in ("fast", "varsam", "fri")] == [True] * 3
    assert re.search(r"1\. .*2\. .*3\. Lämnade platser", text(page))


def test_one_alternative_is_chosen_as_the_draft_and_its_changes_are_listed(world: World, config: Config) -> None:
    from service.jobs.planner import work_off
    from service.models import Job

    plan = world.published()
    edited(world, plan, "nyanställda", **RECRUIT)
    edited(world, plan, "omgångar", row="3", id="CI-2", utbildning="CI", platser="5")
    browser, address = world.browser(), f"/terminer/{plan.term_id}/planera-om"
    browser.post(address, FORM)
    work_off(config, threading.Event())
    careful = Job.objects.get(term=plan.term, options__stability="varsam")
    assert "Ändringarna att skicka" not in browser.get(address).content.decode()
    assert browser.post(f"{address}/valj", {"plan": str(plan.id)}).status_code == 409
    assert browser.post(f"{address}/valj", {"plan": str(careful.plan_id)}).status_code == 302
    page = text(browser.get(address).content.decode())
    assert "Ändringarna att skicka, med plan 2 (varsam)" in page
    assert re.search(r"Eva Nilsson Nordost .*CI-2: ", page.partition("Ändringarna att skicka")[2])
    planning = text(browser.get(f"/terminer/{plan.term_id}/planera").content.decode())
    assert (planning.count(" Alternativ "), planning.count(" Utkast ")) == (2, 1)
    assert world.api("POST", f"/plans/{careful.plan_id}/publish").status_code == 200


def test_one_of_the_three_is_stopped_and_the_others_go_on(world: World) -> None:
    from service.models import Job

    plan = world.published()
    browser, address = world.browser(), f"/terminer/{plan.term_id}/planera-om"
    browser.post(address, FORM)
    first = Job.objects.filter(term=plan.term, kind="replan").order_by("id")[0]
    answer = browser.post(f"/jobb/{first.id}/avbryt", {"till": "planera-om"})
    assert answer.headers["Location"] == f"{address}#alternativ"
    states = Job.objects.filter(term=plan.term, kind="replan").order_by("id").values_list("state", flat=True)
    assert list(states) == ["cancelled", "queued", "queued"]


def test_what_has_come_in_since_the_published_plan_is_told(world: World) -> None:
    from service import reports
    from service.access import Actor

    plan = world.published()
    browser, address = world.browser(), f"/terminer/{plan.term_id}/planera-om"
    assert "Det här har kommit in sedan dess Ingenting." in text(browser.get(address).content.decode())
    edited(world, plan, "nyanställda", **RECRUIT)
    edited(world, plan, "närvaro", nyanställd="p1", tillfälle="CI-1-1", närvarande="nej")
    who = Actor("N", "forvaltning", "N")
    made = reports.make(plan.term, reports.HIRE, {"namn": "Ny Person", "anställd_från": "2026-09-01"}, who)
    page = text(browser.get(address).content.decode())
    assert "Nya personer: Eva Nilsson." in page
    assert "1 anmälan väntar" in page
    assert "Frånvarande 1" in page
    assert "Version 3" in page
    assert browser.post(f"/terminer/{plan.term_id}/inkommet/{made.id}", {"svar": "ta in"}).status_code == 302
    page = text(browser.get(address).content.decode())
    assert "Anmälningar som tagits in Nyanställd: Ny Person, från N" in page
    assert "Nya personer: Eva Nilsson, Ny Person." in page


def test_without_a_published_plan_there_is_nothing_to_begin_at(world: World) -> None:
    term = world.term()
    world.plan(term)
    browser, address = world.browser(), f"/terminer/{term.id}/planera-om"
    assert "Inget är publicerat än" in browser.get(address).content.decode()
    assert browser.post(address, FORM).status_code == 409
