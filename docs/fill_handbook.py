"""Fill in what docs/handbok.md takes from the registries: ``python -m docs.fill_handbook`` after changing one of them.

The tables of columns, settings, files, reasons and levels stand
between marks like ``<!-- kolumner: lov -->`` and ``<!-- slut -->``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from columns.kinds import Column, Setting
from columns.settings import SETTINGS
from columns.tables import TABLES
from columns.writing import shown
from docs.printed_help import with_help
from models.ids import Level, Rule
from outputs.files import OUTPUTS

HANDBOOK = Path(__file__).parent / "handbok.md"
_MARKED = re.compile(r"(<!-- (?P<what>[^>]+?) -->\n).*?(<!-- slut -->)", re.DOTALL)


def filled(text: str) -> str:
    """The handbook's text with everything between the marks made anew; raises KeyError for a mark of nothing known."""
    parts = dict(_parts())
    return _MARKED.sub(lambda found: f"{found[1]}{parts[found['what']]}{found[3]}", text)


def marks() -> list[str]:
    """What must stand between marks somewhere in the handbook."""
    return [what for what, _ in _parts()]


def _parts() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        yield f"kolumner: {table.name}", _table(("kolumn", "tomt", "betyder", "exempel"), map(_column, table.columns))
    yield "inställningar", _table(("nyckel", "tomt", "betyder", "exempel"), map(_setting, SETTINGS))
    yield "filer", _table(("fil", "för vem", "ensam, med `exportera`"), _files())
    yield "skäl", _table(("skäl", "betyder", "kan hjälpa"), _reasons())
    yield "nivåer", _table(("nr", "nivå", "i `plan.json`", "planen vill"), _levels())


def _files() -> Iterator[Sequence[str]]:
    """Those of UT first, and among them those that one looks at, which are written last."""
    of_plan = [output for output in OUTPUTS if output.in_plan]
    for output in (*reversed(of_plan), *(output for output in OUTPUTS if not output.in_plan)):
        form = f"`--som {output.export.form}`" if output.export else ""
        yield from ((*row, form) for row in output.told)


def _reasons() -> Iterator[Sequence[str]]:
    """Those that one hire may be told."""
    for rule in Rule:
        if rule.words.meaning is not None:
            yield rule, rule.words.meaning, rule.words.remedy


def _levels() -> Iterator[Sequence[str]]:
    for number, level in enumerate(Level, 1):
        yield str(number), level.words.title, f"`{level}`", level.words.aim


def _column(column: Column) -> Sequence[str]:
    star = r"\*" if column.required else ""
    return f"{column.name}{star}", column.blank, column.meaning, _example(column)


def _setting(setting: Setting) -> Sequence[str]:
    return setting.key, setting.blank, setting.meaning, _example(setting)


def _example(entry: Column | Setting) -> str:
    if entry.example is None:
        return ""
    return f"`{shown(entry.example)}`"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(
        "|".join(["", *(f" {cell} " if cell != "---" else cell for cell in line), ""]) + "\n" for line in lines
    )


if __name__ == "__main__":
    HANDBOOK.write_text(with_help(filled(HANDBOOK.read_text(encoding="utf-8"))), encoding="utf-8")
