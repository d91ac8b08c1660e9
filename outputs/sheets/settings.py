"""Sheet ``Inställningar``: what the plan was made from, so that a printed copy can be told from another."""

from __future__ import annotations

from models.problem import TermProblem
from outputs import words
from outputs.figures import Figures
from outputs.sheets.book import Book, Cell, Column

COLUMNS = (Column("Inställning", 44), Column("Värde", 50, "wrap"), Column("Förklaring", 70, "wrap"))


def add(book: Book, figures: Figures) -> None:
    """Write the sheet."""
    sheet = book.sheet("Inställningar", "Inställningar", "Det som planen är gjord av.")
    rows = [*_plan(figures), *_settings(figures.problem), *_closed(figures.problem)]
    book.main_table(sheet, "Inställningar", COLUMNS, rows, empty="")


def _plan(figures: Figures) -> list[list[Cell]]:
    plan = figures.plan
    return [
        ["Plan nummer", str(plan.plan_number), "Höjs med ett för varje omplanering."],
        ["Planeringsdag", words.day(plan.planning_date), "Dagen som planen räknar ifrån."],
        [
            "Frö (--seed)",
            str(plan.seed),
            "Ett tal som väljer mellan planer som är precis lika bra. Samma indata, tillval och frö ger samma plan.",
        ],
        ["Indata (SHA-256)", plan.input_sha256, "Planens underlag; två planer med samma tal har samma underlag."],
    ]


def _settings(problem: TermProblem) -> list[list[Cell]]:
    s = problem.settings
    return [
        ["termin", s.term, "Terminens namn."],
        ["terminsstart", words.day(s.horizon_start), "Första dag som planeras."],
        ["terminsslut", words.day(s.horizon_end), "Sista dag som planeras."],
        [
            "frist_månader",
            str(s.deadline_months),
            "Frist efter anställningens start, där utbildningen inte säger annat.",
        ],
        ["varseltid_dagar", str(s.notice_days), "Ingen kallas eller flyttas med kortare varsel."],
        ["max_kursdagar_per_vecka", str(s.weekly_cap), "Kursdagar per person och vecka, högst."],
        ["max_kursdagar_per_vecka_med_ärenden", str(s.weekly_cap_with_cases), "Samma, sedan personen fått ärenden."],
        ["max_borta_per_enhet", str(s.max_away_per_unit), "Så många från en enhet bör högst vara borta samma dag."],
        [
            "max_andel_per_förvaltning",
            f"{s.max_share_percent} %",
            "Högsta önskade andel från en förvaltning i en blandad omgång.",
        ],
        ["öppna_veckodagar", words.weekday_list(s.open_weekdays), "Veckodagar då utbildning alls kan ges."],
        ["helgdagar", s.holiday_country, "Landet vars helgdagar är stängda."],
        ["tidszon", s.timezone, "Tidszon för alla klockslag."],
        ["avsändare", s.organizer, "Avsändare i kalendrarna."],
    ]


def _closed(problem: TermProblem) -> list[list[Cell]]:
    breaks: list[list[Cell]] = []
    for b in problem.breaks:
        where = words.listed(problem.organisation_by_id[o].name for o in b.organisations) or "Alla förvaltningar"
        breaks.append([f"lov: {b.name}", words.span(b.first, b.last), where])
    holidays: list[list[Cell]] = [[f"helgdag: {h.name}", words.day(h.day), ""] for h in problem.holidays]
    return breaks + holidays
