"""Plan folders are replaced whole or not at all, and nothing of the user's is ever lost."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from terminsplan import store
from terminsplan.exits import RefusedError
from terminsplan.rights import rights_of
from tests.terminsplan.small import contents

Files = list[tuple[PurePosixPath, bytes]]


def files(text: str) -> Files:
    names = ("plan.json", "indata.json", "korning.json", "plan.xlsx", "rapport.html", "kalendrar/person/p1.ics")
    return [(PurePosixPath(name), text.encode()) for name in names]


def write(folder: Path, text: str, *, force: bool = False) -> None:
    store.target(folder, force=force, sources=[]).write(files(text))


def texts(folder: Path) -> set[bytes]:
    return {p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def hidden(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".")]


def failing(error: OSError) -> Iterator[tuple[PurePosixPath, bytes]]:
    yield from files("new")[:3]
    raise error


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "plan", "one")
    assert texts(tmp_path / "a" / "b" / "plan") == {b"one"}
    assert hidden(tmp_path / "a" / "b") == []


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    write(tmp_path / "plan", "one")
    assert texts(tmp_path / "plan") == {b"one"}


def test_a_plan_is_replaced_only_with_force(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    with pytest.raises(RefusedError, match="--tvinga"):
        write(tmp_path / "plan", "two")
    assert texts(tmp_path / "plan") == {b"one"}
    write(tmp_path / "plan", "two", force=True)
    assert texts(tmp_path / "plan") == {b"two"}
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_is_no_plan_is_never_replaced(force: bool, tmp_path: Path) -> None:
    (tmp_path / "foton").mkdir()
    (tmp_path / "foton" / "barnen.jpg").write_bytes(b"x")
    with pytest.raises(RefusedError, match="annat än en plan"):
        write(tmp_path / "foton", "one", force=force)
    assert (tmp_path / "foton" / "barnen.jpg").exists()


@pytest.mark.parametrize(
    "name", ["anteckningar.docx", "kalendrar/egen.txt", "kalendrar/person/p1.ics.bak", "under/plan.json"]
)
def test_a_plan_with_files_of_the_users_own_is_never_replaced(name: str, tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "plan" / name).write_bytes(b"mine")
    with pytest.raises(RefusedError, match="gå förlorade") as refusal:
        write(tmp_path / "plan", "two", force=True)
    assert Path(name).name in " ".join(refusal.value.lines)
    assert (tmp_path / "plan" / name).read_bytes() == b"mine"


def test_a_link_in_a_plan_is_the_users_own(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan" / "kalendrar" / "x.ics").symlink_to(tmp_path)
    with pytest.raises(RefusedError, match="gå förlorade"):
        write(tmp_path / "plan", "two", force=True)


def test_what_file_managers_leave_is_nobodys(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan" / ".DS_Store").write_bytes(b"x")
    write(tmp_path / "plan", "two", force=True)
    assert texts(tmp_path / "plan") == {b"two"}


@pytest.mark.parametrize("lock", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_a_workbook_that_is_open_is_told(lock: str, tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan" / lock).write_bytes(b"x")
    with pytest.raises(RefusedError, match="öppen i Excel"):
        write(tmp_path / "plan", "two", force=True)


def test_files_that_come_during_the_solve_are_safe_too(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    target = store.target(tmp_path / "plan", force=True, sources=[])
    (tmp_path / "plan" / "mina.txt").write_bytes(b"mine")
    with pytest.raises(RefusedError, match=r"mina\.txt"):
        target.write(files("two"))
    assert texts(tmp_path / "plan") == {b"one", b"mine"}
    assert hidden(tmp_path) == []


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(b"x")
    with pytest.raises(RefusedError, match="är en fil"):
        write(tmp_path / "plan", "one", force=True)
    with pytest.raises(RefusedError, match="är en fil"):
        write(tmp_path / "plan" / "under", "one")


def test_the_folder_one_stands_in_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RefusedError, match="mappen du står i"):
        write(Path(), "one", force=True)


@pytest.mark.parametrize(
    ("output", "source"),
    [("in", "in"), ("a", "a/in"), ("in/ut", "in"), ("a/../in", "in")],
    ids=["same", "source inside", "output inside", "same by another path"],
)
def test_what_is_read_is_never_written(output: str, source: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(RefusedError, match="med -o"):
        store.target(tmp_path / output, force=True, sources=[tmp_path / source])


def test_a_link_to_a_plan_is_replaced_where_it_leads(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "senaste").symlink_to(tmp_path / "plan")
    write(tmp_path / "senaste", "two", force=True)
    assert (tmp_path / "senaste").is_symlink()
    assert texts(tmp_path / "plan") == {b"two"}


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "disken är full"),
        (errno.EACCES, "inte rätt"),
        (errno.ENAMETOOLONG, "för lång"),
        (errno.EIO, "inte att skriva"),
    ],
)
def test_a_failure_while_writing_leaves_the_old_plan_and_no_rubbish(code: int, says: str, tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    target = store.target(tmp_path / "plan", force=True, sources=[])
    with pytest.raises(RefusedError, match=says):
        target.write(failing(OSError(code, "x")))
    assert texts(tmp_path / "plan") == {b"one"}
    assert hidden(tmp_path) == []


def test_a_bug_while_writing_leaves_the_old_plan_too(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")

    def broken() -> Iterator[tuple[PurePosixPath, bytes]]:
        yield from files("new")[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.target(tmp_path / "plan", force=True, sources=[]).write(broken())
    assert texts(tmp_path / "plan") == {b"one"}
    assert hidden(tmp_path) == []


def test_a_folder_that_another_program_holds_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "plan", "one")
    target = store.target(tmp_path / "plan", force=True, sources=[])
    rename = Path.rename

    def held(self: Path, to: Path) -> Path:
        if self.name == "plan":
            raise PermissionError(errno.EACCES, "in use")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(RefusedError, match="öppen i ett annat program"):
        target.write(files("two"))
    assert texts(tmp_path / "plan") == {b"one"}
    assert hidden(tmp_path) == []


def test_when_the_new_one_cannot_come_in_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "plan", "one")
    target = store.target(tmp_path / "plan", force=True, sources=[])
    rename = Path.rename

    def stuck(self: Path, to: Path) -> Path:
        if "-ny-" in self.name and to.name == "plan":
            raise OSError(errno.EIO, "x")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", stuck)
    with pytest.raises(RefusedError):
        target.write(files("two"))
    assert texts(tmp_path / "plan") == {b"one"}


def test_an_unwritable_place_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(RefusedError, match="inte rätt"):
        store.target(tmp_path / "plan", force=False, sources=[])


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="för lång"):
        write(tmp_path / ("x" * 300), "one")


def test_the_longest_name_there_is_works(tmp_path: Path) -> None:
    write(tmp_path / ("x" * 255), "one")
    write(tmp_path / ("x" * 255), "two", force=True)
    assert texts(tmp_path / ("x" * 255)) == {b"two"}


def test_a_plan_left_aside_by_a_killed_run_is_put_back(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan").rename(store._beside(tmp_path / "plan", "gammal", "0000abcd"))
    store._beside(tmp_path / "plan", "ny", "0000abcd").mkdir()
    with pytest.raises(RefusedError, match="--tvinga"):
        write(tmp_path / "plan", "two")
    assert texts(tmp_path / "plan") == {b"one"}
    write(tmp_path / "plan", "two", force=True)
    assert hidden(tmp_path) == []


def test_the_leftovers_of_another_folder_are_left_alone(tmp_path: Path) -> None:
    other = store._beside(tmp_path / "plan2", "gammal")
    other.mkdir()
    write(tmp_path / "plan", "one")
    assert other.exists()


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path, PurePosixPath
    from terminsplan import store
    number = 0
    while True:
        number += 1
        text = str(number).encode()
        names = ["plan.json", "indata.json", *(f"kalendrar/person/p{n}.ics" for n in range(20))]
        target = store.target(Path(sys.argv[1]), force=True, sources=[])
        target.write((PurePosixPath(name), text) for name in names)
        print(number, flush=True)
    """
)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_run_killed_at_any_moment_leaves_a_whole_plan(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    last = 0
    for round_ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, folder], stdout=subprocess.PIPE, cwd=Path(store.__file__).parents[1]
        )
        assert writer.stdout is not None
        assert writer.stdout.readline()  # it has written once
        time.sleep(0.003 * round_)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        store.recover(folder)
        (whole,) = texts(folder)
        assert len([p for p in folder.rglob("*") if p.is_file()]) == 22
        last = int(whole)
    assert last >= 1
    write(folder, "end", force=True)
    assert hidden(tmp_path) == []


def test_a_plan_is_read_where_it_was_copied(planned: Path, tmp_path: Path) -> None:
    shutil.copytree(planned, tmp_path / "på annan plats" / "kopia")
    here, there = store.open_plan(planned), store.open_plan(tmp_path / "på annan plats" / "kopia")
    assert here.plan == there.plan
    assert here.plan_sha256 == there.plan_sha256


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("plan.json", lambda _: b"{", "är skadad"),
        ("indata.json", lambda _: b"[]", "är skadad"),
        ("indata.json", lambda data: data.replace("Åsa Öberg".encode(), b"Eva"), "inte det som"),
        ("plan.json", lambda data: data.replace(b'"p4"', b'"p9"'), "nämner nyanställd p9"),
    ],
)
def test_a_damaged_plan_is_told(name: str, change: object, says: str, planned: Path) -> None:
    assert callable(change)
    (planned / name).write_bytes(change((planned / name).read_bytes()))
    with pytest.raises(RefusedError, match=says):
        store.open_plan(planned)


@pytest.mark.parametrize("name", ["plan.json", "indata.json"])
def test_half_a_plan_is_told(name: str, planned: Path) -> None:
    (planned / name).unlink()
    with pytest.raises(RefusedError, match=f"{name} saknas"):
        store.open_plan(planned)


def test_no_folder_at_all_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="finns inte"):
        store.open_plan(tmp_path / "plan")
    with pytest.raises(RefusedError, match="för lång"):
        store.open_plan(tmp_path / ("x" * 300))


def test_a_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    store.write_file(tmp_path / "a.xlsx", b"one", force=False)
    with pytest.raises(RefusedError, match="finns redan"):
        store.write_file(tmp_path / "a.xlsx", b"two", force=False)
    store.write_file(tmp_path / "a.xlsx", b"two", force=True)
    assert (tmp_path / "a.xlsx").read_bytes() == b"two"
    with pytest.raises(RefusedError, match="är en mapp"):
        store.write_file(tmp_path, b"x", force=True)
    assert hidden(tmp_path) == []


def test_the_run_record_holds_the_hash_of_the_plan(planned: Path) -> None:
    record = json.loads((planned / "korning.json").read_text("utf-8"))
    assert record["plan_sha256"] == store.open_plan(planned).plan_sha256
    assert contents(planned)


# --- rivals, rights, what was deleted
# ----------------------------------------------------------------------------------

posix = pytest.mark.skipif(os.name == "nt", reason="permission bits, links")


def test_who_comes_second_is_told_before_he_solves(tmp_path: Path) -> None:
    first = store.target(tmp_path / "plan", force=True, sources=[])
    with pytest.raises(RefusedError, match="skrivs just nu av en annan körning"):
        store.target(tmp_path / "plan", force=True, sources=[])
    other = store.target(tmp_path / "plan2", force=True, sources=[])
    first.write(files("one"))
    other.write(files("other"))
    write(tmp_path / "plan", "two", force=True)
    assert hidden(tmp_path) == []


def test_a_lock_that_a_killed_run_left_locks_nothing(tmp_path: Path) -> None:
    store._lock_path(tmp_path, tmp_path / "plan").touch()
    write(tmp_path / "plan", "one")
    assert hidden(tmp_path) == []


@posix
def test_a_new_plan_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    store.write_file(tmp_path / "a.html", b"x", force=False)
    found = [tmp_path / "a.html", tmp_path / "plan", *(tmp_path / "plan").rglob("*")]
    assert {p.stat().st_mode & 0o777 for p in found if p.is_dir()} == {0o700}
    assert {p.stat().st_mode & 0o777 for p in found if p.is_file()} == {0o600}


@posix
def test_in_a_shared_folder_a_new_plan_takes_what_the_folder_gives(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    write(tmp_path / "plan", "one")
    assert (tmp_path / "plan" / "plan.json").stat().st_mode & 0o044


@posix
def test_a_replaced_plan_keeps_its_rights(tmp_path: Path) -> None:
    write(tmp_path / "plan", "one")
    (tmp_path / "plan").chmod(0o2750)
    (tmp_path / "plan" / "plan.json").chmod(0o640)
    write(tmp_path / "plan", "two", force=True)
    assert (tmp_path / "plan").stat().st_mode & 0o7777 == 0o2750
    assert (tmp_path / "plan" / "plan.json").stat().st_mode & 0o777 == 0o640
    (tmp_path / "a.html").write_bytes(b"x")
    (tmp_path / "a.html").chmod(0o604)
    store.write_file(tmp_path / "a.html", b"y", force=True)
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o604


@posix
def test_a_group_that_cannot_be_kept_is_closed_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(b"x")
    (tmp_path / "a.html").chmod(0o660)
    found = rights_of(tmp_path / "a.html")
    monkeypatch.setattr(store, "rights_of", lambda _: replace(found, group=found.group + 1))

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "chown", refuse)
    (note,) = store.write_file(tmp_path / "a.html", b"y", force=True)
    assert "stängt för grupper" in note
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o600


def test_a_plan_that_was_deleted_stays_deleted(tmp_path: Path) -> None:
    write(tmp_path / "plan", "old")
    (tmp_path / "plan").rename(
        store._beside(tmp_path / "plan", "gammal")
    )  # the new one came in, and the run was killed
    with pytest.raises(RefusedError, match="finns inte"):
        store.open_plan(tmp_path / "plan")
    assert list(tmp_path.iterdir()) == []


def test_what_killed_runs_left_beside_other_plans_does_not_outlive_the_next_command(tmp_path: Path) -> None:
    left = store._beside(tmp_path / "annan", "ny")
    left.mkdir()
    (left / "plan.json").write_bytes("Åsa Öberg".encode())
    write(tmp_path / "plan", "one")
    assert not left.exists()


def test_what_another_run_is_just_writing_is_left_alone(tmp_path: Path) -> None:
    live = store.target(tmp_path / "annan", force=False, sources=[])
    work = store._beside(tmp_path / "annan", "ny")
    work.mkdir()
    write(tmp_path / "plan", "one")
    assert work.exists()
    live.lock.free()


def test_remains_that_cannot_be_removed_stop_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store._beside(tmp_path / "plan", "skrap").mkdir()
    monkeypatch.setattr(store, "_remove", lambda _: None)
    with pytest.raises(RefusedError, match="går inte att ta bort"):
        store.target(tmp_path / "plan", force=True, sources=[])


@posix
def test_links_that_lead_round_are_told(tmp_path: Path) -> None:
    (tmp_path / "runt").symlink_to("runt")
    with pytest.raises(RefusedError, match="leder runt"):
        write(tmp_path / "runt", "one")
    with pytest.raises(RefusedError, match="leder runt"):
        store.open_plan(tmp_path / "runt")


def test_a_drive_of_its_own_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "disk").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda self: self.name == "disk")
    with pytest.raises(RefusedError, match="monteringspunkt"):
        store.target(tmp_path / "disk", force=True, sources=[])


@posix
@pytest.mark.parametrize("name", ["plan.json", "indata.json"])
def test_a_pipe_is_no_stored_file(name: str, planned: Path) -> None:
    (planned / name).unlink()
    os.mkfifo(planned / name)
    with pytest.raises(RefusedError, match="går inte att läsa"):
        store.open_plan(planned)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("plan.json", '"plan_number": 1', '"plan_number": 1, "plan_number": 2'),
        ("plan.json", '"plan_number": 1', '"plan_number": ' + "9" * 30),
        ("plan.json", '"planning_date": "2026-08-03"', '"planning_date": "9999-12-31"'),
        ("plan.json", '"planning_date"', "[" * 100_000),
    ],
)
def test_odd_stored_values_are_told(name: str, old: str, new: str, planned: Path) -> None:
    text = (planned / name).read_text("utf-8")
    assert old in text
    (planned / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RefusedError, match="skadad"):
        store.open_plan(planned)
