"""A job asked for: what the page and the API have in common."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from columns.kinds import FIRST_YEAR, LAST_YEAR
from models.ids import Stability
from service import planning_days
from service.access import Actor, published
from service.inputs_of_terms import newest
from service.models import AuditEntry, Job, Plan, Publication, Term

PLAN, REPLAN, TRY, TAKE_BACK = "plan", "replan", "try", "take_back"
MOST_SECONDS = 86_400.0
_MOST_SEED = 2**31 - 1
_MOST_WISHES = 100


class RefusedJobError(Exception):
    """The job cannot be done: why, in Swedish; ``conflict`` if what there is stands against it, not what was asked.

    ``option`` is the one that is wrong, with which the message begins; a page calls it by the name of its field.
    """

    def __init__(self, message: str, *, conflict: bool = False, option: str = "") -> None:
        super().__init__(f"{option} {message}" if option else message)
        self.conflict = conflict
        self.option = option
        self.message = message


def ask(term: Term, options: Mapping[str, Any], by: Actor, *, group: str | None = None) -> Job:
    """A job in the queue; raises RefusedJobError. ``base``, a draft, is gone on from instead of the published plan.

    Jobs with the same ``group`` are alternatives, of which one is chosen.
    """
    kind = options.get("kind")
    if kind not in (PLAN, REPLAN):
        raise RefusedJobError("ska vara plan eller replan.", option="kind")
    checked = _checked(options)
    version = newest(term)
    if version is None:
        raise RefusedJobError("Terminen har inget underlag än. Ladda upp ett och försök igen.")
    if not version.plannable:
        raise RefusedJobError(f"Underlagets version {version.number} har fel. Rätta dem och försök igen.")
    base = (options.get("base") or _base(term)) if kind == REPLAN else None
    if "planning_date" not in checked and (day := planning_days.asked(version.sizes)):
        checked["planning_date"] = day.isoformat()
    if kind == PLAN:
        checked.pop("stability", None)
    if group:
        checked["group"] = group
    job = Job.objects.create(term=term, version=version, base=base, kind=kind, options=checked, by=by.name)
    AuditEntry.objects.create(by=by.name, what="jobb", term=term, details=f"{kind} {job.id}")
    return job


def ask_side_by_side(term: Term, options: Mapping[str, Any], by: Actor) -> list[Job]:
    """A re-plan of the published plan for each stability, to choose one of; raises RefusedJobError."""
    group = secrets.token_hex(8)
    with transaction.atomic():
        return [
            ask(term, {**options, "kind": REPLAN, "base": None, "stability": stability.value}, by, group=group)
            for stability in Stability
        ]


def side_by_side(term: Term) -> list[Job]:
    """The newest alternatives, in the order of the stabilities; none where nobody has asked for them."""
    jobs = Job.objects.filter(term=term, kind=REPLAN, options__has_key="group").select_related(
        "plan", "base", "version"
    )
    newest = list(jobs.order_by("-id")[: len(Stability)])
    return sorted((job for job in newest if job.options["group"] == newest[0].options["group"]), key=lambda job: job.id)


def not_chosen(plans: Iterable[Plan]) -> set[int]:
    """Ids of the plans among these that are alternatives of which another was chosen, or none yet."""
    jobs = Job.objects.filter(plan__in=[plan.id for plan in plans], options__has_key="group")
    return {job.plan_id for job in jobs if job.plan_id and not job.options.get("chosen")}


def ask_try(plan: Plan, wishes: Mapping[str, Any], by: Actor) -> Job:
    """What it costs to move somebody by hand; raises RefusedJobError."""
    options = {"move": _moves(wishes.get("move") or ()), "bar": _bars(wishes.get("bar") or ())}
    if not options["move"] and not options["bar"]:
        raise RefusedJobError("Ange minst ett önskemål i move eller bar.")
    _refuse_unknown(plan, [*options["move"], *options["bar"]])
    job = Job.objects.create(term=plan.term, version=plan.version, base=plan, kind=TRY, options=options, by=by.name)
    AuditEntry.objects.create(by=by.name, what="jobb", term=plan.term, details=f"{TRY} {job.id}")
    return job


def _refuse_unknown(plan: Plan, wishes: Iterable[Mapping[str, Any]]) -> None:
    """Raises RefusedJobError where a wish names what the plan does not have."""
    rows = list(wishes)
    places = (("hire", plan.people), ("programme", plan.rounds), ("round", plan.rounds))
    for option, known in places:
        named = dict.fromkeys(row[option] for row in rows if option in row)
        there = set(known.filter(**{f"{option}__in": list(named)}).values_list(option, flat=True))
        if unknown := [one for one in named if one not in there]:
            raise RefusedJobError(f"”{unknown[0]}” finns inte i planen; skriv ett id som står där.", option=option)


def ask_back(publication: Publication, options: Mapping[str, Any], by: Actor) -> Job:
    """An earlier publication as a draft that can be published next; raises RefusedJobError."""
    now = published(publication.term)
    if now is None or now.plan_id == publication.plan_id:
        raise RefusedJobError("Den planen är den som är publicerad nu.", conflict=True)
    checked = {**_checked(options), "back_to": publication.plan_id}
    earlier = publication.plan
    job = Job.objects.create(
        term=publication.term, version=earlier.version, base=now.plan, kind=TAKE_BACK, options=checked, by=by.name
    )
    details = f"{TAKE_BACK} {job.id}, publicering {publication.number}"
    AuditEntry.objects.create(by=by.name, what="jobb", term=publication.term, details=details)
    return job


def _moves(rows: object) -> list[dict[str, Any]]:
    found = []
    for row in _rows(rows, "move"):
        module = row.get("module")
        if module is not None and (not isinstance(module, int) or isinstance(module, bool) or not 0 < module < 1000):
            raise RefusedJobError("ska vara ett momentnummer.", option="module")
        wish = {name: _text(row, name) for name in ("hire", "programme")}
        found.append({**wish, "module": module, "round": _text(row, "round")})
    return found


def _bars(rows: object) -> list[dict[str, Any]]:
    return [{name: _text(row, name) for name in ("hire", "round")} for row in _rows(rows, "bar")]


def _rows(rows: object, name: str) -> list[Mapping[str, Any]]:
    if (
        not isinstance(rows, (list, tuple))
        or len(rows) > _MOST_WISHES
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise RefusedJobError(f"ska vara en lista med högst {_MOST_WISHES} önskemål.", option=name)
    return list(rows)


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= 100:
        raise RefusedJobError("ska vara ett id.", option=name)
    return found


def _base(term: Term) -> Plan:
    now = published(term)
    if now is None:
        raise RefusedJobError("Ingen plan är publicerad än, så det finns inget att planera om från.", conflict=True)
    return now.plan


def _checked(options: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if options.get("max_seconds") is not None:
        found["max_seconds"] = _number(options["max_seconds"], "max_seconds", 0.001, MOST_SECONDS, whole=False)
    if options.get("seed") is not None:
        found["seed"] = int(_number(options["seed"], "seed", 0, _MOST_SEED, whole=True))
    if options.get("planning_date") is not None:
        found["planning_date"] = _day(options["planning_date"])
    if options.get("stability") is not None:
        if options["stability"] not in [stability.value for stability in Stability]:
            raise RefusedJobError("ska vara fast, varsam eller fri.", option="stability")
        found["stability"] = options["stability"]
    return found


def _number(value: object, name: str, least: float, most: float, *, whole: bool) -> float:
    fits = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not fits or not least <= value <= most:  # type: ignore[operator]  # a number, as was just found
        raise RefusedJobError(
            f"ska vara ett {'heltal' if whole else 'tal'} från {_written(least)} till {_written(most)}.", option=name
        )
    return float(value)  # type: ignore[arg-type]


def _written(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}".replace(".", ",")


def _day(value: object) -> str:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise RefusedJobError("ska vara ett datum som 2026-08-03.", option="planning_date")
    return found.isoformat()


def stop(job: Job, by: Actor) -> None:
    """No more than the best plan so far; what waits yet is never begun."""
    waiting = Job.objects.filter(id=job.id, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, message="Avbrutet innan det började."):
        Job.objects.filter(id=job.id, state=Job.State.RUNNING).update(stop=True)
    AuditEntry.objects.create(by=by.name, what="jobb avbrutet", term_id=job.term_id, details=str(job.id))
