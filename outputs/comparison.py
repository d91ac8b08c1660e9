"""jamforelse.xlsx: the re-plans of all stabilities side by side, what each gives and who is moved in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from models.change import ChangeKind, PlanDiff
from models.ids import Stability
from models.plan import Plan
from models.problem import TermProblem
from outputs import words
from outputs.change_groups import Group, by_person, in_order_of_names, names_of
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column
from outputs.xlsx import options

_OUTCOMES = (
    Column("Stabilitet", 14),
    Column("Krav i tid", 14),
    Column("Personer med allt i tid", 16),
    Column("Lämnade platser", 12, "int"),
    Column("Bevisat", 10),
    Column("Betyder", 70, "wrap"),
)


def workbook(problem: TermProblem, plan: Plan, diffs: Mapping[Stability, PlanDiff], asked: Stability) -> bytes:
    """The workbook's bytes; ``plan`` is that of the stability asked for, from whose side the sentences are told."""
    figures = Figures(problem, plan)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as made:
        title = f"Jämförelse av omplaneringar {plan.term}".rstrip()
        created = datetime.combine(plan.planning_date, time())
        made.set_properties({"title": title, "author": "terminsplan", "created": created})
        book = Book(made, f" plan {plan.plan_number}, {words.day(plan.planning_date)}")
        _outcomes(book, title, diffs[asked])
        _people(book, figures, diffs)
    return buffer.getvalue()


def _outcomes(book: Book, title: str, diff: PlanDiff) -> None:
    note = "Välj en av mapparna fast, varsam och fri, och ange den med --tidigare när du planerar om nästa gång."
    sheet = book.sheet("Jämförelse", title, note)
    rows = [_outcome_row(diff, stability) for stability in Stability]
    book.main_table(sheet, "Jämförelse", _OUTCOMES, [row for row in rows if row], empty="Inget att jämföra.")
    for number, sentence in enumerate((*words.stability_costs(diff.stability), words.MOVED_MEANS), len(rows) + 5):
        sheet.write_string(number, 0, sentence, book.format())


def _outcome_row(diff: PlanDiff, stability: Stability) -> list[Cell]:
    for outcome in diff.stability:
        if outcome.stability is stability:
            return [
                stability.value,
                f"{words.whole(outcome.on_time)} av {words.whole(outcome.counting)}",
                f"{words.whole(outcome.hires_on_time)} av {words.whole(outcome.hires)}",
                outcome.moved,
                "Ja" if outcome.proven else "Nej",
                words.STABILITY_MEANINGS[stability],
            ]
    return []


def _people(book: Book, figures: Figures, diffs: Mapping[Stability, PlanDiff]) -> None:
    """Who has to be told of a seat that is another; new seats are good news in any plan, and not listed."""
    columns = (Column("Namn", 24, "wrap"), *(Column(stability.value, 50, "wrap") for stability in diffs))
    found = {stability: by_person(diff) for stability, diff in diffs.items()}
    names = {hire: name for diff in diffs.values() for hire, name in names_of(figures.problem, diff).items()}
    hires = in_order_of_names({hire for people in found.values() for hire in people}, names)
    rows: list[list[Cell]] = [
        [names.get(hire, hire), *(_told(figures.problem, found[s].get(hire, ())) for s in diffs)] for hire in hires
    ]
    sheet = book.sheet(
        "Vem berörs", "Vem berörs", "Redan meddelade platser som blir andra, i vart och ett av alternativen."
    )
    shown = [row for row in rows if any(row[1:])]
    book.main_table(
        sheet, "Vem_berörs", columns, shown, empty="Ingen meddelad plats blir en annan i något av alternativen."
    )


def _told(problem: TermProblem, groups: tuple[Group, ...]) -> str:
    return "\n".join(_lines(problem, groups))


def _lines(problem: TermProblem, groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        if group.kind is not ChangeKind.NEW:
            rounds = " → ".join(dict.fromkeys(r for r in (group.before, group.after) if r))
            name = words.module_name(problem, group.programme, None)
            seats = words.count(len(group.changes), "plats", "platser")
            yield f"{words.CHANGE_KINDS[group.kind]}: {name} {rounds}, {seats}"
