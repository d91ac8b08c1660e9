"""rapport.html: the plan as one file to look at, without network access or scripts (OUTPUT.md)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.change import PlanDiff
from models.plan import Plan
from models.problem import TermProblem
from outputs import words
from outputs.figures import Figures

TEMPLATES = Path(__file__).parent / "page" / "templates"


def report(problem: TermProblem, plan: Plan, *, changes: PlanDiff | None = None) -> bytes:
    """The page's bytes; the same plan gives the same bytes."""
    template = _environment().get_template("report.html")
    return template.render(figures=Figures(problem, plan), problem=problem, plan=plan, changes=changes).encode()


def _environment() -> Environment:
    # Names are data: every value is escaped, and a template that misspells a name fails.
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = words
    return made
