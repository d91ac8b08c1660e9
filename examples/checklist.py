"""A checklist for an introduction, of our own (DOMAIN.md, "What surrounds the seats"): the rows of ``uppgifter``.

What stands there and in the documents that it names: a mentor named before the first day,
meetings with manager, förste socialsekreterare and mentor booked from the start, weekly meetings
in the first seven weeks, few cases with a colleague beside, study visits, time for reflection, a
meeting about how it goes after eight weeks, half a year in all. Days and hours are assumed.
"""

from __future__ import annotations

from making import Cell, Row, Table

COLUMNS = (
    "id",
    "namn",
    "ansvarig",
    "från_dag",
    "till_dag",
    "timmar",
    "målgrupp",
    "gäller",
    "efter",
    "upprepas",
    "beskrivning",
)
FIRST_SOCIAL_WORKER = "förste socialsekreterare"

_STEPS: tuple[tuple[Cell, ...], ...] = (
    ("Beställ dator, telefon, passerkort och behörigheter", "chef", -14, -4, "1"),
    ("Berätta för arbetsgruppen vem som kommer, och vem som är mentor", "chef", -7, -1, "0,5"),
    ("Skriv introduktionsplanen och boka mötena i den", "chef", -7, -1, "1,5"),
    ("Välkomstsamtal: rundvandring, planen och de första veckorna", "chef", 0, 1, "2"),
    ("Tystnadsplikt, hot och våld, krisstöd: genomgång", FIRST_SOCIAL_WORKER, 1, 5, "2"),
    ("Verksamhetssystemet: inloggning och första övningen", "samordnare", 2, 10, "3"),
    (
        "Första mötet med mentorn",
        "mentor",
        2,
        7,
        "1",
        None,
        None,
        None,
        None,
        "Bestäm hur ofta ni ses, och vad du vill ha hjälp med.",
    ),
    (
        "Introduktionsträff i liten grupp",
        "samordnare",
        4,
        49,
        "1",
        None,
        "oerfarna",
        None,
        "varje vecka",
        "Frågor ur veckan som gick.",
    ),
    ("Sitt med: två samtal och ett hembesök", FIRST_SOCIAL_WORKER, 7, 21, "6", None, "oerfarna"),
    ("Rutiner och delegation: läs och fråga", "nyanställd", 3, 14, "4"),
    ("Studiebesök i den egna förvaltningen", "samordnare", 10, 28, "3"),
    ("Avstämning: arbetsmängd, ärenden, hur det känns", "chef", 14, 70, "0,75", None, None, None, "varannan vecka"),
    ("De första ärendena: få och enkla, med en kollega bredvid", FIRST_SOCIAL_WORKER, 21, 42, "2", None, "oerfarna"),
    ("Studiebesök i staden", "samordnare", 28, 60, "4", None, "oerfarna"),
    ("Besök hos barnahus", FIRST_SOCIAL_WORKER, 28, 75, "3", "barn och unga", "oerfarna"),
    ("Möte med mentorn", "mentor", 30, 350, "1", None, None, None, "varje månad"),
    (
        "Hur går det? Samordnaren och chefen",
        "samordnare",
        56,
        66,
        "1",
        None,
        None,
        None,
        None,
        "Efter åtta veckor: vad behöver ändras?",
    ),
    ("Reflektion: det du tar med dig från den centrala introduktionen", "nyanställd", 14, 140, "1", None, None, "CI"),
    ("Pröva i ett ärende: dokumentation", FIRST_SOCIAL_WORKER, 42, 120, "2", None, "oerfarna", "HS:3"),
    (
        "Uppföljning av introduktionen",
        "chef",
        115,
        130,
        "1",
        None,
        None,
        None,
        None,
        "Fyra månader: är du klar med grunderna?",
    ),
    ("Plan för fördjupning", "chef", 150, 185, "1,5"),
)


def checklist() -> Table:
    """The rows, numbered in their order."""
    return [_row(number, step) for number, step in enumerate(_STEPS, start=1)]


def _row(number: int, step: tuple[Cell, ...]) -> Row:
    values = (f"U{number:02}", *step)
    return dict(zip(COLUMNS, (*values, *[None] * (len(COLUMNS) - len(values))), strict=True))
