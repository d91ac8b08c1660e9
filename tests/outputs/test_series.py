"""The series that tells a plan's calendar events from those of every other plan (OUTPUT.md, Calendars, Identity)."""

from __future__ import annotations

from datetime import date

from outputs.events.identity import ADMINISTRATION, Seat, SharedKey, seat_uid, series_of, shared_uid
from tests.outputs.factories import NORTH, SOUTH, term

AUTUMN = (date(2026, 8, 17), date(2027, 1, 15))


def series(dates: tuple[date | None, date | None] = AUTUMN, **fields: object) -> str:
    return series_of(term(**fields), dates)


def test_the_setting_is_the_series() -> None:
    assert series(calendar_series="ekby") == "ekby"


def test_sender_administrations_and_the_terms_dates_tell_plans_apart() -> None:
    found = [
        series(),
        series(organizer="annan@example.se"),
        series(organizer=None),
        series(organisations=(NORTH, SOUTH.model_copy(update={"name": "Syd"}))),
        series((date(2026, 8, 18), AUTUMN[1])),
        series((AUTUMN[0], None)),
        series((None, AUTUMN[1])),
    ]
    assert len(set(found)) == len(found)


def test_the_terms_name_counts_only_where_it_has_no_dates() -> None:
    assert series(term="VT 2027") == series(term="HT 2026")
    blank = (None, None)
    assert series(blank, term="VT 2027") != series(blank, term="HT 2026")


def test_a_plan_made_once_more_for_the_same_term_has_the_same_series_whatever_else_changed() -> None:
    fewer: dict[str, object] = {"sessions": term().sessions[:2], "hires": (), "organisations": (SOUTH, NORTH)}
    assert series(hires=(), organisations=(SOUTH, NORTH)) == series()
    assert series((None, None), **fewer) == series((None, None))


def test_no_series_is_part_of_an_id() -> None:
    seat, key = Seat("p1", "CI", 1, 1), SharedKey(ADMINISTRATION, "N", "CI-1-1")
    uids = {seat_uid(seat, s) for s in (None, "a", "b")} | {shared_uid(key, s) for s in (None, "a", "b")}
    assert len(uids) == 6
