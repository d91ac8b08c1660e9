"""Sheet ``Översikt``: the figures that a manager asks for, and how good the plan is known to be."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from models.change import PlanDiff, StabilityOutcome
from models.ids import State
from outputs import words
from outputs.figures import Figures, Share, median_days, shown_states, told_states
from outputs.headlines import headlines
from outputs.sheets.book import HEADING, LINE_HEIGHT, Book, Cell, lines_of

FIRST_WIDTH, OTHER_WIDTH, COLUMNS = 34, 14, 9
NUMBERS = ("Krav", *words.STATES.values(), "Andel i tid", "Dagar till klar", "Deltagare", "Platser", "Fick inte plats",
           "varav ej i tid", "Lämnade platser")  # fmt: skip


def add(book: Book, figures: Figures, changes: PlanDiff | None = None) -> None:
    """Write the sheet: answers, what stability cost, administrations, states, proposals, bottlenecks, levels."""
    plan = figures.plan
    term = f"Terminsplan {plan.term}".rstrip()
    made = f"{words.span(*plan.horizon)}. Plan {plan.plan_number}, planeringsdag {words.day(plan.planning_date)}."
    sheet = book.sheet("Översikt", term, made)
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, COLUMNS - 1, OTHER_WIDTH)
    row = 3
    outcomes = changes.stability if changes else ()
    breaks = []
    for page in ((_answers, _administrations, _states), (_proposals, _bottlenecks, _helps), (_levels,)):
        breaks.append(row)
        for section in page:
            row = section(book, sheet, figures, row)
            if section is _answers and outcomes:
                row = _stability(book, sheet, outcomes, row)
    book.page_breaks(sheet, [FIRST_WIDTH] + [OTHER_WIDTH] * (COLUMNS - 1), sorted({b for b in breaks if b > 3}))


def _answers(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    row = _section(book, sheet, row, "I korthet")
    for headline in headlines(figures):
        book.write(sheet, row, 0, headline.label, bold=True)
        sheet.merge_range(row, 1, row, 2, "", book.cell_format("text"))
        book.write(sheet, row, 1, headline.value, bold=True, font_color=HEADING)
        _merged(book, sheet, row, 3, headline.remark)
        row += 1
    row = _note(book, sheet, row, words.REQUIREMENT_MEANS)
    return _note(book, sheet, row, words.SHARE_MEANS) + 1


def _stability(book: Book, sheet: Worksheet, outcomes: Sequence[StabilityOutcome], row: int) -> int:
    row = _section(book, sheet, row, "Vad stabiliteten kostar")
    titles = ["Stabilitet", "Krav i tid", "Personer med allt i tid", "Lämnade platser", "Bevisat", "Betyder"]
    row = _headings(book, sheet, row, titles)
    for outcome in outcomes:
        chosen = " (vald)" if outcome.chosen else ""
        book.write(sheet, row, 0, f"{outcome.stability}{chosen}", bold=outcome.chosen)
        book.write(sheet, row, 1, f"{words.whole(outcome.on_time)} av {words.whole(outcome.counting)}")
        book.write(sheet, row, 2, f"{words.whole(outcome.hires_on_time)} av {words.whole(outcome.hires)}")
        book.write(sheet, row, 3, outcome.moved, "int")
        book.write(sheet, row, 4, "Ja" if outcome.proven else "Nej")
        _merged(book, sheet, row, 5, words.STABILITY_MEANINGS[outcome.stability])
        row += 1
    for sentence in (*words.stability_costs(outcomes), words.MOVED_MEANS):
        row = _note(book, sheet, row, sentence)
    return row + 1


def _administrations(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    row = _section(book, sheet, row, "Förvaltningar")
    states = shown_states(figures)
    titles = ["Förvaltning", "Krav", *(words.STATES[state] for state in states), "Andel i tid", "Dagar till klar"]
    row = _headings(book, sheet, row, titles)
    names = figures.problem.organisation_by_id
    for share in figures.shares:
        days = median_days(figures.waits_of(share.organisation))
        cells = _share(names[share.organisation or ""].name, share, states, days)
        row = _cells(book, sheet, row, cells, bold=False)
    row = _cells(book, sheet, row, _share("Alla", figures.total, states, median_days(figures.waits)), bold=True)
    row = _note(book, sheet, row, words.SHARE_MEANS)
    days_mean = "Dagar till klar är mittvärdet (medianen) från anställningens start till klar utbildning."
    return _note(book, sheet, row, days_mean) + 1


def _share(name: str, share: Share, states: Sequence[State], days: int | None) -> tuple[Cell, ...]:
    return (
        name,
        share.requirements,
        *(share.states[state] for state in states),
        words.percent(share.on_time, share.counted),
        days,
    )


def _cells(book: Book, sheet: Worksheet, row: int, cells: tuple[Cell, ...], *, bold: bool) -> int:
    for column, cell in enumerate(cells):
        kind = "int" if column else "text"
        book.write(sheet, row, column, cell, kind, bold=bold)
    return row + 1


def _states(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    row = _headings(book, sheet, _section(book, sheet, row, "Läge för alla krav"), ["Läge", "Krav", "Betyder"])
    first = row
    for state in told_states(figures):
        book.write(sheet, row, 0, words.STATES[state])
        book.write(sheet, row, 1, figures.states[state], "int")
        _merged(book, sheet, row, 2, words.STATE_MEANINGS[state])
        row += 1
    book.colour(sheet, first, 0, row - 1, 0)
    return row + 1


def _proposals(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    if not figures.opened:
        return row
    row = _section(book, sheet, row, "Förslag som öppnas")
    row = _headings(book, sheet, row, ["Omgång", "Deltagare", "Platser", "Första dag", "För vilka"])
    for load in figures.opened:
        book.write(sheet, row, 0, load.round.id)
        book.write(sheet, row, 1, len(load.people), "int")
        book.write(sheet, row, 2, load.peak[1], "int")
        book.write(sheet, row, 3, load.sessions[0].day if load.sessions else None, "date")
        _merged(book, sheet, row, 4, figures.purpose(load))
        row += 1
    return row + 1


def _bottlenecks(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    if not figures.bottlenecks:
        return row
    row = _section(book, sheet, row, "Trånga omgångar")
    row = _headings(book, sheet, row, ["Omgång", "Fick inte plats", "varav ej i tid"])
    for narrow in figures.bottlenecks[:10]:
        book.write(sheet, row, 0, narrow.round)
        book.write(sheet, row, 1, narrow.turned_away, "int")
        book.write(sheet, row, 2, narrow.not_on_time, "int")
        row += 1
    return row + 1


def _helps(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    if not figures.helps:
        return row
    row = _section(book, sheet, row, "Vad som skulle hjälpa mest")
    row = _headings(book, sheet, row, ["Krav fler i tid", "Ändring"])
    for help_ in figures.helps[:10]:
        book.write(sheet, row, 0, help_.gain.more, "int", align="left")
        proposal = words.proposal(figures.problem, help_.programme, help_.idea)
        _merged(book, sheet, row, 1, f"{proposal}: {words.more_on_time(help_.gain)}")
        row += 1
    return row + 1


def _levels(book: Book, sheet: Worksheet, figures: Figures, row: int) -> int:
    row = _section(book, sheet, row, "Så bra är planen")
    order = "Planen är gjord nivå för nivå. En lägre nivå får aldrig kosta något på en högre. Lägre värde är bättre."
    row = _note(book, sheet, row, order)
    for explained in (words.BOUND_MEANS, words.WEIGHT_MEANS):
        row = _note(book, sheet, row, explained)
    row = _headings(book, sheet, row, ["Nivå", "Värde", "Lägsta möjliga", "Bevisat bäst", "Betyder"])
    for result in figures.plan.levels:
        level = result.name
        bound = "–" if result.bound is None else words.level_value(level, result.bound)
        book.write(sheet, row, 0, words.level_name(level))
        value = words.level_value(level, result.value)
        book.write(sheet, row, 1, value, "wrap")
        book.write(sheet, row, 2, bound, "wrap")
        book.write(sheet, row, 3, "Ja" if result.proven else "Nej")
        proof = "" if result.proven else f" {words.level_proof(result)}"
        lines = max(lines_of(value, OTHER_WIDTH), lines_of(bound, OTHER_WIDTH))
        _merged(book, sheet, row, 4, f"{level.words.meaning}{proof}", at_least=lines)
        row += 1
    return row


def _section(book: Book, sheet: Worksheet, row: int, title: str) -> int:
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, title, book.format(bold=True, font_size=14, font_color=HEADING))
    return row + 1


def _headings(book: Book, sheet: Worksheet, row: int, titles: list[str]) -> int:
    for column in range(max(COLUMNS, len(titles))):
        title = titles[column] if column < len(titles) else ""
        sheet.write_string(row, column, title, book.heading(title in NUMBERS))
    lines = max(lines_of(title, OTHER_WIDTH - 2) for title in titles[1:])
    sheet.set_row(row, LINE_HEIGHT * lines + 7)
    return row + 1


def _merged(book: Book, sheet: Worksheet, row: int, column: int, text: str, *, at_least: int = 1) -> None:
    """Text across the rest of the page, on as many lines as it needs (merged cells never grow by themselves)."""
    style = book.cell_format("wrap")
    sheet.merge_range(row, column, row, COLUMNS - 1, "", style)
    sheet.write_string(row, column, text, style)
    lines = lines_of(text, (COLUMNS - column) * OTHER_WIDTH)
    sheet.set_row(row, LINE_HEIGHT * max(at_least, lines) + 4)


def _note(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    sheet.write_string(row, 0, text, book.format(italic=True, font_color="#44525F"))
    return row + 1
