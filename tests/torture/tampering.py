"""Single values of a plan's stored files changed at random, and commands run on what comes out.

None may end as a bug does: each gives a Swedish sentence or a right result.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.terminsplan.small import SMALL, write_tables

Typed = Callable[..., Result]
FILES = ("plan.json", "plan.json", "indata.json", "indata.json", "korning.json", "andringar.json")
VALUES: tuple[object, ...] = (
    *(None, True, 0, -1, 1, 2**70, 1.5, float("nan"), float("inf"), "", "x", "Å\u0000", "\ud800", "x" * 5000),
    *("9999-12-31", "0001-01-01", 253402300799, "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2026-02-30"),
    *("p1", "p2", "CI", "CI-1", "CI-2-1", "N", "Europe/Paris", "Ingenstans", "Gudrun Alsensjö", "\u202e=1+1"),
    *([], {}, [None], ["CI", "CI"], [1, 2, 3], "on_time", "missing", "done"),
)
NUMBERS: tuple[object, ...] = (
    *(-(10**12) + 1, -(2**31), -1000, -1, 0, 1, 2, 7, 8, 99, 1201, 100_001, 10**9 + 1, 2**31 - 1, 2**31, 10**11),
    *(10**12 - 1, 253402300799, 2**53, 2**63 - 1, 2**63, 0.5, 1e15, 1e308, -0.0),
)
DAYS: tuple[object, ...] = (
    *(0, 1, 86_400, -86_400, 1_786_000_000, 1_786_000_000_000, 253_402_300_799, 2.5, "0", "1786000000"),
    *("1899-12-31", "1900-01-01", "2026-01-01", "2026-08-02", "2026-08-03", "2026-09-06", "2026-12-25", "2027-06-01"),
    *("2099-12-31", "2100-01-01", "2026-09-01T09:00:00+02:00", "2026-09-01T09:00:00Z", "1900-01-01T00:00:00+14:00"),
    *(
        "2099-12-31T23:59:59-14:00",
        "2026-10-25T02:30:00+02:00",
        "2026-03-29T02:30:00+01:00",
        "09:00",
        "23:59:59",
        "02:30",
    ),
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d:\d\d(:\d\d)?")
_TABLES = {
    "inställningar": SMALL["inställningar"] + "avsändare;plan@example.se\nhalvdag_timmar;4\n",
    "lov": "namn;från;till;förvaltning\nHöstlov;2026-10-26;2026-10-30;\nStudiedag;2026-11-02;2026-11-02;N\n",
    "moment": "utbildning;nr;namn\nCI;1;Uppdraget\nCI;2;Rollen\nYR;1;Samtalet\n",
    "utbildningar": (
        "id;namn;sammanhållen;dagar_mellan;efter;form\n"
        "CI;Central introduktion;nej;7;;\nYR;Yrkesresan;ja;;CI;\nDB;Databas;ja;;;egen tid\n"
    ),
    "omgångar": "id;utbildning;platser;minst_deltagare;status\nCI-1;CI;2;;\nCI-2;CI;2;;\nYR-1;YR;3;1;förslag\n",
    "tillfällen": SMALL["tillfällen"] + "YR-1;1;2026-11-10;13:00;16:00;Rådhuset;Ola Ek, Ulla Berg\n",
    "nyanställda": (
        "id;namn;förvaltning;anställd_från;e-post;prioritet;enhet;chef;chef_e-post;ärendestart;tillgodoräknas\n"
        "p1;Åsa Öberg;N;2026-08-10;asa@example.se;;Barn;Cia Chef;cia@example.se;2026-10-01;\n"
        "p2;Bo Ek;C;2026-08-10;bo@example.se;;Vuxna;Carl Chef;;;CI:1\n"
        "p3;Åsa Lind;C;2026-08-10;lind@example.se;;Vuxna;Carl Chef;;;\n"
        "p4;[red]Dan[/red];N;2026-06-01;dan@example.se;2;Barn;Cia Chef;cia@example.se;;\n"
        "p6;Fia Fors;N;2026-07-01;;2;Barn;;;;\n"
    ),
    "kvoter": "omgång;förvaltning;högst;minst\nCI-2;N;1;\nCI-1;C;;1\n",
    "frånvaro": "nyanställd;från;till\np1;2026-09-10;2026-09-12\n",
    "bokningar": "nyanställd;tillfälle\np4;CI-1-1\n",
    "spärrar": "nyanställd;omgång\np3;CI-1\n",
    "utbildare": "id;namn;e-post;förvaltning\nt1;Ulla Berg;ulla@example.se;N\nt2;Ola Ek;ola@example.se;\n",
    "mentorer": (
        "id;namn;förvaltning;enhet;e-post;högst;från;till\n"
        "m1;Mia Mentor;N;Barn;mia@example.se;1;;\nm2;Max Mentor;C;Vuxna;max@example.se;2;2026-08-01;2026-12-01\n"
    ),
    "uppgifter": (
        "id;namn;ansvarig;från_dag;till_dag;timmar;efter;upprepas\n"
        "U1;Beställ dator;chef;-14;-4;1;;\nU2;Samtal;mentor;1;60;0,5;CI;varje vecka\n"
    ),
    "prognos": "månad;förvaltning;antal\n2026-09;N;2,5\n",
}
_LATER = {
    "tillfällen": _TABLES["tillfällen"].replace("2026-09-15;09:00", "2026-09-16;10:00"),
    "nyanställda": _TABLES["nyanställda"].replace("p6;Fia Fors;N;2026-07-01;;2;Barn;;;;\n", ""),
}


@dataclass(frozen=True)
class Chain:
    """A plan in which nearly every field of the stored files says something, and a re-plan of it that changed much."""

    tables: Path
    first: Path
    second: Path


def chain(typed: Typed, place: Path) -> Chain:
    """A term with something in every table, planned and planned anew once a day was moved and somebody had left."""
    tables = write_tables(place / "underlag", **_TABLES)
    made = Chain(tables, place / "plan1", place / "plan2")
    ended = [typed("planera", tables, "-o", made.first)]
    write_tables(tables, **(_TABLES | _LATER))
    ended.append(
        typed("omplanera", tables, "--tidigare", made.first, "-o", made.second, "--planeringsdag", "2026-08-03")
    )
    assert [one.exit_code for one in ended] == [0, 0], ended[-1].output
    return made


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """The way to every value in a JSON document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield (*at, key)
        yield from places(part, (*at, key))


@dataclass(frozen=True)
class _Document:
    """A stored file, the way to each of its values, and the ids that the input has."""

    content: Any
    places: tuple[tuple[Any, ...], ...]
    ids: tuple[str, ...]

    def get(self, place: tuple[Any, ...]) -> Any:  # noqa: ANN401
        found = self.content
        for key in place:
            found = found[key]
        return found

    def put(self, place: tuple[Any, ...], value: object) -> str:
        self.get(place[:-1])[place[-1]] = value
        return repr(value)[:40]

    def some(self, fits: Callable[[Any], bool], chance: random.Random) -> tuple[Any, ...] | None:
        """A place whose value fits; None where there is none. Each field has the same chance, however many rows."""
        fields: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        for place in self.places:
            if fits(self.get(place)):
                fields.setdefault(tuple(key for key in place if not isinstance(key, int)), []).append(place)
        return chance.choice(fields[chance.choice(list(fields))]) if fields else None


def _any_value(document: _Document, chance: random.Random) -> str:
    place = chance.choice(document.places)
    return f"{place}: {document.put(place, chance.choice(VALUES))}"


def _removed(document: _Document, chance: random.Random) -> str:
    place = document.some(lambda _: True, chance)
    assert place is not None
    del document.get(place[:-1])[place[-1]]
    return f"{place}: removed"


def _doubled(document: _Document, chance: random.Random) -> str:
    place = document.some(lambda value: isinstance(value, list) and bool(value), chance)
    if place is None:
        return _any_value(document, chance)
    rows = document.get(place)
    rows.append(chance.choice(rows))
    return f"{place}: a row doubled"


def _number(document: _Document, chance: random.Random) -> str:
    place = document.some(lambda value: type(value) in {int, float}, chance)
    return _any_value(document, chance) if place is None else f"{place}: {document.put(place, chance.choice(NUMBERS))}"


def _day(document: _Document, chance: random.Random) -> str:
    place = document.some(lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value)), chance)
    return _any_value(document, chance) if place is None else f"{place}: {document.put(place, chance.choice(DAYS))}"


def _id_of_another_kind(document: _Document, chance: random.Random) -> str:
    place = document.some(lambda value: value in document.ids if isinstance(value, str) else False, chance)
    if place is None:
        return _any_value(document, chance)
    return f"{place}: {document.put(place, chance.choice(document.ids))}"


def _swapped(document: _Document, chance: random.Random) -> str:
    """Two values of one kind: of two rows, or of two fields."""
    one = document.some(lambda value: not isinstance(value, dict | list), chance)
    if one is None:
        return _any_value(document, chance)
    kind = type(document.get(one))
    alike = [place for place in document.places if type(document.get(place)) is kind]
    near = [place for place in alike if place[:-1] == one[:-1] or place[-1] == one[-1]]
    other = chance.choice(near or alike)
    first, second = document.get(one), document.get(other)
    document.put(one, second)
    document.put(other, first)
    return f"{one} and {other}: swapped"


def _said_twice(document: _Document, chance: random.Random) -> str:
    """A key twice in one object, which only text can say: see ``_text``."""
    place = document.some(lambda _: True, chance)
    assert place is not None
    while isinstance(place[-1], int):
        place = place[:-1]
    home = document.get(place[:-1])
    home[f"{place[-1]}{_TWICE}"] = chance.choice((home[place[-1]], *VALUES[:8]))
    return f"{place}: said twice"


_TWICE = "=="
_SLOW_EVERY = 4
_SOLVING = ("--tyst", "--max-tid", 2)
_WAYS = (_any_value, _any_value, _removed, _doubled, _number, _number, _day, _day, _id_of_another_kind)
_MORE_WAYS = (_id_of_another_kind, _swapped, _swapped, _said_twice)


def change(folder: Path, chance: random.Random) -> str:
    """One value of one file changed, removed, doubled or swapped; hashes are made to fit. What was done."""
    name = chance.choice(FILES)
    content = json.loads((folder / name).read_text("utf-8"))
    document = _Document(content, tuple(places(content)), _ids(folder))
    done = chance.choice((*_WAYS, *_MORE_WAYS))(document, chance)
    _write(folder / name, content)
    if name == "indata.json":
        _put(folder / "plan.json", "input_sha256", _sha256(folder / name))
    if name != "korning.json":
        _put(folder / "korning.json", "plan_sha256", _sha256(folder / "plan.json"))
    return f"{name} {done}"


def _ids(folder: Path) -> tuple[str, ...]:
    problem = json.loads((folder / "indata.json").read_text("utf-8"))
    tables = [rows for rows in problem.values() if isinstance(rows, list)]
    return tuple(sorted({row["id"] for rows in tables for row in rows if "id" in row}))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content).replace(f'{_TWICE}": ', '": '), "utf-8")


def _put(path: Path, key: str, value: str) -> None:
    """A hash in a file put right, as text: what else was changed there stays as it is."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(rf'("{key}": )"[0-9a-f]*"', rf'\1"{value}"', text, count=1), "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tried(typed: Typed, plans: Chain, place: Path, *, seed: int, number: int) -> list[str]:
    """So many changes of the re-plan, two or three commands on each: those that ended as a bug."""
    chance, bugs = random.Random(seed), []
    late = place / "sena"
    late.mkdir(parents=True)
    (late / "nyanställda.csv").write_text("id;namn;förvaltning;anställd_från\np9;Nya Nora;N;2026-08-12\n", "utf-8")
    for turn in range(number):
        work = place / "ändrad"
        work.mkdir()
        for name in dict.fromkeys(FILES):
            shutil.copy(plans.second / name, work)
        what = change(work, chance)
        out = place / f"ut{turn}"
        slow, quick = _slow_commands(plans, work, out, late), _quick_commands(plans, work, out)
        for command in (*chance.sample(quick, 2), *chance.sample(slow, turn % _SLOW_EVERY == 0)):
            error = typed(*command).exception
            if error is not None and not isinstance(error, SystemExit):
                where = traceback.extract_tb(error.__traceback__)[-1]
                file = Path(where.filename).name
                bugs.append(f"{what}: {command[0]} {type(error).__name__} at {file}:{where.lineno} (seed {seed})")
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(work)
    return bugs


def _slow_commands(plans: Chain, work: Path, out: Path, late: Path) -> tuple[tuple[object, ...], ...]:
    """What solves or writes much, each with a folder of its own to write to: no plan may find another beside it."""
    again = ("omplanera", "--tidigare", work, *_SOLVING)
    return (
        (*again, plans.tables, "-o", out / "1" / "om", "--tvinga"),
        (*again, plans.tables, "-o", out / "2" / "om", "--planeringsdag", "2026-09-08"),
        (*again, "--sena", late, "-o", out / "3" / "om", "--planeringsdag", "2026-08-04"),
        ("prova", work, "--flytta", "p3:CI=CI-2", "-o", out / "4" / "prov", *_SOLVING),
        ("utskick", work, "-o", out / "brev", "--kallelser"),
        ("utskick", work, "--sedan", plans.first, "-o", out / "brev2"),
        ("uppfoljning", work, plans.first, "-o", out / "upp"),
    )


def _quick_commands(plans: Chain, work: Path, out: Path) -> tuple[tuple[object, ...], ...]:
    return (
        ("orsak", work, "p1"),
        ("orsak", work, "p4", "CI"),
        ("skillnad", plans.first, work),
        ("skillnad", work, plans.first),
        ("granska", plans.tables, work),
        ("granska", plans.tables, work, "--tidigare", plans.first),
        ("nasta-termin", work, "-o", out / "nasta"),
        ("narvarolista", work, "-o", out / "listor.xlsx"),
        *(("exportera", work, "--som", form, "-o", out / form) for form in ("xlsx", "html", "csv", "ics")),
    )
