"""Plan folders on disk: read whole or not at all, written beside and renamed (OUTPUT.md, Files in UT).

A plan is written to a folder of its own beside the target and takes its place by renaming: the old folder aside, the
new one in. Whatever stops the program, even between the two renames, one of them is whole; if it then lies aside, the
next command that looks for it puts it back. Only folders that hold nothing but a plan of ours are ever replaced.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EACCES, EBUSY, EDQUOT, EEXIST, ENAMETOOLONG, ENOENT, ENOSPC, ENOTEMPTY, EPERM, EROFS
from pathlib import Path, PurePosixPath

from models.change import PlanDiff
from models.ids import Stability
from models.plan import Plan
from models.problem import TermProblem
from outputs.files import FOLDERS, owned
from outputs.files.calendars import FOLDER
from outputs.files.data import CHANGES, INPUT, PLAN
from outputs.files.kinds import Content
from outputs.plan_json import DamagedFileError, read_changes, read_plan, read_problem
from terminsplan.exits import RefusedError

RUN = "korning.json"
COMPARISON = "jamforelse.xlsx"
CALENDARS = PurePosixPath(FOLDER)
_LEFT_BY_FILE_MANAGERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
_OPEN_IN_OFFICE = ("~$", ".~lock.")
_NAMED = 5
_SYNC_THREADS = 8


@dataclass(frozen=True)
class Stored:
    """A plan folder as read; ``changes`` are those since the plan before, in a re-plan."""

    folder: Path
    plan: Plan
    problem: TermProblem
    plan_sha256: str
    changes: PlanDiff | None = None


def open_plan(folder: Path) -> Stored:
    """The plan in a folder with the input it was made from; refuses in Swedish what is missing, damaged or mixed up."""
    try:
        folder = folder.resolve()
        recover(folder)
        there = folder.is_dir()
    except OSError as error:
        raise RefusedError(f"{folder} går inte att läsa: {told(error)}.") from error
    if not there:
        raise RefusedError(f"{folder} finns inte, eller är ingen mapp.", "Ange mappen som planera skrev.")
    if choices := alternatives_in(folder):
        names = ", ".join(str(place) for place in choices)
        raise RefusedError(f"{folder} har flera planer att välja bland.", f"Ange en av dem: {names}.")
    data, raw_input = _read(folder, PLAN), _read(folder, INPUT)
    raw_changes = _read(folder, CHANGES) if (folder / CHANGES).exists() else None
    try:
        plan, problem = read_plan(data), read_problem(raw_input)
        changes = None if raw_changes is None else read_changes(raw_changes)
    except DamagedFileError as error:
        raise RefusedError(f"{folder}: {error}.") from error
    if hashlib.sha256(raw_input).hexdigest() != plan.input_sha256:
        raise RefusedError(
            f"{folder}: {INPUT} är inte det som {PLAN} gjordes av.",
            "Någon av filerna är ändrad eller utbytt; planera om.",
        )
    _check_references(folder, plan, problem)
    return Stored(folder, plan, problem, hashlib.sha256(data).hexdigest(), changes)


def alternatives_in(folder: Path) -> tuple[Path, ...]:
    """The plans that lie side by side in a folder for one of them to be chosen; none in other folders."""
    if not (folder / COMPARISON).is_file():
        return ()
    return tuple(place for stability in Stability if (place := folder / stability.value).is_dir())


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise RefusedError(f"{folder} är ingen plan: {name} saknas.") from error
    except OSError as error:
        raise RefusedError(f"{folder / name} går inte att läsa: {told(error)}.") from error


def _check_references(folder: Path, plan: Plan, problem: TermProblem) -> None:
    """Lost seats and old reasons may speak of what is gone; seats and requirements may not."""
    hires, programmes = problem.hire_by_id, problem.programme_by_id
    unknown = {b.hire for b in plan.bookings} | {r.hire for r in plan.requirements}
    unknown -= hires.keys()
    unknown |= {b.session for b in plan.bookings} - problem.session_by_id.keys()
    unknown |= {r.programme for r in plan.requirements} - programmes.keys()
    unknown |= {r.round for r in plan.rounds} - problem.round_by_id.keys()
    if unknown:
        raise RefusedError(f"{folder}: {PLAN} nämner {_some(unknown)}, som inte finns i {INPUT}.")


@dataclass(frozen=True)
class Target:
    """A folder that may be written, as found out before any work was done."""

    folder: Path
    force: bool

    def write(self, files: Iterable[tuple[PurePosixPath, Content]]) -> None:
        """Write all files and let them take the folder's place at once; on any failure the old folder stays."""
        with _explained(self.folder):
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            _clean(self.folder)
            work = _beside(self.folder, "ny")
            work.mkdir()
            try:
                _fill(work, files)
                _examine(self.folder, self.force)  # it may have come, or got files, during a long solve
                _swap(work, self.folder)
            except BaseException:
                _discard(work, self.folder)
                raise


def target(folder: Path, *, force: bool, sources: Iterable[Path]) -> Target:
    """The folder to write, refused now rather than after a minute's solving: see ``_examine`` and ``_apart``."""
    with _explained(folder):
        resolved = folder.resolve()
        recover(resolved)
        for source in sources:
            _apart(resolved, source.resolve())
        _examine(resolved, force)
        _probe(resolved)
    return Target(resolved, force)


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """A single file, whole or not at all."""
    if path.is_dir():
        raise RefusedError(f"{path} är en mapp; ange ett filnamn.")
    if path.exists() and not force:
        raise RefusedError(f"{path} finns redan. Ange ett annat namn med -o, eller --tvinga för att ersätta filen.")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        work = path.with_name(f".terminsplan-{secrets.token_hex(4)}")
        try:
            work.write_bytes(data)
            work.replace(path)
        finally:
            work.unlink(missing_ok=True)


def recover(folder: Path) -> None:
    """Put an old plan back that was set aside by a run that was killed before the new one came in."""
    if folder.exists():
        return
    with suppress(OSError):  # another program that saw the same thing was quicker
        for aside in _leftovers(folder, "gammal"):
            aside.rename(folder)
            return


def told(error: OSError) -> str:
    """What the operating system said, in Swedish."""
    reasons = {
        ENOSPC: "disken är full",
        EDQUOT: "diskutrymmet är slut",
        EACCES: "du har inte rätt att skriva eller läsa där, eller så är en fil öppen i ett annat program",
        EPERM: "du har inte rätt att skriva eller läsa där, eller så är en fil öppen i ett annat program",
        EBUSY: "mappen eller en fil i den används av ett annat program",
        EROFS: "disken går bara att läsa",
        ENAMETOOLONG: "sökvägen är för lång",
        ENOENT: "mappen finns inte, eller togs bort under tiden",
        ENOTEMPTY: "en annan körning skrev dit samtidigt",
        EEXIST: "en annan körning skrev dit samtidigt",
    }
    windows = getattr(error, "winerror", None)
    if windows in (32, 33):
        return "en fil är öppen i ett annat program, kanske Excel; stäng den och försök igen"
    return reasons.get(error.errno or 0, f"operativsystemet svarade ”{error.strerror or type(error).__name__}”")


def _apart(folder: Path, source: Path) -> None:
    """What is read must never be replaced by what is written."""
    if folder == source:
        raise RefusedError(f"{folder} är samma som det som läses. Ange en annan mapp med -o.")
    if folder in source.parents:
        raise RefusedError(f"{source} ligger i {folder}, som skulle ersättas. Ange en annan mapp med -o.")
    if source in folder.parents:
        raise RefusedError(f"{folder} ligger i {source}, som läses. Ange en mapp utanför med -o.")


def _examine(folder: Path, force: bool) -> None:
    """Free, empty, or (with ``force``) a plan of ours and nothing else; everything else belongs to the user."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RefusedError(f"{folder} är en fil; ange en mapp med -o.")
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise RefusedError(f"{folder} är mappen du står i. Ange en mapp under den, till exempel -o plan.")
    names = {entry.name for entry in folder.iterdir()} - _LEFT_BY_FILE_MANAGERS
    if not names:
        return
    choices = alternatives_in(folder)
    if not ({PLAN, INPUT} <= names or choices):
        raise RefusedError(f"{folder} innehåller annat än en plan och ersätts inte. Ange en ny mapp med -o.")
    for place in (folder, *choices):
        _refuse_open_files(place)
    if foreign := sorted(_foreign(folder)):
        raise RefusedError(
            f"{folder} innehåller också filer som inte hör till planen: {_some(foreign)}.",
            "De skulle gå förlorade. Flytta dem först, eller ange en annan mapp med -o.",
        )
    if not force:
        raise RefusedError(
            f"{folder} innehåller redan en plan. Ange en annan mapp med -o, eller --tvinga för att ersätta den."
        )


def _refuse_open_files(folder: Path) -> None:
    """Office programs leave a lock beside what they have open, on every system."""
    if any(entry.name.startswith(_OPEN_IN_OFFICE) for entry in folder.iterdir()):
        raise RefusedError(f"En fil i {folder} är öppen i Excel eller LibreOffice. Stäng den och försök igen.")


def _foreign(folder: Path) -> Iterator[str]:
    """Files that no command of ours writes."""
    choices = alternatives_in(folder)
    for place in choices:
        yield from (f"{place.name}/{name}" for name in _foreign(place))
    if choices:
        ours = {COMPARISON, *_LEFT_BY_FILE_MANAGERS, *(place.name for place in choices)}
        yield from (entry.name for entry in folder.iterdir() if entry.name not in ours)
        return
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.name in _LEFT_BY_FILE_MANAGERS or (
            path.is_dir() and not path.is_symlink() and relative.parts[0] in FOLDERS
        ):
            continue
        if path.is_symlink() or not (owned(relative) or str(relative) == RUN):
            yield str(relative)


def _probe(folder: Path) -> None:
    """Find out now whether one may write there."""
    home = next(p for p in folder.parents if p.exists())
    if not home.is_dir():
        raise RefusedError(f"{home} är en fil; ange en mapp med -o.")
    probe = home / f"{_prefix(folder, 'skrap')}{secrets.token_hex(4)}"  # thrown away later if this run is killed here
    probe.mkdir()
    probe.rmdir()


def _fill(work: Path, files: Iterable[tuple[PurePosixPath, Content]]) -> None:
    """All files, and then all of them down on the disk: a power cut after the swap must not leave empty ones."""
    written: list[Path] = []
    folders = {work}
    for name, data in files:
        path = work.joinpath(*name.parts)
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders |= {path.parent, *(p for p in path.parent.parents if work in p.parents)}
        with path.open("wb") as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        written.append(path)
    with ThreadPoolExecutor(_SYNC_THREADS) as pool:
        list(pool.map(_sync, written))
    for path in folders:
        _sync_folder(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Windows has no such thing for folders."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(work: Path, folder: Path) -> None:
    if not folder.exists():
        work.rename(folder)
    else:
        old = _beside(folder, "gammal")
        folder.rename(old)
        try:
            work.rename(folder)
        except BaseException:
            if not folder.exists():
                old.rename(folder)
            raise
        _discard(old, folder)
    _sync_folder(folder.parent)


def _clean(folder: Path) -> None:
    """Throw away what killed runs left. An old plan that lies aside is scrap only where the new one came in."""
    recover(folder)
    for kind in ("ny", "skrap", "gammal") if folder.exists() else ("ny", "skrap"):
        for path in _leftovers(folder, kind):
            _discard(path, folder)


def _discard(path: Path, folder: Path) -> None:
    """Renamed first, so that another run that is just moving it in or out either has it whole or not at all."""
    with suppress(OSError):
        scrap = _beside(folder, "skrap")
        path.rename(scrap)
        shutil.rmtree(scrap, ignore_errors=True)


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f"{_prefix(folder, kind)}{secrets.token_hex(4)}")


def _leftovers(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.absolute().parent.glob(f"{_prefix(folder, kind)}*"))


def _prefix(folder: Path, kind: str) -> str:
    """Short whatever the folder's name, and never the prefix of another folder's."""
    return f".terminsplan-{hashlib.sha256(os.fsencode(folder.absolute().name)).hexdigest()[:12]}-{kind}-"


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RefusedError(f"Det går inte att skriva {path}: {told(error)}.", "Inget har ändrats där.") from error


def _some(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = f" och {len(ordered) - _NAMED} till" if len(ordered) > _NAMED else ""
    return ", ".join(ordered[:_NAMED]) + more
