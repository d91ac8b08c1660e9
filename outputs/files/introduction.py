"""``introduktion/`` and ``index.html``: each hire's introduction,
what mentors and managers do, and a page that leads to everything.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from outputs import html, ics
from outputs.files.kinds import Files, Output, Planned
from outputs.introduction.contents import contents
from outputs.introduction.person import Introductions
from outputs.introduction.responsible import AllDuties

FOLDER = "introduktion"
INDEX = "index.html"


def has_introductions(planned: Planned) -> bool:
    """Whether the input says anything of introductions besides their seats."""
    return bool(planned.problem.tasks or planned.problem.mentors)


def pages(planned: Planned) -> Files:
    """A page for each hire, and for each manager and mentor."""
    if not has_introductions(planned):
        return
    problem, plan = planned.problem, planned.plan
    introductions, stems = Introductions(problem, plan), ics.person_stems(problem, plan)
    for hire in sorted(problem.hires, key=lambda hire: hire.id):
        yield PurePosixPath(f"{stems[hire.id]}.html"), html.introduction(plan, introductions.of(hire))
    for duties in AllDuties(problem, plan).pages():
        yield duties.path, html.duties(plan, duties)


def calendars(planned: Planned) -> Files:
    """An introduction for each hire as a calendar, where the input has tasks or mentors."""
    if has_introductions(planned):
        yield from ics.introductions(planned.problem, planned.plan)


def index(planned: Planned) -> Files:
    """The first page: it leads to all that was written before it."""
    if has_introductions(planned):
        found = contents(planned.problem, planned.plan, planned.written)
        yield PurePosixPath(INDEX), html.index(planned.problem, planned.plan, found)


PAGES = Output(
    phase="introduction",
    make=pages,
    folder=FOLDER,
    ending=".html",
    told=(
        (
            f"`{FOLDER}\\<id>.html`",
            "varje nyanställds introduktion på en sida, att skriva ut och ge henne, chefen och mentorn",
        ),
        (f"`{FOLDER}\\ansvarig\\`", "det som varje chef och mentor ska göra för sina nyanställda, vecka för vecka"),
    ),
)
CALENDARS = Output(
    phase="introduction_calendars",
    make=calendars,
    folder=FOLDER,
    ending=".ics",
    told=((f"`{FOLDER}\\<id>.ics`", "introduktionen som kalender: tillfällen och uppgifter"),),
)
CONTENTS = Output(
    phase="index",
    make=index,
    files=(INDEX,),
    told=(
        (f"`{INDEX}`", "första sidan, som leder till allt i mappen; finns när tabellerna har uppgifter eller mentorer"),
    ),
)
