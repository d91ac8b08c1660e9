"""The published plan as an administration, or a unit of it, may
read it: her own people, and what changed since the plan before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.change import ChangeKind
from models.problem import Hire
from outputs.filenames import file_stems
from outputs.files.administrations import FOLDER, LIST, list_of
from outputs.page.lists import CHANGE_MOODS
from outputs.words import CHANGE_KINDS
from service import letters
from service.access import Actor
from service.config import Config
from service.models import Plan, PlanPerson, Publication


@dataclass(frozen=True)
class Changed:
    """What is another of somebody's seats in one programme, in words."""

    name: str
    kind: str
    mood: str
    programme: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(now: Publication, before: Plan, who: Actor) -> Sequence[Changed]:
    """Her own people's seats to come that are others than in the
    plan before, in order of names; those who left the input last.
    """
    people = {person.hire: person for person in who.people(now.plan)}
    were = {person.hire: person for person in who.people(before)}
    since = now.plan.planning_date.isoformat()
    ordered = [*people, *(hire for hire in were if hire not in people)]
    return [row for hire in ordered for row in _changes_of(people.get(hire), were.get(hire), since)]


def _changes_of(person: PlanPerson | None, was: PlanPerson | None, since: str) -> Iterator[Changed]:
    now, former = _seats(person, since), _seats(was, since)
    known = person or was
    assert known is not None
    for programme in [*now, *(one for one in former if one not in now)]:
        after, before = now.get(programme, {}), former.get(programme, {})
        if after != before:
            kind = _kind(before, after)
            texts = tuple(before.values()), tuple(after.values())
            yield Changed(known.name, CHANGE_KINDS[kind], CHANGE_MOODS[kind], programme, *texts)


def _seats(person: PlanPerson | None, since: str) -> Mapping[str, Mapping[str, str]]:
    """What is told of each seat to come, by programme and session."""
    rows: Iterable[Mapping[str, Any]] = person.account["requirements"] if person else ()
    found = {row["name"]: {s["session"]: s["text"] for s in row["seats"] if s["start"][:10] >= since} for row in rows}
    return {programme: seats for programme, seats in found.items() if seats}


def _kind(before: Mapping[str, str], after: Mapping[str, str]) -> ChangeKind:
    if not before:
        return ChangeKind.NEW
    if not after:
        return ChangeKind.CANCELLED
    return ChangeKind.DETAILS if before.keys() == after.keys() else ChangeKind.MOVED


def before_of(now: Publication) -> Plan | None:
    """The other plan that was published last before."""
    earlier = Publication.objects.filter(term_id=now.term_id, number__lt=now.number).exclude(plan_id=now.plan_id)
    found = earlier.select_related("plan").order_by("-number").first()
    return found.plan if found else None


def workbook(config: Config, now: Publication, who: Actor) -> bytes:
    """An administration's as the command wrote it; a unit's in the same form, of its own people."""
    names = {organisation: str(name) for organisation, name in now.plan.figures["organisations"].items()}
    if who.unit:
        sending = letters.sending(config, now.plan, before_of(now))
        own = [*_hers(sending.problem.hires, who), *_hers(sending.former.values(), who)]
        title = f"{names.get(who.organisation, who.organisation)}, {who.unit}"
        return list_of(title, sending.own_people.of(who.organisation, own))
    folder = config.plans / now.plan.folder
    stem = file_stems(names, letters.opened(folder).plan.files)[who.organisation]
    return (folder / FOLDER / stem / LIST).read_bytes()


def _hers(hires: Iterable[Hire], who: Actor) -> Iterator[str]:
    for hire in hires:
        if hire.organisation == who.organisation and hire.unit == who.unit:
            yield hire.id
