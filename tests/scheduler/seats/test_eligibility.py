"""Who is alike in the eyes of the rules of one seat: that follows
from what each rule declares to read, and each is held to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import cast

import pytest

from models.ids import Rule
from models.problem import Absence, TermProblem
from scheduler.seat_rules import SEAT_RULES, likeness
from scheduler.seats.eligibility import Eligibility
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import needs_of
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule
from scheduler.situation.settled import History, read_history
from tests.scheduler.build import EARLY, away, day, hire, problem, programme, refusal, round_
from tests.scheduler.random_problems import case

SEEDS = 25
OWN = frozenset({"absences", "barred"})
"""What a seat knows of a hire besides her own row."""


@dataclass
class Reader:
    """What a rule has read of a seat, against what it declares."""

    declared: frozenset[str]
    read: set[str] = field(default_factory=set)

    def saw(self, name: str) -> None:
        """Refuses what was not declared."""
        if name not in self.declared:
            raise AssertionError(f"{name} is read and not declared")
        self.read.add(name)


class Part:
    """A hire, programme, round or session that tells what is read of it."""

    def __init__(self, name: str, whole: object, reader: Reader) -> None:
        self._told = name, whole, reader

    def __getattr__(self, attribute: str) -> object:
        name, whole, reader = self._told
        reader.saw(f"{name}.{attribute}")
        return getattr(whole, attribute)


class WatchedSeat:
    """A seat whose parts tell what is read of them."""

    def __init__(self, seat: Seat, reader: Reader) -> None:
        self._told = seat, reader

    def __getattr__(self, name: str) -> object:
        seat, reader = self._told
        if name in OWN:
            reader.saw(name)
            return getattr(seat, name)
        return Part(name, getattr(seat, name), reader)


def seats_of(term: TermProblem) -> Iterator[Seat]:
    """Every meeting for every hire, whether anybody needs it or not."""
    for person in term.hires:
        absences = [row for row in term.absences if row.hire == person.id]
        barred = {row.round for row in term.barred if row.hire == person.id}
        for session in term.sessions:
            round_found = term.round_by_id[session.round]
            yield Seat(person, absences, barred, term.programme_by_id[round_found.programme], round_found, session)


def reads(rule: SeatRule, asked: Sequence[tuple[TermProblem, History]]) -> set[str]:
    """What the rule reads of all the seats of some problems; fails where it did not declare it."""
    reader = Reader(rule.reads)
    for term, history in asked:
        forbids = rule.ready_for(term, history)
        for seat in seats_of(term):
            forbids(cast("Seat", WatchedSeat(seat, reader)))
    return reader.read


@pytest.fixture(scope="module")
def asked() -> list[tuple[TermProblem, History]]:
    """Random problems, each with its past."""
    cases = [case(seed) for seed in range(SEEDS)]
    return [(one.problem, read_history(one.problem, one.planning_date, None)) for one in cases]


@pytest.mark.parametrize("rule", SEAT_RULES, ids=lambda rule: rule.rule.name.lower())
def test_a_rule_of_one_seat_reads_just_what_it_declares(
    rule: SeatRule, asked: list[tuple[TermProblem, History]]
) -> None:
    assert reads(rule, asked) == rule.reads


def test_a_rule_that_reads_what_it_does_not_declare_is_caught(asked: list[tuple[TermProblem, History]]) -> None:
    planted = experience_rule(reads=frozenset({"session.day"}))
    with pytest.raises(AssertionError, match=r"hire\.experienced is read and not declared"):
        reads(planted, asked)


def test_declarations_name_parts_and_fields_that_there_are() -> None:
    term = problem(programme(), round_("R", "P", "1 09-01"), hire("anna"))
    parts = {f"{p.name}.{name}" for p in fields(Seat) if p.name not in OWN for name in known(term, p.name)}
    for rule in SEAT_RULES:
        assert rule.reads <= parts | OWN


def test_who_differs_in_what_a_new_rule_declares_is_asked_apart() -> None:
    planted = experience_rule(reads=frozenset({"hire.experienced"}))
    assert offered_with((*SEAT_RULES, planted)) == {"anna": [], "bo": ["R"]}
    assert offered_with(SEAT_RULES) == {"anna": ["R"], "bo": ["R"]}


def test_what_no_rule_reads_makes_no_difference() -> None:
    anna, away_in_may = hire("anna"), (Absence(hire="anna", first=day("05-01"), last=day("05-31")),)
    for name, absences, barred in (("absences", away_in_may, ()), ("barred", (), ("R1",))):
        reading_it = likeness([SeatRule(Rule.ABSENCE, frozenset({name}), lambda *_: lambda _: False)])
        assert reading_it(anna, (), ()) != reading_it(anna, absences, barred)
        reading_nothing = likeness([SeatRule(Rule.ABSENCE, frozenset(), lambda *_: lambda _: False)])
        assert reading_nothing(anna, (), ()) == reading_nothing(anna, absences, barred)


def test_who_differs_in_absences_alone_is_asked_apart() -> None:
    term = problem(programme(), round_("R", "P", "1 09-01"), hire("anna"), hire("bo"), away("anna", "09-01"))
    assert refusal(term, "bo", "R") is None
    assert refusal(term, "anna", "R") is Rule.ABSENCE


def test_a_rule_that_looks_at_hours_is_not_answered_for_the_whole_day() -> None:
    """Two meetings of one day, and a rule that closes the later one alone."""

    def late(seat: Seat) -> bool:
        return seat.session.start.hour >= 13

    planted = SeatRule(Rule.EARLIEST, frozenset({"session.start"}), lambda *_: late)
    assert not planted.of_a_day
    rounds = round_("R1", "P", "1 09-01 9-12"), round_("R2", "P", "1 09-01 13-16")
    assert offers(problem(programme(), *rounds, hire("anna")), (*SEAT_RULES, planted)) == {"anna": ["R1"]}


def experience_rule(reads: frozenset[str]) -> SeatRule:
    """A planted rule: nobody with experience."""

    def forbids(seat: Seat) -> bool:
        return seat.hire.experienced

    return SeatRule(Rule.EARLIEST, reads, lambda *_: forbids)


def offered_with(rules: Sequence[SeatRule]) -> dict[str, list[str]]:
    """What Anna with experience and Bo without are offered."""
    people = hire("anna", experienced=True), hire("bo")
    return offers(problem(programme(), round_("R", "P", "1 09-01"), *people), rules)


def offers(term: TermProblem, rules: Sequence[SeatRule]) -> dict[str, list[str]]:
    """Rounds in which each may be booked, when these rules are asked."""
    history = read_history(term, EARLY, None)
    needs = needs_of(term, history)
    variables = Variables(term, history, needs, Eligibility(term, history, rules))
    return {
        need.hire.id: [c.offer.round.id for block in need.blocks for c in variables.of_block(need, block)]
        for need in needs
    }


def known(term: TermProblem, part: str) -> set[str]:
    """The fields of the models that a seat is made of."""
    row = {"hire": term.hires, "programme": term.programmes, "round": term.rounds, "session": term.sessions}[part][0]
    return set(type(row).model_fields)
