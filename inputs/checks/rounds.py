"""Rounds against their sessions, programmes and quotas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers.sessions import SessionRow
from inputs.schema import ROUNDS, SESSIONS
from inputs.term_tables import TermTables
from models.ids import RoundStatus
from models.problem import Programme, Quota, Round


def check(term: TermTables, findings: Findings) -> None:
    """Report sessions outside their round's programme, cohort rounds without some module, and quotas over the seats."""
    _programme_named(term, findings)
    _modules_of_sessions(term, findings)
    _cohorts(term, findings)
    _kept_seats(term, findings)


def _programme_named(term: TermTables, findings: Findings) -> None:
    """``utbildning`` in ``tillfällen`` must be the round's."""
    rounds = term.round_index().by_id
    for entry in term.sessions:
        round_ = rounds.get(entry.item.round)
        if round_ is None or round_.table != ROUNDS.name or entry.item.programme is None:
            continue
        if entry.sound("omgång", "utbildning") and round_.sound("utbildning"):
            expected = round_.item.programme
            if entry.item.programme != expected:
                message = f"är inte omgångens utbildning, {expected}; rätta utbildning eller omgång"
                entry.error(findings, "utanför_utbildningen", "utbildning", message)


def _modules_of_sessions(term: TermTables, findings: Findings) -> None:
    """The module must be one of the programme's, where these are listed."""
    rounds = term.round_index().by_id
    listed = term.listed_modules()
    in_doubt = term.modules_in_doubt()
    for entry in term.sessions:
        round_ = rounds.get(entry.item.round)
        if round_ is None or not entry.sound("omgång", "moment") or not round_.sound("utbildning"):
            continue
        programme = round_.item.programme
        modules = listed.get(programme)
        if modules and entry.item.module not in modules and not in_doubt(programme):
            numbers = ", ".join(map(str, sorted(modules)))
            message = f"är inget moment i {programme}, som har {numbers}; rätta numret, eller lägg till det i moment"
            entry.error(findings, "utanför_utbildningen", "moment", message, str(entry.item.module))


def _cohorts(term: TermTables, findings: Findings) -> None:
    """Every cohort round must hold every module, cancelled meetings counted: what is cancelled may be moved yet."""
    lacking = list(_lacking(term))
    spare = _spare_modules(term)
    wanted = Counter(module for _, modules in lacking for module in modules)
    for entry, modules in lacking:
        # A session whose round could not be read may be the one that is missed here: that fault is already told.
        missed = [module for module in modules if spare[None] + spare[module] < wanted[module]]
        if missed:
            numbers = ", ".join(map(str, missed))
            message = f"saknar tillfälle för moment {numbers}; lägg till det i tillfällen"
            entry.error(findings, "moment_utan_tillfälle", _id_column(entry), message, entry.item.id)


def _id_column(entry: Entry[Round]) -> str:
    return "id" if entry.table == ROUNDS.name else "omgång"


def _lacking(term: TermTables) -> Iterable[tuple[Entry[Round], list[int]]]:
    if SESSIONS.name in term.broken_tables:
        return
    programmes = term.programme_index().by_id
    modules = term.modules_of()
    in_doubt = term.modules_in_doubt()
    sessions = term.sessions_of_round()
    for entry in term.rounds:
        programme = programmes.get(entry.item.programme)
        rows = sessions.get(entry.item.id, ())
        if programme is None or not _is_running_cohort(entry, programme) or in_doubt(entry.item.programme):
            continue
        if all(row.sound("moment") for row in rows):
            held = {row.item.module for row in rows}
            lacking = sorted(set(modules[entry.item.programme]) - held)
            if lacking:
                yield entry, lacking


def _is_running_cohort(entry: Entry[Round], programme: Entry[Programme]) -> bool:
    sound = entry.sound("id", "utbildning", "status") and programme.sound("sammanhållen")
    return sound and programme.item.cohort and entry.item.status != RoundStatus.CANCELLED


def _spare_modules(term: TermTables) -> Counter[int | None]:
    """Sessions of unreadable or unknown rounds, by module (None: that is unreadable too)."""
    return Counter(
        entry.item.module if entry.sound("moment") else None for entry in term.sessions if not entry.sound("omgång")
    )


def _kept_seats(term: TermTables, findings: Findings) -> None:
    rounds = term.round_index().by_id
    sessions = term.sessions_of_round()
    for round_id, quotas in _quotas_by_round(term.quotas).items():
        round_ = rounds.get(round_id)
        if round_ is None or not round_.sound("platser"):
            continue
        kept = sum(quota.item.at_least for quota in quotas)
        where, seats = _fewest_seats(round_.item, sessions.get(round_id, ()))
        if kept > seats:
            message = (
                f"gör att minst för omgång {round_id} blir {kept} i summa, men {where} har {seats} platser; sänk minst"
            )
            quotas[-1].error(findings, "fler_än_platser", "minst", message)


def _quotas_by_round(quotas: Iterable[Entry[Quota]]) -> Mapping[str, Sequence[Entry[Quota]]]:
    found: dict[str, list[Entry[Quota]]] = defaultdict(list)
    for entry in quotas:
        if entry.sound("omgång", "förvaltning", "minst") and entry.item.at_least:
            found[entry.item.round].append(entry)
    return found


def _fewest_seats(round_: Round, sessions: Iterable[Entry[SessionRow]]) -> tuple[str, int]:
    places = [("omgången", round_.seats)]
    for entry in sessions:
        if entry.item.seats is not None and entry.sound("platser"):
            places.append((f"tillfället {entry.item.id}", entry.item.seats))
    return min(places, key=lambda place: place[1])
