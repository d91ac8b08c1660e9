"""Every figure that stands in more than one place is the same there: terminal, ``--json``, workbook, report and plan.json."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.ids import Level
from terminsplan import store
from tests.terminsplan.small import Run, write_tables

LATE = "id;namn;förvaltning;anställd_från\nq1;Åsa  öberg;N;2026-08-17\nq2;Eva Sen;C;2026-08-17\n"
SPACES = str.maketrans({"\u00a0": " ", "\u2060": ""})


@pytest.fixture
def first(tmp_path: Path, run: Run) -> tuple[str, Mapping[str, Any], Path]:
    said = run("planera", write_tables(tmp_path / "in"), "-o", tmp_path / "plan1", "--json")
    return said.stderr, json.loads(said.stdout), tmp_path / "plan1"


@pytest.fixture
def second(first: tuple[str, Mapping[str, Any], Path], run: Run) -> tuple[str, Mapping[str, Any], Path]:
    place = first[2].parent
    (place / "sena.csv").write_text(LATE, "utf-8")
    late = ("--sena", place / "sena.csv", "--tidigare", first[2], "--planeringsdag", "2026-08-10")
    said = run("omplanera", *late, "-o", place / "plan2", "--json")
    return said.stderr, json.loads(said.stdout), place / "plan2"


def test_a_first_plan_has_the_same_figures_everywhere(first: tuple[str, Mapping[str, Any], Path]) -> None:
    said, data, folder = first
    agree(said, folder)
    assert given(data) == counted(folder)


def test_a_re_plan_has_the_same_figures_everywhere(second: tuple[str, Mapping[str, Any], Path]) -> None:
    said, data, folder = second
    agree(said, folder)
    assert given(data) == counted(folder)
    assert [row[0] for row in stability(terminal_rows(said))] == ["fast", "varsam (vald)", "fri"]


def test_the_example_in_october_has_the_same_figures_everywhere(october: Path) -> None:
    agree((october / "sagt.txt").read_text("utf-8"), october / "plan")


def test_who_shares_a_name_is_told_with_her_id(second: tuple[str, Mapping[str, Any], Path]) -> None:
    _, _, folder = second
    assert "Åsa Öberg (p1)" in report(folder)
    assert "Eva Sen (q2)" not in report(folder)


def agree(said: str, folder: Path) -> None:
    """All places against a count of plan.json that shares nothing with the program's own."""
    expected = counted(folder)
    assert headlines(terminal_rows(said)) == expected
    assert headlines(overview(folder)) == expected
    assert in_cards(folder) == expected
    assert states(terminal_rows(said)) == states(overview(folder)) == counted_states(folder)
    assert table_of_administrations(folder) == counted_states(folder)
    assert in_histograms(folder) == sum(r["completed_on"] is not None for r in requirements(folder))
    assert levels(terminal_rows(said)) == levels(overview(folder)) == levels(report_rows(folder))
    assert stability(terminal_rows(said)) == stability(overview(folder)) == stability(report_rows(folder))
    for chosen in stability(terminal_rows(said)):
        if "(vald)" in chosen[0]:
            on_time, people = expected
            assert chosen[1:3] == (f"{on_time[0]} av {on_time[1]}", f"{people[0]} av {people[1]}")


NAMES = {
    "on_time": "I tid",
    "late": "Försenad",
    "missing": "Saknar plats",
    "waiting": "Väntar",
    "leaves": "Slutar",
    "done": "Klar",
    "on_own": "På egen tid",
    "on_own_late": "Försenad på egen tid",
}
Pair = tuple[int, int]
Rows = list[list[str]]


def requirements(folder: Path) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads((folder / "plan.json").read_bytes())["requirements"]
    return found


def counted(folder: Path) -> tuple[Pair, Pair]:
    """Requirements on time of those with a deadline to keep, and people with all on time or done of all who have any."""
    stored = store.open_plan(folder)
    ends = {hire.id: hire.ends.isoformat() if hire.ends else "9999" for hire in stored.problem.hires}
    last = stored.plan.horizon[1].isoformat()
    on_time = of = 0
    good: dict[str, bool] = {}
    for row in requirements(folder):
        if row["state"] in ("on_own", "on_own_late"):
            continue
        good[row["hire"]] = good.get(row["hire"], True) and row["state"] in ("on_time", "done")
        deadline, completed = row["deadline"], row["completed_on"]
        credited = row["state"] == "done" and completed is None
        if deadline and deadline <= last and deadline <= ends[row["hire"]] and not credited:
            of += 1
            on_time += completed is not None and completed <= deadline
    return (on_time, of), (sum(good.values()), len(good))


def counted_states(folder: Path) -> Counter[str]:
    return Counter(NAMES[row["state"]] for row in requirements(folder))


def given(data: Mapping[str, Any]) -> tuple[Pair, Pair]:
    found = data["figures"]
    people, on_time = found["people_on_time"], found["requirements_on_time"]
    return (on_time["number"], on_time["of"]), (people["number"], people["of"])


def terminal_rows(said: str) -> Rows:
    return [re.split(r"\s{2,}", line.translate(SPACES).strip()) for line in said.splitlines()]


def overview(folder: Path) -> Rows:
    sheet = load_workbook(folder / "plan.xlsx")["Översikt"]
    return [[str(c.value).translate(SPACES) for c in row if c.value is not None] for row in sheet.iter_rows()]


def report(folder: Path) -> str:
    return (folder / "rapport.html").read_text("utf-8").translate(SPACES)


def report_rows(folder: Path) -> Rows:
    return [[plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in table_rows(report(folder))]


def table_rows(html: str) -> list[str]:
    return re.findall(r"<tr.*?</tr>", html, re.S)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def headlines(rows: Rows) -> tuple[Pair, Pair]:
    (on_time,) = (row[1] for row in rows if row[:1] == ["Krav som blir klara i tid"])
    (people,) = (row[1] for row in rows if row[:1] == ["Personer som får allt i tid"])
    assert on_time.endswith(" krav")
    assert people.endswith(" personer")
    return pair(on_time), pair(people)


def pair(text: str) -> Pair:
    found = re.match(r"([\d ]+) av ([\d ]+)", text)
    assert found, text
    return int(found[1].replace(" ", "")), int(found[2].replace(" ", ""))


def in_cards(folder: Path) -> tuple[Pair, Pair]:
    text = plain(report(folder))
    on_time = re.search(r"([\d ]+ av [\d ]+) krav blir klara i tid", text)
    people = re.search(r"([\d ]+ av [\d ]+) personer får allt i tid", text)
    assert on_time
    assert people
    return pair(on_time[1].strip()), pair(people[1].strip())


def states(rows: Rows) -> Counter[str]:
    names = NAMES.values()
    numbers = {row[0]: int(row[1].removesuffix(" krav")) for row in rows if row and row[0] in names and row[1:]}
    return +Counter(numbers)


def table_of_administrations(folder: Path) -> Counter[str]:
    """The rows of the administrations added up, which also make up the row of all."""
    added: Counter[str] = Counter()
    everybody: Counter[str] = Counter()
    for row in table_rows(report(folder)):
        cells = dict(re.findall(r'data-label="([^"]+)">([\d ]+)</td>', row))
        if "I tid" in cells or "Saknar plats" in cells:
            numbers = Counter({name: int(number) for name, number in cells.items() if name in names_of_states(folder)})
            assert int(cells["Krav"]) == sum(numbers.values())
            if '<th scope="row">Alla</th>' in row:
                everybody = numbers
            else:
                added += numbers
    assert added == everybody
    return added


def names_of_states(folder: Path) -> set[str]:
    return set(counted_states(folder))


def in_histograms(folder: Path) -> int:
    return sum(int(n) for n in re.findall(r"<figcaption>.*?<p>(\d+) av \d+ krav blir klara", report(folder), re.S))


def levels(rows: Rows) -> list[tuple[str, str]]:
    found = [(row[0], row[1]) for row in rows if row and re.fullmatch(r"\d+\. .*", row[0]) and row[1:]]
    names = [f"{number}. {level.words.title}" for number, level in enumerate(Level, 1)]
    assert len(found) >= len(names) - 1
    assert {name for name, _ in found} <= set(names)
    return found


def stability(rows: Rows) -> list[tuple[str, ...]]:
    return list(_stability(rows))


def _stability(rows: Rows) -> Iterator[tuple[str, ...]]:
    for row in rows:
        if row and re.fullmatch(r"(fast|varsam|fri)( \(vald\))?", row[0]) and row[3:]:
            yield tuple(row[:4])
