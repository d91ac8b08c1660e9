"""rapport.html: the plan as one file to look at, without network access; its one script, for search and sorting, is part of it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.change import PlanDiff
from models.plan import Plan
from models.problem import TermProblem
from outputs import words
from outputs.figures import Figures, median_days, shown_states
from outputs.page import answers, lists, plots, timeline, units
from outputs.page.scale import Scale

SCRIPT = "script.js"
TEMPLATES = Path(__file__).parent / "page" / "templates"


def report(problem: TermProblem, plan: Plan, *, changes: PlanDiff | None = None) -> bytes:
    """The page's bytes; the same plan gives the same bytes."""
    figures = Figures(problem, plan)
    scale = Scale(*plan.horizon)
    template = environment().get_template("report.html")
    script = _script()
    page = template.render(
        script=script,
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        figures=figures,
        problem=problem,
        plan=plan,
        changes=changes,
        scale=scale,
        answers=answers.answers(figures),
        groups=timeline.groups(figures, scale),
        strips=units.strips(figures, scale),
        wait_plots=plots.wait_plots(figures),
        medians={
            s.organisation: median_days(figures.waits_of(s.organisation)) for s in (*figures.shares, figures.total)
        },
    )
    return page.encode()


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
        words=words, lists=lists, timeline=timeline, units=units, plots=plots, shown_states=shown_states
    )
    return made
