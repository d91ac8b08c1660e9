"""What the first page of UT leads to: every file that lies there, those of people under their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from models.plan import Plan
from models.problem import TermProblem
from outputs.figures import Figures
from outputs.filenames import file_stems
from outputs.ics import person_stems

SHORT = 40
"""So many hires are listed without a click."""
FIRST = {
    "rapport.html": ("Rapporten", "läget på en sida, med alla som inte är klara i tid"),
    "plan.xlsx": ("Excelboken", "listor att filtrera, med deltagarna i varje omgång"),
}
OF_PEOPLE = {
    ("introduktion", ".html"): "introduktion",
    ("introduktion", ".ics"): "introduktionen som kalender",
    ("kalendrar/person", ".ics"): "kalender",
}
FOLDERS = {
    "introduktion/ansvarig": "Uppgifter för chefer och mentorer",
    "kalendrar/forvaltning": "Kalendrar för förvaltningarna",
    "kalendrar/enhet": "Kalendrar för enheterna",
    "kalendrar/omgang": "Kalendrar för omgångarna",
    "kalendrar/chef": "Kalendrar för cheferna",
    "kalendrar/mentor": "Kalendrar för mentorerna",
    "kalendrar/utbildare": "Kalendrar för utbildarna",
    "kalendrar/andringar": "Ändringar att skicka",
    "": "För andra program",
}


@dataclass(frozen=True)
class Link:
    """A file with what it is called."""

    href: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Links:
    """Files of one kind, or of one person."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class AdministrationLinks:
    """The files of an administration and of its hires."""

    name: str
    links: tuple[Link, ...]
    people: tuple[Links, ...]


@dataclass(frozen=True)
class Contents:
    """Everything in UT, each file once."""

    first: tuple[Link, ...]
    administrations: tuple[AdministrationLinks, ...]
    groups: tuple[Links, ...]
    is_short: bool


def contents(problem: TermProblem, plan: Plan, paths: Sequence[PurePosixPath]) -> Contents:
    """The paths below UT in their places."""
    left = dict.fromkeys(sorted(paths))
    first = tuple(Link(name, *told) for name, told in FIRST.items() if _taken(left, PurePosixPath(name)))
    by_hire = _of_people(problem, plan, left)
    administrations = tuple(_administrations(problem, plan, left, by_hire))
    return Contents(first, administrations, tuple(_groups(left)), len(problem.hires) <= SHORT)


def _taken(left: dict[PurePosixPath, None], path: PurePosixPath) -> bool:
    """Whether the file is there; it is not linked to again."""
    there = path in left
    left.pop(path, None)
    return there


def _of_people(problem: TermProblem, plan: Plan, left: dict[PurePosixPath, None]) -> Mapping[str, tuple[Link, ...]]:
    stems = person_stems(problem, plan)
    return {
        hire: tuple(
            Link(_href(path), label)
            for (folder, ending), label in OF_PEOPLE.items()
            if _taken(left, path := PurePosixPath(folder, stem + ending))
        )
        for hire, stem in stems.items()
        if hire in problem.hire_by_id
    }


def _administrations(
    problem: TermProblem, plan: Plan, left: dict[PurePosixPath, None], by_hire: Mapping[str, tuple[Link, ...]]
) -> Iterator[AdministrationLinks]:
    figures = Figures(problem, plan)
    stems = file_stems((organisation.id for organisation in problem.organisations), plan.files)
    hires: dict[str, list[str]] = defaultdict(list)
    for hire in problem.hires:
        hires[hire.organisation].append(hire.id)
    for organisation in sorted(problem.organisations, key=lambda o: (o.name, o.id)):
        folder = PurePosixPath("forvaltning", stems[organisation.id])
        own = [path for path in left if folder in path.parents]
        links = tuple(Link(_href(path), path.name) for path in own if _taken(left, path))
        people = tuple(
            Links(problem.hire_by_id[hire].name, by_hire[hire]) for hire in figures.by_name(hires[organisation.id])
        )
        if links or people:
            yield AdministrationLinks(organisation.name, links, people)


def _groups(left: Iterable[PurePosixPath]) -> Iterator[Links]:
    """What is left, by folder: known ones first."""
    found: dict[str, list[PurePosixPath]] = defaultdict(list)
    for path in left:
        parent = "" if path.parent == PurePosixPath() else path.parent.as_posix()
        if parent.startswith("kalendrar/andringar"):
            parent = "kalendrar/andringar"
        found[parent].append(path)
    known = [folder for folder in FOLDERS if folder in found]
    for folder in (*(f for f in known if f), *sorted(found.keys() - FOLDERS.keys()), *(f for f in known if not f)):
        label = FOLDERS.get(folder, folder)
        yield Links(label, tuple(Link(_href(path), _label(path, folder)) for path in found[folder]))


def _label(path: PurePosixPath, folder: str) -> str:
    return path.relative_to(folder).as_posix() if folder else path.name


def _href(path: PurePosixPath) -> str:
    return quote(path.as_posix())
