"""Letters of a published plan, as ``utskick`` writes them, with the address of each reader's own calendar."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from outputs.letters.files import files, letters, without_sender
from outputs.letters.sending import Letter, Sending, no_link
from scheduler.answers.differences import diff
from service import subscribing
from service.access import Actor
from service.config import Config
from service.models import Plan, Publication, Term
from terminsplan.store import open_plan

Link = Callable[[str, str], str | None]
_FIXED_TIME = (2026, 1, 1, 0, 0, 0)


def published_before(publication: Publication) -> Plan | None:
    """The plan that was published before; None for the first one."""
    before = Publication.objects.filter(term_id=publication.term_id, number__lt=publication.number)
    found = before.select_related("plan").order_by("-number").first()
    return found.plan if found else None


def sending(config: Config, plan: Plan, since: Plan | None, link: Link = no_link) -> Sending:
    """All of the plan; with an earlier one, what is another since."""
    stored = open_plan(config.plans / plan.folder)
    if since is None:
        return Sending(stored.problem, stored.plan, link=link)
    earlier = open_plan(config.plans / since.folder)
    changes = stored.changes if plan.predecessor_id == since.id else None
    if changes is None:
        left = (hire for hire in earlier.problem.hires if hire.id not in stored.problem.hire_by_id)
        changes = diff(earlier.plan, stored.plan, {}, left)
    return Sending(stored.problem, stored.plan, changes, earlier.problem, earlier.plan, link)


def written(of: Sending) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
    """The letters, and the administrations whose letters have nobody to be from."""
    found = letters(of)
    return found, without_sender(found)


def as_zip(of: Sending, found: tuple[Letter, ...]) -> bytes:
    """What ``utskick`` writes into a folder."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files(of, found, with_invitations=False)):
            member = zipfile.ZipInfo(path.as_posix(), _FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return buffer.getvalue()


def links(config: Config, term: Term, by: Actor) -> Link:
    """The address of each reader's calendar: of the subscription that she has, else of a new one."""
    make = subscribing.maker(config, term, by)
    known = {(row.kind, row.owner): row for row in term.subscriptions.filter(revoked=None).order_by("-id")}

    def link(kind: str, owner: str) -> str | None:
        if (kind, owner) not in known:
            made = make(kind, owner)
            if made is None:
                return None
            known[kind, owner] = made
        return subscribing.address(config, known[kind, owner])

    return link
