"""What may not be in an uploaded zip, and what may."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from service.reading import archive
from service.reading.archive import RefusedArchiveError, unpack


def packed(place: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(place, "w") as made:
        for name, data in members:
            made.writestr(name, data)
    return place


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("kvoter.csv")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([(f"{number}.csv", b"") for number in range(101)], "högst 100"),
        ([("../kvoter.csv", b"")], "annan mapp"),
        ([("/etc/kvoter.csv", b"")], "annan mapp"),
        ([("a/b/kvoter.csv", b"")], "annan mapp"),
        ([("c:kvoter.csv", b"")], "annan mapp"),
        ([("a/kvoter.csv", b""), ("b/lov.csv", b"")], "flera mappar"),
        ([("inre.zip", b"PK")], "packad fil"),
        ([("underlag.xlsx", b"PK")], "packad fil"),
        ([(link(), b"/etc/passwd")], "länk"),
        ([("Lov.csv", b""), ("lov.csv", b"")], "två filer"),
    ],
)
def test_what_is_refused_is_told_why(
    tmp_path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]], said: str
) -> None:
    with pytest.raises(RefusedArchiveError, match=said):
        unpack(packed(tmp_path / "a.zip", *members), tmp_path / "ut")


@pytest.mark.parametrize("folder", ["", "tabeller/"])
def test_tables_are_taken_from_the_root_or_from_one_folder(tmp_path: Path, folder: str) -> None:
    members = [(f"{folder}nyanställda.csv", b"id"), (f"{folder}lov.csv", b"namn"), ("__MACOSX/._lov.csv", b"x")]
    unpack(packed(tmp_path / "a.zip", *members), tmp_path / "ut")
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["lov.csv", "nyanställda.csv"]


@pytest.mark.parametrize("encode", [lambda name: name.encode(), lambda name: name.encode("cp850")])
def test_names_without_the_mark_of_utf8_are_read_as_they_were_meant(
    tmp_path: Path, encode: Callable[[str], bytes]
) -> None:
    raw = encode("omgångar.csv")
    place = packed(tmp_path / "a.zip", ("x" * len(raw), b"id"))
    place.write_bytes(place.read_bytes().replace(b"x" * len(raw), raw))
    unpack(place, tmp_path / "ut")
    assert (tmp_path / "ut" / "omgångar.csv").read_bytes() == b"id"


def test_an_archive_is_stopped_where_it_has_grown_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(RefusedArchiveError, match="för stort"):
        unpack(packed(tmp_path / "a.zip", ("a.csv", b"x" * 600), ("b.csv", b"x" * 600)), tmp_path / "ut")


def test_an_encrypted_archive_is_told_to_be_one(tmp_path: Path) -> None:
    place = packed(tmp_path / "a.zip", ("lov.csv", b"namn"))
    data = bytearray(place.read_bytes())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + flags] |= 1
    place.write_bytes(bytes(data))
    with pytest.raises(RefusedArchiveError, match="krypterad"):
        unpack(place, tmp_path / "ut")


def test_half_an_archive_is_none(tmp_path: Path) -> None:
    place = packed(tmp_path / "a.zip", ("a.csv", b"x" * 600))
    place.write_bytes(place.read_bytes()[:300])
    with pytest.raises(RefusedArchiveError, match="ingen hel zip"):
        unpack(place, tmp_path / "ut")
