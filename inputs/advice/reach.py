"""Hires for whom no session at all lies between their start and their deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from inputs.advice.needs import Need
from inputs.advice.offers import Offer
from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.problem import TermProblem

# By programme, module and administration (None: open to all).
_OffersFor = Mapping[tuple[str, int, str | None], Sequence[Offer]]


def advise(
    problem: TermProblem, offers: Iterable[Offer], needs: Iterable[Need], term: TermTables, findings: Findings
) -> set[Need]:
    """Name every hire and programme that cannot be in time whatever the plan; give these needs."""
    offers_for = _by_whom(offers)
    entries = term.hire_index().by_id
    unreachable: set[Need] = set()
    for need in needs:
        organisation = problem.hire_by_id[need.hire].organisation
        missed = [module for module in need.modules if not _reachable(offers_for, need, module, organisation)]
        if missed:
            unreachable.add(need)
            message = (
                f"kan inte gå {need.programme} i tid: moment {', '.join(map(str, missed))} har inget tillfälle "
                f"för {organisation} från {need.first_day} till fristen {need.deadline}; lägg in ett tillfälle"
            )
            entries[need.hire].warn(findings, "nås_inte", message, value=need.hire)
    return unreachable


def _by_whom(offers: Iterable[Offer]) -> _OffersFor:
    found: dict[tuple[str, int, str | None], list[Offer]] = defaultdict(list)
    for offer in offers:
        for organisation in offer.organisations or (None,):
            found[offer.programme, offer.module, organisation].append(offer)
    return found


def _reachable(offers_for: _OffersFor, need: Need, module: int, organisation: str) -> bool:
    return any(
        need.first_day <= offer.first and offer.last <= need.deadline
        for whom in (organisation, None)
        for offer in offers_for.get((need.programme, module, whom), ())
    )
