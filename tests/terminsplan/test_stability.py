"""What it costs to let people keep their seats, and the three plans side by side."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.change import StabilityOutcome
from models.ids import Stability
from outputs.words import stability_costs
from terminsplan import store
from terminsplan.planning import Made, PlanInput, try_stability
from terminsplan.stopping import Stop
from terminsplan.terminal import Terminal
from tests.terminsplan.small import Run, contents, write_tables

TABLES = {
    "utbildningar": "id;namn\nCI;Central introduktion\n",
    "omgångar": "id;utbildning;platser\nCI-1;CI;1\nCI-2;CI;1\n",
    "tillfällen": "omgång;datum;start;slut\nCI-1;2026-10-06;09:00;16:00\nCI-2;2026-11-10;09:00;16:00\n",
    "nyanställda": "id;namn;förvaltning;anställd_från\np1;Åsa Öberg;N;2026-08-10\n",
}
LATE = "id;namn;förvaltning;anställd_från\np2;Bo Sen;C;2026-06-20\n"
"""She can only be in time in the round that is full; who has the seat there could take the next."""


@pytest.fixture
def first(tmp_path: Path, run: Run) -> Path:
    tables = write_tables(tmp_path / "in", **TABLES)
    assert run("planera", tables, "-o", tmp_path / "plan1").exit_code == 0
    (tmp_path / "sena.csv").write_text(LATE, "utf-8")
    return tmp_path / "plan1"


def late(first: Path, output: str, *more: str) -> tuple[object, ...]:
    files = ("--sena", first.parent / "sena.csv", "--tidigare", first, "-o", first.parent / output)
    return ("omplanera", *files, "--planeringsdag", "2026-08-05", *more)


def test_careful_moves_one_so_that_one_more_is_on_time_and_says_so(first: Path, run: Run) -> None:
    said = run(*late(first, "plan2")).stdout
    assert (
        "Med varsam blir 1 krav fler klara i tid än med fast (1 person fler får allt i tid), "
        "till priset av att 1 plats fler lämnas.\n"
    ) in said
    assert "Med varsam blir lika många krav klara i tid som med fri, och lika många platser lämnas.\n" in said
    assert (
        "Den gamla platsen lämnades; annars skulle det bli så att någon annan inte blir klar i tid. Nya där: Bo Sen.\n"
        "  Åsa Öberg (p1): Flyttad: Central introduktion CI-1 → CI-2: 6 okt → 10 nov\n"
    ) in said


def test_fast_says_what_it_forgoes(first: Path, run: Run) -> None:
    result = run(*late(first, "plan2", "--stabilitet", "fast", "--json"))
    assert (
        "Med fast blir 1 krav färre klara i tid än med varsam (1 person färre får allt i tid), "
        "men 1 plats färre lämnas.\n"
    ) in result.stderr
    costs = json.loads(result.stdout)["changes"]["stability"]
    assert [(c["stability"], c["chosen"], c["on_time"], c["moved"], c["proven"]) for c in costs] == [
        ("fast", True, 1, 0, True),
        ("varsam", False, 2, 1, True),
        ("fri", False, 2, 1, True),
    ]


def test_report_and_workbook_say_it_too_and_names_stay_out_of_the_report_cause(first: Path, run: Run) -> None:
    run(*late(first, "plan2"))
    report = (first.parent / "plan2" / "rapport.html").read_text("utf-8")
    assert "Vad stabiliteten kostar" in report
    assert "Nya där" not in report
    book = load_workbook(first.parent / "plan2" / "plan.xlsx")
    overview = {cell.value for row in book["Översikt"].iter_rows() for cell in row}
    assert {"Vad stabiliteten kostar", "varsam (vald)", "fri"} <= overview
    causes = {row[-1].value for row in book["Ändringar"].iter_rows()}
    assert any("Nya där: Bo Sen." in str(cause) for cause in causes)


def test_all_three_lie_side_by_side_each_as_if_asked_for_alone(first: Path, run: Run) -> None:
    result = run(*late(first, "val", "--alternativ", "--json"))
    assert result.exit_code == 0, result.output
    alternatives = json.loads(result.stdout)["alternatives"]
    assert list(alternatives) == ["fast", "varsam", "fri"]
    for stability in Stability:
        home = first.parent / stability
        assert run(*late(first, stability.value, "--stabilitet", stability.value, "--tvinga")).exit_code == 0
        assert contents(first.parent / "val" / stability) == contents(home)
    assert (first.parent / "val" / store.COMPARISON).exists()


def test_the_comparison_names_who_is_concerned_in_which(first: Path, run: Run) -> None:
    run(*late(first, "val", "--alternativ"))
    book = load_workbook(first.parent / "val" / store.COMPARISON)
    rows = [[cell.value for cell in row] for row in book["Vem berörs"].iter_rows(min_row=5)]
    moved = "Flyttad: Central introduktion CI-1 → CI-2, 1 plats"
    assert rows == [["Åsa Öberg", None, moved, moved]]


def test_the_chosen_one_is_continued_and_the_others_no_more(first: Path, run: Run) -> None:
    run(*late(first, "val", "--alternativ"))
    place = first.parent
    (place / "sena.csv").write_text("id;slutar\np2;2026-12-31\n", "utf-8")
    asked = run(*late(place / "val", "plan3"))
    assert asked.exit_code == 2
    assert f"{place / 'val' / 'varsam'}" in asked.stderr
    go_on = ("--sena", place / "sena.csv", "--planeringsdag", "2026-08-05")
    assert run("omplanera", "--tidigare", place / "val" / "varsam", *go_on, "-o", place / "plan3").exit_code == 0
    for old in (place / "val" / "fast", place / "val" / "varsam"):
        result = run("omplanera", "--tidigare", old, *go_on, "-o", place / "plan4")
        assert result.exit_code == 2
        assert "plan3 är gjord av den" in result.stderr
    (place / "sena.csv").write_text(LATE, "utf-8")
    assert "val/fast är gjord av den" in run(*late(first, "plan4")).stderr


def test_alternatives_are_replaced_when_asked_and_never_with_other_files_among_them(first: Path, run: Run) -> None:
    run(*late(first, "val", "--alternativ"))
    assert run(*late(first, "val", "--alternativ")).exit_code == 2
    before = contents(first.parent / "val")
    assert run(*late(first, "val", "--alternativ", "--tvinga")).exit_code == 0
    assert contents(first.parent / "val") == before
    (first.parent / "val" / "fri" / "anteckning.txt").write_text("mitt")
    result = run(*late(first, "val", "--alternativ", "--tvinga"))
    assert result.exit_code == 2
    assert "fri/anteckning.txt" in result.stderr


def test_who_has_to_leave_a_smaller_session_is_told_that(tmp_path: Path, run: Run) -> None:
    both = TABLES | {"nyanställda": f"{TABLES['nyanställda']}p2;Bo Ek;C;2026-08-10\n"}
    rooms = {seats: f"id;utbildning;platser\nCI-1;CI;{seats}\nCI-2;CI;1\n" for seats in (1, 2)}
    run("planera", write_tables(tmp_path / "in", **(both | {"omgångar": rooms[2]})), "-o", tmp_path / "plan")
    fewer = write_tables(tmp_path / "in2", **(both | {"omgångar": rooms[1]}))
    said = run("omplanera", fewer, "--tidigare", tmp_path / "plan", "-o", tmp_path / "plan2").stdout
    assert "gick inte att behålla: tillfället 6 okt i CI-1 har nu 1 plats, färre än de som var bokade där." in said


def test_who_stops_gets_the_plan_without_the_comparison(first: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(plan_input: PlanInput, stability: Stability, terminal: Terminal, stop: Stop) -> Made | None:
        stop.ask()
        return try_stability(plan_input, stability, terminal, stop)

    monkeypatch.setattr("terminsplan.stability.try_stability", stopped)
    result = run(*late(first, "plan2"))
    assert result.exit_code == 0
    assert "Vad stabiliteten kostar" not in result.stdout
    assert (first.parent / "plan2" / "plan.json").exists()


def outcome(
    stability: Stability, on_time: int, moved: int, *, chosen: bool = False, proven: bool = True
) -> StabilityOutcome:
    return StabilityOutcome(
        stability=stability,
        chosen=chosen,
        on_time=on_time,
        counting=9,
        hires_on_time=4,
        hires=5,
        moved=moved,
        proven=proven,
    )


def test_what_is_not_proven_is_told() -> None:
    rows = (outcome(Stability.FAST, 5, 0), outcome(Stability.CAREFUL, 7, 3, chosen=True, proven=False))
    told = stability_costs(rows)
    assert told[0].startswith("Med varsam blir 2 krav fler klara i tid än med fast, till priset av att 3 platser fler")
    assert told[1].startswith("Tiden räckte inte för att bevisa varsam")
    assert stability_costs(rows[:1]) == ()
