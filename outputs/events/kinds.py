"""Calendars that show sessions with somebody's people: a kind of
receiver each, one entry in ``KINDS`` (OUTPUT.md, Files in UT).

Who gets which people is data: a kind says for each hire, or for each session, whose calendars it is in. All of them
follow the same rules of identity, numbering and cancellation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.plan import Plan
from models.problem import Hire, Organisation, Session, TermProblem
from outputs.event_text import one_line
from outputs.events.identity import ADMINISTRATION, MANAGER, MENTOR, ROUND, TRAINER, UNIT

Groups = Mapping[str, Sequence[Hire]]
"""The participants of a session whom each owner of a calendar reads of."""
Grouping = Callable[[Session, Sequence[Hire]], Groups]


@dataclass(frozen=True)
class SharedKind:
    """One kind of calendar. ``id`` is its folder's name and part of its UIDs.

    ``titles``: every owner in the input, with what her calendar is called. ``grouping``: which
    participants stand in whose calendar. ``participant``: how one stands in the list. ``employer``:
    whose address is the sender's where the setting is blank. ``gone``: what a cancelled event says;
    ``withdrawn``: what it says instead where others still meet, None for calendars that are a session's
    own. ``own_time``: whether its reader is there herself. ``name``: what an owner's file is called.
    """

    id: str
    colour: str
    titles: Callable[[TermProblem], Mapping[str, str]]
    grouping: Callable[[TermProblem, Plan], Grouping]
    participant: Callable[[TermProblem, Hire], tuple[str | None, ...]]
    employer: Callable[[TermProblem, str], Organisation | None]
    gone: str
    withdrawn: str | None
    own_time: bool = False
    name: Callable[[str], str] = str


def within(organisation: str, name: str) -> str:
    """An owner's id that is made of an administration's and a name
    in it: no two pairs give one, and its first dash parts them.
    """
    return f"{organisation.replace('%', '%25').replace('-', '%2D')}-{name}"


def parted(owner: str) -> tuple[str, str]:
    """The administration's id and the name that ``within`` put together."""
    organisation, _, name = owner.partition("-")
    return organisation.replace("%2D", "-").replace("%25", "%"), name


def by_hire(
    owners: Callable[[TermProblem, Plan], Mapping[str, Iterable[str]]],
) -> Callable[[TermProblem, Plan], Grouping]:
    """A grouping by whose people the participants are: ``owners`` gives the owners' ids by hire."""

    def grouping(problem: TermProblem, plan: Plan) -> Grouping:
        of = owners(problem, plan)

        def groups(_session: Session, hires: Sequence[Hire]) -> Groups:
            found: dict[str, list[Hire]] = defaultdict(list)
            for hire in hires:
                for owner in of.get(hire.id, ()):
                    found[owner].append(hire)
            return found

        return groups

    return grouping


def by_session(
    owners: Callable[[TermProblem], Callable[[Session], Iterable[str]]],
) -> Callable[[TermProblem, Plan], Grouping]:
    """A grouping by whose session it is: each of its owners reads of all who take part."""

    def grouping(problem: TermProblem, _plan: Plan) -> Grouping:
        of = owners(problem)
        return lambda session, hires: dict.fromkeys(of(session), hires)

    return grouping


def unit_of(hire: Hire) -> str | None:
    """The owner of her unit's calendar; None where she has no unit."""
    return within(hire.organisation, hire.unit) if hire.unit else None


def manager_of(hire: Hire) -> str | None:
    """The owner of her manager's calendar: by address, else by
    name, within the administration; None where neither is known.
    """
    known = hire.manager_email.lower() if hire.manager_email else hire.manager
    return within(hire.organisation, known) if known else None


def manager_names(hires: Iterable[Hire]) -> Mapping[str, str]:
    """What the manager behind each owner is called: her name, of several the first, else her address."""
    found: dict[str, set[str]] = defaultdict(set)
    for hire in hires:
        if (owner := manager_of(hire)) is not None:
            found[owner] |= {hire.manager} if hire.manager else set()
    return {owner: min(names, default=parted(owner)[1]) for owner, names in found.items()}


def _managers(problem: TermProblem) -> Mapping[str, str]:
    return {owner: f"Introduktion, chef {name}" for owner, name in manager_names(problem.hires).items()}


def _trainers_of(problem: TermProblem) -> Callable[[Session], Iterable[str]]:
    """Sessions name their trainers as the table does (``inputs.trainers``); whom it lacks has no calendar."""
    known = problem.trainer_by_name
    return lambda session: dict.fromkeys(known[name].id for name in session.trainers if name in known)


def _trainers_employer(problem: TermProblem, owner: str) -> Organisation | None:
    trainer = problem.trainer_by_id.get(owner)
    return problem.organisation_by_id.get(trainer.organisation or "") if trainer else None


def _mentors_of(_problem: TermProblem, plan: Plan) -> Mapping[str, Iterable[str]]:
    return {pair.hire: (pair.mentor,) for pair in plan.mentors if pair.mentor is not None}


def _mentors_employer(problem: TermProblem, owner: str) -> Organisation | None:
    mentor = problem.mentor_by_id.get(owner)
    return problem.organisation_by_id.get(mentor.organisation) if mentor else None


def _units(problem: TermProblem) -> Mapping[str, str]:
    names = problem.organisation_by_id
    return {
        owner: f"Introduktion {hire.unit}, {names[hire.organisation].name}"
        for hire in problem.hires
        if (owner := unit_of(hire)) is not None
    }


def _administration(problem: TermProblem, owner: str) -> Organisation | None:
    return problem.organisation_by_id.get(owner)


def _administration_around(problem: TermProblem, owner: str) -> Organisation | None:
    return problem.organisation_by_id.get(parted(owner)[0])


def _file_name_within(owner: str) -> str:
    return "-".join(parted(owner))


def _round_titles(problem: TermProblem) -> Mapping[str, str]:
    return {r.id: f"{problem.programme_by_id[r.programme].name} {r.id}" for r in problem.rounds}


KINDS: tuple[SharedKind, ...] = (
    SharedKind(
        id=ADMINISTRATION,
        # CSS3 colour names (RFC 7986 5.9).
        colour="seagreen",
        titles=lambda problem: {o.id: f"Introduktion {o.name}" for o in problem.organisations},
        grouping=by_hire(lambda problem, _plan: {h.id: (h.organisation,) for h in problem.hires}),
        participant=lambda _problem, hire: (hire.name, hire.unit),
        employer=_administration,
        gone="Ingen från förvaltningen deltar längre här.",
        withdrawn="Tillfället hålls, men ingen av era deltar längre.",
    ),
    SharedKind(
        id=ROUND,
        colour="darkorange",
        titles=_round_titles,
        grouping=by_session(lambda _problem: lambda session: (session.round,)),
        participant=lambda problem, hire: (hire.name, problem.organisation_by_id[hire.organisation].name),
        employer=lambda _problem, _owner: None,
        gone="Tillfället ingår inte längre i omgången, eller så deltar ingen där.",
        withdrawn=None,
        own_time=True,
    ),
    SharedKind(
        id=UNIT,
        colour="mediumpurple",
        titles=_units,
        grouping=by_hire(
            lambda problem, _plan: {h.id: (owner,) for h in problem.hires if (owner := unit_of(h)) is not None}
        ),
        participant=lambda _problem, hire: (hire.name,),
        employer=_administration_around,
        gone="Ingen från enheten deltar längre här.",
        withdrawn="Tillfället hålls, men ingen av era deltar längre.",
        name=_file_name_within,
    ),
    SharedKind(
        id=MANAGER,
        colour="slateblue",
        titles=_managers,
        grouping=by_hire(
            lambda problem, _plan: {h.id: (owner,) for h in problem.hires if (owner := manager_of(h)) is not None}
        ),
        participant=lambda _problem, hire: (hire.name, hire.unit),
        employer=_administration_around,
        gone="Ingen av dina deltar längre här.",
        withdrawn="Tillfället hålls, men ingen av dina deltar längre.",
        name=_file_name_within,
    ),
    SharedKind(
        id=TRAINER,
        colour="chocolate",
        titles=lambda problem: {t.id: f"Utbildare {t.name}" for t in problem.trainers},
        grouping=by_session(_trainers_of),
        participant=lambda problem, hire: (hire.name, problem.organisation_by_id[hire.organisation].name),
        employer=_trainers_employer,
        gone="Tillfället är inställt, eller så deltar ingen där.",
        withdrawn="Tillfället hålls, men inte längre av dig.",
        own_time=True,
    ),
    SharedKind(
        id=MENTOR,
        colour="teal",
        titles=lambda problem: {m.id: f"Introduktion, mentor {m.name}" for m in problem.mentors},
        grouping=by_hire(_mentors_of),
        participant=lambda _problem, hire: (hire.name, hire.unit),
        employer=_mentors_employer,
        gone="Ingen av dina deltar längre här.",
        withdrawn="Tillfället hålls, men ingen av dina deltar längre.",
    ),
)
KIND_BY_ID: Mapping[str, SharedKind] = {kind.id: kind for kind in KINDS}


def participant_name(kind: SharedKind, problem: TermProblem, hire: Hire) -> str:
    """A participant as one line of the list."""
    return ", ".join(text for text in (one_line(part or "") for part in kind.participant(problem, hire)) if text)
