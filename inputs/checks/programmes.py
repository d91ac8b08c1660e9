"""Programmes that wait for each other in a circle, and credits for modules that there are not."""

from __future__ import annotations

from collections.abc import Mapping

from inputs.credit import credit_of
from inputs.draft import Draft
from inputs.entries import Entry
from inputs.findings import Findings
from models.problem import Programme


def check(draft: Draft, findings: Findings) -> None:
    """Report each circle of ``efter`` once, and every credited module that its programme lacks."""
    _cycles(draft, findings)
    _credits(draft, findings)


def _cycles(draft: Draft, findings: Findings) -> None:
    programmes = draft.programme_index().by_id
    told: set[str] = set()
    for start, entry in programmes.items():
        circle = _circle(start, programmes)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            path = " efter ".join([*circle, start])
            message = f"gör att utbildningar väntar på varandra ({path}); ta bort ett av leden"
            entry.error(findings, "cirkel_i_efter", "efter", message)


def _circle(start: str, programmes: Mapping[str, Entry[Programme]]) -> list[str] | None:
    """The shortest way along ``efter`` from a programme back to itself."""
    paths = [[start]]
    seen: set[str] = set()
    for path in paths:
        for after in programmes[path[-1]].item.after:
            if after == start:
                return path
            if after in programmes and after not in seen:
                seen.add(after)
                paths.append([*path, after])
    return None


def _credits(draft: Draft, findings: Findings) -> None:
    modules = draft.modules_of()
    in_doubt = draft.modules_in_doubt()
    for entry in draft.hires:
        if not entry.sound("tillgodoräknas"):
            continue
        for written in entry.item.credits:
            credit = credit_of(written, modules)
            known = modules.get(credit.programme, {})
            if credit.module is not None and credit.module not in known and not in_doubt(credit.programme):
                numbers = ", ".join(map(str, sorted(known)))
                message = f"är inget moment i {credit.programme}, som har {numbers}; rätta numret"
                entry.error(findings, "okänt_moment", "tillgodoräknas", message, written)
