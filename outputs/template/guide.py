"""The reading guide: what to fill in, in which order, how to
write, and what comes next. Its own words, apart from looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from columns.kinds import Column, Setting, Table
from columns.settings import SETTINGS as SETTING_ROWS
from columns.tables import SETTINGS, TABLES
from columns.writing import shown

TITLE = "Underlag för terminsplanen"
INTRODUCTION = (
    "Fyll i vilka som är nyanställda, vilka utbildningar de ska gå och när de ges. Terminsplan gör en plan av det: "
    "vem som går vilken omgång, med kalendrar till alla."
)
WRITING = (
    ("Datum", "2026-08-24"),
    ("Klockslag", "09:00"),
    ("Ja eller nej", "ja, nej"),
    ("Flera i samma cell", "NO, CE – med komma emellan"),
    ("Veckodagar", "mån-fre – eller mån,ons,fre"),
)
HELP_IN_WORKBOOK = (
    "Peka på en rubrik, så ser du vad kolumnen betyder, vad som gäller om cellen är tom, och ett exempel. "
    "Alla förklaringar finns också samlade på bladet Förklaringar.",
    "En stjärna efter rubriken betyder att cellen måste fyllas i. Saknas något på en påbörjad rad blir cellen gul.",
    "Celler med pil har en lista att välja i. Listorna växer när du fyller i de andra bladen.",
    "Den grå raden överst på varje blad är ett exempel. Rader som börjar med ”Exempel:” läses inte: "
    "låt dem stå, ta bort dem, eller skriv över dem. Skriver du över en, ta bort ordet Exempel: också.",
    "Låt bladens namn och rubrikerna stå som de är. Kolumner som du inte behöver lämnar du tomma.",
)
HELP_IN_FOLDER = (
    "Varje tabell är en fil, som går att öppna i Excel. Spara den som CSV UTF-8, med samma namn.",
    "Den första raden i filen är rubriker. Låt dem stå som de är. Kolumner som du inte behöver lämnar du tomma.",
    "Rader som börjar med ”Exempel:” visar hur man gör och läses inte: låt dem stå, ta bort dem, eller skriv över dem. "
    "Skriver du över en, ta bort ordet Exempel: också.",
)
CHECKLIST_IN_WORKBOOK = (
    "På bladet Checklista finns uppgifter att välja bland: kopiera dem som passar till bladet uppgifter."
)
CHECKLIST_IN_FOLDER = (
    "I filen Checklista.csv finns uppgifter att välja bland: kopiera dem som passar till uppgifter.csv."
)
COMMANDS = (
    ("Se vad som behöver rättas", "terminsplan kontrollera {source}"),
    ("Gör planen, i mappen plan", "terminsplan planera {source} -o plan"),
)
PERSONAL_DATA = (
    "Skriv inte mer om någon än vad tabellerna ber om: inga personnummer, ingen orsak till frånvaro, inget om hälsa. "
    "Spara underlaget där bara de som behöver det kommer åt det."
)


def comment(column: Column) -> str:
    """The comment on a heading, which Excel shows when one points at it."""
    return "\n".join(_explained(column))


def _explained(column: Column) -> Iterator[str]:
    yield column.meaning
    if column.required:
        yield "Måste fyllas i."
    elif column.blank:
        yield f"Tom cell: {column.blank}."
    if column.example is not None:
        yield f"Exempel: {shown(column.example)}"


def explanations() -> Iterator[tuple[str, str, str, str, str]]:
    """All columns and settings in one list: table, name, meaning, what a blank cell means, and an example."""
    for table in TABLES:
        columns: tuple[Column | Setting, ...] = SETTING_ROWS if table is SETTINGS else table.columns
        for column in columns:
            yield table.name, _title(column), column.meaning, _blank(column), shown(column.example)


def _title(column: Column | Setting) -> str:
    if isinstance(column, Setting):
        return column.key
    return f"{column.name} *" if column.required else column.name


def _blank(column: Column | Setting) -> str:
    return "måste fyllas i" if isinstance(column, Column) and column.required else column.blank


def as_text(*, with_checklist: bool) -> str:
    """The guide beside the folder form, as plain text."""
    return "\r\n".join(_lines(with_checklist=with_checklist)) + "\r\n"


def _lines(*, with_checklist: bool) -> Iterator[str]:
    yield from (TITLE.upper(), "", INTRODUCTION, "")
    yield from _section("Tabellerna, i den ordning som är lättast", map(_table_line, TABLES))
    more = (CHECKLIST_IN_FOLDER,) if with_checklist else ()
    yield from _section("Så är filerna gjorda", (*HELP_IN_FOLDER, *more))
    yield from _section("Så skriver du", (f"{what}: {how}" for what, how in WRITING))
    yield from _section("När du är klar", (f"{what}: {command.format(source='MAPPEN')}" for what, command in COMMANDS))
    yield from _section("Personuppgifter", (PERSONAL_DATA,))
    yield from _section(
        "Alla kolumner (en stjärna betyder att cellen måste fyllas i)", map(_column_line, explanations())
    )


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    yield title
    yield from (f"  - {line}" for line in lines)
    yield ""


def _table_line(table: Table) -> str:
    return f"{table.name}.csv ({table.need}): {table.purpose}"


def _column_line(explanation: tuple[str, str, str, str, str]) -> str:
    table, column, meaning, blank, example = explanation
    tail = "".join(
        [
            f" Tom cell: {blank}." if blank and not column.endswith("*") else "",
            f" Exempel: {example}" if example else "",
        ]
    )
    return f"{table}, {column}: {meaning}{tail}"
