"""Letters of a published plan, as ``utskick`` writes them, with the address of each reader's own calendar."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from outputs.letters.files import addressees, as_message, files, letter_to, letters
from outputs.letters.sending import Addressee, Letter, Sending
from service import subscribing
from service.access import Actor
from service.config import Config
from service.models import Mail, Plan, Publication, Subscription, Term
from terminsplan.letters import sending_of
from terminsplan.store import Stored, open_plan

Link = Callable[[str, str], str | None]
_FIXED_TIME = (2026, 1, 1, 0, 0, 0)
_CALENDARS = "kalendrar"


def told_before(publication: Publication) -> Publication | None:
    """The publication since which letters tell what is another:
    the last one that letters were sent of, else the one before.

    None for the first one. People who were never told of the one before must not miss what it changed.
    """
    before = Publication.objects.filter(term_id=publication.term_id, number__lt=publication.number)
    ordered = before.select_related("plan").order_by("-number")
    told = Mail.objects.filter(term_id=publication.term_id, what=Mail.What.LETTER).exclude(state=Mail.State.DROPPED)
    return ordered.filter(id__in=told.values("publication")).first() or ordered.first()


@lru_cache(maxsize=4)
def opened(folder: Path) -> Stored:
    """A plan folder as read; such folders never change."""
    return open_plan(folder)


def sending(config: Config, plan: Plan, since: Plan | None) -> Sending:
    """All of the plan; with an earlier one, what is another since."""
    steps = () if since is None or since.id == plan.id else tuple(config.plans / p.folder for p in _after(since, plan))
    return _sending(config.plans / plan.folder, config.plans / since.folder if since else None, steps)


@lru_cache(maxsize=2)
def _sending(folder: Path, since: Path | None, steps: tuple[Path, ...]) -> Sending:
    made = sending_of(opened(folder), opened(since) if since else None, [opened(step) for step in steps])
    object.__setattr__(made, "written_calendar", _calendars(folder / _CALENDARS))
    return made


def _calendars(folder: Path) -> Callable[[str, str], bytes | None]:
    """Those that lie in the plan's folder."""

    def written(kind: str, stem: str) -> bytes | None:
        path = folder / kind / f"{stem}.ics"
        return path.read_bytes() if stem and path.is_file() else None

    return written


def _after(since: Plan, plan: Plan) -> list[Plan]:
    """The plans from the one after the earlier to the later one,
    in order; of no chain nothing, since then no cause is known.
    """
    found, now = [plan], plan
    while now.predecessor is not None and now.predecessor_id != since.id:
        now = now.predecessor
        found.insert(0, now)
    return found if now.predecessor_id == since.id else []


def one(of: Sending, addressee: Addressee, link: Link | None = None) -> tuple[Letter, bytes | None]:
    """A letter, and its message where it can be sent."""
    letter = letter_to(of.with_link(link) if link else of, addressee)
    sendable = letter.sender is not None and letter.email is not None
    return letter, as_message(of, letter) if sendable else None


def find(of: Sending, kind: str, owner: str) -> Addressee | None:
    """Who gets the letter of that calendar's reader; None if nobody does."""
    return next((one for one in addressees(of) if (one.kind, one.owner) == (kind, owner)), None)


def as_zip(of: Sending, link: Link) -> bytes:
    """What ``utskick`` writes into a folder."""
    linked = of.with_link(link)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files(linked, letters(linked), with_invitations=False)):
            member = zipfile.ZipInfo(path.as_posix(), _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return buffer.getvalue()


def links(config: Config, term: Term, by: Actor) -> Link:
    """The address of each reader's calendar: of the subscription that she has, else of a new one."""

    @cache
    def make() -> Callable[[str, str], Subscription | None]:
        return subscribing.maker(config, term, by)

    def link(kind: str, owner: str) -> str | None:
        known = term.subscriptions.filter(kind=kind, owner=owner, revoked=None).order_by("id").first()
        found = known or make()(kind, owner)
        return None if found is None else subscribing.address(config, found)

    return link
