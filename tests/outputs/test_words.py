"""The Swedish that a manager reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models.change import Change, ChangeKind, Unneeded
from models.ids import Level, RoundStatus, Rule, State
from models.plan import LevelResult, Reason, Requirement, Suggestion
from outputs import words
from outputs.figures import Gain
from outputs.words.reasons import WITH_FACTS
from tests.outputs import sample

TERM = sample.problem(8)
PLANNED = date(2026, 8, 3)
YR = Requirement(hire="p001", programme="YR", state=State.MISSING, deadline=date(2026, 12, 10), completed_on=None)


def test_dates_are_swedish_whatever_the_machine_speaks() -> None:
    assert words.day(date(2026, 9, 15)) == "tis 15 sep 2026"
    assert words.short_day(date(2026, 3, 1)) == "1 mars"
    assert words.span(date(2026, 10, 26), date(2026, 10, 30)) == "26–30 okt 2026"
    assert words.span(date(2026, 10, 26), date(2026, 11, 3)) == "26 okt–3 nov 2026"
    assert words.span(date(2026, 12, 21), date(2027, 1, 8)) == "21 dec 2026–8 jan 2027"
    assert words.span(date(2026, 6, 6), date(2026, 6, 6)) == "6 juni 2026"
    assert words.week(date(2026, 11, 16)) == "v. 47"
    assert words.time_span(datetime(2026, 9, 15, 9), datetime(2026, 9, 15, 16, 30)) == "09:00–16:30"  # noqa: DTZ001
    assert words.weekday_list((5, 1, 3)) == "mån, ons och fre"


def test_a_share_is_a_hundred_percent_only_when_it_is_all() -> None:
    assert words.percent(999, 1000) == "99\u00a0%"
    assert words.percent(1, 1000) == "1\u00a0%"
    assert words.percent(1000, 1000) == "100\u00a0%"
    assert words.percent(0, 1000) == "0\u00a0%"
    assert words.percent(0, 0) == "–"


def test_numbers_are_counted_in_swedish() -> None:
    assert words.count(1, "plats", "platser") == "1 plats"
    assert words.count(12500, "plats", "platser") == "12\u00a0500 platser"
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b och c"
    assert words.sentence("en plats till") == "En plats till."


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_sentence_that_names_the_round(rule: Rule) -> None:
    level = Level.EQUITY if rule is Rule.OUTRANKED else None
    sentence = words.reason(TERM, YR, Reason(round="YR-HT26-2", rule=rule, level=level))
    assert sentence.startswith("YR-HT26-2 (från 24 sep) ")
    assert sentence.endswith(".")
    assert rule.words.label


def test_a_reason_is_worded_in_one_place_where_it_is_declared_or_with_the_facts_of_the_case() -> None:
    declared = {rule for rule in Rule if rule.words.predicate is not None}
    assert declared | set(WITH_FACTS) == set(Rule)
    assert declared & set(WITH_FACTS) == set()


@pytest.mark.parametrize("level", Level)
def test_every_level_has_a_name_a_meaning_a_value_and_a_cost(level: Level) -> None:
    assert level.words.title
    assert level.words.meaning.endswith(".")
    assert level.words.cost
    assert words.level_value(level, 1) != words.level_value(level, 2)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_name_and_a_meaning(state: State) -> None:
    assert words.STATES[state]
    assert words.STATE_MEANINGS[state]


def test_a_reason_says_the_facts_of_the_case() -> None:
    def said(round_: str, rule: Rule) -> str:
        return words.reason(TERM, YR, Reason(round=round_, rule=rule))

    assert said("YR-HT26-1", Rule.AFTER_DEADLINE) == "YR-HT26-1 (från 3 sep) slutar efter fristen, tor 10 dec 2026."
    assert said("YR-HT26-1", Rule.EARLIEST).endswith("Yrkesresan Ny kan börja tidigast mån 24 aug 2026.")
    assert said("YR-HT26-1", Rule.NOTICE).endswith("med mindre än 14 dagars varsel.")
    assert said("HS-SV-2", Rule.CLOSED) == "HS-SV-2 (från 8 okt) har ställts in."
    assert said("HS-NO-1", Rule.CLOSED) == "HS-NO-1 (från 2 sep) tar inte emot Socialförvaltningen Centrum."


def test_an_employment_that_has_not_begun_is_told_from_one_that_ends() -> None:
    late = YR.model_copy(update={"hire": "p008"})
    starts = words.day(TERM.hire_by_id["p008"].starts)
    before = words.reason(TERM, late, Reason(round="YR-HT26-1", rule=Rule.EMPLOYED))
    assert before == f"YR-HT26-1 (från 3 sep) börjar före anställningens första dag, {starts}."
    assert "sista dag" in words.reason(TERM, late, Reason(round="YR-HT26-4", rule=Rule.EMPLOYED))


def test_rounds_with_one_reason_share_a_sentence_and_closed_ones_come_last() -> None:
    full = [Reason(round=f"YR-HT26-{n}", rule=Rule.FULL) for n in (2, 3)]
    closed = Reason(round="HS-NO-1", rule=Rule.CLOSED)
    asked = YR.model_copy(update={"reasons": (closed, *full)})
    first, last = words.ReasonLines(TERM, PLANNED).of(asked)
    assert first.startswith("YR-HT26-2 (från 24 sep) och YR-HT26-3 (från 15 okt) har inga lediga platser")
    assert last.startswith("HS-NO-1")


def test_many_rounds_with_one_reason_are_counted_not_listed() -> None:
    asked = YR.model_copy(update={"reasons": tuple(Reason(round=f"X{n}", rule=Rule.BREAK) for n in range(9))})
    (only,) = words.ReasonLines(TERM, PLANNED).of(asked)
    assert only.startswith("X0, X1, X2, X3, X4 och 4 omgångar till har")


@pytest.mark.parametrize(
    ("idea", "said"),
    [
        (
            Suggestion(kind="plats", round="YR-HT26-2", helps=True, more_on_time=3),
            "en plats till i YR-HT26-2: 3 fler krav i tid (84 av 87), däribland det här",
        ),
        (
            Suggestion(kind="förslag", round="YR-HT26-4", helps=False, more_on_time=2),
            "låt förslaget YR-HT26-4 bli av: 2 fler krav i tid (83 av 87), men inte det här",
        ),
        (
            Suggestion(kind="ny_omgång", module=2, week=date(2026, 11, 16), helps=True, more_on_time=1),
            (
                "en omgång till av Yrkesresan Ny, moment 2 Steg 2, v. 47 (16–20 nov): 1 krav till i tid (82 av 87), "
                "nämligen det här"
            ),
        ),
        (
            Suggestion(kind="ny_omgång", round="HS-NO-1", week=date(2026, 11, 30), helps=False, more_on_time=5),
            "en omgång till av Yrkesresan Ny för Socialförvaltningen Nordost, v. 49 (30 nov–4 dec): "
            "5 fler krav i tid (86 av 87), men inte det här",
        ),
        (
            Suggestion(kind="ärendestart", week=date(2026, 12, 7), helps=True, more_on_time=0),
            "senare ärendestart, mån 7 dec 2026: det här blir klart i tid, men inte fler sammanlagt",
        ),
        (Suggestion(kind="plats", round="A", helps=False, more_on_time=0), "en plats till i A: inget krav till i tid"),
        (
            Suggestion(kind="kvot", round="CI-HT26-1", helps=True, more_on_time=3),
            (
                "sänk kvotens minst i CI-HT26-1 för Socialförvaltningen Nordost: 3 fler krav i tid (84 av 87), "
                "däribland det här"
            ),
        ),
    ],
)
def test_a_suggestion_says_what_to_change_and_what_it_gives(idea: Suggestion, said: str) -> None:
    gain = Gain(idea.more_on_time, 81 + idea.more_on_time, 87)
    assert words.suggestion(TERM, YR, idea, gain) == said


def test_a_change_that_helps_several_each_by_itself_is_not_said_to_help_all_of_them() -> None:
    idea = Suggestion(kind="plats", round="A", helps=True, more_on_time=1)

    def told(gain: Gain, requirement: Requirement = YR) -> str:
        return words.suggestion(TERM, requirement, idea, gain, several=True)

    assert told(Gain(1, 82, 87)) == "en plats till i A: 1 krav till i tid (82 av 87), nämligen något av de här"
    assert told(Gain(0, 81, 87)) == "en plats till i A: något av de här blir klart i tid, men inte fler sammanlagt"


def test_a_state_is_told_as_it_is_for_this_deadline() -> None:
    plan = sample.plan(TERM)
    first, last = plan.horizon

    def told(state: State, deadline: date | None) -> str:
        return words.state_meaning(plan, YR.model_copy(update={"state": state, "deadline": deadline}))

    assert told(State.MISSING, first - timedelta(days=1)) == "inte bokad, och fristen gick ut före terminen"
    assert told(State.MISSING, first) == words.STATE_MEANINGS[State.MISSING]
    assert told(State.WAITING, None) == "inte bokad än; ingen frist att hålla"
    assert told(State.WAITING, last + timedelta(days=1)) == "inte bokad än; fristen går ut efter terminen"


def test_a_round_that_has_begun_is_not_said_to_come_at_too_short_a_notice() -> None:
    days = [s.day for s in TERM.sessions if s.round == "YR-HT26-2"]

    def told(planned: date) -> str:
        return words.reason(TERM, YR, Reason(round="YR-HT26-2", rule=Rule.NOTICE), planned)

    assert "varsel" in told(min(days))
    assert told(max(days)).endswith("har redan börjat.")
    assert told(max(days) + timedelta(days=1)).endswith("har redan hållits.")


def test_a_new_date_names_the_session_that_was_cancelled_and_the_day() -> None:
    lost = next(s for s in TERM.sessions if s.round == "CI-HT26-1" and s.module == 2)
    sessions = tuple(s.model_copy(update={"cancelled": s.id == lost.id}) for s in TERM.sessions)
    idea = Suggestion(
        kind="nytt_datum", round=lost.round, module=2, week=date(2026, 11, 19), helps=True, more_on_time=1
    )
    told = words.proposal(TERM.model_copy(update={"sessions": sessions}), "CI", idea)
    cancelled = words.short_day(lost.day)
    assert told == f"ett nytt datum för det inställda tillfället {cancelled} i CI-HT26-1: tor 19 nov 2026"


def test_who_waits_is_told_of_her_seat_and_not_that_she_would_be_on_time() -> None:
    waiting = YR.model_copy(update={"state": State.WAITING})
    idea = Suggestion(kind="plats", round="A", helps=True, more_on_time=13)
    assert words.suggestion(TERM, waiting, idea, Gain(0, 81, 87)) == "en plats till i A: det här får plats"
    told = words.suggestion(TERM, waiting, idea, Gain(6, 87, 93))
    assert told == "en plats till i A: det här får plats, och 6 fler krav i tid (87 av 93)"


def test_a_level_tells_whether_it_is_proven_open_or_never_tried() -> None:
    def told(bound: int | None, proven: bool) -> str:
        return words.level_proof(LevelResult(name=Level.EQUITY, value=143, bound=bound, proven=proven))

    assert told(143, True).startswith("Bevisat bäst")
    assert "ner till 12,0\u00a0%" in told(120, False)
    assert "räckte inte" in told(None, False)
    assert words.level_value(Level.EQUITY, 143) == "14,3\u00a0%"


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_has_a_name(kind: ChangeKind) -> None:
    assert words.CHANGE_KINDS[kind]


def test_a_change_says_why_or_nothing() -> None:
    def cause(rule: Rule | None, level: Level | None) -> str:
        change = Change(kind=ChangeKind.MOVED, hire="p001", programme="YR", module=1, meeting=1,
                        before=None, after=None,
                        forced_by=rule, given_up_for=level)  # fmt: skip
        return words.change_cause(change)

    assert "lov" in cause(Rule.BREAK, None)
    assert Level.ON_TIME.words.cost in cause(None, Level.ON_TIME)
    assert cause(None, None) == ""


def test_occupancy_has_a_word_at_every_boundary() -> None:
    said = [words.occupancy(n, 10) for n in (0, 1, 7, 8, 9, 10, 11)]
    assert said == ["Tom", "Lediga platser", "Lediga platser", "Nästan full", "Nästan full", "Full", "Överfull"]


def test_someone_who_has_left_is_named_by_id() -> None:
    assert words.person(TERM, "p999") == "p999"
    assert words.person(TERM, "p001") == "Åsa Öberg"


def test_levels_have_the_numbers_and_names_of_the_handbook() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "handbok.md").read_text("utf-8")
    for level in Level:
        number, name = words.level_name(level).split(". ", 1)
        assert f"| {number} | {name} | `{level}` |" in handbook


def test_a_closed_seat_names_the_one_thing_that_closed_it() -> None:
    booking = sample.plan(TERM).bookings[0]
    change = Change(kind=ChangeKind.CANCELLED, hire=booking.hire, programme=booking.programme, module=1, meeting=1,
                    before=booking, after=None, forced_by=Rule.CLOSED)  # fmt: skip

    def cause(**changed: object) -> str:
        return words.change_cause(change, None, TERM.model_copy(update=changed))

    def with_round(**cells: object) -> str:
        return cause(rounds=tuple(r.model_copy(update=cells) if r.id == booking.round else r for r in TERM.rounds))

    def with_session(**cells: object) -> str:
        return cause(
            sessions=tuple(s.model_copy(update=cells) if s.id == booking.session else s for s in TERM.sessions)
        )

    employer = TERM.hire_by_id[booking.hire].organisation
    other = next(o.id for o in TERM.organisations if o.id != employer)
    assert with_round(status=RoundStatus.CANCELLED).endswith(f"omgången {booking.round} är inställd.")
    assert f"tar inte emot {TERM.organisation_by_id[employer].name}" in with_round(organisations=(other,))
    when = words.short_day(booking.start.date())
    assert with_session(cancelled=True).endswith(f"tillfället {when} i {booking.round} är inställt.")
    assert with_session(id="annat").endswith("finns inte längre i tabellerna.")
    # Who has gone to another administration is told of that, not of what has become of the round that she left.
    left = with_round(organisations=(other,), status=RoundStatus.CANCELLED)
    assert f"tar inte emot {TERM.organisation_by_id[employer].name}" in left


def test_a_seat_that_is_not_needed_says_what_in_the_tables_makes_it_so() -> None:
    booking = sample.plan(TERM).bookings[0]
    programme = TERM.programme_by_id[booking.programme]

    def cause(
        why: Unneeded, programme_cells: Mapping[str, object], of: str = programme.id, **hire_cells: object
    ) -> str:
        programmes = (p.model_copy(update=programme_cells if p is programme else {}) for p in TERM.programmes)
        hires = (h.model_copy(update=hire_cells if h.id == booking.hire else {}) for h in TERM.hires)
        change = Change(kind=ChangeKind.CANCELLED, hire=booking.hire, programme=of, module=booking.module,
                        meeting=1, before=booking, after=None, unneeded=why)  # fmt: skip
        now = TERM.model_copy(update={"programmes": tuple(programmes), "hires": tuple(hires)})
        told = words.change_cause(change, None, now)
        assert told.startswith("Platsen behövs inte längre: ")
        return told

    employer = TERM.hire_by_id[booking.hire].organisation
    other = next(o.id for o in TERM.organisations if o.id != employer)
    children, experienced = {"target_groups": ("barn",)}, {"inexperienced_only": True}
    not_required = Unneeded.NOT_REQUIRED
    assert cause(not_required, children, target_groups=("vuxna",)).endswith("gäller barn, och för personen står vuxna.")
    assert cause(not_required, children, target_groups=()).endswith(
        "gäller barn, och för personen står ingen målgrupp."
    )
    assert cause(not_required, experienced, experienced=True).endswith("och personen är märkt som erfaren.")
    assert "bland personens utbildningar" in cause(not_required, {}, programmes=())
    assert "krävs inte i" in cause(not_required, {"organisations": (other,)})
    assert cause(not_required, {"modules": ()}).endswith(f"finns inte längre i {programme.name}.")
    assert cause(not_required, {}, "XY").endswith("utbildningen XY finns inte längre i tabellerna.")
    assert "redan klart" in cause(Unneeded.DONE, {})
    assert "på egen tid" in cause(Unneeded.ON_OWN, {})


def test_what_closed_some_session_of_a_round_is_not_said_of_each_of_them() -> None:
    booking = next(b for b in sample.plan(TERM).bookings if sum(s.round == b.round for s in TERM.sessions) > 1)
    change = Change(kind=ChangeKind.CANCELLED, hire=booking.hire, programme=booking.programme, module=booking.module,
                    meeting=booking.meeting, before=booking, after=None, forced_by=Rule.ABSENCE)  # fmt: skip
    told = words.change_cause(change, None, TERM)
    assert told.endswith(f": ett tillfälle i {booking.round} ligger under en anmäld frånvaro.")
    alone = tuple(s for s in TERM.sessions if s.round != booking.round or s.id == booking.session)
    only_one = words.change_cause(change, None, TERM.model_copy(update={"sessions": alone}))
    assert only_one.endswith(": tillfället ligger under en anmäld frånvaro.")


def test_two_of_one_name_are_told_apart_by_their_ids_and_others_not() -> None:
    named = {"p1": "Örjan Forsberg", "p2": "örjan  forsberg", "p3": "Eva Sen"}
    assert words.told_apart(named) == {"p1": "Örjan Forsberg (p1)", "p2": "örjan  forsberg (p2)", "p3": "Eva Sen"}


def test_a_proposal_is_not_said_to_want_people_where_opening_it_is_not_worth_what_it_brings() -> None:
    why = Reason(round="YR-HT26-3", rule=Rule.OUTRANKED, level=Level.ROUNDS)
    proposed = tuple(r.model_copy(update={"status": RoundStatus.PROPOSED}) for r in TERM.rounds)
    problem = TERM.model_copy(update={"rounds": proposed})
    why = why.model_copy(update={"round": proposed[-1].id})

    def told(state: State) -> str:
        return words.reason(problem, YR.model_copy(update={"state": state}), why)

    assert told(State.WAITING).endswith("öppnas inte bara för krav som kan vänta till nästa termin.")
    assert told(State.LEAVES).endswith("öppnas inte bara för krav utan frist att hålla under terminen.")
    assert "för få kan gå den" in told(State.MISSING)


def test_who_is_locked_by_hand_reads_so_of_every_round_that_she_would_else_have() -> None:
    for rule, level in ((Rule.OUTRANKED, Level.DAYS), (Rule.FULL, None)):
        why = Reason(round="YR-HT26-3", rule=rule, level=level, locked="YR-HT26-1")
        told = words.reason(TERM, YR, why)
        assert told.endswith("kommer inte i fråga: platsen i YR-HT26-1 är låst för hand.")
