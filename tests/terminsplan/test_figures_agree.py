"""Every figure that stands in more than one place is the same there.

Terminal, ``--json``, workbook, report, plan.json, and what each
administration is given; of every example and of its re-plans.
"""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.ids import Level
from terminsplan import store
from tests.terminsplan.example_plans import EXAMPLE, STEPS
from tests.terminsplan.small import Run, write_tables

LATE = "id;namn;förvaltning;anställd_från\nq1;Åsa  öberg;N;2026-08-17\nq2;Eva Sen;C;2026-08-17\n"
EXAMPLES = sorted(
    folder.parent.name
    for folder in EXAMPLE.parent.glob("*/csv")
    if "dimensionering" not in folder.parent.name and folder.parent != EXAMPLE
)
TAKEN = {"goteborg-2014": 4}
"""Of an example with many people and twenty programmes: every so many of its people, who are planned sooner."""
Pair = tuple[int, int]
Rows = list[list[str]]
Labelled = list[tuple[str, str, str]]
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
    agree_with_json(data, folder)


def test_a_re_plan_has_the_same_figures_everywhere(second: tuple[str, Mapping[str, Any], Path]) -> None:
    said, data, folder = second
    agree(said, folder)
    agree_with_json(data, folder)
    assert [row[0] for row in stability(terminal_rows(said))] == ["fast", "varsam (vald)", "fri"]


def test_the_great_example_has_the_same_figures_everywhere(example_plan: Path) -> None:
    agree((example_plan.parent / "sagt.txt").read_text("utf-8"), example_plan)


def test_the_example_in_october_has_the_same_figures_everywhere(october: Path) -> None:
    agree((october / "sagt.txt").read_text("utf-8"), october / "plan")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_the_same_figures_everywhere(name: str, tmp_path: Path, run: Run) -> None:
    tables = shutil.copytree(EXAMPLE.parent / name / "csv", tmp_path / "in")
    heading, *people = (tables / "nyanställda.csv").read_text("utf-8-sig").splitlines(keepends=True)
    (tables / "nyanställda.csv").write_text("".join([heading, *people[:: TAKEN.get(name, 1)]]), "utf-8")
    made = run("planera", tables, "-o", tmp_path / "plan", "--json", "--max-tid", 20)
    agree(made.stderr, tmp_path / "plan")
    agree_with_json(json.loads(made.stdout), tmp_path / "plan")


@pytest.mark.parametrize("step", STEPS)
def test_the_re_plans_of_the_chain_have_the_same_figures_everywhere(replanned_chain: Path, step: str) -> None:
    agree((replanned_chain / f"{step}.txt").read_text("utf-8"), replanned_chain / step)
    agree_with_json(json.loads((replanned_chain / f"{step}.json").read_text("utf-8")), replanned_chain / step)


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
    agree_with_histograms(folder)
    assert levels(terminal_rows(said)) == levels(overview(folder)) == levels(report_rows(folder))
    assert stability(terminal_rows(said)) == stability(overview(folder)) == stability(report_rows(folder))
    agree_with_administrations(folder)
    for chosen in stability(terminal_rows(said)):
        if "(vald)" in chosen[0]:
            on_time, people = expected
            assert chosen[1:3] == (f"{on_time[0]} av {on_time[1]}", f"{people[0]} av {people[1]}")


def agree_with_json(data: Mapping[str, Any], folder: Path) -> None:
    """Each headline of ``--json`` is the one of the workbook, and the requirements by state are those of plan.json."""
    assert given(data) == counted(folder)
    told = {LABELS[id_]: (found["number"], found["of"]) for id_, found in data["figures"].items()}
    assert told == {label: number_and_whole(value) for label, value, *_ in labelled(overview(folder))}
    assert +Counter({NAMES[state]: number for state, number in data["requirements"].items()}) == counted_states(folder)


def agree_with_administrations(folder: Path) -> None:
    """An administration's list and page say the same of its own,
    the workbook too, and all of them together make up the whole.
    """
    together: dict[str, Counter[str]] = {}
    states_of_all: Counter[str] = Counter()
    told_of = administrations_of(overview(folder))
    for organisation in store.open_plan(folder).problem.organisations:
        place = folder / "forvaltning" / organisation.id
        rows = sheet_rows(place / "lista.xlsx")
        found = labelled(rows)
        assert {(label, value) for label, value, _ in found} == headlines_of_page(place / "rapport.html")
        for label, value, remark in found:
            together.setdefault(label, Counter()).update(numbers_in(label, value, remark))
        states_of_own = own_states(rows)
        states_of_all += states_of_own
        if told := told_of.get(organisation.name):
            on_time, of = next(number_and_whole(value) for label, value, _ in found if label == LABELS[FIRST])
            assert told["Krav"] == str(sum(states_of_own.values()))
            assert {name: int(told[name]) for name in states_of_own} == states_of_own
            assert told["Andel i tid"] == share_of(on_time, of or 0)
    assert states_of_all == counted_states(folder)
    for label, value, remark in labelled(overview(folder)):
        if label != LABELS["opened"]:  # about rounds, not about anybody's own
            assert +together.get(label, Counter()) == +numbers_in(label, value, remark), label


def administrations_of(rows: Rows) -> dict[str, dict[str, str]]:
    """The workbook's table of administrations: cells by heading, by name."""
    start = next(number for number, row in enumerate(rows) if row[:2] == ["Förvaltning", "Krav"])
    end = next(number for number, row in enumerate(rows) if number > start and row[:1] == ["Alla"])
    return {row[0]: dict(zip(rows[start], row, strict=False)) for row in rows[start + 1 : end]}


def numbers_in(label: str, value: str, remark: str) -> Counter[str]:
    """All numbers of a headline that add up over administrations."""
    number, of = number_and_whole(value)
    return Counter({"number": number, "of": of or 0, "remark": number_beside(label, remark)})


def number_beside(label: str, remark: str) -> int:
    """What stands in the remark beside a headline, where it adds up: days with cases, seats that were held."""
    if label not in (LABELS["early_cases"], LABELS["unconfirmed"]):
        return 0
    found = re.search(r"[\d ]*\d", remark)
    assert found, remark
    return whole(found[0])


def share_of(on_time: int, of: int) -> str:
    """In whole percent, rounded once; 100 is said of all alone, and 0 of none."""
    if on_time in (0, of):
        return f"{100 * on_time // of} %" if of else "–"
    return f"{min(99, max(1, round(100 * on_time / of)))} %"


LABELS = {
    "requirements_on_time": "Krav som blir klara i tid",
    "people_on_time": "Personer som får allt i tid",
    "not_on_time": "Krav som inte blir klara i tid",
    "waiting": "Väntar till nästa termin",
    "leaves": "Hinns inte innan personen slutar",
    "on_own": "På egen tid, inte klara",
    "unconfirmed": "Närvaro ej bekräftad",
    "early_cases": "Ärenden före utbildning",
    "stretched": "Enhetsdagar över gränsen",
    "opened": "Förslag som öppnas",
}
FIRST = "requirements_on_time"


def labelled(rows: Rows) -> Labelled:
    """The headlines among some rows: label, value, remark."""
    return [(row[0], row[1], row[2] if row[2:] else "") for row in rows if row[1:] and row[0] in LABELS.values()]


def number_and_whole(value: str) -> tuple[int, int | None]:
    """``12 av 14 krav`` and ``12 krav`` as numbers."""
    found = re.match(r"([\d ]*\d)(?: av ([\d ]*\d))? \w", value)
    assert found, value
    return whole(found[1]), whole(found[2]) if found[2] else None


def headlines_of_page(page: Path) -> set[tuple[str, str]]:
    """Label and value of each headline of an administration's page."""
    text = page.read_text("utf-8").translate(SPACES)
    return {
        (plain(label), plain(value))
        for label, value in re.findall(r"<h3>([^<]+)</h3>\s*<p class=\"figure\">(.*?)</p>", text, re.S)
    }


def own_states(rows: Rows) -> Counter[str]:
    """The table of units and managers of an administration's list, added up by state."""
    added: Counter[str] = Counter()
    heading: list[str] = []
    for row in rows:
        if row[:1] == ["Enhet"]:
            heading = row
        elif heading and len(row) >= len(heading) - 2:
            numbers = [int(cell) for cell in row if cell.isdigit()][-(len(heading) - 2) :]
            added += Counter(
                {name: number for name, number in zip(heading[2:], numbers, strict=True) if name in NAMES.values()}
            )
    return added


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


@lru_cache(maxsize=2)
def requirements(folder: Path) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads((folder / "plan.json").read_bytes())["requirements"]
    return found


@lru_cache(maxsize=2)
def counted(folder: Path) -> tuple[Pair, Pair]:
    """Requirements on time of those with a deadline to keep,
    and people with all on time or done of all who have any.
    """
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
    return sheet_rows(folder / "plan.xlsx")


@lru_cache(maxsize=2)  # plans are never changed here, and each is asked many times
def sheet_rows(book: Path) -> Rows:
    opened = load_workbook(book, read_only=True)
    rows = opened["Översikt"].iter_rows(values_only=True)
    found = [[str(value).translate(SPACES) for value in row if value is not None] for row in rows]
    opened.close()
    return found


@lru_cache(maxsize=2)
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


def whole(number: str) -> int:
    return int(number.replace(" ", ""))


def pair(text: str) -> Pair:
    found = re.match(r"([\d ]+) av ([\d ]+)", text)
    assert found, text
    return whole(found[1]), whole(found[2])


def in_cards(folder: Path) -> tuple[Pair, Pair]:
    text = plain(report(folder))
    on_time = re.search(r"([\d ]+ av [\d ]+) krav blir klara i tid", text)
    everything = re.search(r"Alla ([\d ]+) krav med frist under terminen blir klara i tid", text)
    people = re.search(r"([\d ]+ av [\d ]+) person(?:er)? får allt i tid", text)
    if "Ingen frist går ut under terminen." in text:
        return (0, 0), headlines(overview(folder))[1]  # then the card tells of no people
    assert people
    assert on_time or everything
    found = on_time[1] if on_time else "{0} av {0}".format(*everything.groups()) if everything else ""
    return pair(found.strip()), pair(people[1].strip())


def states(rows: Rows) -> Counter[str]:
    names = NAMES.values()
    numbers = {row[0]: whole(row[1].removesuffix(" krav")) for row in rows if row and row[0] in names and row[1:]}
    return +Counter(numbers)


def table_of_administrations(folder: Path) -> Counter[str]:
    """The rows of the administrations added up, which also make up the row of all."""
    added: Counter[str] = Counter()
    everybody: Counter[str] = Counter()
    for row in table_rows(report(folder)):
        cells = dict(re.findall(r'data-label="([^"]+)">([\d ]+)</td>', row))
        if "I tid" in cells or "Saknar plats" in cells:
            numbers = Counter(
                {name: whole(number) for name, number in cells.items() if name in names_of_states(folder)}
            )
            assert whole(cells["Krav"]) == sum(numbers.values())
            if '<th scope="row">Alla</th>' in row:
                everybody = numbers
            else:
                added += numbers
    assert added == everybody
    return added


def names_of_states(folder: Path) -> set[str]:
    return set(counted_states(folder))


def agree_with_histograms(folder: Path) -> None:
    """One for each administration where anything is done, the twelve with most of it; each counts what it says."""
    problem = store.open_plan(folder).problem
    done = (problem.hire_by_id[r["hire"]].organisation for r in requirements(folder) if r["completed_on"] is not None)
    expected = Counter(problem.organisation_by_id[organisation].name for organisation in done)
    told = re.findall(r"<figcaption>(.*?)<p>([\d ]+) av [\d ]+ krav blir klara", report(folder), re.S)
    shown = {unescape(name): whole(number) for name, number in told}
    assert sorted(shown.values()) == sorted(sorted(expected.values())[-12:])
    assert shown == {name: expected[name] for name in shown}


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
