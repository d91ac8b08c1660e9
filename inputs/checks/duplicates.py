"""Ids, and rows of tables without one, that are given twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.term_tables import TermTables

T = TypeVar("T")


def check(term: TermTables, findings: Findings) -> None:
    """Report every row whose id or key an earlier row has."""
    _ids(term.organisations, lambda o: o.id, findings)
    _ids(term.programmes, lambda p: p.id, findings)
    _ids(term.rounds, lambda r: r.id, findings)
    _ids(term.sessions, lambda s: s.id, findings)
    _ids(term.hires, lambda h: h.hire.id, findings)
    _ids(term.trainers, lambda t: t.id, findings)
    _ids(term.mentors, lambda m: m.id, findings)
    _ids(term.tasks, lambda t: t.task.id, findings)
    _rows(term.modules, ("utbildning", "nr"), lambda m: (m.programme, m.number), findings)
    _rows(term.quotas, ("omgång", "förvaltning"), lambda q: (q.round, q.organisation), findings)
    _rows(term.bookings, ("nyanställd", "tillfälle"), lambda b: (b.hire, b.session), findings)
    _rows(term.barred, ("nyanställd", "omgång"), lambda b: (b.hire, b.round), findings)
    _rows(term.attendance, ("nyanställd", "tillfälle"), lambda a: (a.hire, a.session), findings)


def _ids(entries: Sequence[Entry[T]], id_of: Callable[[T], str], findings: Findings) -> None:
    first: dict[str, Entry[T]] = {}
    for entry in entries:
        if not entry.sound("id"):
            continue
        id_ = id_of(entry.item)
        earlier = first.setdefault(id_, entry)
        if earlier is entry:
            continue
        made = "" if "id" in entry.values else " (bildat av omgång och moment; skriv egna id i kolumnen id)"
        entry.error(
            findings, "dubblett", "id", f"finns redan på rad {earlier.row}{made}; varje id får finnas en gång", id_
        )


def _rows(
    entries: Sequence[Entry[T]], columns: tuple[str, str], key: Callable[[T], Hashable], findings: Findings
) -> None:
    first: dict[Hashable, Entry[T]] = {}
    for entry in entries:
        if not entry.sound(*columns):
            continue
        earlier = first.setdefault(key(entry.item), entry)
        if earlier is entry:
            continue
        other, column = columns
        where = f"rad {earlier.row}" + (f" i {earlier.table}" if earlier.table != entry.table else "")
        message = f'finns redan på {where} för {other} "{entry.values.get(other, "")}"; behåll en av raderna'
        entry.error(findings, "dubblett", column, message)
