"""plan.json and indata.json (OUTPUT.md, schema 2): the plan, and the problem it was made from in one normal form.

After a re-plan also andringar.json: what it changed, why, and what stability cost.

All are pure functions of what they are given. Every row of a list has a line of its own, so that two plans can be
compared with any diff tool. Order that carries no meaning is put in order, so that equal content gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from models.base import Frozen, later_fields
from models.change import PlanDiff
from models.ids import Level, MentorLevel
from models.plan import SCHEMA, Booking, LevelResult, MentorPair, Occasion, Plan, Reason, Requirement
from models.problem import Forecast, Hire, Mentor, Part, Programme, Round, Settings, Task, TermProblem
from outputs import sound_input
from outputs.years import faraway

INPUT_SCHEMA = 1
CHANGES_SCHEMA = 1

_LEVEL_ORDER = {level: number for number, level in enumerate(Level)}
_MENTOR_LEVELS = {level: number for number, level in enumerate(MentorLevel)}
_SHOWN_FAULTS = 3
_MOST_DIGITS = 12
_MOST = 10**_MOST_DIGITS


def _held_in(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The kind itself, and all that its fields hold."""
    yield kind
    for field in kind.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _held_in(part)


def _parts(annotation: object) -> Iterator[object]:
    """The types that an annotation is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


DAYS = frozenset(
    name
    for stored in (Plan, TermProblem, PlanDiff)
    for kind in _held_in(stored)
    for name, field in kind.model_fields.items()
    if {date, datetime, time}.intersection(_parts(field.annotation))
)
"""Keys of the stored files that hold days and times, which are written as text."""

_Ordered = TypeVar("_Ordered", int, str)
_Model = TypeVar("_Model", Plan, TermProblem, PlanDiff)


class DamagedFileError(ValueError):
    """A plan.json, indata.json or andringar.json that cannot be used; the message is Swedish and says where."""


def plan_parts(plan: Plan) -> Iterator[bytes]:
    """plan.json, piece by piece: with millions of reasons it need not lie in memory as a whole.

    Lists come out sorted by their leading ids, levels in the order of MODEL.md.
    """
    return _document(
        {
            "schema": plan.schema_,
            "plan_number": plan.plan_number,
            "planning_date": plan.planning_date,
            "term": plan.term,
            "horizon": plan.horizon,
            "input_sha256": plan.input_sha256,
            "previous": _fields(plan.previous) if plan.previous else None,
            **({"series": plan.series} if plan.series is not None else {}),
            "seed": plan.seed,
            "bookings": sorted(plan.bookings, key=_seat),
            "cancelled": sorted(plan.cancelled, key=_seat),
            "requirements": _Rows(_requirements(plan.requirements)),
            "rounds": sorted(plan.rounds, key=lambda r: r.round),
            "levels": sorted(plan.levels, key=_level_number),
            **_mentors(plan),
            "events": sorted(plan.events, key=lambda e: (e.calendar, e.owner, e.session)),
            **({"tasks": sorted(plan.tasks, key=lambda t: (t.hire, t.task, t.number))} if plan.tasks else {}),
            "used_sessions": sorted(plan.used_sessions, key=lambda s: s.session),
            "files": dict(sorted(plan.files.items())),
        }
    )


def _mentors(plan: Plan) -> dict[str, Any]:
    """No keys where the input has no mentors; a row says ``kept`` of a pair, ``reason`` of a hire without a mentor."""
    if not plan.mentors:
        return {}
    rows = _Rows(_encode(_mentor(pair)) for pair in sorted(plan.mentors, key=lambda pair: pair.hire))
    return {"mentors": rows, "mentor_levels": sorted(plan.mentor_levels, key=lambda row: _MENTOR_LEVELS[row.name])}


def _mentor(pair: MentorPair) -> dict[str, Any]:
    told = {"kept": pair.kept} if pair.mentor is not None else {"reason": pair.reason}
    return {"hire": pair.hire, "mentor": pair.mentor, **told}


def read_plan(data: bytes) -> Plan:
    """The plan of a plan.json; raises DamagedFileError."""
    found = _object("plan.json", data, range(1, SCHEMA + 1), _one_of_each_reason())
    plan = _validated("plan.json", Plan, found)
    _refuse_years("plan.json", (plan.planning_date, *plan.horizon))
    for booking in (*plan.bookings, *plan.cancelled):
        _refuse_naive(booking.session, booking)
        _refuse_years("plan.json", (booking.start, booking.end, booking.changed_on))
    for event in plan.events:
        _refuse_years("plan.json", (event.changed_on,))
        if event.last is not None:
            _refuse_naive(event.session, event.last)
            _refuse_years("plan.json", (event.last.start, event.last.end))
    for task in plan.tasks:
        _refuse_years("plan.json", (task.changed_on,))
    for requirement in plan.requirements:
        _refuse_years("plan.json", (requirement.deadline, requirement.completed_on))
    return plan


def _refuse_years(name: str, days: Iterable[date | None]) -> None:
    """Years so far away that no calendar can count with them."""
    for fault in faraway(days):
        raise DamagedFileError(f"{name} är skadad: {fault}")


def _refuse_naive(session: str, dated: Booking | Occasion) -> None:
    if dated.start.utcoffset() is None or dated.end.utcoffset() is None:
        raise DamagedFileError(f"plan.json är skadad: en rad om {session} har en tid utan tidszon")


def problem_bytes(problem: TermProblem) -> bytes:
    """indata.json: the problem in normal form, every default written out."""
    return b"".join(_document({"schema": INPUT_SCHEMA} | _fields(_normal(problem))))


def read_problem(data: bytes) -> TermProblem:
    """The problem of an indata.json; raises DamagedFileError."""
    found = _object("indata.json", data, range(1, INPUT_SCHEMA + 1))
    del found["schema"]
    problem = _validated("indata.json", TermProblem, found)
    for fault in sound_input.faults(problem):
        raise DamagedFileError(f"indata.json är skadad: {fault}")
    return problem


def problem_sha256(problem: TermProblem) -> str:
    """The hash that a plan keeps of its input: two spellings of one input share it."""
    return hashlib.sha256(problem_bytes(problem)).hexdigest()


def changes_bytes(changes: PlanDiff) -> bytes:
    """andringar.json: every changed seat with its cause, the
    number of unchanged ones, and what each stability gives.
    """
    return b"".join(_document({"schema": CHANGES_SCHEMA} | _fields(changes)))


def read_changes(data: bytes) -> PlanDiff:
    """The changes of an andringar.json; raises DamagedFileError."""
    found = _object("andringar.json", data, range(1, CHANGES_SCHEMA + 1))
    del found["schema"]
    return _validated("andringar.json", PlanDiff, found)


@dataclass(frozen=True)
class _Rows:
    """The rows of a list as JSON, already encoded."""

    lines: Iterator[str]


def _document(content: Mapping[str, Any]) -> Iterator[bytes]:
    """A JSON object with a line for each key, and for each row of a list of objects."""
    before = "{"
    for key, value in content.items():
        yield f"{before}{_encode(key)}: ".encode()
        yield from _value(value)
        before = ",\n "
    yield b"}\n"


def _value(value: object) -> Iterator[bytes]:
    if isinstance(value, Sequence) and value and isinstance(value[0], Frozen):
        value = _Rows(_encode(row) for row in value)
    if not isinstance(value, _Rows):
        yield _encode(value).encode()
        return
    before = "[\n  "
    for line in value.lines:
        yield f"{before}{line}".encode()
        before = ",\n  "
    yield b"]" if before.startswith(",") else b"[]"


def _plain(value: object) -> object:
    """What json does not know by itself. Aware datetimes come out with their UTC offset."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Frozen):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _fields(value: Frozen) -> dict[str, Any]:
    """Field names and values in the order of the class, without
    pydantic's slower walk; less what ``LATER`` leaves out.
    """
    kind = type(value)
    content = {name: getattr(value, name) for name in kind.model_fields}
    for name, default in later_fields(kind).items():
        if content[name] == default:
            del content[name]
    return content


_encode = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


def _requirements(requirements: Iterable[Requirement]) -> Iterator[str]:
    """A line each. Of reasons there may be millions, and few different ones: each of these is encoded once."""
    known: dict[tuple[object, ...], str] = {}
    for requirement in sorted(requirements, key=lambda r: (r.hire, r.programme)):
        content = _fields(requirement)
        reasons = sorted(content.pop("reasons"), key=_round_of)
        suggestions = content.pop("suggestions")
        keys = [_likeness_of(reason) for reason in reasons]
        known.update({key: _encode(_reason(r)) for key, r in zip(keys, reasons, strict=True) if key not in known})
        line = f'{_encode(content)[:-1]}, "reasons": [{", ".join([known[key] for key in keys])}]'
        yield line + (f', "suggestions": {_encode(suggestions)}' if suggestions else "") + "}"


_round_of = attrgetter("round")
_likeness_of = attrgetter(*Reason.model_fields)


def _reason(reason: Reason) -> dict[str, Any]:
    content = _fields(reason)
    if reason.level is None:
        del content["level"]
    return content


def _seat(booking: Booking) -> tuple[str, str, int, int, str]:
    return (booking.hire, booking.programme, booking.module, booking.meeting, booking.session)


def _level_number(result: LevelResult) -> int:
    return _LEVEL_ORDER[result.name]


def _normal(problem: TermProblem) -> TermProblem:
    """Tables sorted by their leading ids, sets too and free of repeats. Trainers keep their order: people see it."""
    return problem.model_copy(
        update={
            "settings": _normal_settings(problem.settings),
            "holidays": tuple(sorted(problem.holidays, key=lambda h: (h.day, h.name))),
            "breaks": tuple(
                sorted(
                    (b.model_copy(update={"organisations": _set(b.organisations)}) for b in problem.breaks),
                    key=lambda b: (b.name, b.first, b.last, b.organisations),
                )
            ),
            "organisations": tuple(sorted(problem.organisations, key=lambda o: o.id)),
            "programmes": tuple(sorted(map(_normal_programme, problem.programmes), key=lambda p: p.id)),
            "rounds": tuple(sorted(map(_normal_round, problem.rounds), key=lambda r: r.id)),
            "sessions": tuple(sorted(problem.sessions, key=lambda s: s.id)),
            "quotas": tuple(sorted(problem.quotas, key=lambda q: (q.round, q.organisation))),
            "hires": tuple(sorted(map(_normal_hire, problem.hires), key=lambda h: h.id)),
            "absences": tuple(sorted(problem.absences, key=lambda a: (a.hire or "", a.trainer or "", a.first, a.last))),
            "bookings": tuple(sorted(problem.bookings, key=lambda b: (b.hire, b.session))),
            "barred": tuple(sorted(problem.barred, key=lambda b: (b.hire, b.round))),
            "attendance": tuple(sorted(problem.attendance, key=lambda a: (a.hire, a.session))),
            "trainers": tuple(sorted(problem.trainers, key=lambda t: t.id)),
            "mentors": tuple(sorted(map(_normal_mentor, problem.mentors), key=lambda m: m.id)),
            "tasks": tuple(sorted(map(_normal_task, problem.tasks), key=lambda t: t.id)),
            "forecast": tuple(sorted(map(_normal_forecast, problem.forecast), key=_encode)),
        }
    )


def _normal_settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"open_weekdays": _set(settings.open_weekdays)})


def _normal_programme(programme: Programme) -> Programme:
    return programme.model_copy(
        update={
            "after": _set(programme.after),
            "target_groups": _set(programme.target_groups),
            "organisations": _set(programme.organisations),
            "modules": tuple(sorted(programme.modules, key=lambda m: m.number)),
        }
    )


def _normal_round(round_: Round) -> Round:
    return round_.model_copy(update={"organisations": _set(round_.organisations)})


def _normal_hire(hire: Hire) -> Hire:
    return hire.model_copy(
        update={
            "weekdays": _set(hire.weekdays),
            "target_groups": _set(hire.target_groups),
            "programmes": None if hire.programmes is None else _set(hire.programmes),
            "credits": tuple(sorted(set(hire.credits), key=_part)),
        }
    )


def _normal_mentor(mentor: Mentor) -> Mentor:
    return mentor.model_copy(update={"weekdays": _set(mentor.weekdays), "target_groups": _set(mentor.target_groups)})


def _normal_task(task: Task) -> Task:
    return task.model_copy(
        update={
            "organisations": _set(task.organisations),
            "target_groups": _set(task.target_groups),
            "after": tuple(sorted(set(task.after), key=_part)),
        }
    )


def _normal_forecast(forecast: Forecast) -> Forecast:
    return forecast.model_copy(
        update={"weekdays": _set(forecast.weekdays), "target_groups": _set(forecast.target_groups)}
    )


def _part(part: Part) -> tuple[str, int]:
    return (part.programme, -1 if part.module is None else part.module)


def _set(values: Iterable[_Ordered]) -> tuple[_Ordered, ...]:
    return tuple(sorted(set(values)))


def _one_of_each_reason() -> Callable[[dict[str, Any]], Any]:
    """Makes one reason of all that are equal: a nation's plan has six million, and ten thousand different ones.

    Read one by one they take 5 GB. What looks like a reason and is none is left as it is, for the validation to say so.
    """
    known: dict[tuple[tuple[str, Any], ...], Reason] = {}

    def shared(found: dict[str, Any]) -> Any:  # noqa: ANN401
        if "rule" not in found:
            return found
        try:
            key = tuple(found.items())
            if key not in known:
                known[key] = Reason.model_validate(found)
            return known[key]
        except (TypeError, ValidationError):
            return found

    return shared


def _object(
    name: str, data: bytes, schemas: range, of_each: Callable[[dict[str, Any]], Any] | None = None
) -> dict[str, Any]:
    """The JSON object in the bytes, if its schema number is one of
    ``schemas``; ``of_each`` is what becomes of each object in it.
    """
    try:
        found = json.loads(
            data,
            object_pairs_hook=lambda pairs: _once(name, pairs, of_each),
            parse_int=lambda digits: _whole(name, digits),
            parse_float=lambda written: _decimal(name, written),
            parse_constant=lambda written: _no_number(name, written),
        )
    except DamagedFileError:
        raise
    except ValueError as error:  # also bytes that are not UTF-8
        raise DamagedFileError(f"{name} är skadad: innehållet är inte JSON ({_where(error)})") from error
    except RecursionError as error:
        raise DamagedFileError(f"{name} är skadad: innehållet är nästlat för djupt") from error
    if b"\\u" in data and not _is_text(found):
        raise DamagedFileError(f"{name} är skadad: ett halvt tecken (\\ud800 till \\udfff) står ensamt")
    if not isinstance(found, dict):
        raise DamagedFileError(f"{name} är skadad: innehållet är inte ett JSON-objekt")
    number = found.get("schema")
    newest = schemas[-1]
    if type(number) is int and number > newest:
        raise DamagedFileError(
            f"{name} har schema {number}, men det här programmet läser schema {newest}: uppdatera terminsplan"
        )
    if type(number) is not int or number not in schemas:
        numbers = " eller ".join(map(str, schemas))
        raise DamagedFileError(f"{name} är skadad eller av annat slag: nyckeln schema är inte {numbers}")
    return found


def _once(name: str, pairs: list[tuple[str, Any]], of_each: Callable[[dict[str, Any]], Any] | None) -> Any:  # noqa: ANN401
    """An object with each key once: of two values for one key, nobody could say which one is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if any(key == k for k, _ in pairs[:number]))
        raise DamagedFileError(f"{name} är skadad: nyckeln {twice} står två gånger i samma objekt")
    for key in DAYS.intersection(found):
        if _is_number(found[key]):
            first, value = pairs[0]
            raise DamagedFileError(
                f"{name} är skadad: {key} i raden med {first} {value} är ett tal; dagar och tider skrivs som text, "
                'till exempel "2026-09-15"'
            )
    return found if of_each is None else of_each(found)


def _is_number(value: object) -> bool:
    """A number, or one in a list or in quotes, of which a count of
    seconds since 1970 would be made where a day or a time is meant.
    """
    if isinstance(value, list):
        return any(map(_is_number, value))
    return value.isdigit() if isinstance(value, str) else isinstance(value, int | float)


def _whole(name: str, digits: str) -> int:
    """A whole number that the solver can count with."""
    if len(digits) > _MOST_DIGITS:
        raise DamagedFileError(f"{name} är skadad: ett tal har fler än {_MOST_DIGITS} siffror")
    return int(digits)


def _decimal(name: str, written: str) -> float:
    found = float(written)
    if not -_MOST < found < _MOST:
        raise DamagedFileError(f"{name} är skadad: ett tal har fler än {_MOST_DIGITS} siffror")
    return found


def _no_number(name: str, written: str) -> float:
    raise DamagedFileError(f"{name} är skadad: {written} är inget tal")


def _is_text(found: object) -> bool:
    try:
        _encode(found).encode()
    except UnicodeEncodeError:
        return False
    return True


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"rad {error.lineno}, tecken {error.colno}"
    return "tecknen är inte UTF-8"


def _validated(name: str, kind: type[_Model], found: dict[str, Any]) -> _Model:
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        faults = [
            _fault(tuple(f["loc"]), f["type"], f["msg"]) for f in error.errors(include_input=False, include_url=False)
        ]
        more = f" och {len(faults) - _SHOWN_FAULTS} fel till" if len(faults) > _SHOWN_FAULTS else ""
        raise DamagedFileError(f"{name} är skadad: {'; '.join(faults[:_SHOWN_FAULTS])}{more}") from error


def _fault(location: tuple[int | str, ...], kind: str, message: str) -> str:
    """One fault in Swedish. Only our own checks of cross-references (``value_error``) speak Swedish by themselves."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    if kind == "missing":
        return f"{path} saknas"
    if kind == "extra_forbidden":
        return f"{path} är okänd"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return f"{path} har ett värde som inte går att använda"
