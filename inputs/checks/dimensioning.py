"""What ``dimensionera`` needs beside the ordinary tables: candidates
to choose among, costs that can be compared, a possible spread.
"""

from __future__ import annotations

from collections.abc import Sequence

from inputs.findings import Findings
from inputs.names import fold
from inputs.schema import HIRES, ROUNDS
from inputs.tables import RawRow, Sheet
from inputs.term_tables import TermTables
from models.ids import RoundStatus

MOST_DISPERSION = 100
"""A variance of so many times the mean: ten times as many one year
as another, for no reason. What is larger is a slip of the pen.
"""


def with_hires(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with an empty table of hires where there is none: nobody need be hired yet."""
    if any(fold(sheet.name) == fold(HIRES.name) for sheet in sheets):
        return list(sheets)
    return [*sheets, Sheet(HIRES.name, [RawRow(1, HIRES.required)], ragged=False)]


def check(term: TermTables, findings: Findings) -> None:
    """Report no candidates, costs for some of them only, and
    a spread below that of pure chance or beyond all reason.
    """
    candidates = [entry for entry in term.rounds if entry.item.status is RoundStatus.PROPOSED]
    if not candidates and ROUNDS.name not in term.broken_tables:
        findings.error(
            "inga_förslag",
            (
                "ingen omgång har status förslag, så det finns inget att välja bland; ge de omgångar som kan väljas "
                "den statusen"
            ),
            table=ROUNDS.name,
        )
    priced = [entry for entry in candidates if entry.item.cost is not None and entry.sound("kostnad")]
    for entry in candidates:
        if priced and entry.item.cost is None and entry.sound("kostnad"):
            message = f"saknas, men {priced[0].item.id} har en kostnad; fyll i den för alla förslag, eller för inget"
            entry.error(findings, "kostnad_för_somliga", "kostnad", message)
    for row in term.forecast:
        if row.sound("spridning") and row.item.dispersion < 1:
            message = "är mindre än 1; jämnare än slumpen blir det inte, så skriv 1 eller mer, eller lämna tomt"
            row.error(findings, "spridning_under_1", "spridning", message)
        if row.sound("spridning") and row.item.dispersion > MOST_DISPERSION:
            message = (
                f"är mer än {MOST_DISPERSION}; så ojämnt anställer ingen, så skriv ett mindre tal, eller lämna tomt"
            )
            row.error(findings, "spridning_orimlig", "spridning", message)
