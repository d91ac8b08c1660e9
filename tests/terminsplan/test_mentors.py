"""Mentors and tasks from tables to files: ``planera``, ``omplanera``, ``prova``, ``granska``, ``orsak``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from models.ids import MentorLevel
from models.problem import Organisation, Settings, TermProblem
from scheduler.mentors.matching import match_mentors
from scheduler.mentors.search import MOST_FOR_CP_SAT
from scheduler.solvers.clock import Clock
from scheduler.verify.mentors import mentors
from terminsplan.mip_beside import highs_processes
from tests.scheduler.build import hire
from tests.scheduler.mentors.people import FIRST, LAST, mentor, plan_with
from tests.terminsplan.small import SMALL, Run, write_tables

MENTORS = (
    "id;namn;förvaltning;enhet;e-post;målgrupp;arbetsdagar;högst;från;till\n"
    "m1;Maj Holm;N;;maj@example.se;;mån-tors;2;;\n"
    "m2;Ulf Dal;C;;;;;1;2026-07-01;\n"
)
TASKS = (
    "id;namn;ansvarig;från_dag;till_dag;timmar;efter;upprepas\n"
    "U1;Välkomstsamtal;chef;0;5;1,5;;\n"
    "U2;Mentormöte;mentor;7;60;1;;varannan vecka\n"
    "U3;Reflektion;nyanställd;7;90;;CI:1;\n"
)


@pytest.fixture
def introduced(tmp_path: Path, run: Run) -> Path:
    """The small term planned with mentors and tasks: its folder."""
    tables = write_tables(tmp_path / "in", mentorer=MENTORS, uppgifter=TASKS)
    assert run("planera", tables, "-o", tmp_path / "plan").exit_code == 0
    return tmp_path / "plan"


def plan_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "plan.json").read_bytes())
    return found


def test_a_plan_says_who_follows_whom_and_is_clean(introduced: Path, tmp_path: Path, run: Run) -> None:
    plan = plan_of(introduced)
    assert [row["hire"] for row in plan["mentors"]] == ["p1", "p2", "p3", "p4"]
    without = [row for row in plan["mentors"] if row["mentor"] is None]
    assert [(row["reason"], sorted(row)) for row in without] == [("all_full", ["hire", "mentor", "reason"])]
    assert all(row["kept"] is False for row in plan["mentors"] if row["mentor"])
    assert [row["name"] for row in plan["mentor_levels"]] == list(MentorLevel)
    assert all(row["proven"] and row["value"] == row["bound"] for row in plan["mentor_levels"])
    assert run("granska", tmp_path / "in", introduced).exit_code == 0


def test_how_many_have_a_mentor_is_said_at_once(tmp_path: Path, run: Run) -> None:
    tables = write_tables(tmp_path / "in", mentorer=MENTORS)
    assert re.search(r"Har en mentor +3 av 4 personer", run("planera", tables, "-o", tmp_path / "plan").stdout)


def test_a_plan_with_a_wrong_mentor_does_not_pass(introduced: Path, tmp_path: Path, run: Run) -> None:
    text = (introduced / "plan.json").read_text("utf-8")
    (introduced / "plan.json").write_text(text.replace('"mentor": "m1"', '"mentor": "m2"', 1), "utf-8")
    assert run("granska", tmp_path / "in", introduced).exit_code == 3


def test_a_plan_that_names_an_unknown_mentor_is_no_plan(introduced: Path, run: Run) -> None:
    text = (introduced / "plan.json").read_text("utf-8")
    (introduced / "plan.json").write_text(text.replace('"mentor": "m1"', '"mentor": "m9"', 1), "utf-8")
    result = run("orsak", introduced, "p1")
    assert result.exit_code == 2
    assert "m9, som inte finns i indata.json" in result.stderr


def test_a_re_plan_keeps_the_pairs_and_says_so(introduced: Path, tmp_path: Path, run: Run) -> None:
    late = SMALL["nyanställda"] + "p5;Eva Sen;C;2026-09-01;eva@example.se;\n"
    more = MENTORS + "m0;Ida Ek;C;;;;;3;;\n"
    updated = write_tables(tmp_path / "in2", nyanställda=late, mentorer=more, uppgifter=TASKS)
    later = ("--tidigare", introduced, "-o", tmp_path / "plan2", "--planeringsdag", "2026-09-03")
    assert run("omplanera", updated, *later, "--stabilitet", "fri").exit_code == 0
    before, after = ({m["hire"]: m["mentor"] for m in plan_of(f)["mentors"]} for f in (introduced, tmp_path / "plan2"))
    kept = {hire: mentor for hire, mentor in before.items() if mentor}
    assert kept.items() <= after.items()
    assert {m["hire"] for m in plan_of(tmp_path / "plan2")["mentors"] if m["kept"]} == kept.keys()
    assert None not in after.values()
    assert run("granska", updated, tmp_path / "plan2", "--tidigare", introduced).exit_code == 0


def test_a_plan_made_by_hand_has_the_mentors_of_its_source(introduced: Path, tmp_path: Path, run: Run) -> None:
    moved = run("prova", introduced, "--sparra", "p1=CI-2", "-o", tmp_path / "provad")
    assert moved.exit_code == 0, moved.output
    pairs = [[(m["hire"], m["mentor"]) for m in plan_of(f)["mentors"]] for f in (introduced, tmp_path / "provad")]
    assert pairs[0] == pairs[1]


def test_the_reason_is_told_by_orsak(introduced: Path, run: Run) -> None:
    for row in plan_of(introduced)["mentors"]:
        found = run("orsak", introduced, row["hire"]).stdout
        name = {"m1": "Maj Holm", "m2": "Ulf Dal", None: "ingen ännu: alla mentorer som var på plats"}[row["mentor"]]
        assert f"Mentor: {name}" in found
        told = json.loads(run("orsak", introduced, row["hire"], "--json").stdout)
        assert (told["mentor"], told.get("mentor_reason")) == (row["mentor"], row.get("reason"))


def test_where_the_tables_are_missing_nothing_is_said(planned: Path, run: Run) -> None:
    assert not {"mentors", "mentor_levels", "tasks"} & plan_of(planned).keys()
    assert "entor" not in (planned / "rapport.html").read_text("utf-8").split("</style>")[1]
    assert "Mentor" not in run("orsak", planned, "p1").stdout
    assert not (planned / "index.html").exists()


def test_introductions_are_written_and_replaced(introduced: Path, tmp_path: Path, run: Run) -> None:
    for name in ("index.html", "introduktion/p1.html", "introduktion/p1.ics", "introduktion/ansvarig/mentor-m1.html"):
        assert (introduced / name).is_file(), name
    assert run("planera", tmp_path / "in", "-o", introduced, "--tvinga").exit_code == 0


def test_with_pseudonyms_no_name_is_in_any_file(tmp_path: Path, run: Run) -> None:
    hires = (
        SMALL["nyanställda"].replace("prioritet\n", "prioritet;chef;chef_e-post\n").replace(";\np2", ";;Cia Chef;\np2")
    )
    tables = write_tables(tmp_path / "in", mentorer=MENTORS, uppgifter=TASKS, nyanställda=hires)
    assert run("planera", tables, "-o", tmp_path / "plan", "--pseudonymer").exit_code == 0
    assert list((tmp_path / "plan" / "introduktion" / "ansvarig").glob("chef-*.html"))
    for path in (tmp_path / "plan" / "introduktion").rglob("*"):
        text = path.name + (path.read_text("utf-8") if path.is_file() else "")
        for name in ("Åsa", "Öberg", "Maj Holm", "Ulf", "Cia", "example.se"):
            assert name not in text, path


def test_many_are_matched_and_proven_and_always_alike() -> None:
    hires = [hire(f"h{n:02}", "AB"[n % 2], f"09-{n % 28 + 1:02}", unit=f"u{n % 5}") for n in range(60)]
    others = [
        mentor(f"m{n:02}", "AB"[n % 3 % 2], unit=f"u{n % 4}", at_most=n % 4 + 1, weekdays=(1, 2, 3, 4, 5)[n % 2 :])
        for n in range(30)
    ]
    problem = TermProblem(
        settings=Settings(horizon_start=FIRST, horizon_end=LAST),
        organisations=tuple(Organisation(id=id_, name=id_) for id_ in "AB"),
        programmes=(),
        rounds=(),
        sessions=(),
        hires=tuple(hires),
        mentors=tuple(others),
    )
    assert len(hires) * len(others) > MOST_FOR_CP_SAT
    first, second = (
        match_mentors(problem, None, seed=1, clock=Clock.start(monotonic), mip=highs_processes) for _ in "12"
    )
    assert first == second
    assert all(level.proven for level in first.levels)
    assert list(mentors(problem, plan_with(first, problem), None)) == []
