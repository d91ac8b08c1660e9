"""``forvaltning/<id>/``: what an administration may be given, its own hires and no one else's."""

from __future__ import annotations

from pathlib import PurePosixPath

from outputs import html, xlsx
from outputs.figures import Figures
from outputs.filenames import file_stems
from outputs.files.kinds import Files, Output, Planned
from outputs.files.own_people import OwnPeople

FOLDER = "forvaltning"
LIST, REPORT = "lista.xlsx", "rapport.html"


def make(planned: Planned) -> Files:
    """A workbook and a page for each administration, in a folder that is called as its calendar is."""
    names = planned.problem.organisation_by_id
    stems = file_stems(names, planned.plan.files)
    for organisation, own in OwnPeople(planned).administrations():
        name = names[organisation].name
        folder = PurePosixPath(stems[organisation])
        figures = Figures(own.problem, own.plan, own_part=True)
        yield folder / LIST, xlsx.own_list(figures, name, changes=own.changes)
        yield folder / REPORT, html.own_report(figures, name, changes=own.changes)


def list_of(name: str, own: Planned) -> bytes:
    """The workbook of some people's part of a plan, under the name of whom it is for."""
    return xlsx.own_list(Figures(own.problem, own.plan, own_part=True), name, changes=own.changes)


OUTPUT = Output(
    phase="administrations",
    make=make,
    folder=FOLDER,
    names=(LIST, REPORT),
    told=(
        (
            f"`{FOLDER}\\<id>\\{LIST}`",
            "en per förvaltning, att ge bort: bara de egna nyanställda, efter enhet och chef",
        ),
        (
            f"`{FOLDER}\\<id>\\{REPORT}`",
            "detsamma som sida: vem som går när, vem som saknar plats och varför, vad som ändrats",
        ),
    ),
    beside=True,
)
