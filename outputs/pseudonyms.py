"""Names and addresses of people replaced by ids, for ``--pseudonymer`` (OUTPUT.md, What must not get out).

Applied to what the writers are given, so that no writer can forget it. Ids stay, and with them everything that is
compared or counted; an id that is itself a name is not hidden by this. Administrations, units, places and courses keep
their names: they are not people.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from columns.kinds import Column, Personal
from columns.settings import SETTINGS
from columns.tables import SESSIONS, TABLES
from models.ids import Responsible
from models.plan import Booking, Occasion, Plan, SharedEvent
from models.problem import Settings, TermProblem

# RFC 2606: never a real domain, so nothing can be sent by mistake.
_DOMAIN = "pseudonym.invalid"
_PLAIN = str.maketrans("åäö", "aao")
_TRAINER, _MANAGER, _RESPONSIBLE = "Utbildare", "Chef", "Ansvarig"
_ALIAS = re.compile("(?:Utbildare|Chef|Ansvarig) [0-9a-f]{8}")


def pseudonymise(problem: TermProblem) -> TermProblem:
    """The problem with ids for the names of hires and mentors and for their addresses, and aliases for all others."""
    hidden: dict[str, object] = {"settings": _settings(problem.settings)}
    for table in TABLES:
        personal = [column for column in table.columns if column.personal is not None]
        if personal and table.collection is not None:
            hidden[table.collection] = tuple(_item(item, personal) for item in getattr(problem, table.collection))
    return problem.model_copy(update=hidden)


def pseudonymise_plan(plan: Plan) -> Plan:
    """The plan with the trainers' aliases of ``pseudonymise``; of hires it holds ids only."""
    return plan.model_copy(
        update={
            "bookings": tuple(_booking(b) for b in plan.bookings),
            "cancelled": tuple(_booking(b) for b in plan.cancelled),
            "events": tuple(_event(e) for e in plan.events),
        }
    )


def _alias(title: str, name: str) -> str:
    """Made of the name alone: were they numbered, a new trainer would change the others' in every calendar.

    An alias is its own: late rows come on top of what has aliases already. Pseudonyms are not anonymous: whoever
    guesses a name can confirm it.
    """
    return name if _ALIAS.fullmatch(name) else f"{title} {_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _settings(settings: Settings) -> Settings:
    hidden = {
        setting.field: _hidden(setting.personal, getattr(settings, setting.field), setting.key.translate(_PLAIN))
        for setting in SETTINGS
        if setting.personal is not None
    }
    return settings.model_copy(update=hidden)


def _item(item: Any, personal: Iterable[Column]) -> Any:  # noqa: ANN401  # a row of whichever table
    id_ = getattr(item, "id", "")
    update = {c.field: _hidden(c.personal, getattr(item, c.field), id_) for c in personal if c.personal}
    return item.model_copy(update=update)


def _hidden(personal: Personal, value: Any, id_: str) -> object:  # noqa: ANN401, PLR0911  # what the column holds; one return a kind
    """What stands instead of a value; ``id_`` is what it belongs to. What was not there stays so."""
    if not value:
        return value
    match personal:
        case Personal.NAME:
            return id_
        case Personal.ADDRESS:
            return _address(id_)
        case Personal.TRAINER:
            many = isinstance(value, tuple)
            return tuple(_alias(_TRAINER, name) for name in value) if many else _alias(_TRAINER, value)
        case Personal.MANAGER:
            return _alias(_MANAGER, value)
        case Personal.MANAGER_ADDRESS:
            return value if value.endswith(f"@{_DOMAIN}") else _address(f"chef-{_digest(value)}")
        case Personal.RESPONSIBLE:
            return value if value in set(Responsible) else _alias(_RESPONSIBLE, value)


def _booking(booking: Booking) -> Booking:
    return booking.model_copy(update=_told(booking, booking.session))


def _event(event: SharedEvent) -> SharedEvent:
    if event.last is None:
        return event
    last = event.last.model_copy(update=_told(event.last, event.session))
    return event.model_copy(update={"last": last})


def _told(shown: Booking | Occasion, session: str) -> dict[str, object]:
    """What stands instead of what a seat or an event tells of its session."""
    fields = type(shown).model_fields
    return {
        c.field: _hidden(c.personal, getattr(shown, c.field), session)
        for c in SESSIONS.columns
        if c.personal and c.field in fields
    }


def _address(id_: str) -> str:
    return f"{quote(id_, safe='')}@{_DOMAIN}"
