"""Each planted fault gives exactly one finding, that says where it is, what it is, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inputs.findings import summarise
from inputs.read import read_problem
from tests.inputs.example import (
    Tables,
    add,
    drop_column,
    errors,
    example,
    put,
    read,
    write_folder,
)

Break = Callable[[Tables], object]

CELLS: list[tuple[Break, str]] = [
    (
        lambda t: put(t, "nyanställda", 3, "anställd_från", "31/2 2026"),
        'nyanställda, rad 3, kolumn anställd_från: "31/2 2026" är inget datum; skriv som 2026-08-24',
    ),
    (
        lambda t: put(t, "nyanställda", 2, "anställd_från", "24/8 26"),
        'nyanställda, rad 2, kolumn anställd_från: "24/8 26" är inget datum; skriv som 2026-08-24',
    ),
    (
        lambda t: put(t, "nyanställda", 2, "namn", ""),
        "nyanställda, rad 2, kolumn namn: värde saknas; fyll i cellen",
    ),
    (
        lambda t: put(t, "nyanställda", 2, "id", ""),
        "nyanställda, rad 2, kolumn id: värde saknas; fyll i cellen",
    ),
    (
        lambda t: put(t, "nyanställda", 3, "arbetsdagar", "mån,oms"),
        'nyanställda, rad 3, kolumn arbetsdagar: "mån,oms" har "oms", som inte är någon veckodag; '
        "skriv till exempel mån-fre",
    ),
    (
        lambda t: put(t, "nyanställda", 3, "arbetsdagar", "fre-mån"),
        'nyanställda, rad 3, kolumn arbetsdagar: "fre-mån" har "fre-mån", som inte går från en dag till en senare; '
        "skriv till exempel mån-fre",
    ),
    (
        lambda t: put(t, "nyanställda", 2, "prioritet", "4"),
        'nyanställda, rad 2, kolumn prioritet: "4" är utanför det tillåtna; skriv ett heltal från 1 till 3',
    ),
    (
        lambda t: put(t, "nyanställda", 2, "erfaren", "kanske"),
        'nyanställda, rad 2, kolumn erfaren: "kanske" är varken ja eller nej; skriv ja eller nej',
    ),
    (
        lambda t: put(t, "utbildningar", 2, "vikt", "0"),
        'utbildningar, rad 2, kolumn vikt: "0" är utanför det tillåtna; skriv ett heltal från 1 till 9',
    ),
    (
        lambda t: put(t, "utbildningar", 2, "gäller", "oerfarn"),
        'utbildningar, rad 2, kolumn gäller: "oerfarn" är inget av de ord som går här; skriv alla eller oerfarna; '
        'menade du "oerfarna"?',
    ),
    (
        lambda t: put(t, "omgångar", 2, "platser", "3,5"),
        'omgångar, rad 2, kolumn platser: "3,5" är inget heltal; skriv ett heltal från 0 och uppåt',
    ),
    (
        lambda t: put(t, "omgångar", 2, "platser", "-1"),
        'omgångar, rad 2, kolumn platser: "-1" är utanför det tillåtna; skriv ett heltal från 0 och uppåt',
    ),
    (
        lambda t: put(t, "omgångar", 3, "status", "kanske"),
        'omgångar, rad 3, kolumn status: "kanske" är inget av de ord som går här; skriv fast, förslag eller inställd',
    ),
    (
        lambda t: put(t, "tillfällen", 2, "start", "25:00"),
        'tillfällen, rad 2, kolumn start: "25:00" är inget klockslag; skriv som 09:00',
    ),
    (
        lambda t: put(t, "nyanställda", 2, "namn", "A\x07nna"),
        'nyanställda, rad 2, kolumn namn: "A�nna" innehåller styrtecken; skriv om cellen för hand',
    ),
    (
        lambda t: put(t, "nyanställda", 4, "id", "p" * 101),
        f'nyanställda, rad 4, kolumn id: "{"p" * 79}…" är 101 tecken långt; ett id får ha högst 100',
    ),
    (
        lambda t: put(t, "nyanställda", 4, "enhet", "e" * 32_768),
        f'nyanställda, rad 4, kolumn enhet: "{"e" * 79}…" är 32768 tecken långt; en cell får ha högst 32767',
    ),
    (
        lambda t: put(t, "nyanställda", 4, "enhet", "#REF!"),
        'nyanställda, rad 4, kolumn enhet: "#REF!" är ett fel från en formel i Excel; rätta formeln eller skriv värdet',
    ),
    (
        lambda t: put(t, "inställningar", 3, "värde", "17/8"),
        'inställningar, rad 3, kolumn värde: "17/8" (terminsstart) är inget datum; skriv som 2026-08-24',
    ),
    (
        lambda t: add(t, "inställningar", "helgdagar;QQ"),
        'inställningar, rad 6, kolumn värde: "QQ" (helgdagar) är ingen landskod; '
        "skriv som SE, eller - för inga helgdagar",
    ),
    (
        lambda t: add(t, "inställningar", "tidszon;Europe/Stokholm"),
        'inställningar, rad 6, kolumn värde: "Europe/Stokholm" (tidszon) är ingen tidszon; skriv som Europe/Stockholm; '
        'menade du "Europe/Stockholm"?',
    ),
    (
        lambda t: add(t, "inställningar", "max_kursdagar_per_vecka;8"),
        'inställningar, rad 6, kolumn värde: "8" (max_kursdagar_per_vecka) är utanför det tillåtna; '
        "skriv ett tal från 1 till 7, helt eller halvt",
    ),
    (
        lambda t: add(t, "inställningar", "Max andel per forvaltning;101"),
        'inställningar, rad 6, kolumn värde: "101" (max_andel_per_förvaltning) är utanför det tillåtna; '
        "skriv ett heltal från 0 till 100",
    ),
    (
        lambda t: add(t, "inställningar", "TERMIN;VT 2027"),
        'inställningar, rad 6, kolumn nyckel: "TERMIN" finns redan på rad 2; behåll en av raderna',
    ),
]

CROSS_CHECKS: list[tuple[Break, str]] = [
    (
        lambda t: put(t, "nyanställda", 3, "förvaltning", "Norost"),
        'nyanställda, rad 3, kolumn förvaltning: "Norost" finns inte i tabellen förvaltningar; menade du "Nordost"?',
    ),
    (
        lambda t: put(t, "lov", 2, "förvaltning", "Centrum, Hisingen"),
        'lov, rad 2, kolumn förvaltning: "Hisingen" finns inte i tabellen förvaltningar; '
        "lägg till en rad där, eller rätta id:t",
    ),
    (
        lambda t: put(t, "frånvaro", 2, "nyanställd", "p11"),
        'frånvaro, rad 2, kolumn nyanställd: "p11" finns inte i tabellen nyanställda; menade du "p1"?',
    ),
    (
        lambda t: put(t, "bokningar", 3, "tillfälle", "CI-1-3"),
        'bokningar, rad 3, kolumn tillfälle: "CI-1-3" finns inte i tabellen tillfällen; menade du "CI-1-2"?',
    ),
    (
        lambda t: put(t, "utbildningar", 3, "efter", "C1"),
        'utbildningar, rad 3, kolumn efter: "C1" finns inte i tabellen utbildningar; menade du "CI"?',
    ),
    (
        lambda t: put(t, "nyanställda", 2, "utbildningar", "CI;YR"),
        'nyanställda, rad 2, kolumn utbildningar: "YR" finns inte i tabellen utbildningar; '
        "lägg till en rad där, eller rätta id:t",
    ),
    (
        lambda t: put(t, "nyanställda", 2, "tillgodoräknas", "CI:3"),
        'nyanställda, rad 2, kolumn tillgodoräknas: "CI:3" är inget moment i CI, som har 1, 2; rätta numret',
    ),
    (
        lambda t: put(t, "tillfällen", 7, "omgång", "HS-11"),
        'tillfällen, rad 7, kolumn omgång: "HS-11" finns inte i tabellen omgångar; menade du "HS-1"?',
    ),
    (
        lambda t: put(t, "tillfällen", 3, "omgång", "CI-9"),
        'tillfällen, rad 3, kolumn omgång: "CI-9" finns inte i tabellen omgångar; menade du "CI-2"?',
    ),
    (
        lambda t: put(t, "omgångar", 4, "utbildning", "SH"),
        'omgångar, rad 4, kolumn utbildning: "SH" finns inte i tabellen utbildningar; menade du "HS"?',
    ),
    (
        lambda t: add(t, "nyanställda", "p1;Di Ask;Centrum;2026-08-17"),
        'nyanställda, rad 5, kolumn id: "p1" finns redan på rad 2; varje id får finnas en gång',
    ),
    (
        lambda t: put(t, "tillfällen", 7, "id", "CI-1-1"),
        'tillfällen, rad 7, kolumn id: "CI-1-1" finns redan på rad 2; varje id får finnas en gång',
    ),
    (
        lambda t: put(t, "tillfällen", 6, "id", "HS-1-1-2"),
        'tillfällen, rad 7, kolumn id: "HS-1-1-2" finns redan på rad 6 (bildat av omgång och moment; '
        "skriv egna id i kolumnen id); varje id får finnas en gång",
    ),
    (
        lambda t: add(t, "moment", "CI;1;Igen"),
        'moment, rad 5, kolumn nr: "1" finns redan på rad 2 för utbildning "CI"; behåll en av raderna',
    ),
    (
        lambda t: add(t, "bokningar", "p1;CI-1-2"),
        'bokningar, rad 4, kolumn tillfälle: "CI-1-2" finns redan på rad 3 för nyanställd "p1"; behåll en av raderna',
    ),
    (
        lambda t: put(t, "tillfällen", 7, "moment", "2"),
        'tillfällen, rad 7, kolumn moment: "2" är inget moment i HS, som har 1; '
        "rätta numret, eller lägg till det i moment",
    ),
    (
        lambda t: put(t, "tillfällen", 2, "utbildning", "HS"),
        'tillfällen, rad 2, kolumn utbildning: "HS" är inte omgångens utbildning, CI; rätta utbildning eller omgång',
    ),
    (
        lambda t: put(t, "tillfällen", 4, "slut", "08:00"),
        'tillfällen, rad 4, kolumn slut: "08:00" är inte efter start, 09:00; rätta en av tiderna',
    ),
    (
        lambda t: put(t, "lov", 2, "till", "2026-10-25"),
        'lov, rad 2, kolumn till: "2026-10-25" är före från, 2026-10-26; rätta ett av datumen',
    ),
    (
        lambda t: put(t, "inställningar", 4, "värde", "2026-08-16"),
        'inställningar, rad 4, kolumn värde: "2026-08-16" (terminsslut) är före terminsstart, 2026-08-17; '
        "rätta ett av datumen",
    ),
    (
        lambda t: put(t, "nyanställda", 3, "slutar", "2026-08-23"),
        'nyanställda, rad 3, kolumn slutar: "2026-08-23" är före anställd_från, 2026-08-24; rätta ett av datumen',
    ),
    (
        lambda t: put(t, "utbildningar", 2, "högst_dagar_mellan", "6"),
        'utbildningar, rad 2, kolumn högst_dagar_mellan: "6" är mindre än dagar_mellan, 7; rätta ett av talen',
    ),
    (
        lambda t: put(t, "utbildningar", 2, "efter", "HS"),
        'utbildningar, rad 2, kolumn efter: "HS" gör att utbildningar väntar på varandra (CI efter HS efter CI); '
        "ta bort ett av leden",
    ),
    (
        lambda t: put(t, "utbildningar", 2, "efter", "CI"),
        'utbildningar, rad 2, kolumn efter: "CI" gör att utbildningar väntar på varandra (CI efter CI); '
        "ta bort ett av leden",
    ),
    (
        lambda t: put(t, "omgångar", 3, "min_deltagare", "21"),
        'omgångar, rad 3, kolumn min_deltagare: "21" är mer än platser, 20; rätta ett av talen',
    ),
    (
        lambda t: put(t, "omgångar", 2, "reserv", "21"),
        'omgångar, rad 2, kolumn reserv: "21" är mer än platser, 20; rätta ett av talen',
    ),
    (
        lambda t: put(t, "kvoter", 2, "minst", "11"),
        'kvoter, rad 2, kolumn minst: "11" är mer än högst, 10; rätta ett av talen',
    ),
    (
        lambda t: put(t, "kvoter", 3, "minst", "20"),
        'kvoter, rad 3, kolumn minst: "20" gör att minst för omgång CI-1 blir 21 i summa, men omgången har 20 platser; '
        "sänk minst",
    ),
    (
        lambda t: put(put(t, "kvoter", 3, "minst", "7"), "tillfällen", 3, "platser", "7"),
        'kvoter, rad 3, kolumn minst: "7" gör att minst för omgång CI-1 blir 8 i summa, '
        "men tillfället CI-1-2 har 7 platser; sänk minst",
    ),
    (
        lambda t: t["tillfällen"].pop(4),
        'omgångar, rad 3, kolumn id: "CI-2" saknar tillfälle för moment 2; lägg till det i tillfällen',
    ),
    (
        lambda t: put(t, "närvaro", 2, "tillfälle", "CI-1-2"),
        'närvaro, rad 2, kolumn tillfälle: "CI-1-2" hålls först 2026-09-22, inte före planeringsdagen 2026-09-10; '
        "ta bort raden",
    ),
    (
        lambda t: put(put(t, "tillfällen", 7, "datum", "2027-03-28"), "tillfällen", 7, "start", "02:30"),
        'tillfällen, rad 7, kolumn start: "02:30" finns inte, klockan ställs fram den 2027-03-28; välj en annan tid',
    ),
    (
        lambda t: put(
            put(put(t, "tillfällen", 7, "datum", "2026-10-25"), "tillfällen", 7, "start", "01:00"),
            "tillfällen",
            7,
            "slut",
            "02:30",
        ),
        'tillfällen, rad 7, kolumn slut: "02:30" finns två gånger, klockan ställs tillbaka den 2026-10-25; '
        "välj en annan tid",
    ),
    (
        lambda t: put(t, "frånvaro", 2, "nyanställd", "anna  ek"),
        'frånvaro, rad 2, kolumn nyanställd: "anna ek" finns inte i tabellen nyanställda; det är namnet, skriv id:t p1',
    ),
    (
        lambda t: (put(t, "nyanställda", 4, "namn", "Bo Dahl"), put(t, "spärrar", 2, "nyanställd", "Bo Dahl")),
        'spärrar, rad 2, kolumn nyanställd: "Bo Dahl" finns inte i tabellen nyanställda; '
        "det är namnet, skriv id:t p2 eller p3",
    ),
    (
        lambda t: put(t, "bokningar", 3, "tillfälle", "CI-1"),
        'bokningar, rad 3, kolumn tillfälle: "CI-1" finns inte i tabellen tillfällen; '
        "det är omgången, skriv id:t CI-1-1 eller CI-1-2",
    ),
]

TABLES: list[tuple[Break, str]] = [
    (
        lambda t: t.pop("nyanställda"),
        "nyanställda: tabellen saknas; lägg till den med kolumnerna id, namn, förvaltning, anställd_från",
    ),
    (
        lambda t: t.pop("tillfällen"),
        "tillfällen: tabellen saknas; lägg till den med kolumnerna omgång, datum, start, slut",
    ),
    (
        lambda t: t.update(nyanställda=[]),
        "nyanställda: tabellen är tom; fyll i kolumnerna id, namn, förvaltning, anställd_från",
    ),
    (
        lambda t: [
            t.update(nyanställda=t["nyanställda"][:1]),
            *map(t.pop, ("frånvaro", "bokningar", "spärrar", "närvaro")),
        ],
        "nyanställda: tabellen har inga nyanställda; lägg till minst en rad",
    ),
    (
        lambda t: drop_column(t, "nyanställda", "förvaltning"),
        "nyanställda, rad 1, kolumn förvaltning: kolumnen saknas; lägg till den i rubrikraden",
    ),
    (
        lambda t: drop_column(t, "nyanställda", "id"),
        "nyanställda, rad 1, kolumn id: kolumnen saknas; lägg till den i rubrikraden",
    ),
    (
        lambda t: drop_column(t, "omgångar", "utbildning"),
        "omgångar, rad 1, kolumn utbildning: kolumnen saknas; lägg till den i rubrikraden",
    ),
    (
        lambda t: put(t, "nyanställda", 2, "Förvaltning", "Nordost"),
        "nyanställda, rad 1, kolumn förvaltning: kolumnen finns två gånger; behåll en av dem",
    ),
    (
        lambda t: put(t, "frånvaro", 2, "orsak", "sjukdom"),
        "frånvaro, rad 1, kolumn orsak: kolumnen får inte finnas här, den kan röja känsliga uppgifter; "
        "ta bort den ur filen",
    ),
    (
        lambda t: t["frånvaro"][1].append("sjukdom"),
        "frånvaro, rad 2: raden har fler celler än rubriker; ta bort dem, eller sätt citattecken om text "
        "med skiljetecken i",
    ),
    (
        lambda t: t["nyanställda"][2].insert(1, "Dahl"),
        "nyanställda, rad 3: raden har fler celler än rubriker; ta bort dem, eller sätt citattecken om text "
        "med skiljetecken i",
    ),
    (
        lambda t: t.update(tillfallen=t["tillfällen"]),
        'tillfällen: tabellen finns två gånger, som "tillfallen" och "tillfällen"; behåll en av dem',
    ),
]


@pytest.mark.parametrize(
    ("break_", "line"), CELLS + CROSS_CHECKS + TABLES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_planted_fault_is_the_one_thing_reported(tmp_path: Path, break_: Break, line: str) -> None:
    tables = example()
    break_(tables)
    assert errors(tmp_path, tables) == [line]


def test_all_planted_faults_are_reported_in_one_run_in_table_and_row_order(tmp_path: Path) -> None:
    tables = example()
    compatible = [
        CELLS[0],
        CELLS[6],
        CELLS[8],
        CELLS[12],
        CELLS[18],
        CROSS_CHECKS[1],
        CROSS_CHECKS[3],
        CROSS_CHECKS[15],
    ]
    for break_, _ in compatible:
        break_(tables)
    found = errors(tmp_path, tables)
    assert sorted(found) == sorted(line for _, line in compatible)
    assert [line.split(",")[0] for line in found] == [
        "inställningar",
        "lov",
        "utbildningar",
        "omgångar",
        "tillfällen",
        "nyanställda",
        "nyanställda",
        "bokningar",
    ]


def test_two_faults_in_one_row_are_both_reported(tmp_path: Path) -> None:
    tables = put(put(example(), "nyanställda", 2, "anställd_från", "igår"), "nyanställda", 2, "förvaltning", "Centrun")
    assert errors(tmp_path, tables) == [
        'nyanställda, rad 2, kolumn anställd_från: "igår" är inget datum; skriv som 2026-08-24',
        'nyanställda, rad 2, kolumn förvaltning: "Centrun" finns inte i tabellen förvaltningar; menade du "Centrum"?',
    ]


def test_a_session_row_that_lost_its_round_does_not_hide_that_another_round_lacks_a_module(tmp_path: Path) -> None:
    tables = add(example(), "tillfällen", "CI-7;1;2026-12-01;09:00;16:00")
    del tables["tillfällen"][4]
    assert len(errors(tmp_path, tables)) == 2


def test_what_a_further_column_of_absences_holds_is_never_repeated(tmp_path: Path) -> None:
    tables = put(example(), "frånvaro", 2, "orsak", "sjukdom")
    tables["frånvaro"][1].append("vård av barn")
    assert not [line for line in errors(tmp_path, tables) if "sjukdom" in line or "vård" in line]


def test_row_numbers_count_blank_lines_and_cells_with_line_breaks_as_excel_does(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 2, "namn", "Anna\nEk")
    tables["nyanställda"][2:2] = [[], ["", "", ""], [" "]]
    put(tables, "nyanställda", 7, "anställd_från", "igår")
    assert [finding.row for finding in read(tmp_path, tables).errors] == [7]


def test_many_faults_of_one_kind_are_summed_up_on_the_screen_but_none_is_dropped(tmp_path: Path) -> None:
    tables = example()
    for number in range(103):
        add(tables, "nyanställda", f"q{number};Q {number};Centrum;igår")
    found = read(tmp_path, put(tables, "nyanställda", 2, "prioritet", "9")).errors
    lines = summarise(found)
    assert len(found) == 104
    assert len(lines) == 22
    assert "nyanställda: och 83 till av samma slag" in lines


def test_a_value_cannot_steer_the_terminal(tmp_path: Path) -> None:
    line, *_ = errors(tmp_path, put(example(), "nyanställda", 2, "anställd_från", "\x1b[2Jigår\u202e"))
    assert line.isprintable()


def test_two_hires_without_a_name_are_two_errors_and_no_likeness(tmp_path: Path) -> None:
    tables = example()
    for number in (1, 2):
        tables["nyanställda"][number][1] = ""
    reading = read_problem(write_folder(tmp_path / "in", tables))
    assert [(error.row, error.column) for error in reading.errors] == [(2, "namn"), (3, "namn")]
    assert [warning for warning in reading.warnings if warning.kind == "två_gånger"] == []
