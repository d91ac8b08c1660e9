"""How one cell is read (INPUT.md, "How cells are read")."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from inputs.cells import (
    BadCellError,
    CellValue,
    clean,
    clock,
    day,
    identifier,
    shown,
    text,
    texts,
    weekdays,
    whole,
    yes_no,
)

AUGUST_24 = date(2026, 8, 24)


def _naive(year: int, month: int, day_: int, hour: int = 0, minute: int = 0) -> datetime:
    """A cell's date and time: Excel knows no zones."""
    return datetime.combine(date(year, month, day_), time(hour, minute))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-08-24",
        "2026-08-24 00:00:00",
        "20260824",
        "24/8 2026",
        "24.8.2026",
        "24.08.2026",
        20260824,
        20260824.0,
        _naive(2026, 8, 24),
        AUGUST_24,
    ],
)
def test_a_date_is_read_in_every_listed_spelling(cell: CellValue) -> None:
    assert day(cell) == AUGUST_24


@pytest.mark.parametrize(
    "cell",
    [
        "24/8 26",
        "26-08-24",
        "8/24/2026",
        "2026/08/24",
        "31/2 2026",
        "2026-02-30",
        "2026-13-01",
        "20261301",
        "24 augusti 2026",
        "2026-08-24 09:00",
        "２０２６-08-24",
        "1026-08-24",
        "2126-08-24",
        46258,
        46258.5,
        True,
        _naive(2026, 8, 24, 9, 0),
        time(9, 0),
        timedelta(days=46258),
    ],
)
def test_what_is_no_date_is_an_error_and_no_guess(cell: CellValue) -> None:
    with pytest.raises(BadCellError):
        day(cell)


def test_a_number_that_excel_would_show_as_a_date_gets_a_hint() -> None:
    with pytest.raises(BadCellError, match="formatera cellen som datum"):
        day(46258)


@pytest.mark.parametrize(
    "cell",
    ["09:00", "9:00", "9.00", "9", "09:00:00", 9, 9.0, time(9), timedelta(hours=9), _naive(1899, 12, 30, 9, 0)],
)
def test_a_time_is_read_in_every_listed_spelling(cell: CellValue) -> None:
    assert clock(cell) == time(9)


def test_a_time_some_microseconds_off_is_the_minute_that_was_meant() -> None:
    assert clock(time(8, 59, 59, 999_999)) == time(9)


@pytest.mark.parametrize(
    "cell", ["24:00", "9:60", "9:5", "0900", "kl 9", "9,5", 9.5, 0.375, "-1", 24, "09:00:30", time(9, 0, 30), AUGUST_24]
)
def test_what_is_no_time_is_an_error(cell: CellValue) -> None:
    with pytest.raises(BadCellError):
        clock(cell)


@pytest.mark.parametrize("cell", ["ja", "J", "x", "SANT", "True", "1", 1, 1.0, True])
def test_yes(cell: CellValue) -> None:
    assert yes_no(cell) is True


@pytest.mark.parametrize("cell", ["nej", "N", "FALSKT", "false", "0", 0, 0.0, False])
def test_no(cell: CellValue) -> None:
    assert yes_no(cell) is False


@pytest.mark.parametrize("cell", ["kanske", 2, "-"])
def test_neither_yes_nor_no_is_an_error(cell: CellValue) -> None:
    with pytest.raises(BadCellError):
        yes_no(cell)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("mån-fre", (1, 2, 3, 4, 5)),
        ("man - fre", (1, 2, 3, 4, 5)),
        ("mån,ons,tors", (1, 3, 4)),
        ("ons;mån", (1, 3)),
        ("Måndag", (1,)),
        ("1-5", (1, 2, 3, 4, 5)),
        ("lör-sön", (6, 7)),
        ("mån-tis,fre-fre", (1, 2, 5)),
        (3, (3,)),
    ],
)
def test_weekdays(cell: CellValue, days: tuple[int, ...]) -> None:
    assert weekdays(cell) == days


@pytest.mark.parametrize("cell", ["fre-mån", "mån-tis-ons", "8", "0-5", "mån-", "-", ",", _naive(2026, 5, 1)])
def test_what_are_no_weekdays_is_an_error(cell: CellValue) -> None:
    with pytest.raises(BadCellError):
        weekdays(cell)


@pytest.mark.parametrize(("cell", "number"), [("3", 3), ("3,0", 3), ("3.00", 3), (3.0, 3), ("0", 0), ("7", 7)])
def test_a_whole_number_may_have_an_empty_fraction(cell: CellValue, number: int) -> None:
    assert whole(0, 7)(cell) == number


@pytest.mark.parametrize("cell", ["3,5", 3.5, "tre", "1e3", "٣", "8", -1, True, float("inf"), AUGUST_24, "9" * 30])
def test_what_is_no_whole_number_in_range_is_an_error(cell: CellValue) -> None:
    with pytest.raises(BadCellError):
        whole(0, 7)(cell)


def test_a_count_too_big_for_the_calendar_is_refused() -> None:
    with pytest.raises(BadCellError, match="orimligt stort"):
        whole(0)("100001")


@pytest.mark.parametrize(("cell", "read"), [(17, "17"), (17.0, "17"), (17.5, "17,5"), ("17.0", "17.0"), (True, "SANT")])
def test_text_typed_as_a_number_reads_as_excel_shows_it(cell: CellValue, read: str) -> None:
    assert text(cell) == read


def test_text_that_excel_took_for_a_date_is_an_error() -> None:
    with pytest.raises(BadCellError, match="formatera cellen som text"):
        text(_naive(2026, 5, 1))


def test_an_id_may_have_a_hundred_characters() -> None:
    assert identifier("p" * 100) == "p" * 100
    with pytest.raises(BadCellError):
        identifier("p" * 101)


def test_a_list_is_split_at_commas_and_semicolons_and_loses_repeats() -> None:
    assert texts(" Berg, Lind;Berg,, Ek ") == ("Berg", "Lind", "Ek")


def test_text_is_trimmed_and_composed() -> None:
    assert clean("\u00a0 A\u030asa \t") == "Åsa"


@pytest.mark.parametrize("cell", ["a\tb", "a\r\nb", "a\nb", "a\rb", "a\u2028b"])
def test_a_tab_or_line_break_inside_a_cell_is_one_space(cell: str) -> None:
    assert clean(cell) == "a b"


@pytest.mark.parametrize("cell", ["a\x00b", "\x1f", "a\x7f", "a\x85b", "\x0b"])
def test_other_control_characters_are_an_error(cell: str) -> None:
    with pytest.raises(BadCellError):
        clean(cell)


def test_a_cell_may_have_as_many_characters_as_in_excel() -> None:
    assert clean("e" * 32_767) == "e" * 32_767
    with pytest.raises(BadCellError):
        clean("e" * 32_768)


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (_naive(2026, 8, 24), "2026-08-24"),
        (_naive(2026, 8, 24, 9, 30), "2026-08-24 09:30"),
        (time(9), "09:00"),
        (time(9, 0, 30), "09:00:30"),
        (0.5, "0,5"),
        (float("nan"), "nan"),
        (None, ""),
    ],
)
def test_a_value_is_shown_as_the_user_sees_it(cell: CellValue, seen: str) -> None:
    assert shown(cell) == seen
