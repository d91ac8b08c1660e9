"""Hires, programmes and rounds as they are named on the command
line: by id or by name, with what was probably meant by another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from inputs.names import fold, nearest
from models.problem import Hire, TermProblem
from terminsplan.exits import RefusedError

_NAMED = 10
_NEAR = 0.75
"""Of names, as difflib measures: one letter of four may be another."""


def find_hire(problem: TermProblem, wanted: str) -> Hire:
    """The hire with that id, that name, or the only one with
    all of it in her name: whole names go before parts of them.
    """
    if wanted in problem.hire_by_id:
        return problem.hire_by_id[wanted]
    sought = fold(wanted)
    parts = sought.split()
    named = [(h, fold(h.name)) for h in problem.hires]
    found = [h for h, name in named if sought == fold(h.id) or sorted(parts) == sorted(name.split())]
    found = found or [h for h, name in named if set(parts) <= set(name.split()) and parts]
    found = found or [h for h, name in named if all(part in name for part in parts)]
    if len(found) == 1:
        return found[0]
    if found:
        more = [f"… och {len(found) - _NAMED} till"] if len(found) > _NAMED else []
        names = [_introduced(problem, hire) for hire in found[:_NAMED]]
        raise RefusedError(f"Flera heter så: ange id i stället för ”{wanted}”.", *names, *more)
    raise RefusedError(f"Ingen nyanställd heter eller har id ”{wanted}”.", *_alike(sought, problem.hires))


def _introduced(problem: TermProblem, hire: Hire) -> str:
    """Her id first, and where she works, which tells two of one name apart."""
    employer = problem.organisation_by_id[hire.organisation].name
    return f"{hire.id}  {hire.name}, {', '.join(filter(None, [employer, hire.unit]))}"


def _alike(sought: str, hires: Sequence[Hire]) -> Iterator[str]:
    """Whom one may have meant: a name nearly so written, an id
    with a sign too many, too few or two in the wrong order.
    """
    if any(sign.isdigit() for sign in sought):
        close = [h for h in hires if _bare(sought) == _bare(fold(h.id))]
        close = close or [h for h in hires if _one_slip(sought, fold(h.id))]
    else:
        names = {name: h for h in hires for name in (*fold(h.name).split(), fold(h.name))}
        close = [names[name] for name in get_close_matches(sought, names, cutoff=_NEAR)]
    yield from (f"Menade du {h.name} ({h.id})?" for h in close[:1])


def _bare(id_: str) -> str:
    return id_.replace("0", "")


def _one_slip(one: str, other: str) -> bool:
    """One sign is missing or two are swapped; another digit is another id."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return any(short[:n] + short[n + 1] + short[n] + short[n + 2 :] == long for n in range(len(short) - 1))
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def find_programme(problem: TermProblem, wanted: str) -> str:
    """The id of the programme with that id or name."""
    known = {word: p.id for p in problem.programmes for word in (p.name, p.id)}
    return _found(wanted, known, f"Utbildningen ”{wanted}” finns inte.", [p.id for p in problem.programmes])


def find_round(problem: TermProblem, wanted: str, programme: str | None = None) -> str:
    """The id of the round with that id; where it is none, rounds of the ``programme`` are suggested."""
    rounds = problem.rounds_of[programme] if programme else problem.rounds
    known = {r.id: r.id for r in problem.rounds}
    return _found(wanted, known, f"Omgången ”{wanted}” finns inte.", [r.id for r in rounds])


def _found(wanted: str, known: Mapping[str, str], unknown: str, ids: Sequence[str]) -> str:
    if wanted in known:
        return known[wanted]
    sought = wanted.casefold().strip()
    found = {id_ for word, id_ in known.items() if word.casefold() == sought}
    if len(found) == 1:
        return found.pop()
    close = nearest(wanted, ids)
    some = f"{', '.join(ids[:_NAMED])}{' …' if len(ids) > _NAMED else ''}"
    raise RefusedError(unknown, *([f"Menade du {close}?"] if close else []), f"Välj bland: {some}.")
