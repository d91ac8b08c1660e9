"""The published plan as an administration, or a unit of it, may read it: her own people, and what changed since the plan before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.problem import Hire
from outputs.filenames import file_stems
from outputs.files.administrations import FOLDER, LIST, list_of
from outputs.files.kinds import Planned
from service import letters
from service.access import Actor
from service.config import Config
from service.models import Plan, Publication


def part(config: Config, now: Publication, who: Actor) -> Planned:
    """Hers; ``changes`` is None for the first plan that was published."""
    before = before_of(now)
    sending = letters.sending(config, now.plan, before)
    own = [*_hers(sending.problem.hires, who), *_hers(sending.former.values(), who)]
    return sending.own_people.of(who.organisation, own)


def before_of(now: Publication) -> Plan | None:
    """The other plan that was published last before."""
    earlier = Publication.objects.filter(term_id=now.term_id, number__lt=now.number).exclude(plan_id=now.plan_id)
    found = earlier.select_related("plan").order_by("-number").first()
    return found.plan if found else None


def workbook(config: Config, now: Publication, who: Actor) -> bytes:
    """An administration's as the command wrote it; a unit's in the same form, of its own people."""
    names = {organisation: str(name) for organisation, name in now.plan.figures["organisations"].items()}
    if who.unit:
        return list_of(f"{names.get(who.organisation, who.organisation)}, {who.unit}", part(config, now, who))
    folder = config.plans / now.plan.folder
    stem = file_stems(names, letters.opened(folder).plan.files)[who.organisation]
    return (folder / FOLDER / stem / LIST).read_bytes()


def _hers(hires: Iterable[Hire], who: Actor) -> Iterator[str]:
    for hire in hires:
        if hire.organisation == who.organisation and (not who.unit or hire.unit == who.unit):
            yield hire.id
