"""rapport.html, of the plan and of an administration's part: one file to look at, without network access.

Its one script, for search and sorting, is part of it.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from models.change import PlanDiff
from models.plan import Plan
from models.problem import TermProblem
from outputs import teams, words
from outputs.figures import Figures, median_days, shown_states
from outputs.headlines import own_headlines
from outputs.introduction.contents import Contents
from outputs.introduction.person import Introduction
from outputs.introduction.responsible import Duties
from outputs.page import answers, lists, mentors, plots, timeline, units
from outputs.page.scale import Scale

SCRIPT = "script.js"
TEMPLATES = Path(__file__).parent / "page" / "templates"
_NOT_OF_PLANS = frozenset({SCRIPT, "dimensioning.html", "followup.html"})


def make_ready() -> None:
    """Compile the templates of a plan's pages: a fifth of a second that a solver's turn leaves free."""
    for name in environment().list_templates():
        if name not in _NOT_OF_PLANS:
            environment().get_template(name)


def report(problem: TermProblem, plan: Plan, *, changes: PlanDiff | None = None) -> bytes:
    """The page's bytes; the same plan gives the same bytes."""
    figures = Figures(problem, plan)
    scale = Scale(*plan.horizon)
    page = _page("report.html").render(
        **_script_of_page(),
        book="plan.xlsx",
        figures=figures,
        problem=problem,
        plan=plan,
        changes=changes,
        scale=scale,
        answers=answers.answers(figures),
        groups=timeline.groups(figures, scale),
        strips=units.strips(figures, scale),
        wait_plots=plots.wait_plots(figures),
        pairs=mentors.mentors(figures),
        medians={
            s.organisation: median_days(figures.waits_of(s.organisation)) for s in (*figures.shares, figures.total)
        },
    )
    return page.encode()


def own_report(figures: Figures, administration: str, *, changes: PlanDiff | None = None) -> bytes:
    """An administration's page, of the figures of its own part of a plan (``files.own_people``)."""
    scale = Scale(*figures.plan.horizon)
    page = _page("own_report.html").render(
        **_script_of_page(),
        figures=figures,
        problem=figures.problem,
        plan=figures.plan,
        changes=changes,
        scale=scale,
        administration=administration,
        book="lista.xlsx",
        strips=units.strips(figures, scale),
        headlines=own_headlines(figures),
        teams=teams.teams(figures),
    )
    return page.encode()


def introduction(plan: Plan, person: Introduction) -> bytes:
    """A hire's introduction, to print."""
    return _page("introduction.html").render(plan=plan, person=person).encode()


def duties(plan: Plan, duties: Duties) -> bytes:
    """What a mentor or a manager does for her people, to print."""
    return _page("responsible.html").render(plan=plan, duties=duties).encode()


def index(problem: TermProblem, plan: Plan, contents: Contents) -> bytes:
    """The first page of UT."""
    return _page("index.html").render(problem=problem, plan=plan, contents=contents).encode()


def _page(name: str) -> Template:
    return environment().get_template(name)


def _script_of_page() -> dict[str, str]:
    script = _script()
    return {"script": script, "script_hash": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"}


@cache
def _script() -> str:
    """Named by its hash in the page's policy: no other script runs, whatever stands in a name."""
    return (TEMPLATES / SCRIPT).read_text("utf-8")


@cache
def environment() -> Environment:
    """The house's templates.

    Names are data: every value is escaped, and a template that misspells a name fails.
    """
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        words=words,
        lists=lists,
        mentors=mentors,
        seats_of=teams.seats,
        timeline=timeline,
        units=units,
        plots=plots,
        shown_states=shown_states,
    )
    return made
