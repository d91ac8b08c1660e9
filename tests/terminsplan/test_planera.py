"""``planera``: from tables to a plan folder."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.ids import Rule
from scheduler.model.build import KeptBreach
from scheduler.plan.outcome import Conflict, Ending, Outcome
from scheduler.plan.term import plan_term
from scheduler.verify import Report, Violation
from terminsplan import planning
from tests.terminsplan.small import SMALL, Run, contents, write_tables


def ending(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> None:
    """Let the solver end so."""
    monkeypatch.setattr(planning, "plan_term", lambda *_, **__: outcome)


def test_everything_that_the_contract_names_is_written(planned: Path) -> None:
    names = {str(p.relative_to(planned)) for p in planned.rglob("*") if p.is_file()}
    assert {"plan.json", "indata.json", "korning.json", "plan.xlsx", "rapport.html"} <= names
    assert {"kalendrar/person/p4.ics", "kalendrar/forvaltning/N.ics", "kalendrar/omgang/CI-1.ics"} <= names
    assert [p.name for p in planned.parent.iterdir()] != []
    assert not [p for p in planned.parent.iterdir() if p.name.startswith(".")]


def test_a_second_run_gives_the_same_bytes(planned: Path, tables: Path, tmp_path: Path, run: Run) -> None:
    again = tmp_path / "igen"
    assert run("planera", tables, "-o", again).exit_code == 0
    assert contents(again) == contents(planned)


def test_the_run_record_knows_the_plan_and_names_nobody(planned: Path) -> None:
    record = json.loads((planned / "korning.json").read_text("utf-8"))
    assert record["ending"] == "proven"
    assert record["options"] == {"max_seconds": 60.0, "seed": 1, "stability": "varsam", "suggestions": True}
    assert set(record["seconds"]) >= {"read", "solve", "verify", "calendars", "workbook", "report"}
    assert "Öberg" not in (planned / "korning.json").read_text("utf-8")


def test_the_summary_says_how_many_how_good_and_what_to_open(tables: Path, tmp_path: Path, run: Run) -> None:
    result = run("planera", tables, "-o", tmp_path / "ut")
    assert result.exit_code == 0
    assert "Nyanställda" in result.stdout
    assert "Saknar plats" in result.stdout
    assert "nej, bevisat" in result.stdout
    assert str(tmp_path / "ut" / "rapport.html") in result.stdout
    assert "\x1b" not in result.output


def test_quiet_says_nothing(tables: Path, tmp_path: Path, run: Run) -> None:
    assert run("planera", tables, "-o", tmp_path / "ut", "--tyst").output == ""


def test_json_is_alone_on_standard_output(tables: Path, tmp_path: Path, run: Run) -> None:
    result = run("planera", tables, "-o", tmp_path / "ut", "--json")
    found = json.loads(result.stdout)
    assert found["exit_code"] == 0
    assert found["ending"] == "proven"
    assert {state: number for state, number in found["requirements"].items() if number} == {"on_time": 3, "missing": 1}
    assert found["levels"][0] == {"name": "on_time", "value": 1, "bound": 1, "proven": True}
    assert found["folder"] == str(tmp_path / "ut")
    assert "Nyanställda" in result.stderr


def test_strict_turns_a_missing_seat_into_five_after_writing(tables: Path, tmp_path: Path, run: Run) -> None:
    assert run("planera", tables, "-o", tmp_path / "ut", "--strikt").exit_code == 5
    assert (tmp_path / "ut" / "plan.json").exists()


def test_strict_is_content_when_nobody_is_late_or_missing(tmp_path: Path, run: Run) -> None:
    roomy = write_tables(tmp_path / "in", omgångar="id;utbildning;platser\nCI-1;CI;9\nCI-2;CI;9\n")
    assert run("planera", roomy, "-o", tmp_path / "ut", "--strikt").exit_code == 0


def test_every_fault_of_the_input_is_told_and_nothing_written(tmp_path: Path, run: Run) -> None:
    faulty = write_tables(
        tmp_path / "in",
        omgångar="id;utbildning;platser\nCI-1;XX;2\nCI-2;CI;många\n",
        nyanställda="id;namn;förvaltning;anställd_från\np1;Åsa;N;31/2 2026\n",
    )
    result = run("planera", faulty, "-o", tmp_path / "ut", "--json")
    assert result.exit_code == 2
    assert "31/2 2026" in result.stderr
    assert "många" in result.stderr
    found = json.loads(result.stdout)
    assert found["exit_code"] == 2
    assert {(e["table"], e["row"]) for e in found["errors"]} >= {("omgångar", 3), ("nyanställda", 2)}
    assert not (tmp_path / "ut").exists()


def test_an_input_that_is_not_there_is_a_message(tmp_path: Path, run: Run) -> None:
    result = run("planera", tmp_path / "finns inte", "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "finns inte" in result.stderr


def test_given_bookings_that_cannot_be_kept_name_person_session_and_rule(tmp_path: Path, run: Run) -> None:
    impossible = write_tables(
        tmp_path / "in",
        bokningar="nyanställd;tillfälle\np2;CI-1-1\n",
        frånvaro="nyanställd;från;till\np2;2026-09-01;2026-09-01\n",
    )
    result = run("planera", impossible, "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "Bo Ek (p2) på CI-1-1, tis 1 sep 2026" in result.stderr
    assert "frånvaro" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_conflicts_come_out_as_data_too(
    tables: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending(monkeypatch, Outcome(Ending.CONFLICT, None, (Conflict(Rule.CLASH, (("p1", "CI-1-1"), ("p1", "CI-2-1"))),)))
    found = json.loads(run("planera", tables, "-o", tmp_path / "ut", "--json").stdout)
    seats = [{"hire": "p1", "session": "CI-1-1"}, {"hire": "p1", "session": "CI-2-1"}]
    assert found["conflicts"] == [{"rule": "krock", "bookings": seats}]


@pytest.mark.parametrize(("how", "code"), [(Ending.NOTHING, 4), (Ending.STOPPED, 130)])
def test_without_a_plan_nothing_is_written(
    how: Ending, code: int, *, tables: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending(monkeypatch, Outcome(how, None))
    result = run("planera", tables, "-o", tmp_path / "ut")
    assert result.exit_code == code
    assert "Inget har skrivits" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_a_stopped_solve_keeps_its_best_plan_and_says_so(
    tables: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*arguments: object, **named: object) -> Outcome:
        outcome = plan_term(*arguments, **named)  # type: ignore[arg-type]
        return Outcome(Ending.STOPPED, outcome.plan)

    monkeypatch.setattr(planning, "plan_term", stopped)
    result = run("planera", tables, "-o", tmp_path / "ut")
    assert result.exit_code == 0
    assert "bästa planen som hann hittas" in result.stderr
    assert (tmp_path / "ut" / "plan.json").exists()


def test_a_plan_that_fails_the_check_is_a_bug_and_not_written(
    tables: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Violation(Rule.SEATS, None, "CI-1", "CI-1-1", "3 deltagare på 2 platser")
    monkeypatch.setattr(planning, "check", lambda *_: Report((wrong,), {}))
    result = run("planera", tables, "-o", tmp_path / "ut")
    assert result.exit_code == 3
    assert "fel i terminsplan" in result.stderr
    assert "platser: 3 deltagare på 2 platser" in result.stderr
    assert not (tmp_path / "ut").exists()


def test_breaches_that_are_kept_are_told(
    tables: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(*arguments: object, **named: object) -> Outcome:
        outcome = plan_term(*arguments, **named)  # type: ignore[arg-type]
        return Outcome(outcome.ending, outcome.plan, kept_breaches=(KeptBreach(Rule.SEATS, (("p1", "CI-1-1"),)),))

    monkeypatch.setattr(planning, "plan_term", kept)
    result = run("planera", tables, "-o", tmp_path / "ut")
    assert "Åsa Öberg (p1) på CI-1-1" in result.stderr
    record = json.loads((tmp_path / "ut" / "korning.json").read_text("utf-8"))
    assert record["kept_breaches"] == [{"rule": "platser", "bookings": [{"hire": "p1", "session": "CI-1-1"}]}]


@pytest.mark.parametrize(
    ("option", "setting", "expected"),
    [
        (("--planeringsdag", "2026-08-05"), "planeringsdag;2026-08-03", "2026-08-05"),
        ((), "planeringsdag;2026-08-03", "2026-08-03"),
    ],
)
def test_the_planning_date_is_the_option_else_the_setting(
    option: tuple[str, ...], setting: str, expected: str, *, tmp_path: Path, run: Run
) -> None:
    tables = write_tables(tmp_path / "in", inställningar=f"nyckel;värde\n{setting}\n")
    found = json.loads(run("planera", tables, "-o", tmp_path / "ut", "--json", *option).stdout)
    assert found["planning_date"] == expected


def test_the_planning_date_is_no_part_of_the_hash_unless_it_is_in_the_settings(
    planned: Path, tables: Path, tmp_path: Path, run: Run
) -> None:
    run("planera", tables, "-o", tmp_path / "ut", "--planeringsdag", "2026-08-05")
    hashes = {json.loads((p / "plan.json").read_text("utf-8"))["input_sha256"] for p in (planned, tmp_path / "ut")}
    assert len(hashes) == 1


def test_without_option_and_setting_it_is_today(tmp_path: Path, run: Run) -> None:
    tables = write_tables(tmp_path / "in", inställningar="nyckel;värde\n")
    found = json.loads(run("planera", tables, "-o", tmp_path / "ut", "--json").stdout)
    assert abs((date.fromisoformat(found["planning_date"]) - date.today()).days) <= 1  # noqa: DTZ011


def test_pseudonyms_leave_no_name_and_no_address(tables: Path, tmp_path: Path, run: Run) -> None:
    assert run("planera", tables, "-o", tmp_path / "ut", "--pseudonymer").exit_code == 0
    together = b"".join(contents(tmp_path / "ut").values()).decode("utf-8", "replace")
    assert not [word for word in ("Öberg", "Bo Ek", "Ulla Berg", "@example.se") if word in together]
    assert run("granska", tables, tmp_path / "ut", "--pseudonymer").exit_code == 0


def test_paths_with_spaces_and_swedish_letters_work(tmp_path: Path, run: Run) -> None:
    tables = write_tables(tmp_path / "Nyanställda hösten" / "in data")
    output = tmp_path / "Färdig plan" / "första försöket"
    assert run("planera", tables, "-o", output).exit_code == 0
    assert run("granska", tables, output).exit_code == 0


def test_an_existing_plan_is_refused_before_anything_is_solved(
    planned: Path, tables: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "plan_term", None)
    before = contents(planned)
    result = run("planera", tables, "-o", planned)
    assert result.exit_code == 2
    assert "--tvinga" in result.stderr
    assert contents(planned) == before


def test_force_replaces_an_existing_plan(planned: Path, tmp_path: Path, run: Run) -> None:
    other = write_tables(tmp_path / "in2", nyanställda="\n".join(SMALL["nyanställda"].splitlines()[:2]))
    before = contents(planned)
    assert run("planera", other, "-o", planned, "--tvinga").exit_code == 0
    assert contents(planned) != before
    assert not (planned / "kalendrar" / "person" / "p4.ics").exists()
    assert not [p for p in planned.parent.iterdir() if p.name.startswith(".")]
