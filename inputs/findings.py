"""What is wrong, or worth a second look, in the input: located, in Swedish, collected and summed up."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from inputs.identity_numbers import without
from inputs.schema import TABLES

SHOWN_OF_A_KIND = 20
SHOWN_CHARACTERS = 80
_TABLE_ORDER = {spec.name: place for place, spec in enumerate(TABLES)}


@dataclass(frozen=True)
class Finding:
    """One problem. ``row`` is the row that Excel shows; problems
    of one ``kind`` differ only in where and whom they name.

    ``message`` reads on from the quoted value, if any: ``"31/2 2026" är inget datum; skriv som 2026-08-24``.
    """

    table: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str
    kind: str

    def text(self) -> str:
        """The finding as one line, for the screen: no control character of a cell gets out."""
        where = [self.table, f"rad {self.row}" if self.row else None, f"kolumn {self.column}" if self.column else None]
        place = ", ".join(_printable(part) for part in where if part)
        value = f'"{_shorten(_printable(self.value))}" ' if self.value is not None else ""
        line = f"{value}{_printable(self.message)}"
        return f"{place}: {line}" if place else line

    def __str__(self) -> str:
        return self.text()


@dataclass
class Findings:
    """The collector that every reader and check writes to. ``today`` tells how old a person with such a number is."""

    today: date = field(default_factory=lambda: datetime.now(tz=UTC).date())
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def error(
        self,
        kind: str,
        message: str,
        *,
        table: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Something that must be put right before a plan can be made."""
        self.errors.append(self._private(Finding(table, row, column, value, message, kind)))

    def warn(
        self,
        kind: str,
        message: str,
        *,
        table: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Something that may be meant so."""
        self.warnings.append(self._private(Finding(table, row, column, value, message, kind)))

    def _private(self, finding: Finding) -> Finding:
        """The finding with no personal identity number in any part, whatever cell it came from."""
        column, value = (part and without(part, self.today) for part in (finding.column, finding.value))
        return replace(finding, column=column, value=value, message=without(finding.message, self.today))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by table, row and column, so that one can work through the workbook from the top."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                -1 if f.table is None else _TABLE_ORDER.get(f.table, len(_TABLE_ORDER)),
                f.table or "",
                f.row or 0,
                f.column or "",
                f.message,
            ),
        )
    )


def summarise(findings: Iterable[Finding], limit: int = SHOWN_OF_A_KIND) -> tuple[str, ...]:
    """The findings as lines; of many of one kind in one table only the first, and how many more there are."""
    lines: list[str] = []
    for (table, _kind), same in _by_kind(findings).items():
        lines += [finding.text() for finding in same[:limit]]
        more = len(same) - limit
        if more > 0:
            lines.append(f"{table}: och {more} till av samma slag" if table else f"och {more} till av samma slag")
    return tuple(lines)


def _by_kind(findings: Iterable[Finding]) -> Mapping[tuple[str | None, str], list[Finding]]:
    groups: dict[tuple[str | None, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.table, finding.kind].append(finding)
    return groups


def _printable(text: str) -> str:
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text)


def _shorten(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
