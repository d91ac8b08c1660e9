"""Jobs: claimed by one planner, done in a process of its own, taken up again when that planner died."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from service.config import Config
from tests.service.running import clean_environment
from tests.service.world import World

_THAT_SPEAK = (
    "terminsplan/planning.py",
    "terminsplan/chain.py",
    "terminsplan/summary.py",
    "outputs/words/stability.py",
    "outputs/words/moving.py",
)
HOUSE = Path(__file__).parents[2]
DAY = {"planning_date": "2026-08-03"}


def asked(world: World, **more: object) -> int:
    term = world.term()
    return int(world.api("POST", f"/terms/{term.id}/jobs", {"kind": "plan", **DAY, **more}).json()["id"])


def test_a_job_becomes_the_plan_that_the_command_writes(world: World, config: Config) -> None:
    from service.jobs.planner import work_off

    number = asked(world)
    work_off(config, threading.Event())
    told = world.api("GET", f"/jobs/{number}").json()
    assert (told["state"], told["result"]["exit_code"]) == ("done", 0)
    assert str(config.data) not in json.dumps(told)
    made = world.api("GET", f"/plans/{told['plan']}/plan.json").content
    assert made == (world.made().plan / "plan" / "plan.json").read_bytes()


def test_a_replan_begins_at_the_published_plan_whatever_drafts_there_are(world: World, config: Config) -> None:
    from service.jobs.planner import work_off
    from service.models import Plan

    plan = world.published()
    world.plan(plan.term, plan)
    answers = [world.api("POST", f"/terms/{plan.term_id}/jobs", {"kind": "replan", **DAY}) for _ in range(2)]
    work_off(config, threading.Event())
    for answer in answers:
        told = world.api("GET", f"/jobs/{answer.json()['id']}").json()
        assert told["state"] == "done", told
        assert Plan.objects.get(id=told["plan"]).predecessor_id == plan.id
    assert world.api("POST", f"/plans/{told['plan']}/publish").status_code == 200


def test_moving_somebody_by_hand_is_priced(world: World, config: Config) -> None:
    from service.jobs.planner import work_off

    plan = world.plan(world.term())
    answer = world.api("POST", f"/plans/{plan.id}/try", {"bar": [{"hire": "p1", "round": "CI-1"}]})
    assert answer.status_code == 202
    work_off(config, threading.Event())
    told = world.api("GET", f"/jobs/{answer.json()['id']}").json()
    assert told["state"] == "done", told
    assert {"alone", "best"} <= set(told["result"])
    assert world.api("POST", f"/plans/{plan.id}/try", {}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "wish", "said"),
    [
        ("move", {"hire": "p9", "programme": "CI", "round": "CI-1"}, "hire ”p9” finns inte i planen"),
        ("move", {"hire": "p1", "programme": "XX", "round": "CI-1"}, "programme ”XX” finns inte i planen"),
        ("move", {"hire": "p1", "programme": "CI", "round": "CI-9"}, "round ”CI-9” finns inte i planen"),
        ("bar", {"hire": "p1", "round": "CI-9"}, "round ”CI-9” finns inte i planen"),
    ],
)
def test_a_wish_for_what_the_plan_does_not_have_is_refused_at_once(
    world: World, kind: str, wish: dict[str, str], said: str
) -> None:
    plan = world.plan(world.term())
    known = {"move": [{"hire": "p1", "programme": "CI", "round": "CI-2"}]}
    answer = world.api("POST", f"/plans/{plan.id}/try", {**known, kind: [wish]})
    assert (answer.status_code, said in answer.json()["detail"]) == (422, True)
    assert world.api("POST", f"/plans/{plan.id}/try", known).status_code == 202


@pytest.mark.parametrize("option", ["kind", "stability", "max_seconds", "seed", "planning_date"])
@pytest.mark.parametrize("value", [["fri"], {"fri": 1}, True])
def test_an_option_of_a_job_that_is_no_plain_value_is_refused(world: World, option: str, value: object) -> None:
    answer = world.api("POST", f"/terms/{world.term().id}/jobs", {"kind": "plan", option: value})
    assert (answer.status_code, answer.json()["detail"].split()[0]) == (422, option)


def test_what_a_job_says_names_the_version_and_the_plan_that_it_is_about(world: World, config: Config) -> None:
    from service import inputs_of_terms, row_edits
    from service.access import ALONE
    from service.jobs.planner import work_off

    plan = world.published()
    first = inputs_of_terms.newest(plan.term)
    assert first is not None
    odd = {"nyanställd": "p1", "från": "2027-05-03", "till": "2027-05-03"}
    read = row_edits.edited(config, first, row_edits.with_row, ("frånvaro", tuple(odd), odd))
    assert read is not None
    inputs_of_terms.keep(config, plan.term, read, ALONE)
    number = world.api("POST", f"/terms/{plan.term_id}/jobs", {"kind": "replan", **DAY}).json()["id"]
    work_off(config, threading.Event())
    message = world.api("GET", f"/jobs/{number}").json()["message"]
    assert "om underlagets version 2:" in message


def test_two_planners_never_have_one_job(world: World) -> None:
    from service.jobs import claims

    asked(world)
    assert [job is not None for job in (claims.claim("a"), claims.claim("b"))] == [True, False]


def test_a_planner_that_lost_its_job_changes_nothing(world: World) -> None:
    from service.jobs import claims
    from service.models import Job, Plan

    number = asked(world)
    job = claims.claim("a")
    assert job is not None
    Job.objects.filter(id=number).update(planner="b")
    index = json.loads((world.made().plan / "index.json").read_text("utf-8"))
    assert not claims.tell(job, {})
    assert not claims.end_with_plan(job, "nowhere", index, "", None)
    assert not Plan.objects.exists()


@pytest.mark.parametrize("shift", [timedelta(minutes=-5), timedelta(minutes=5)])
def test_a_job_whose_planner_died_is_taken_up_again_and_then_given_up(world: World, shift: timedelta) -> None:
    from django.utils import timezone

    from service.jobs import claims
    from service.models import Job

    number = asked(world)
    states = []
    for planner in ("a", "b"):
        assert claims.claim(planner) is not None
        Job.objects.filter(id=number).update(heartbeat=timezone.now() + shift)  # also where a clock was set back
        before = claims.take_up_abandoned({})
        states.append(Job.objects.get(id=number).state)
        claims.take_up_abandoned(before)
        states.append(Job.objects.get(id=number).state)
    assert states == ["running", "queued", "running", "failed"]
    assert "nytt" in Job.objects.get(id=number).message


@pytest.mark.parametrize("shift", [timedelta(hours=-1), timedelta(hours=1)])
def test_a_planner_that_tells_again_keeps_its_job_after_the_clock_was_set(world: World, shift: timedelta) -> None:
    from django.utils import timezone

    from service.jobs import claims
    from service.models import Job

    number = asked(world)
    job = claims.claim("a")
    assert job is not None
    Job.objects.filter(id=number).update(heartbeat=timezone.now() + shift)
    before = claims.take_up_abandoned({})
    assert list(before) == [number]
    assert claims.tell(job, {})
    assert claims.take_up_abandoned(before) == {}
    assert (Job.objects.get(id=number).state, Job.objects.get(id=number).attempts) == ("running", 1)


def test_a_plan_written_by_a_commit_whose_answer_was_lost_is_kept(world: World) -> None:
    from service.jobs import claims
    from service.models import Plan

    asked(world)
    job = claims.claim("a")
    assert job is not None
    index = json.loads((world.made().plan / "index.json").read_text("utf-8"))
    assert claims.end_with_plan(job, "1-1-a/plan", index, "", None)
    assert claims.end_with_plan(job, "1-1-a/plan", index, "", None)
    assert Plan.objects.count() == 1


def test_a_job_that_waits_is_never_begun_once_it_is_stopped(world: World) -> None:
    from service.jobs import claims

    number = asked(world)
    answer = world.api("DELETE", f"/jobs/{number}")
    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    assert claims.claim("a") is None


def test_a_job_that_goes_on_is_stopped_at_its_best_plan_so_far(world: World, config: Config) -> None:
    from service.jobs.planner import work_off
    from service.models import Job

    number = asked(world, max_seconds=600)

    def stop_when_begun() -> None:
        from django.db import connection

        while not Job.objects.filter(id=number, state="running").update(stop=True):
            pass
        connection.close()

    stopper = threading.Thread(target=stop_when_begun)
    stopper.start()
    work_off(config, threading.Event())
    stopper.join()
    assert world.api("GET", f"/jobs/{number}").json()["state"] == "cancelled"


def test_folders_of_jobs_that_were_ended_are_cleared_away(world: World, config: Config) -> None:
    from service.clearing import clear_away
    from service.jobs import claims

    term = world.term()
    plan = world.plan(term)
    world.api("POST", f"/terms/{term.id}/jobs", {"kind": "plan", **DAY})
    going_on = claims.claim("a")
    assert going_on is not None
    for left in (config.plans / "777-1-left", config.inputs / "7-left", config.temporary / "left"):
        left.mkdir()
    (config.plans / f"{going_on.id}-1-yet").mkdir()
    clear_away(config)
    assert {path.name for path in config.plans.iterdir()} == {plan.folder.split("/")[0], f"{going_on.id}-1-yet"}
    assert [path.name for path in config.inputs.iterdir()] == [plan.version.folder]
    assert not list(config.temporary.iterdir())


def test_no_message_of_a_job_names_an_option_of_a_command() -> None:
    from service.jobs.process import without_options

    said = [
        literal[1]
        for file in _THAT_SPEAK
        for literal in re.finditer(r'"([^"\n]*[^`"\n]--[a-z][^"\n]*)"', (HOUSE / file).read_text("utf-8"))
    ]
    assert len(said) >= 6
    assert [text for text in said if "--" in without_options(text)] == []
    assert without_options("Ge mer tid med --max-tid.") == "Ge mer tid."


def test_a_job_whose_planner_is_gone_when_it_ends_says_nothing(tmp_path: Path) -> None:
    names = {"source": "underlaget", "output": "planen"}
    task = {"kind": "plan", "source": str(tmp_path / "ingen"), "output": str(tmp_path / "ut"), "options": DAY}
    command = [sys.executable, "-m", "service.jobs.process"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=HOUSE, env=clean_environment(), **pipes) as process:  # type: ignore[call-overload]
        process.stdout.close()
        process.stdin.write(json.dumps({**task, "names": names, "earlier": None}) + "\n")
        process.stdin.flush()
        try:
            assert (process.wait(60), process.stderr.read()) == (1, "")
        finally:
            process.kill()
