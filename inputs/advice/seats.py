"""Programmes with fewer seats before a month's deadlines than hires who need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inputs.advice.needs import Need
from inputs.advice.offers import Offer
from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.problem import Programme, TermProblem

_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class _Shortage:
    """Seats against hires, counted from the beginning of the term to the last deadline of a month."""

    module: int
    last_deadline: date
    hires: int
    seats: int

    @property
    def lacking(self) -> int:
        return self.hires - self.seats


def advise(
    problem: TermProblem, offers: Iterable[Offer], needs: Iterable[Need], term: TermTables, findings: Findings
) -> None:
    """Name each programme and month in which more seats come to be lacking than in the months before."""
    supply: dict[tuple[str, int], list[Offer]] = defaultdict(list)
    for offer in offers:
        supply[offer.programme, offer.module].append(offer)
    entries = term.programme_index().by_id
    by_programme: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        by_programme[need.programme].append(need)
    for id_, wanting in sorted(by_programme.items()):
        worst = 0
        for shortage in _shortages(problem.programme_by_id[id_], wanting, supply):
            if shortage.lacking > worst:
                worst = shortage.lacking
                entries[id_].warn(findings, "för_få_platser", _message(shortage), value=id_)


def _message(shortage: _Shortage) -> str:
    month = f"{_MONTHS[shortage.last_deadline.month - 1]} {shortage.last_deadline.year}"
    return (
        f"har för få platser för frister till och med {month}: {shortage.hires} nyanställda behöver moment "
        f"{shortage.module} senast {shortage.last_deadline}, men bara {shortage.seats} får plats; lägg till platser"
    )


def _shortages(
    programme: Programme, needs: Sequence[Need], supply: Mapping[tuple[str, int], Sequence[Offer]]
) -> Iterator[_Shortage]:
    """For each month with deadlines, the module for which most seats are lacking."""
    for month in sorted({(need.deadline.year, need.deadline.month) for need in needs}):
        due = [need for need in needs if (need.deadline.year, need.deadline.month) <= month]
        first_day, last_deadline = min(n.first_day for n in due), max(n.deadline for n in due)
        candidates = []
        for module in programme.modules:
            hires = sum(module.number in need.modules for need in due)
            offered = supply.get((programme.id, module.number), ())
            seats = sum(o.seats for o in offered if first_day <= o.first and o.last <= last_deadline)
            candidates.append(_Shortage(module.number, last_deadline, hires, seats))
        yield max(candidates, key=lambda s: s.lacking)
