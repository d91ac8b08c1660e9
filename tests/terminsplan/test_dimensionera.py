"""``dimensionera``: tables and a forecast in, an answer with a probability and the chosen rounds out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.ids import RoundStatus
from scheduler.dimensioning.options import Options, YearsUsed
from terminsplan.commands import dimensionera
from terminsplan.reading import read_input
from tests.scheduler.dimensioning.terms import Inline
from tests.terminsplan.expected import EXPECTED, tables
from tests.terminsplan.small import Run, write_tables


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, on few years."""

    @contextmanager
    def inline(address: str | None) -> Iterator[tuple[Inline, int]]:
        yield Inline(), 1

    monkeypatch.setattr(dimensionera, "workers", inline)
    few = YearsUsed(to_choose_on=40, to_try_on=40, to_prove_on=40, as_known=10)
    monkeypatch.setattr(dimensionera, "Options", partial(Options, years=few))


def test_the_answer_is_written_with_the_chosen_rounds_ready_for_planera(tmp_path: Path, run: Run) -> None:
    place = tmp_path / "ut"
    result = run("dimensionera", tables(tmp_path / "in"), "-o", place, "--scenarier", 50, "--mal", 90, "--json")
    assert result.exit_code == 0, result.output
    names = {"dimensionering.json", "rapport.html", "dimensionering.xlsx", "omgångar.csv", "tillfällen.csv"}
    assert {p.name for p in place.iterdir()} == names
    found = json.loads((place / "dimensionering.json").read_text("utf-8"))
    assert found["schema"] == 1
    assert found["complete"] is True
    assert found["cost"] == len(found["choice"])
    assert 0 <= found["probability"]["low"] <= found["probability"]["value"] <= found["probability"]["high"] <= 1
    assert 0 <= found["share"]["low"] <= found["share"]["mean"] <= found["share"]["high"] <= 1
    assert found["lower_bound"] <= found["cost"]
    assert found["confidence"] == 95
    assert found["scenarios"]["evaluated_on"] == 50
    assert found["by_programme"] == [
        {"programme": "CI", "share": found["share"]["mean"], "years": found["by_programme"][0]["years"]}
    ]
    assert found["choice"] in [row["choice"] for row in found["by_rounds"]]
    assert {key: found[key] for key in found} == {key: json.loads(result.stdout)[key] for key in found}
    with (place / "omgångar.csv").open(encoding="utf-8-sig") as file:
        rounds = list(csv.DictReader(file, delimiter=";"))
    assert {row["id"] for row in rounds} == {"CI-4", *found["choice"]}
    assert {row["status"] for row in rounds} == {"fast"}


def test_the_chosen_tables_are_planned_as_any_others(tmp_path: Path, run: Run) -> None:
    folder = tables(tmp_path / "in")
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 20).exit_code == 0
    for name in ("omgångar.csv", "tillfällen.csv"):
        (folder / name).write_bytes((tmp_path / "ut" / name).read_bytes())
    (folder / "nyanställda.csv").write_text("id;namn;förvaltning;anställd_från\np1;Åsa;N;2027-01-07\n", "utf-8")
    assert run("planera", folder, "-o", tmp_path / "plan").exit_code == 0


def test_the_same_answer_to_the_byte_each_time(tmp_path: Path, run: Run) -> None:
    folder = tables(tmp_path / "in")
    for name in ("a", "b"):
        assert run("dimensionera", folder, "-o", tmp_path / name, "--scenarier", 20).exit_code == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_those_known_already_count_too(tmp_path: Path, run: Run) -> None:
    hires = "id;namn;förvaltning;anställd_från\n" + "".join(f"p{n};Åsa {n};N;2027-01-07\n" for n in range(9))
    folder = tables(tmp_path / "in", nyanställda=hires, prognos=None)
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5).exit_code == 0
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert found["choice"] == ["CI-1", "CI-2", "CI-3"]  # CI-4, which is decided, comes too late for them
    assert found["share"]["mean"] == 1.0
    assert "Åsa" not in (tmp_path / "ut" / "rapport.html").read_text("utf-8")


def test_where_none_suffices_it_says_so_and_strikt_ends_with_5(tmp_path: Path, run: Run) -> None:
    folder = tables(tmp_path / "in", prognos="månad;förvaltning;antal\n2027-01;N;60\n")
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 20)
    assert result.exit_code == 0
    assert "Inget räcker" in result.stdout
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert (found["sufficient"], found["lower_bound"], found["none_suffices"]) == (False, None, True)
    assert found["confidence"] is None
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 20, "--tvinga", "--strikt").exit_code == 5


def test_costs_decide_which_rounds(tmp_path: Path, run: Run) -> None:
    rounds = (
        "id;utbildning;platser;status;kostnad\nCI-1;CI;9;förslag;9000\nCI-2;CI;9;förslag;100\nCI-3;CI;9;förslag;9000\n"
    )
    sessions = "".join(line for line in EXPECTED["tillfällen"].splitlines(keepends=True) if "CI-4" not in line)
    folder = tables(
        tmp_path / "in", omgångar=rounds, tillfällen=sessions, prognos="månad;förvaltning;antal\n2027-01;N;2\n"
    )
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 20).exit_code == 0
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert (found["choice"], found["cost"]) == (["CI-2"], 100)
    assert "100\u00a0kr" in (tmp_path / "ut" / "rapport.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {
                "omgångar": "id;utbildning;platser;status;kostnad\nCI-1;CI;4;förslag;9\nCI-2;CI;4;förslag;\n"
                "CI-3;CI;4;fast;\nCI-4;CI;4;fast;\n"
            },
            "omgångar, rad 3, kolumn kostnad",
        ),
        (
            {"prognos": "månad;förvaltning;antal;spridning\n2027-01;N;1;0,5\n"},
            "prognos, rad 2, kolumn spridning",
        ),
        (
            {"prognos": "månad;förvaltning;antal;spridning\n2027-01;N;1;101\n"},
            "är mer än 100; så ojämnt",
        ),
        ({"prognos": "månad;förvaltning;antal\n2027-01;N;0\n"}, "Ingen väntas börja"),
        ({"omgångar": EXPECTED["omgångar"] + "CI-9;CI;4;förslag\n"}, "omgångar, rad 6, kolumn id"),
        ({"omgångar": EXPECTED["omgångar"].replace("förslag", "fast")}, "förslag"),
        ({"prognos": None}, "Ingen väntas börja"),
    ],
)
def test_what_cannot_be_answered_is_told_with_its_place(
    changed: dict[str, str | None], says: str, tmp_path: Path, run: Run
) -> None:
    result = run("dimensionera", tables(tmp_path / "in", **changed), "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (tmp_path / "ut").exists()


def test_planera_still_wants_somebody_to_plan_for(tmp_path: Path, run: Run) -> None:
    result = run("planera", tables(tmp_path / "in"), "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "nyanställda" in result.stderr


def test_a_horizon_too_short_is_told_with_how_many(tmp_path: Path, run: Run) -> None:
    folder = tables(tmp_path / "in", prognos="månad;förvaltning;antal\n2027-01;N;1\n2027-07;N;2\n")
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 10)
    assert result.exit_code == 0
    assert "2,0 av 3,0 personer" in result.stderr


def test_out_of_time_before_anything_is_known_nothing_is_written(tmp_path: Path, run: Run) -> None:
    result = run("dimensionera", tables(tmp_path / "in"), "-o", tmp_path / "ut", "--max-tid", 0.001)
    assert result.exit_code in (0, 4)
    if result.exit_code == 0:
        assert json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))["complete"] is False
    else:
        assert not (tmp_path / "ut").exists()


def test_a_forecast_may_come_from_earlier_plans(tmp_path: Path, run: Run) -> None:
    hires = "id;namn;förvaltning;anställd_från\n" + "".join(f"p{n};Åsa {n};N;2026-09-{n + 1:02}\n" for n in range(4))
    planned = tmp_path / "plan"
    assert run("planera", write_tables(tmp_path / "ht", nyanställda=hires), "-o", planned, "--tyst").exit_code == 0
    folder = tables(tmp_path / "in", prognos=None, förvaltningar="id;namn\nN;Nordost\nC;Centrum\n")
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--historik", planned, "--scenarier", 10)
    assert result.exit_code == 0, result.output
    behind = ("dimensionera", "--historik", planned, planned, folder, "-o", tmp_path / "ut3", "--scenarier", 10)
    assert run(*behind).exit_code == 0
    answers = [(tmp_path / place / "dimensionering.json").read_bytes() for place in ("ut", "ut3")]
    assert answers[0] == answers[1]  # each person once
    assert run("dimensionera", folder, planned, "-o", tmp_path / "ut2").exit_code == 2


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


HIRES = "id;namn;förvaltning;anställd_från\np1;Åsa;N;2027-01-07\n"
SEATED = [
    {"bokningar": "nyanställd;tillfälle\np1;CI-1-1\n"},
    {"närvaro": "nyanställd;tillfälle;närvarande\np1;CI-1-1;ja\n"},
]


@pytest.mark.parametrize("seated", SEATED)
def test_a_proposal_in_which_somebody_sits_counts_as_decided(seated: dict[str, str], tmp_path: Path, run: Run) -> None:
    settings = EXPECTED["inställningar"].replace("2026-12-01", "2027-02-10")
    folder = tables(tmp_path / "in", nyanställda=HIRES, inställningar=settings, **seated)
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5)
    assert result.exit_code == 0
    assert "räknas som fasta: CI-1." in result.stderr
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert "CI-1" not in found["choice"]
    assert {"CI-1", "CI-4"} <= {row["id"] for row in _rows(tmp_path / "ut" / "omgångar.csv")}


def test_where_every_proposal_has_somebody_there_is_nothing_to_choose(tmp_path: Path, run: Run) -> None:
    rounds = EXPECTED["omgångar"].replace("förslag", "fast").replace("CI-1;CI;4;fast", "CI-1;CI;4;förslag")
    folder = tables(tmp_path / "in", omgångar=rounds, nyanställda=HIRES, **SEATED[0])
    result = run("dimensionera", folder, "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "Inget annat förslag finns" in result.stderr


def test_tables_that_name_rounds_left_out_are_written_without_them(tmp_path: Path, run: Run) -> None:
    extra = {
        "kvoter": "omgång;förvaltning;högst;minst\nCI-1;N;4;0\nCI-3;C;2;0\n",
        "spärrar": "nyanställd;omgång\np1;CI-1\n",
        "nyanställda": HIRES,
        "prognos": "månad;förvaltning;antal\n2027-01;N;1\n",
    }
    folder = tables(tmp_path / "in", **extra)
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5).exit_code == 0
    assert [row["omgång"] for row in _rows(tmp_path / "ut" / "kvoter.csv")] == ["CI-3"]
    assert _rows(tmp_path / "ut" / "spärrar.csv") == []
    for path in (tmp_path / "ut").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    assert run("planera", folder, "-o", tmp_path / "plan").exit_code == 0


def test_where_no_round_is_needed_the_tables_are_empty(tmp_path: Path, run: Run) -> None:
    folder = tables(
        tmp_path / "in",
        omgångar=EXPECTED["omgångar"].replace("fast", "förslag"),
        prognos="månad;förvaltning;antal\n2027-01;N;0,001\n",
    )
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5)
    assert "Inget av förslagen behövs." in result.stdout
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert (found["choice"], found["cost"], found["lower_bound"]) == ([], 0, 0)
    assert _rows(tmp_path / "ut" / "omgångar.csv") == _rows(tmp_path / "ut" / "tillfällen.csv") == []


def test_what_is_known_of_a_round_is_written_as_it_was_read(tmp_path: Path, run: Run) -> None:
    rounds = (
        "id;utbildning;förvaltning;platser;min_deltagare;kostnad;reserv;status\n"
        "CI-1;CI;N, C;9;1;100;1;förslag\nCI-2;CI;;4;;200;;förslag\nCI-4;CI;;4;;;;fast\nCI-5;CI;;4;;50;;inställd\n"
    )
    sessions = (
        "omgång;moment;datum;start;slut;id;plats;lokal;utbildare;platser;tillgänglig;status\n"
        "CI-1;1;2027-02-02;09:00;16:00;T-1;Stadshuset;A;Ulla Berg;7;ja;\n"
        "CI-1;1;2027-02-03;09:00;12:00;;Stadshuset;A;Ulla Berg, Bo Ek;;nej;\n"
        "CI-2;1;2027-03-09;09:00;16:00;;;;;;;\nCI-4;1;2027-05-11;09:00;16:00;;;;;;;\n"
        "CI-4;1;2027-05-12;09:00;16:00;;;;;;;inställd\nCI-5;1;2027-05-18;09:00;16:00;;;;;;;\n"
    )
    expected = "månad;förvaltning;antal\n2027-01;N;1\n2027-01;C;1\n"
    folder = tables(tmp_path / "in", omgångar=rounds, tillfällen=sessions, prognos=expected)
    day = date(2026, 12, 1)
    before = read_input(folder, None, today=day, dimensioning=True).problem
    result = run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5)
    assert "Utöver 1 omgång som redan är bestämd" in result.stdout  # the cancelled one is not
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    assert found["choice"] == ["CI-1"]
    for name in ("omgångar.csv", "tillfällen.csv"):
        (folder / name).write_bytes((tmp_path / "ut" / name).read_bytes())
    (folder / "nyanställda.csv").write_text(HIRES, "utf-8")
    after = read_input(folder, None, today=day).problem
    kept = [r for r in before.rounds if r.id in ("CI-1", "CI-4")]
    assert after.rounds == tuple(r.model_copy(update={"status": RoundStatus.FIXED}) for r in kept)
    assert after.sessions == tuple(s for s in before.sessions if s.round in ("CI-1", "CI-4"))


def test_a_percentage_may_have_a_decimal_comma(tmp_path: Path, run: Run) -> None:
    folder = tables(tmp_path / "in")
    assert run("dimensionera", folder, "-o", tmp_path / "ut", "--scenarier", 5, "--mal", "97,5").exit_code == 0
    goal = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))["goal"]
    assert goal == {"share": 0.975, "probability": 0.95}
    refused = run("dimensionera", folder, "-o", tmp_path / "ut2", "--mal", "0")
    assert refused.exit_code == 2
    assert "”0” är inte ett tal från 0,1 till 100." in refused.stderr


def test_the_workbook_draws_the_curve_with_its_limits(tmp_path: Path, run: Run) -> None:
    assert run("dimensionera", tables(tmp_path / "in"), "-o", tmp_path / "ut", "--scenarier", 20).exit_code == 0
    found = json.loads((tmp_path / "ut" / "dimensionering.json").read_text("utf-8"))
    book = load_workbook(tmp_path / "ut" / "dimensionering.xlsx")
    sheet: Any = book["Kurva"]
    last = 3 + len(found["by_rounds"])
    rows = list(sheet.iter_rows(min_row=4, max_row=last, max_col=4, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [(str(one["rounds"]), one["share"]) for one in found["by_rounds"]]
    assert all(low <= share <= high for _, share, low, high in rows)
    assert len(sheet._charts) == 2
