"""What the first page of UT leads to: every file that lies there, those of people under their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from models.plan import Plan
from models.problem import TermProblem
from outputs.events.chain import file_names
from outputs.events.chain import owners as chain_owners
from outputs.events.kinds import KINDS
from outputs.figures import Figures
from outputs.filenames import file_stems
from outputs.ics import person_stems
from outputs.introduction.responsible import owners

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
    groups = tuple(_groups(left, _titles(problem, plan)))
    return Contents(first, administrations, groups, len(problem.hires) <= SHORT)


def _titles(problem: TermProblem, plan: Plan) -> Mapping[PurePosixPath, str]:
    """What the files of others than hires are called."""
    titles = {
        PurePosixPath("introduktion") / owner.path: f"{owner.name} ({owner.role})" for owner in owners(problem, plan)
    }
    for kind in KINDS:
        stems = file_names(chain_owners(problem, plan, kind.id), kind.id, plan.files)
        named = kind.titles(problem)
        titles |= {
            PurePosixPath("kalendrar", kind.id, f"{stem}.ics"): named.get(id_, id_) for id_, stem in stems.items()
        }
    return titles


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
        stem = stems[organisation.id]
        own = {
            PurePosixPath("forvaltning", stem, "rapport.html"): "rapport för förvaltningen",
            PurePosixPath("forvaltning", stem, "lista.xlsx"): "lista i Excel",
            PurePosixPath("kalendrar/forvaltning", f"{stem}.ics"): "kalender",
        }
        links = tuple(Link(_href(path), label) for path, label in own.items() if _taken(left, path))
        people = tuple(
            Links(problem.hire_by_id[hire].name, by_hire[hire]) for hire in figures.by_name(hires[organisation.id])
        )
        if links or people:
            yield AdministrationLinks(organisation.name, links, people)


def _groups(left: Iterable[PurePosixPath], titles: Mapping[PurePosixPath, str]) -> Iterator[Links]:
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
        yield Links(label, tuple(Link(_href(path), titles.get(path) or _label(path, folder)) for path in found[folder]))


def _label(path: PurePosixPath, folder: str) -> str:
    return path.relative_to(folder).as_posix() if folder else path.name


def _href(path: PurePosixPath) -> str:
    return quote(path.as_posix())
