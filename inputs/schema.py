"""Which tables and columns there are (INPUT.md, "Tables"), in the order in which problems are listed."""

from __future__ import annotations

from dataclasses import dataclass

from inputs.names import fold

# A row whose first required column begins with this, in any case of letters, is a worked example and is not read.
EXAMPLE_MARK = "exempel:"


@dataclass(frozen=True)
class TableSpec:
    """A table's columns; ``closed`` means that any further column is an error."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needed: bool = False
    closed: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, required ones first."""
        return self.required + self.optional


SETTINGS = TableSpec("inställningar", ("nyckel", "värde"))
BREAKS = TableSpec("lov", ("namn", "från", "till"), ("förvaltning",))
ORGANISATIONS = TableSpec("förvaltningar", ("id", "namn"), ("e-post",))
PROGRAMMES = TableSpec(
    "utbildningar",
    ("id", "namn"),
    (
        "sammanhållen",
        "i_ordning",
        "dagar_mellan",
        "högst_dagar_mellan",
        "frist_månader",
        "tidigast_dag",
        "före_ärenden",
        "efter",
        "gäller",
        "målgrupp",
        "blandad",
        "vikt",
    ),
    needed=True,
)
MODULES = TableSpec("moment", ("utbildning", "nr"), ("namn",))
ROUNDS = TableSpec("omgångar", ("id", "utbildning", "platser"), ("förvaltning", "min_deltagare", "reserv", "status"))
SESSIONS = TableSpec(
    "tillfällen",
    ("omgång", "datum", "start", "slut"),
    ("moment", "id", "utbildning", "plats", "lokal", "utbildare", "platser", "tillgänglig", "status"),
    needed=True,
)
QUOTAS = TableSpec("kvoter", ("omgång", "förvaltning"), ("högst", "minst"))
HIRES = TableSpec(
    "nyanställda",
    ("id", "namn", "förvaltning", "anställd_från"),
    (
        "e-post",
        "enhet",
        "ärenden_från",
        "slutar",
        "arbetsdagar",
        "erfaren",
        "målgrupp",
        "kräver_tillgänglig",
        "prioritet",
        "utbildningar",
        "tillgodoräknas",
    ),
    needed=True,
)
ABSENCES = TableSpec("frånvaro", ("nyanställd", "från", "till"), closed=True)
BOOKINGS = TableSpec("bokningar", ("nyanställd", "tillfälle"))
ATTENDANCE = TableSpec("närvaro", ("nyanställd", "tillfälle", "närvarande"))

TABLES = (
    SETTINGS,
    BREAKS,
    ORGANISATIONS,
    PROGRAMMES,
    MODULES,
    ROUNDS,
    SESSIONS,
    QUOTAS,
    HIRES,
    ABSENCES,
    BOOKINGS,
    ATTENDANCE,
)
TABLE_BY_FOLDED_NAME = {fold(spec.name): spec for spec in TABLES}
