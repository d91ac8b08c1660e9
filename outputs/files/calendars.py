"""``kalendrar/``: a calendar for everyone, and after a re-plan what is to be mailed."""

from __future__ import annotations

from outputs import ics
from outputs.events.identity import ADMINISTRATION, PERSON
from outputs.events.kinds import KIND_BY_ID
from outputs.files.kinds import Export, ExportedFolder, Files, Output, Planned
from outputs.names import CALENDARS

_ENDING = ".ics"
_KINDS = frozenset({PERSON, *KIND_BY_ID})
_FOLDER = ExportedFolder(
    what="kalendrar av en plan",
    of_it="kalendrarna",
    marks=frozenset({PERSON, ADMINISTRATION}),
    owns=lambda path: len(path.parts) == 2 and path.parts[0] in _KINDS and path.suffix == _ENDING,
    folders=_KINDS,
)


def make(planned: Planned) -> Files:
    """All calendars, then the changes since the plan before where there is one."""
    yield from ics.calendars(planned.problem, planned.plan)
    if planned.previous_problem is not None and planned.previous_plan is not None:
        yield from ics.changes(planned.problem, planned.plan, planned.previous_problem, planned.previous_plan)


OUTPUT = Output(
    phase="calendars",
    make=make,
    folder=CALENDARS,
    ending=_ENDING,
    export=Export("ics", "-kalendrar", _FOLDER),
    told=(
        ("`kalendrar\\person\\`", "en kalender per nyanställd"),
        ("`kalendrar\\forvaltning\\`", "en per förvaltning, med bara den egna förvaltningens personer"),
        ("`kalendrar\\omgang\\`", "en per omgång, för utbildarna"),
        ("`kalendrar\\enhet\\`", "en per enhet, för enhetschefen, med bara enhetens personer"),
        ("`kalendrar\\chef\\`", "en per chef, där `chef` eller `chef_e-post` är ifylld, med bara hennes personer"),
        ("`kalendrar\\utbildare\\`", "en per rad i `utbildare`: tillfällena hon håller, med deltagarnas namn"),
        ("`kalendrar\\mentor\\`", "en per rad i `mentorer`: tillfällena för dem hon är mentor för"),
        ("`kalendrar\\andringar\\`", "efter en omplanering: det som ska skickas ut, ett inlägg per fil"),
    ),
)
