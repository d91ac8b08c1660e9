"""File names from ids: safe anywhere, never two alike, and as little dependent on each other as can be."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outputs.filenames import file_stems


def stem(id_: str) -> str:
    return file_stems([id_])[id_]


@pytest.mark.parametrize(
    "id_", ["p017", "CI-2", "HS-1-1-2", "Örgryte", "anna.ek@goteborg.se", "Anna Ek", "a_b", "console"]
)
def test_an_ordinary_id_names_its_file_as_it_is(id_: str) -> None:
    assert stem(id_) == id_


@pytest.mark.parametrize(
    "id_",
    ["../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "C:\\x", "a:b", "a*?", "..", ".", "", ".dold", "punkt.", "luft ",
     " luft", "rad\r\nny", "nul\x00", "\u202eomvänd", "👩‍👩‍👧", "<b>", 'c"d', "e|f", "~tilde"],
)  # fmt: skip
def test_any_other_id_is_made_safe_with_a_suffix_of_its_own(id_: str) -> None:
    assert stem(id_) != id_
    assert stem(id_)[-13] == "~"


@pytest.mark.parametrize("id_", ["CON", "nul", "Aux", "prn", "COM1", "lpt9", "COM¹", "con.x", "nul .txt", "COM0"])
def test_a_device_of_windows_is_no_file_name(id_: str) -> None:
    assert stem(id_).startswith("_")


def test_ids_that_differ_by_case_alone_get_suffixes_both_and_leave_the_others_alone() -> None:
    stems = file_stems(["P1", "p1", "p2"])

    assert stems["p2"] == "p2"
    assert stems["P1"].startswith("P1~")
    assert stems["p1"].startswith("p1~")
    assert stems["P1"].casefold() != stems["p1"].casefold()


def test_ids_that_differ_by_unicode_form_alone_get_names_of_their_own() -> None:
    composed, decomposed = "Åsa", unicodedata.normalize("NFD", "Åsa")
    stems = file_stems([composed, decomposed])

    assert stems[composed] == "Åsa"
    assert stems[decomposed].startswith("Åsa~")


def test_an_unsafe_id_keeps_its_name_whoever_else_there_is() -> None:
    assert stem("a/b") == file_stems(["a/b", "a_b", "a:b", "A/B"])["a/b"]


def test_a_long_id_is_cut_and_keeps_a_name_of_its_own() -> None:
    stems = file_stems(["å" * 99 + "1", "å" * 99 + "2", "𐐀" * 100])

    assert len(set(stems.values())) == 3
    assert all(len(name.encode()) <= 140 for name in stems.values())


ids = st.lists(st.text(st.characters(), max_size=100) | st.text("aAåÅ./\\:~_ \u030a", max_size=4), max_size=12)


@settings(max_examples=300)
@given(ids)
def test_names_are_safe_and_never_alike_on_any_file_system(given_ids: list[str]) -> None:
    stems = file_stems(given_ids)

    assert set(stems) == set(given_ids)
    folded = {unicodedata.normalize("NFC", name).casefold() for name in stems.values()}
    assert len(folded) == len(stems)
    for name in stems.values():
        assert not set(name) & set('<>:"/\\|?*') and name.isprintable()
        assert name.strip(". ") == name != ""
        assert len(name.encode()) <= 140
        assert unicodedata.normalize("NFC", name) == name
    assert file_stems(reversed(given_ids)) == stems


@given(st.text(st.characters(), max_size=30))
def test_a_zip_keeps_every_name(id_: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"person/{stem(id_)}.ics", b"")

    assert zipfile.ZipFile(buffer).namelist() == [f"person/{stem(id_)}.ics"]
