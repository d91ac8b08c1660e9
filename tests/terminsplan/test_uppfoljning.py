"""``uppfoljning``: plan folders in, report and workbook out."""

import json
from pathlib import Path

from tests.terminsplan.small import SMALL, Run, write_tables


def grown(tmp_path: Path, run: Run) -> Path:
    """The small term with six people, planned."""
    more = "".join(f"q{n};Ny {n};C;2026-08-10;;\n" for n in range(3))
    tables = write_tables(tmp_path / "in", nyanställda=SMALL["nyanställda"] + more)
    assert run("planera", tables, "-o", tmp_path / "plan", "--tyst").exit_code == 0
    return tmp_path / "plan"


def test_plans_are_followed_up_without_names(tmp_path: Path, run: Run) -> None:
    plan = grown(tmp_path, run)
    result = run("uppfoljning", plan, "-o", tmp_path / "upp", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["total"]["people"] == 7
    assert found["total"]["confirmed"] == 0
    assert {p.name for p in (tmp_path / "upp").iterdir()} == {"rapport.html", "uppfoljning.xlsx", "uppfoljning.json"}
    report = (tmp_path / "upp" / "rapport.html").read_text("utf-8")
    assert "Åsa" not in report
    assert "Ulla Berg" not in report


def test_the_same_plan_twice_counts_once_and_is_told(tmp_path: Path, run: Run) -> None:
    plan = grown(tmp_path, run)
    result = run("uppfoljning", plan, plan, "-o", tmp_path / "upp")
    assert "räknas inte" in result.stderr
    assert "7 personer" in result.stdout


def test_what_is_there_is_replaced_only_when_asked_and_only_if_it_is_a_follow_up(tmp_path: Path, run: Run) -> None:
    plan, place = grown(tmp_path, run), tmp_path / "upp"
    assert run("uppfoljning", plan, "-o", place).exit_code == 0
    assert run("uppfoljning", plan, "-o", place).exit_code == 2
    assert run("uppfoljning", plan, "-o", place, "--tvinga").exit_code == 0
    (place / "eget.txt").write_text("mitt")
    result = run("uppfoljning", plan, "-o", place, "--tvinga")
    assert result.exit_code == 2
    assert "eget.txt" in result.stderr


def test_a_plan_is_not_replaced_by_a_follow_up(tmp_path: Path, run: Run) -> None:
    plan = grown(tmp_path, run)
    assert run("uppfoljning", plan, "-o", plan, "--tvinga").exit_code == 2
    assert (plan / "plan.json").exists()


def test_what_is_only_planned_is_not_told_as_done(tmp_path: Path, run: Run) -> None:
    result = run("uppfoljning", grown(tmp_path, run), "-o", tmp_path / "upp")
    assert "krav blir klara i tid" in result.stdout
    assert "Hur mycket utbildning? 0 timmar. Ingen träff har hållits än." in result.stdout
