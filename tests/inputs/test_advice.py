"""Warnings that save a term: each planted cause gives its own, and its innocent neighbours none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.inputs.example import add, example, put, read, warnings


def test_the_example_gives_no_warnings(tmp_path: Path) -> None:
    assert warnings(tmp_path, example()) == []


def test_a_session_on_a_public_holiday_is_named(tmp_path: Path) -> None:
    tables = put(example(), "tillfällen", 7, "datum", "24/12 2026")
    put(tables, "nyanställda", 2, "tillgodoräknas", "HS")
    assert warnings(tmp_path, tables) == [
        'tillfällen, rad 7, kolumn datum: "24/12 2026" är en stängd dag för tillfälle HS-1-1-2: helgdagen Julafton; '
        "ingen bokas då, byt datum"
    ]


def test_a_session_on_a_closed_weekday_is_named(tmp_path: Path) -> None:
    tables = put(example(), "tillfällen", 7, "datum", "2026-11-14")
    assert warnings(tmp_path, tables) == [
        'tillfällen, rad 7, kolumn datum: "2026-11-14" är en stängd dag för tillfälle HS-1-1-2: '
        "lördagar är inte öppna; ingen bokas då, byt datum"
    ]


def test_a_session_in_a_break_of_some_says_whose_break_it_is(tmp_path: Path) -> None:
    tables = add(example(), "lov", "Studiedag;2026-11-10;2026-11-10;Centrum,Sydväst")
    assert warnings(tmp_path, tables) == [
        'tillfällen, rad 7, kolumn datum: "2026-11-10" är en stängd dag för tillfälle HS-1-1-2: '
        "lovet Studiedag (för Centrum, Sydväst); de därifrån bokas inte då, byt datum"
    ]


def test_a_break_of_others_than_the_rounds_and_a_cancelled_session_are_no_concern(tmp_path: Path) -> None:
    tables = add(example(), "lov", "Studiedag;2026-11-10;2026-11-10;Sydväst")
    add(add(tables, "omgångar", "HS-2;HS;;10;;;"), "tillfällen", "HS-2;1;2026-12-24;09:00;12:00")
    assert warnings(tmp_path, put(tables, "tillfällen", 8, "status", "inställd")) == []


def test_fixed_sessions_with_one_trainer_and_room_at_one_time_are_named_once(tmp_path: Path) -> None:
    tables = add(example(), "omgångar", "HS-2;HS;;10;;;")
    add(tables, "tillfällen", "HS-2;1;2026-09-22;15:30;17:00;Rosenlund;A1;Ask, Berg")
    assert warnings(tmp_path, tables) == [
        'tillfällen, rad 8: "HS-2-1" krockar med tillfälle CI-1-2, som samtidigt har utbildaren Berg och lokalen A1 i '
        "Rosenlund; flytta det ena"
    ]


def test_touching_times_other_houses_blank_rooms_and_proposals_do_not_share(tmp_path: Path) -> None:
    tables = add(example(), "omgångar", "HS-2;HS;;10;;;")
    add(tables, "tillfällen", "HS-2;1;2026-09-22;16:00;17:00;Rosenlund;A1;Berg")
    add(tables, "tillfällen", "HS-2;1;2026-09-22;09:00;12:00;Gamlestan;A1;Ask")
    add(tables, "tillfällen", "HS-2;1;2026-09-22;13:00;15:00;Rosenlund;;Ek")
    add(tables, "tillfällen", "HS-2;1;2026-10-20;09:00;12:00;Rosenlund;A1;Lind")
    assert warnings(tmp_path, tables) == []


def test_a_cohort_round_that_breaks_order_or_distance_by_itself_is_named(tmp_path: Path) -> None:
    tables = put(put(example(), "tillfällen", 3, "datum", "2026-09-14"), "tillfällen", 5, "datum", "2026-10-06")
    put(put(tables, "tillfällen", 5, "start", "16:30"), "tillfällen", 5, "slut", "18:00")
    assert warnings(tmp_path, tables) == [
        'omgångar, rad 2: "CI-1" följer inte sin utbildning CI: mellan moment 1 och 2 går 6 dagar, minst 7 behövs',
        'omgångar, rad 3: "CI-2" följer inte sin utbildning CI: moment 2 börjar 2026-10-06, '
        "inte efter moment 1, 2026-10-06",
    ]


def test_modules_too_far_apart_are_named_and_the_boundary_is_not(tmp_path: Path) -> None:
    tables = put(put(example(), "tillfällen", 3, "datum", "2026-09-15"), "utbildningar", 2, "högst_dagar_mellan", "13")
    assert warnings(tmp_path, tables) == [
        'omgångar, rad 3: "CI-2" följer inte sin utbildning CI: mellan moment 1 och 2 går 14 dagar, högst 13 får gå'
    ]


def test_without_order_distances_go_by_date(tmp_path: Path) -> None:
    tables = put(example(), "utbildningar", 2, "i_ordning", "nej")
    put(put(tables, "tillfällen", 4, "datum", "2026-10-20"), "tillfällen", 5, "datum", "2026-10-06")
    assert warnings(tmp_path, tables) == []


def test_a_person_listed_twice_is_named_once(tmp_path: Path) -> None:
    tables = add(example(), "nyanställda", "p4;anna ek;Centrum;2026-09-01;ANNA@example.se")
    add(tables, "nyanställda", "p5;Bo Dahl;Nordost;2026-09-01;bo2@example.se")
    assert warnings(tmp_path, tables) == [
        'nyanställda, rad 5, kolumn e-post: "ANNA@example.se" finns också på rad 2; '
        "ta bort en rad om det är samma person",
        'nyanställda, rad 6, kolumn namn: "Bo Dahl" finns också på rad 3; ta bort en rad om det är samma person',
    ]


def test_an_odd_address_is_named(tmp_path: Path) -> None:
    tables = put(put(example(), "nyanställda", 2, "e-post", "anna"), "inställningar", 5, "värde", "plan")
    assert warnings(tmp_path, tables) == [
        'inställningar, rad 5, kolumn värde: "plan" ser inte ut som en e-postadress; skriv som namn@example.se',
        'nyanställda, rad 2, kolumn e-post: "anna" ser inte ut som en e-postadress; skriv som namn@example.se',
    ]


def test_a_hire_no_session_reaches_in_time_is_named_with_the_reason(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 3, "tillgodoräknas", "HS")
    put(tables, "nyanställda", 3, "anställd_från", "2026-05-21")
    put(put(tables, "nyanställda", 4, "förvaltning", "Sydväst"), "nyanställda", 4, "tillgodoräknas", "CI")
    assert warnings(tmp_path, tables) == [
        'nyanställda, rad 3: "p2" kan inte gå CI i tid: moment 2 har inget tillfälle för Nordost från 2026-05-21 '
        "till fristen 2026-09-21; lägg in ett tillfälle",
        'nyanställda, rad 4: "p3" kan inte gå HS i tid: moment 1 har inget tillfälle för Sydväst från 2026-09-01 '
        "till fristen 2027-01-01; lägg in ett tillfälle",
    ]


def test_a_session_on_the_deadline_itself_reaches(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 3, "anställd_från", "2026-05-22")
    put(tables, "nyanställda", 3, "tillgodoräknas", "HS")
    assert warnings(tmp_path, tables) == []


def test_a_module_with_a_cancelled_meeting_reaches_nobody(tmp_path: Path) -> None:
    tables = put(put(example(), "tillfällen", 7, "status", "inställd"), "nyanställda", 2, "tillgodoräknas", "HS")
    assert [line.split(":")[0] for line in warnings(tmp_path, tables)] == ["nyanställda, rad 3"]


def test_who_leaves_first_or_has_a_deadline_after_the_term_is_not_counted(tmp_path: Path) -> None:
    tables = put(
        put(example(), "nyanställda", 3, "anställd_från", "2026-05-21"), "nyanställda", 3, "slutar", "2026-09-20"
    )
    put(tables, "nyanställda", 4, "anställd_från", "2026-12-01")
    assert warnings(tmp_path, tables) == []


def test_too_few_seats_before_the_deadlines_of_a_month_are_told_by_programme(tmp_path: Path) -> None:
    tables = put(put(example(), "omgångar", 4, "platser", "1"), "omgångar", 4, "förvaltning", "")
    add(tables, "nyanställda", "p4;Di Ask;Centrum;2026-09-02;di@example.se;;;;CI")
    assert warnings(tmp_path, tables) == [
        'utbildningar, rad 3: "HS" har för få platser för frister till och med december 2026: 2 nyanställda behöver '
        "moment 1 senast 2026-12-24, men bara 1 får plats; lägg till platser",
        'utbildningar, rad 3: "HS" har för få platser för frister till och med januari 2027: 3 nyanställda behöver '
        "moment 1 senast 2027-01-02, men bara 1 får plats; lägg till platser",
    ]


def _told(tmp_path: Path, *attendance: str) -> list[str]:
    """The warnings of an example planned in November, with these rows of attendance from row 3 on."""
    tables = put(example(), "nyanställda", 4, "tillgodoräknas", "")
    add(tables, "omgångar", "CI-3;CI;;20;;;")
    add(tables, "tillfällen", "CI-3;1;2026-10-06;15:00;17:00")
    add(tables, "tillfällen", "CI-3;2;2026-10-13;09:00;16:00")
    for row in attendance:
        add(tables, "närvaro", row)
    reading = read(tmp_path, tables, date(2026, 11, 20))
    assert reading.errors == ()
    return [str(finding) for finding in reading.warnings if finding.table == "närvaro"]


def test_somebody_absent_from_a_module_that_she_had_attended_is_named_with_both_rows(tmp_path: Path) -> None:
    assert _told(tmp_path, "p1;CI-2-1;nej") == [
        'närvaro, rad 3, kolumn närvarande: "nej" (p1 var inte på CI-2-1 den 2026-10-06) går inte ihop med '
        "rad 2: p1 var på CI-1-1, samma moment, den 2026-09-08; stämmer båda? Rätta eller ta bort den som inte gör det"
    ]


def test_a_module_attended_after_it_was_missed_and_a_meeting_missed_in_the_same_round_are_no_contradiction(
    tmp_path: Path,
) -> None:
    assert _told(tmp_path, "p3;CI-1-1;nej", "p3;CI-2-1;ja", "p2;HS-1-1;ja", "p2;HS-1-1-2;nej") == []


def test_somebody_at_two_sessions_at_one_time_is_named_with_both_rows(tmp_path: Path) -> None:
    assert _told(tmp_path, "p3;CI-2-1;ja", "p3;CI-3-1;ja") == [
        'närvaro, rad 4, kolumn närvarande: "ja" (p3 var på CI-3-1 den 2026-10-06) går inte ihop med rad 3: '
        "p3 var på CI-2-1 samtidigt; stämmer båda? Rätta eller ta bort den som inte gör det"
    ]
    assert _told(tmp_path / "b", "p3;CI-2-1;ja", "p3;CI-3-1;nej", "p3;CI-3-2;ja") != [], "of one module, absent later"
    assert _told(tmp_path / "c", "p3;CI-2-1;nej", "p3;CI-3-1;ja") == []


def test_somebody_there_in_an_absence_of_hers_is_named_with_both_rows(tmp_path: Path) -> None:
    assert _told(tmp_path, "p1;CI-2-1;ja", "p3;CI-2-1;ja") == [
        'närvaro, rad 3, kolumn närvarande: "ja" (p1 var på CI-2-1 den 2026-10-06) går inte ihop med rad 2 i frånvaro; '
        "stämmer båda? Rätta eller ta bort den som inte gör det"
    ]


def test_hires_expected_twice_are_named_and_of_another_month_or_kind_are_not(tmp_path: Path) -> None:
    tables = example()
    tables["prognos"] = [["månad", "förvaltning", "antal", "erfaren"]]
    add(add(tables, "prognos", "2027-01;Centrum;3;"), "prognos", "2027-01;Centrum;3;ja")
    add(add(tables, "prognos", "2027-02;Centrum;3;"), "prognos", "2027-01;Centrum;2;nej")
    assert [text for text in warnings(tmp_path, tables) if text.startswith("prognos")] == [
        'prognos, rad 5, kolumn förvaltning: "Centrum" finns redan på rad 2 för samma månad och slag; båda räknas, så '
        "ta bort en om de är samma"
    ]


def test_a_mentor_or_an_administration_under_two_ids_is_named(tmp_path: Path) -> None:
    tables = put(example(), "förvaltningar", 4, "namn", "Förvaltning Nordost")
    tables["mentorer"] = [["id", "namn", "förvaltning"]]
    add(add(tables, "mentorer", "m1;Eva Ny;Centrum"), "mentorer", "m2;Eva Ny;Nordost")
    add(tables, "mentorer", "m3;Eva Ny;Centrum")
    assert [text for text in warnings(tmp_path, tables) if "finns också på rad" in text] == [
        'förvaltningar, rad 4, kolumn namn: "Förvaltning Nordost" finns också på rad 3, och de planeras som två; '
        "ta bort en rad om det är samma",
        'mentorer, rad 4, kolumn namn: "Eva Ny" finns också på rad 2, och mentorn räknas två gånger; '
        "ta bort en rad om det är samma",
    ]
