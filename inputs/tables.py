"""Raw tables: named columns and located cells, the same type whether they came from CSV or from a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from columns.attendance_list import TITLE
from inputs.cells import BadCellError, CellValue, clean, shown
from inputs.findings import Findings
from inputs.identity_numbers import BARE, found_in
from inputs.names import did_you_mean, fold, tidy
from inputs.schema import EXAMPLE_MARK, HIRES, TABLE_BY_FOLDED_NAME, TABLES, TableSpec

# The reading guide, the explanations and the checklist of our own template are no tables.
_NOT_TABLES = frozenset(
    map(fold, ("Läs mig", "Läsanvisning", "Läs detta först", "Förklaringar", "Listor", "Checklista"))
)


@dataclass(frozen=True)
class RawRow:
    """One row as it stands, with the number that Excel shows beside it."""

    number: int
    cells: Sequence[CellValue]


@dataclass(frozen=True)
class Merged:
    """Cells that were made one: the range as Excel writes it, rows by their number, columns from 0, ends included."""

    ref: str
    rows: range
    columns: range


@dataclass(frozen=True)
class Sheet:
    """One file or sheet: its name, and its rows from the top, blank ones left out.

    ``ragged``: a cell beyond the headings means a shifted row (an unquoted delimiter), as in CSV; in a workbook it is
    a note beside the table. ``readable`` is false when rows may be lost. ``hidden_columns`` count from 0.
    ``struck_rows`` have text that is struck through.
    """

    name: str
    rows: Sequence[RawRow]
    ragged: bool
    readable: bool = True
    merged: Sequence[Merged] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Row:
    """The cells of one row by column name of the schema; none of them is in its place when the row is shifted.

    ``told``: columns whose fault is reported already.
    """

    number: int
    cells: Mapping[str, CellValue]
    shifted: bool = False
    told: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """A known table. ``doubtful`` columns are required and missing, or there twice; that is reported already."""

    spec: TableSpec
    columns: frozenset[str]
    rows: Sequence[Row]
    doubtful: frozenset[str] = frozenset()
    readable: bool = True


@dataclass
class _Columns:
    """What the heading row says: position to column, and the positions that no column of the schema claims."""

    known: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    width: int = 0


def is_blank(value: CellValue) -> bool:
    """Whether nothing is written there."""
    if isinstance(value, str):
        stripped = value.strip()
        return not stripped or (not stripped.isprintable() and not tidy(stripped))
    return value is None


def recognised(cells: Iterable[CellValue], spec: TableSpec | None) -> int:
    """How many of these headings are columns of the table."""
    wanted = {fold(column) for column in spec.columns} if spec else set()
    return len(wanted & {fold(shown(cell)) for cell in cells})


def is_list(rows: Sequence[RawRow]) -> bool:
    """Whether a sheet that begins so is an attendance list (``columns.attendance_list``), whatever it is called."""
    return bool(rows) and bool(rows[0].cells) and fold(shown(rows[0].cells[0])) == fold(TITLE)


def spec_of(name: str) -> TableSpec | None:
    """The table that a file stem or sheet name means."""
    return TABLE_BY_FOLDED_NAME.get(fold(name))


def tabulate(sheets: Iterable[Sheet], findings: Findings) -> dict[str, Table]:
    """The known tables by name; what is missing, doubled or unknown is reported."""
    tables: dict[str, Table] = {}
    sources: dict[str, str] = {}
    for sheet in sheets:
        spec = spec_of(sheet.name)
        if spec is None:
            _report_unknown_table(sheet, findings)
        elif spec.name in tables:
            findings.error(
                "tabell_två_gånger",
                f'tabellen finns två gånger, som "{sources[spec.name]}" och "{sheet.name}"; behåll en av dem',
                table=spec.name,
            )
            tables[spec.name] = replace(tables[spec.name], readable=False)
        else:
            sources[spec.name] = sheet.name
            tables[spec.name] = _table(spec, sheet, findings)
    _report_missing(tables, findings)
    return tables


def tabulate_some(sheets: Iterable[Sheet], specs: Mapping[str, TableSpec], findings: Findings) -> dict[str, Table]:
    """Those tables that ``specs`` describes; rows of others are reported, not lost."""
    tables: dict[str, Table] = {}
    others: list[str] = []
    for sheet in sheets:
        known = spec_of(sheet.name)
        spec = specs.get(known.name) if known else None
        if known is None:
            _report_unknown_table(sheet, findings)
        elif spec is None:
            others += [known.name] if _holds_rows(known, sheet) else []
        elif spec.name in tables:
            findings.error("tabell_två_gånger", "tabellen finns två gånger; behåll en av dem", table=spec.name)
        else:
            tables[spec.name] = _table(spec, sheet, findings)
    if others:
        _report_not_taken(others, specs, findings)
    return tables


def _holds_rows(spec: TableSpec, sheet: Sheet) -> bool:
    """A template to fill in has all tables; those with nothing but headings and an example say nothing."""
    table = _table(spec, sheet, Findings())
    return bool(table.rows) or not table.readable


def _report_not_taken(names: Sequence[str], specs: Mapping[str, TableSpec], findings: Findings) -> None:
    """One message for them all: most often the whole input was given where only what is new is asked for."""
    taken = ", ".join(specs)
    if len(names) == 1:
        message = f"tabellen tas inte emot här, bara {taken}; ändra den i hela underlaget och planera om med det"
        findings.error("tas_inte_emot", message, table=names[0])
        return
    message = (
        f"tabellerna {', '.join(names)} tas inte emot här, bara {taken}. Är det hela underlaget: planera om med det, "
        "utan --sena. Annars: ta bort de tabellerna"
    )
    findings.error("tas_inte_emot", message)


def _report_unknown_table(sheet: Sheet, findings: Findings) -> None:
    if fold(sheet.name) in _NOT_TABLES or (sheet.readable and not sheet.rows):
        return
    guess = did_you_mean(sheet.name, [spec.name for spec in TABLES])
    findings.warn("okänd_tabell", f"tabellen är okänd och läses inte{guess}", table=sheet.name)


def _report_missing(tables: Mapping[str, Table], findings: Findings) -> None:
    for spec in TABLES:
        if spec.needed and spec.name not in tables:
            columns = ", ".join(spec.required)
            findings.error("tabell_saknas", f"tabellen saknas; lägg till den med kolumnerna {columns}", table=spec.name)


def _table(spec: TableSpec, sheet: Sheet, findings: Findings) -> Table:
    if not sheet.rows:
        return _empty(spec, sheet, findings)
    heading, *below = sheet.rows
    lower = _lower_heading(spec, sheet)
    if lower is not None:
        return _wrong_heading(spec, heading, lower, findings)
    columns = _columns(spec, heading, findings)
    body = _without_examples(spec, columns, below, findings)
    _warn_of_totals(spec, columns, body, findings)
    shifted = _report_beyond(spec, sheet, columns, body, findings)
    _warn_of_hidden(spec, sheet, columns, body, findings)
    _warn_of_struck(spec, sheet, body, findings)
    covered = _report_merged(spec, sheet, columns, body, findings)
    private = _report_identity_numbers(spec, columns, [heading, *body], findings)
    rows = [
        Row(row.number, _cells(columns, row), row.number in shifted, _named(columns, row.number, covered | private))
        for row in body
    ]
    if spec.needed and spec is not HIRES and not body:
        findings.warn("inga_rader", "tabellen har inga rader under rubrikerna", table=spec.name)
    return Table(
        spec,
        columns=frozenset(columns.known.values()),
        rows=[row for row in rows if row.cells or row.told],
        doubtful=frozenset(columns.doubtful),
        readable=sheet.readable,
    )


_TOTALS = frozenset({"summa", "totalt", "total", "totalsumma", "delsumma", "antal"})
# Headings are looked for so far down when the first row has none.
_TITLE_ROWS = 20
# A row and a place in it, counted from 0.
_Place = tuple[int, int]


def _lower_heading(spec: TableSpec, sheet: Sheet) -> RawRow | None:
    """The row that looks like the headings where the first one does not."""
    first, *below = sheet.rows[:_TITLE_ROWS]
    if recognised(first.cells, spec) >= min(2, len(spec.required)):
        return None
    best = max(below, key=lambda row: recognised(row.cells, spec), default=None)
    return best if best is not None and recognised(best.cells, spec) >= 2 else None


def _wrong_heading(spec: TableSpec, first: RawRow, lower: RawRow, findings: Findings) -> Table:
    message = f"raden läses som rubriker, men rubrikerna ser ut att stå på rad {lower.number}; ta bort raderna ovanför"
    findings.error("rubriker_längre_ner", message, table=spec.name, row=first.number)
    return Table(spec, frozenset(spec.columns), (), readable=False)


def _warn_of_hidden(
    spec: TableSpec, sheet: Sheet, columns: _Columns, body: Sequence[RawRow], findings: Findings
) -> None:
    rows = [row.number for row in body if row.number in sheet.hidden_rows]
    names = [name for place, name in columns.known.items() if place in sheet.hidden_columns]
    if sheet.hidden and body:
        findings.warn("dolt", "bladet är dolt i Excel men läses; ta bort det om det inte ska räknas", table=spec.name)
    if rows:
        what = _counted(rows, "dold rad", "dolda rader")
        findings.warn("dolt", f"{what} läses också; ta bort det som inte ska räknas", table=spec.name)
    if names:
        what = "1 dold kolumn" if len(names) == 1 else f"{len(names)} dolda kolumner"
        message = f"{what} ({', '.join(names)}) läses också; ta bort det som inte ska räknas"
        findings.warn("dolt", message, table=spec.name)


def _warn_of_totals(spec: TableSpec, columns: _Columns, body: Sequence[RawRow], findings: Findings) -> None:
    """A sum below the table is read as a row of it; whatever is wrong with that row is told besides."""
    names = {place: name for place, name in columns.known.items() if name == spec.first}
    for row in body:
        for place, name in names.items():
            value = row.cells[place] if place < len(row.cells) else None
            if isinstance(value, str) and tidy(value).rstrip(" :").casefold() in _TOTALS:
                message = "ser ut som en summering men läses som en rad; ta bort den ur tabellen"
                findings.warn("summering", message, table=spec.name, row=row.number, column=name, value=tidy(value))


def _warn_of_struck(spec: TableSpec, sheet: Sheet, body: Sequence[RawRow], findings: Findings) -> None:
    """Who strikes a row through often means that it counts no more."""
    rows = [row.number for row in body if row.number in sheet.struck_rows]
    if rows:
        what = _counted(rows, "rad har genomstruken text", "rader har genomstruken text")
        findings.warn("genomstruket", f"{what} och läses ändå; ta bort det som inte ska räknas", table=spec.name)


def _counted(rows: Sequence[int], one: str, several: str) -> str:
    """How many rows, and where the first of them is."""
    return f"1 {one} (rad {rows[0]})" if len(rows) == 1 else f"{len(rows)} {several} (den första är rad {rows[0]})"


def _report_merged(
    spec: TableSpec, sheet: Sheet, columns: _Columns, body: Sequence[RawRow], findings: Findings
) -> set[_Place]:
    """Report merged cells over rows of the table, empty ones too:
    Excel keeps only one value, and what stood there is gone.
    """
    numbers = {row.number for row in body}
    covered: set[_Place] = set()
    for merged in sheet.merged:
        rows = [number for number in merged.rows if number in numbers]
        places = [place for place in merged.columns if place in columns.known]
        if not rows or not places:
            continue
        message = f"cellerna {merged.ref} är sammanfogade; dela upp dem och fyll i varje cell för sig"
        findings.error("sammanfogade", message, table=spec.name, row=rows[0], column=columns.known[places[0]])
        covered.update((row, place) for row in rows for place in places)
    return covered


def _report_identity_numbers(
    spec: TableSpec, columns: _Columns, rows: Sequence[RawRow], findings: Findings
) -> set[_Place]:
    """Report personal identity numbers in any cell; no message repeats them."""
    places: set[_Place] = set()
    names = {**columns.known, **columns.unknown}
    for row in rows:
        for place, value in enumerate(row.cells):
            kind = found_in(shown(value), findings.today) if isinstance(value, str | int | float) else None
            if kind is None:
                continue
            column = names.get(place, letter(place))
            if kind == BARE and column not in {"id", "namn"}:
                message = "ser ut att innehålla ett personnummer; ta bort det om det är ett"
                findings.warn("kanske_personnummer", message, table=spec.name, row=row.number, column=column)
                continue
            message = "innehåller ett personnummer, som inte ska stå här; ta bort det, eller ge personen ett annat id"
            findings.error("personnummer", message, table=spec.name, row=row.number, column=column)
            places.add((row.number, place))
    return places


def _named(columns: _Columns, row: int, places: set[_Place]) -> frozenset[str]:
    return frozenset(name for place, name in columns.known.items() if (row, place) in places) if places else frozenset()


def _without_examples(
    spec: TableSpec, columns: _Columns, rows: Sequence[RawRow], findings: Findings
) -> Sequence[RawRow]:
    """The rows but for those marked as examples.

    Our template has one in each table. More were made by copying it, perhaps with a real row in mind: that is said.
    """
    place = next((place for place, column in columns.known.items() if column == spec.first), None)
    kept: list[RawRow] = []
    examples: list[RawRow] = []
    for row in rows:
        (examples if _is_example(row, place) else kept).append(row)
    for row in examples[1:]:
        findings.warn(
            "fler_exempel",
            'raden är märkt som exempel och läses inte; ta bort "Exempel:" om den ska räknas',
            table=spec.name,
            row=row.number,
        )
    return kept


def _is_example(row: RawRow, place: int | None) -> bool:
    cell = row.cells[place] if place is not None and place < len(row.cells) else None
    return isinstance(cell, str) and cell.strip().casefold().startswith(EXAMPLE_MARK)


def _empty(spec: TableSpec, sheet: Sheet, findings: Findings) -> Table:
    if spec.needed and sheet.readable:
        wanted = ", ".join(spec.required)
        findings.error("tom_tabell", f"tabellen är tom; fyll i kolumnerna {wanted}", table=spec.name)
    return Table(spec, frozenset(spec.columns), (), readable=sheet.readable and not spec.needed)


def _cells(columns: _Columns, row: RawRow) -> dict[str, CellValue]:
    return {
        columns.known[place]: value
        for place, value in enumerate(row.cells)
        if place in columns.known and not is_blank(value)
    }


def _columns(spec: TableSpec, heading: RawRow, findings: Findings) -> _Columns:
    by_fold = {fold(column): column for column in spec.columns}
    columns = _Columns(width=len(heading.cells))
    for place, cell in enumerate(heading.cells):
        if is_blank(cell):
            continue
        title = _title(cell)
        column = by_fold.get(fold(title))
        if column is None:
            columns.unknown[place] = title
            _report_unknown_column(spec, heading.number, title, findings)
        elif column in columns.known.values():
            columns.doubtful.add(column)
            findings.error(
                "kolumn_två_gånger",
                "kolumnen finns två gånger; behåll en av dem",
                table=spec.name,
                row=heading.number,
                column=column,
            )
        else:
            columns.known[place] = column
    _report_missing_columns(spec, heading.number, columns, findings)
    return columns


def _title(cell: CellValue) -> str:
    try:
        return shown(clean(cell))
    except BadCellError:
        return shown(cell)


def _report_unknown_column(spec: TableSpec, row: int, title: str, findings: Findings) -> None:
    if spec.closed:
        findings.error(
            "förbjuden_kolumn",
            "kolumnen får inte finnas här, den kan röja känsliga uppgifter; ta bort den ur filen",
            table=spec.name,
            row=row,
            column=title,
        )
        return
    guess = did_you_mean(title, spec.columns)
    findings.warn("okänd_kolumn", f"kolumnen är okänd och läses inte{guess}", table=spec.name, row=row, column=title)


def _report_missing_columns(spec: TableSpec, row: int, columns: _Columns, findings: Findings) -> None:
    for column in spec.required:
        if column not in columns.known.values():
            columns.doubtful.add(column)
            findings.error(
                "kolumn_saknas",
                "kolumnen saknas; lägg till den i rubrikraden",
                table=spec.name,
                row=row,
                column=column,
            )


def _report_beyond(
    spec: TableSpec, sheet: Sheet, columns: _Columns, body: Sequence[RawRow], findings: Findings
) -> set[int]:
    """Report cells that no heading names, and give the numbers of rows that are shifted.

    What such cells hold is never repeated: in ``frånvaro`` it may be sensitive.
    """
    headed = columns.known.keys() | columns.unknown.keys()
    first_row_of: dict[int, int] = {}
    shifted: set[int] = set()
    for row in body:
        stray = [place for place, value in enumerate(row.cells) if place not in headed and not is_blank(value)]
        if stray and sheet.ragged and stray[-1] >= columns.width:
            shifted.add(row.number)
        if stray and (spec.closed or row.number in shifted):
            _report_too_many(spec, row.number, findings)
            continue
        for place in stray:
            first_row_of.setdefault(place, row.number)
    for place, number in first_row_of.items():
        message = "kolumnen saknar rubrik och läses inte"
        findings.warn("kolumn_utan_rubrik", message, table=spec.name, row=number, column=letter(place))
    return shifted


def _report_too_many(spec: TableSpec, row: int, findings: Findings) -> None:
    message = "raden har fler celler än rubriker; ta bort dem, eller sätt citattecken om text med skiljetecken i"
    findings.error("för_många_celler", message, table=spec.name, row=row)


def letter(place: int) -> str:
    """The letters over a column in Excel; the first is 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
