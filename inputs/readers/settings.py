"""Table ``inställningar``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, SkipValidation

from columns import settings as registry
from columns.kinds import Setting
from inputs.cells import BadCellError, Parser, clean, shown
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean, fold
from inputs.parsers import parser_of
from inputs.schema import SETTINGS
from inputs.tables import Row, Table
from models.problem import ListedSettings


class SettingsRows(ListedSettings):
    """The settings with their defaults; the horizon is None where the sessions decide. ``entries``: rows by key."""

    # Entries are kept as they are: checks mark what is faulty in them.
    entries: SkipValidation[Mapping[str, Entry[str]]] = Field(default_factory=dict)


_BY_FOLD = {fold(setting.key): setting for setting in registry.SETTINGS}
_KEYS = tuple(setting.key for setting in registry.SETTINGS)


def read(tables: Mapping[str, Table], findings: Findings) -> SettingsRows:
    """The settings; a blank value means the default, an unknown key is a warning."""
    table = tables.get(SETTINGS.name)
    given: dict[str, Any] = {}
    entries: dict[str, Entry[str]] = {}
    if table is None or not table.columns.issuperset(SETTINGS.columns):
        return SettingsRows()
    for row in table.rows:
        setting = _setting(row, entries, findings)
        if setting is None:
            continue
        entry = entries[setting.key] = _entry(row, setting.key)
        if "värde" in row.told:
            entry.faulty.add("värde")
            continue
        value = _value(row, parser_of(setting.kind), entry, findings)
        if value is not None:
            given[setting.field] = value
    return SettingsRows(**given, entries=entries)


def _setting(row: Row, seen: Mapping[str, Entry[str]], findings: Findings) -> Setting | None:
    if "nyckel" in row.told:
        return None
    cell = row.cells.get("nyckel")
    try:
        name = shown(clean(cell))
    except BadCellError as bad:
        findings.error(bad.kind, bad.message, value=shown(cell), table=SETTINGS.name, row=row.number, column="nyckel")
        return None
    if not name.strip():
        findings.error(
            "värde_saknas", "värde saknas; fyll i cellen", table=SETTINGS.name, row=row.number, column="nyckel"
        )
        return None
    setting = _BY_FOLD.get(fold(name))
    if setting is None:
        message = f"är ingen inställning och läses inte{did_you_mean(name, _KEYS)}"
        findings.warn("okänd_inställning", message, value=name, table=SETTINGS.name, row=row.number, column="nyckel")
    elif setting.key in seen:
        message = f"finns redan på rad {seen[setting.key].row}; behåll en av raderna"
        findings.error("dubblett", message, value=name, table=SETTINGS.name, row=row.number, column="nyckel")
        return None
    return setting


def _entry(row: Row, key: str) -> Entry[str]:
    return Entry(key, SETTINGS.name, row.number, {"värde": shown(row.cells.get("värde"))})


def _value(row: Row, parse: Parser[Any], entry: Entry[str], findings: Findings) -> object:
    try:
        value = clean(row.cells.get("värde"))
        return None if value is None else parse(value)
    except BadCellError as bad:
        entry.error(findings, bad.kind, "värde", f"({entry.item}) {bad.message}")
        return None
