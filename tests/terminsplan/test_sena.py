"""``omplanera --sena``: only what is new, on top of the input of the plan before."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from terminsplan import store
from tests.terminsplan.small import SMALL, Run, write_tables

DAY = ("--planeringsdag", "2026-08-05")
LATE_HIRE = "id;namn;förvaltning;anställd_från;e-post\np5;Eva Sen;N;2026-09-01;eva@example.se\n"


def replan(run: Run, earlier: Path, late: Path, output: Path, *more: str) -> Result:
    return run("omplanera", "--tidigare", earlier, "--sena", late, "-o", output, *DAY, *more)


@pytest.fixture
def late(tmp_path: Path) -> Path:
    place = tmp_path / "sena.csv"
    place.write_text(LATE_HIRE, "utf-8")
    return place


def test_it_is_the_plan_of_the_whole_input(planned: Path, late: Path, tmp_path: Path, run: Run) -> None:
    assert replan(run, planned, late, tmp_path / "plan2").exit_code == 0
    whole = write_tables(
        tmp_path / "in2", nyanställda=SMALL["nyanställda"] + "p5;Eva Sen;N;2026-09-01;eva@example.se;\n"
    )
    again = ("omplanera", whole, "--tidigare", planned, "-o", tmp_path / "plan2b", "--tvinga")
    assert run(*again, *DAY).exit_code == 0
    for name in ("plan.json", "indata.json", "andringar.json"):
        assert (tmp_path / "plan2" / name).read_bytes() == (tmp_path / "plan2b" / name).read_bytes()
    assert run("granska", whole, tmp_path / "plan2", "--tidigare", planned).exit_code == 0


def test_next_time_builds_on_it(planned: Path, late: Path, tmp_path: Path, run: Run) -> None:
    replan(run, planned, late, tmp_path / "plan2")
    late.write_text("id;slutar\np5;2026-09-05\n", "utf-8")
    assert replan(run, tmp_path / "plan2", late, tmp_path / "plan3").exit_code == 0
    third = store.open_plan(tmp_path / "plan3")
    assert third.plan.plan_number == 3
    assert str(third.problem.hire_by_id["p5"].ends) == "2026-09-05"


def test_who_leaves_frees_a_seat_and_the_next_in_line_is_offered(tmp_path: Path, run: Run) -> None:
    """Two stand in line for the full first round: the one who can wait for the emptier second round does."""
    tables = write_tables(
        tmp_path / "in",
        utbildningar="id;namn\nCI;Central introduktion\n",
        omgångar="id;utbildning;platser\nCI-1;CI;1\nCI-2;CI;3\n",
        tillfällen="omgång;datum;start;slut\nCI-1;2026-10-06;09:00;16:00\nCI-2;2026-11-10;09:00;16:00\n",
        nyanställda=(
            "id;namn;förvaltning;anställd_från;prioritet\n"
            "p1;Åsa Öberg;N;2026-06-15;3\n"
            "p2;Bo Ek;C;2026-06-20;\n"
            "p3;Cia Alm;C;2026-08-10;\n"
        ),
    )
    assert run("planera", tables, "-o", tmp_path / "plan").exit_code == 0
    late = tmp_path / "nyanställda.csv"
    late.write_text("id;slutar\np1;2026-08-31\n", "utf-8")
    result = replan(run, tmp_path / "plan", late, tmp_path / "plan2")
    assert result.exit_code == 0, result.output
    seats = {b.hire: b.session for b in store.open_plan(tmp_path / "plan2").plan.bookings}
    assert seats == {"p2": "CI-1-1", "p3": "CI-2-1"}
    assert "  Bo Ek (p2): Flyttad: Central introduktion CI-2 → CI-1: 10 nov → 6 okt\n" in result.stdout
    assert (
        "Den gamla platsen gick inte att behålla: anställningen slutar mån 31 aug 2026.\n"
        "  Åsa Öberg (p1): Inställd: Central introduktion CI-1: 6 okt\n"
    ) in result.stdout


def test_a_missed_module_is_booked_again(planned: Path, tmp_path: Path, run: Run) -> None:
    late = tmp_path / "närvaro.csv"
    missed = next(b for b in store.open_plan(planned).plan.bookings if b.session == "CI-1-1")
    late.write_text(f"nyanställd;tillfälle;närvarande\n{missed.hire};CI-1-1;nej\n", "utf-8")
    command = ("omplanera", "--tidigare", planned, "--sena", late, "-o", tmp_path / "plan2")
    result = run(*command, "--planeringsdag", "2026-09-02", "--json")
    assert json.loads(result.stdout)["exit_code"] == 0
    assert store.open_plan(tmp_path / "plan2").problem.attendance[0].hire == missed.hire


def test_faults_are_told_with_the_rows_of_the_file(planned: Path, late: Path, tmp_path: Path, run: Run) -> None:
    late.write_text(LATE_HIRE.replace("2026-09-01", "31/2 2026"), "utf-8")
    result = replan(run, planned, late, tmp_path / "plan2")
    assert result.exit_code == 2
    assert 'nyanställda, rad 2, kolumn anställd_från: "31/2 2026" är inget datum' in result.stderr
    assert not (tmp_path / "plan2").exists()


@pytest.mark.parametrize("both", [True, False])
def test_either_the_whole_or_what_is_late(
    both: bool, *, planned: Path, tables: Path, late: Path, tmp_path: Path, run: Run
) -> None:
    given = (tables, "--sena", late) if both else ()
    result = run("omplanera", *given, "--tidigare", planned, "-o", tmp_path / "plan2")
    assert result.exit_code == 2
    assert "antingen IN" in result.stderr


def test_what_is_late_has_not_the_planning_date_of_the_stored_input(
    planned: Path, late: Path, tmp_path: Path, run: Run
) -> None:
    run("omplanera", "--tidigare", planned, "--sena", late, "-o", tmp_path / "plan2")
    stored = store.open_plan(tmp_path / "plan2")
    assert stored.problem.settings.planning_date != stored.plan.planning_date


def test_pseudonyms_go_on(tables: Path, late: Path, tmp_path: Path, run: Run) -> None:
    run("planera", tables, "-o", tmp_path / "plan1", "--pseudonymer")
    result = replan(run, tmp_path / "plan1", late, tmp_path / "plan2", "--pseudonymer", "--json")
    assert {c["hire"] for c in json.loads(result.stdout)["changes"]["changes"]} <= {"p5"}
    together = b"".join(p.read_bytes() for p in (tmp_path / "plan2").rglob("*") if p.is_file())
    assert not [name for name in ("Ulla Berg", "Eva Sen", "Öberg") if name.encode() in together]


def test_a_day_that_was_closed_before_is_not_told_again_with_late_rows(tmp_path: Path, late: Path, run: Run) -> None:
    tables = write_tables(tmp_path / "in", tillfällen=SMALL["tillfällen"].replace("2026-10-20", "2026-12-25"))
    first = run("planera", tables, "-o", tmp_path / "plan")
    assert "stängd dag" in first.output
    second = replan(run, tmp_path / "plan", late, tmp_path / "plan2")
    assert second.exit_code == 0, second.output
    assert "stängd dag" not in second.output
