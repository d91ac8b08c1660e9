"""``omplanera``: the chain of plans."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from outputs.plan_json import read_plan
from terminsplan import store
from tests.plan_bytes import plan_bytes
from tests.terminsplan.small import SMALL, Run, write_tables

LATE = SMALL["nyanställda"] + "p5;Eva Sen;N;2026-09-01;eva@example.se;\n"


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """The input some weeks later: one more seat, one more hire."""
    return write_tables(tmp_path / "in2", nyanställda=LATE, omgångar="id;utbildning;platser\nCI-1;CI;2\nCI-2;CI;3\n")


def replan(run: Run, updated: Path, earlier: Path, output: Path, *more: str) -> tuple[int, str]:
    result = run("omplanera", updated, "--tidigare", earlier, "-o", output, "--planeringsdag", "2026-09-03", *more)
    return result.exit_code, result.stderr


def test_a_re_plan_continues_the_chain_and_is_clean(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    assert replan(run, updated, planned, tmp_path / "plan2") == (0, "")
    before, after = store.open_plan(planned), store.open_plan(tmp_path / "plan2")
    assert after.plan.plan_number == 2
    assert after.plan.previous is not None
    assert after.plan.previous.sha256 == before.plan_sha256
    kept = {(b.hire, b.session, b.sequence) for b in before.plan.bookings}
    assert kept <= {(b.hire, b.session, b.sequence) for b in after.plan.bookings}
    assert run("granska", updated, tmp_path / "plan2", "--tidigare", planned).exit_code == 0


def test_what_changed_can_be_mailed(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    sender = {"inställningar": SMALL["inställningar"] + "avsändare;plan@example.se\n"}
    settled = write_tables(
        tmp_path / "in3", nyanställda=LATE, omgångar="id;utbildning;platser\nCI-1;CI;2\nCI-2;CI;3\n", **sender
    )
    assert replan(run, settled, planned, tmp_path / "plan2")[0] == 0
    mails = list((tmp_path / "plan2" / "kalendrar" / "andringar").rglob("*.ics"))
    assert mails
    assert all(b"METHOD:REQUEST" in m.read_bytes() for m in mails)


def test_who_cannot_be_mailed_is_told(planned: Path, tmp_path: Path, run: Run) -> None:
    hires = SMALL["nyanställda"] + "p5;Eva Sen;N;2026-09-01;;\n"
    more_seats = "id;utbildning;platser\nCI-1;CI;2\nCI-2;CI;3\n"
    sender = SMALL["inställningar"] + "avsändare;plan@example.se\n"
    silent = write_tables(tmp_path / "in2", nyanställda=hires, omgångar=more_seats, inställningar=sender)
    said = replan(run, silent, planned, tmp_path / "plan2")[1]
    assert "kalendrar/andringar finns inte för Eva Sen (p5): e-postadress saknas." in said


def test_causes_are_known_between_neighbours_only(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    replan(run, updated, planned, tmp_path / "plan2")
    assert run("skillnad", planned, tmp_path / "plan2").stderr == ""
    assert "orsakerna till ändringarna är inte kända" in run("skillnad", tmp_path / "plan2", planned).stderr


@pytest.mark.parametrize("stability", ["fast", "varsam", "fri"])
def test_every_stability_gives_a_plan(stability: str, planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    assert replan(run, updated, planned, tmp_path / "plan2", "--stabilitet", stability)[0] == 0
    levels = {level.name for level in store.open_plan(tmp_path / "plan2").plan.levels}
    assert ("changes" in levels) == (stability != "fri")


def test_the_review_of_a_re_plan_finds_the_plan_before_beside_it(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    replan(run, updated, planned, tmp_path / "plan2")
    assert run("granska", updated, tmp_path / "plan2").exit_code == 0


def test_the_review_of_a_re_plan_that_lies_alone_is_refused_with_the_right_command(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    replan(run, updated, planned, tmp_path / "plan2")
    alone = shutil.copytree(tmp_path / "plan2", tmp_path / "annan" / "plan2")
    result = run("granska", updated, alone)
    assert result.exit_code == 2
    assert f"terminsplan granska {updated} {alone} --tidigare MAPPEN-MED-PLAN-1" in result.stderr
    assert run("granska", updated, alone, "--tidigare", planned).exit_code == 0


def test_an_edited_plan_is_no_ground_to_build_on(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    plan = read_plan((planned / "plan.json").read_bytes())
    (planned / "plan.json").write_bytes(plan_bytes(plan.model_copy(update={"seed": 2})))
    code, said = replan(run, updated, planned, tmp_path / "plan2")
    assert code == 2
    assert "har ändrats" in said
    assert replan(run, updated, planned, tmp_path / "plan2", "--tvinga")[0] == 0


def test_a_plan_without_its_run_record_cannot_be_trusted(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    (planned / "korning.json").unlink()
    assert "korning.json saknas" in replan(run, updated, planned, tmp_path / "plan2")[1]


def test_only_the_newest_plan_is_continued(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    assert replan(run, updated, planned, tmp_path / "plan2")[0] == 0
    code, said = replan(run, updated, planned, tmp_path / "plan3")
    assert code == 2
    assert "plan2 är gjord av den" in said
    assert replan(run, updated, tmp_path / "plan2", tmp_path / "plan3")[0] == 0
    assert replan(run, updated, planned, tmp_path / "plan4", "--tvinga")[0] == 0


def test_the_same_re_plan_can_be_made_again_in_its_place(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    assert replan(run, updated, planned, tmp_path / "plan2")[0] == 0
    first = (tmp_path / "plan2" / "plan.json").read_bytes()
    code, said = replan(run, updated, planned, tmp_path / "plan2")
    assert (code, "innehåller redan en plan" in said) == (2, True)
    assert replan(run, updated, planned, tmp_path / "plan2", "--tvinga")[0] == 0
    assert (tmp_path / "plan2" / "plan.json").read_bytes() == first


def test_a_planning_date_before_the_last_plan_is_refused(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    result = run("omplanera", updated, "--tidigare", planned, "-o", tmp_path / "p2", "--planeringsdag", "2026-08-01")
    assert result.exit_code == 2
    assert "ligger före" in result.stderr


@pytest.mark.parametrize("place", ["plan", "plan/nästa", "in2"])
def test_a_re_plan_never_replaces_what_it_comes_from(
    place: str, planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    before = (planned / "plan.json").read_bytes()
    assert replan(run, updated, planned, tmp_path / place, "--tvinga")[0] == 2
    assert (planned / "plan.json").read_bytes() == before


def test_names_do_not_come_back_through_the_plan_before(planned: Path, tmp_path: Path, run: Run) -> None:
    left = write_tables(tmp_path / "in2", nyanställda="\n".join(SMALL["nyanställda"].splitlines()[:3]))
    assert replan(run, left, planned, tmp_path / "plan2", "--pseudonymer")[0] == 0
    together = b"".join(p.read_bytes() for p in (tmp_path / "plan2").rglob("*") if p.is_file())
    assert not [name for name in ("Ulla Berg", "Åsa Lind", "Dan[") if name.encode() in together]


def test_the_run_record_tells_of_the_chain(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    replan(run, updated, planned, tmp_path / "plan2")
    record = json.loads((tmp_path / "plan2" / "korning.json").read_text("utf-8"))
    assert record["plan_number"] == 2
    assert record["previous_sha256"] == store.open_plan(planned).plan_sha256


def test_what_changed_is_counted_and_listed_by_person_and_round(
    planned: Path, updated: Path, tmp_path: Path, run: Run
) -> None:
    result = run(
        *(
            "omplanera",
            updated,
            "--tidigare",
            planned,
            "-o",
            tmp_path / "plan2",
            "--planeringsdag",
            "2026-09-03",
            "--json",
        )
    )
    found = json.loads(result.stdout)["changes"]
    assert {c["kind"] for c in found["changes"]} == {"ny"}
    assert "Platser: 4 nya, 0 flyttade, 0 ändrade, 0 inställda, 4 oförändrade." in result.stderr
    assert "  Eva Sen (p5): Ny plats: Central introduktion CI-2: 6 okt och 20 okt\n" in result.stderr
    shown = run("skillnad", planned, tmp_path / "plan2").stdout
    assert "Platser: 4 nya, 0 flyttade" in shown
    assert "Eva Sen (p5)\n  Ny plats: Central introduktion CI-2.\n    moment 1: tis 6 okt 2026 09:00–16:00" in shown
    assert "\nCI-2: 1 deltagare som förut\n  Nya: Eva Sen och " in shown


def test_a_plan_does_not_differ_from_itself(planned: Path, run: Run) -> None:
    result = run("skillnad", planned, planned)
    assert result.exit_code == 0
    assert result.stdout == "Platser: 0 nya, 0 flyttade, 0 ändrade, 0 inställda, 6 oförändrade.\n"


def test_the_workbook_of_a_re_plan_has_its_changes(planned: Path, updated: Path, tmp_path: Path, run: Run) -> None:
    replan(run, updated, planned, tmp_path / "plan2")
    with zipfile.ZipFile(tmp_path / "plan2" / "plan.xlsx") as book:
        assert "Ändringar" in book.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("key", ["plan_sha256", "previous_sha256", "series"])
@pytest.mark.parametrize("value", [[], {}, 1])
def test_a_run_record_that_holds_no_text_is_no_trace_of_the_chain(
    key: str, value: object, planned: Path, tmp_path: Path, run: Run
) -> None:
    tables = write_tables(tmp_path / "in")
    record = json.loads((planned / "korning.json").read_text("utf-8"))
    (planned / "korning.json").write_text(json.dumps({**record, key: value}), "utf-8")
    result = run("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "plan2", "--tyst")
    assert result.exit_code == (2 if key == "plan_sha256" else 0), result.output
