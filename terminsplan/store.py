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
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import ELOOP
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from inputs.public_holidays import is_known
from models.change import PlanDiff
from models.ids import Stability
from models.plan import Plan
from models.problem import TermProblem
from outputs.events.identity import PERSON, SharedKey
from outputs.events.shown import gatherings
from outputs.names import CHANGES, INPUT, PLAN
from outputs.plan_json import DamagedFileError, read_changes, read_plan, read_problem
from terminsplan import references
from terminsplan.exits import RefusedError
from terminsplan.interrupts import the_interrupts
from terminsplan.locks import Lock, TakenError
from terminsplan.rights import Rights, give, is_shared, rights_of
from terminsplan.system_errors import told

if TYPE_CHECKING:  # the writers are slow to load, and who reads a plan does without
    from outputs.files.kinds import Content

RUN = "korning.json"
COMPARISON = "jamforelse.xlsx"
_LEFT_BY_FILE_MANAGERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
_OPEN_IN_OFFICE = ("~$", ".~lock.")
_EDITED = "Någon av filerna är ändrad eller utbytt; planera om."
_SYNC_THREADS = 8
_OF_OURS = ".terminsplan-"
_NO_LOCKS = (
    "Disken kan inte låsa filer, så det märks inte om någon annan skriver samma mapp samtidigt. Låt bara en köra åt "
    "gången."
)


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
        folder = resolved(folder)
        tidy(folder)
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
            _EDITED,
        )
    stored = Stored(folder, plan, problem, hashlib.sha256(data).hexdigest(), changes)
    _check_references(stored)
    return stored


def alternatives_in(folder: Path) -> tuple[Path, ...]:
    """The plans that lie side by side in a folder for one of them to be chosen; none in other folders."""
    try:
        if not (folder / COMPARISON).is_file():
            return ()
        return tuple(place for stability in Stability if (place := folder / stability.value).is_dir())
    except OSError:  # a folder that one may not look into holds nothing for one to choose
        return ()


def _read(folder: Path, name: str) -> bytes:
    try:
        return read_regular(folder / name)
    except FileNotFoundError as error:
        raise RefusedError(f"{folder} är ingen plan: {name} saknas.") from error
    except OSError as error:
        raise RefusedError(f"{folder / name} går inte att läsa: {told(error)}.") from error


def read_regular(path: Path) -> bytes:
    """A file's bytes; raises OSError for what is no ordinary
    file, such as a pipe, which one would wait for without end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "ingen vanlig fil")
    return path.read_bytes()


def _check_references(stored: Stored) -> None:
    if not is_known(stored.problem.settings.holiday_country):
        raise RefusedError(f"{stored.folder}: {INPUT} är skadad: landet för helgdagar är okänt.")
    for fault in references.faults(stored.plan, stored.problem, stored.changes):
        raise RefusedError(f"{stored.folder}: {fault}.", _EDITED)


def refuse_stray_events(stored: Stored) -> None:
    """The calendar events of a plan that goes on, or goes out,
    are those of its seats: an edited plan.json may have others.
    """
    shown = gatherings(stored.problem, stored.plan)
    astray = {
        f"{event.owner} ({event.session})"
        for event in stored.plan.events
        if event.calendar != PERSON
        and event.last is None
        and SharedKey(event.calendar, event.owner, event.session) not in shown
    }
    if astray:
        raise RefusedError(
            f"{stored.folder}: {PLAN} har kalenderhändelser som inte hör till planen: {references.listed(astray)}."
        )


@dataclass(frozen=True)
class FolderKind:
    """What a folder of ours holds, by which it is known as one that may be replaced.

    ``what`` and ``of_it`` name it in messages; ``marks``: names that such a folder has; ``owns`` tells the files that a
    command of ours writes there, by their path below it, and ``folders`` are those that hold them. ``chosen``: whether
    it may hold several plans to choose among.
    """

    what: str
    of_it: str
    marks: frozenset[str]
    owns: Callable[[PurePath], bool]
    folders: Callable[[], Collection[str]]
    chosen: bool = False


def _is_of_a_plan(path: PurePath) -> bool:
    from outputs.files import owned  # noqa: PLC0415  # the writers are slow to load: only where there is a folder

    return owned(path) or str(path) == RUN


def _folders_of_a_plan() -> Collection[str]:
    from outputs.files import FOLDERS  # noqa: PLC0415  # as above

    return FOLDERS


PLAN_FOLDER = FolderKind(
    what="en plan",
    of_it="planen",
    marks=frozenset({PLAN, INPUT}),
    owns=_is_of_a_plan,
    folders=_folders_of_a_plan,
    chosen=True,
)


@dataclass(frozen=True)
class Target:
    """A folder that may be written, as found out before any work was
    done. No other run writes it for as long as this one is known.
    """

    folder: Path
    force: bool
    lock: Lock
    home: Path
    kind: FolderKind = PLAN_FOLDER

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know before he waits."""
        return () if self.lock.works else (_NO_LOCKS,)

    def write(self, files: Iterable[tuple[PurePosixPath, Content]]) -> tuple[str, ...]:
        """Write all files and let them take the folder's place at once;
        on any failure the old folder stays. What is worth a warning.
        """
        try:
            with _explained(self.folder):
                self.folder.parent.mkdir(parents=True, exist_ok=True)
                with _alone(self.folder, self.home):
                    _clean(self.folder)
                    return self._write(files)
        finally:
            self.lock.free()

    def _write(self, files: Iterable[tuple[PurePosixPath, Content]]) -> tuple[str, ...]:
        token = secrets.token_hex(4)
        work, interrupts = _beside(self.folder, "ny", token), the_interrupts()
        shared = not self.folder.exists() and is_shared(self.folder.parent)
        try:
            with interrupts.clearing(work):
                work.mkdir(mode=0o777 if shared else 0o700)
                _fill(work, files, 0o666 if shared else 0o600, 0o777 if shared else 0o700)
                _examine(self.folder, self.force, self.kind)  # it may have come, or got files, during a long solve
                notes = _take_over(work, self.folder) if self.folder.exists() else ()
                with interrupts.held():
                    _swap(work, self.folder, token)
                    interrupts.wrote(self.folder)
        except BaseException:
            if not _set_aside(self.folder):
                _discard(work, self.folder)
            raise
        return notes


def target(folder: Path, *, force: bool, sources: Iterable[Path], kind: FolderKind = PLAN_FOLDER) -> Target:
    """The folder to write, refused now rather than after a minute's solving: see ``_examine`` and ``_apart``."""
    with _explained(folder):
        place = resolved(folder)
        for source in sources:
            _apart(place, resolved(source))
        home = next(p for p in place.parents if p.exists())
        if not home.is_dir():
            raise RefusedError(f"{home} är en fil; ange en mapp med -o.")
        lock = _locked(home, place)
        if place.parent.is_dir():
            _clean(place)
        _examine(place, force, kind)
        _probe(home, place)
    return Target(place, force, lock, home, kind)


def write_file(path: Path, data: bytes, *, force: bool) -> tuple[str, ...]:
    """A single file, whole or not at all. What is worth a warning."""
    with _explained(path):
        place = resolved(path)
        if place.is_dir():
            raise RefusedError(f"{path} är en mapp; ange ett filnamn.")
        if place.exists() and not place.is_file():
            raise RefusedError(f"{path} är ingen vanlig fil och ersätts inte. Ange ett annat namn.")
        if place.exists() and not force:
            raise RefusedError(f"{path} finns redan. Ange ett annat namn med -o, eller --tvinga för att ersätta filen.")
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(place.parent, place)
        try:
            _clean(place)
            kept = _replace_file(place, data)
        finally:
            lock.free()
    return () if kept else (_closed_to_the_group([path]),)


def _replace_file(place: Path, data: bytes) -> bool:
    """Whether the file has the group of the one that it replaces."""
    work, interrupts, kept = _beside(place, "ny"), the_interrupts(), True
    with interrupts.clearing(work):
        try:
            with _created(work, 0o600 if place.exists() or not is_shared(place.parent) else 0o666) as file:
                file.write(data)
            if place.exists():
                kept = give(work, rights_of(place))
            with interrupts.held():
                work.replace(place)
                interrupts.wrote(place)
        finally:
            work.unlink(missing_ok=True)
    return kept


def resolved(path: Path) -> Path:
    """The path without links; raises OSError where they lead round to themselves."""
    try:
        found = path.resolve()
    except RuntimeError as error:
        raise OSError(ELOOP, "länkar som leder runt") from error
    if found.is_symlink():
        raise OSError(ELOOP, "länkar som leder runt")
    return found


def recover(folder: Path) -> None:
    """Put an old plan back that was set aside by a run that was killed before the new one came in."""
    if folder.exists():
        return
    with suppress(OSError):  # another program that saw the same thing was quicker
        for aside in _set_aside(folder):
            aside.rename(folder)
            return


def tidy(folder: Path) -> None:
    """Put right what killed runs left of a folder that is to be read; nothing where another run is just writing it."""
    if not folder.parent.is_dir() or not next(folder.parent.glob(f"{_OF_OURS}*"), None):
        return
    with suppress(OSError, TakenError):
        lock = Lock(_lock_path(folder.parent, folder))
        try:
            if lock.works:
                _clean(folder, refuse=False)
        finally:
            lock.free()


def _set_aside(folder: Path) -> list[Path]:
    """Old folders that wait for a new one to come in, which still lies beside them; without it they are scrap."""
    return [aside for aside in _leftovers(folder, "gammal") if _beside(folder, "ny", aside.name[-8:]).exists()]


def _apart(folder: Path, source: Path) -> None:
    """What is read must never be replaced by what is written."""
    if folder == source:
        raise RefusedError(f"{folder} är samma som det som läses. Ange en annan mapp med -o.")
    if folder in source.parents:
        raise RefusedError(f"{source} ligger i {folder}, som skulle ersättas. Ange en annan mapp med -o.")
    if source in folder.parents:
        raise RefusedError(f"{folder} ligger i {source}, som läses. Ange en mapp utanför med -o.")


def _examine(folder: Path, force: bool, kind: FolderKind) -> None:
    """Free, empty, or (with ``force``) what it should hold and nothing else; everything else belongs to the user."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RefusedError(f"{folder} är en fil; ange en mapp med -o.")
    if folder.is_mount():
        raise RefusedError(
            f"{folder} är en egen disk (monteringspunkt) och kan inte ersättas.",
            f"Ange en mapp i den, till exempel -o {folder / 'plan'}.",
        )
    if folder == Path.cwd() or folder in Path.cwd().parents:
        raise RefusedError(f"{folder} är mappen du står i. Ange en mapp under den, till exempel -o plan.")
    names = {entry.name for entry in folder.iterdir()} - _LEFT_BY_FILE_MANAGERS
    if not names:
        return
    choices = alternatives_in(folder) if kind.chosen else ()
    if not (kind.marks <= names or choices):
        raise RefusedError(f"{folder} innehåller annat än {kind.what} och ersätts inte. Ange en ny mapp med -o.")
    for place in (folder, *choices):
        _refuse_open_files(place)
    if foreign := sorted(_foreign(folder, kind)):
        raise RefusedError(
            f"{folder} innehåller också filer som inte hör till {kind.of_it}: {references.listed(foreign)}.",
            "De skulle gå förlorade. Flytta dem först, eller ange en annan mapp med -o.",
        )
    if not force:
        raise RefusedError(
            f"{folder} innehåller redan {kind.what}. Ange en annan mapp med -o, eller --tvinga för att ersätta den."
        )


def _refuse_open_files(folder: Path) -> None:
    """Office programs leave a lock beside what they have open, on every system."""
    if any(entry.name.startswith(_OPEN_IN_OFFICE) for entry in folder.iterdir()):
        raise RefusedError(f"En fil i {folder} är öppen i Excel eller LibreOffice. Stäng den och försök igen.")


def _foreign(folder: Path, kind: FolderKind) -> Iterator[str]:
    """Files that no command of ours writes."""
    choices = alternatives_in(folder) if kind.chosen else ()
    for place in choices:
        yield from (f"{place.name}/{name}" for name in _foreign(place, kind))
    if choices:
        ours = {COMPARISON, *_LEFT_BY_FILE_MANAGERS, *(place.name for place in choices)}
        yield from (entry.name for entry in folder.iterdir() if entry.name not in ours)
        return
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.name in _LEFT_BY_FILE_MANAGERS or (
            path.is_dir() and not path.is_symlink() and relative.parts[0] in kind.folders()
        ):
            continue
        if path.is_symlink() or not kind.owns(relative):
            yield str(relative)


def _probe(home: Path, folder: Path) -> None:
    """Find out now whether one may write there."""
    probe = _beside(home / folder.name, "skrap")  # thrown away later if this run is killed here
    with the_interrupts().held():
        probe.mkdir()
        probe.rmdir()


def _fill(work: Path, files: Iterable[tuple[PurePosixPath, Content]], file_mode: int, folder_mode: int) -> None:
    """All files, and then all of them down on the disk: a power cut after the swap must not leave empty ones."""
    written: list[Path] = []
    folders = {work}
    for name, data in files:
        path = work.joinpath(*name.parts)
        for folder in (work.joinpath(*parent.parts) for parent in reversed(name.parents)):
            if folder not in folders:
                folder.mkdir(mode=folder_mode)
                folders.add(folder)
        with _created(path, file_mode) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        written.append(path)
    with ThreadPoolExecutor(_SYNC_THREADS) as pool:
        list(pool.map(_sync, written))
    for path in folders:
        _sync_folder(path)


def _created(path: Path, mode: int) -> BinaryIO:
    """A new file, never open to more than ``mode`` says."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode), "wb")


def _take_over(work: Path, old: Path) -> tuple[str, ...]:
    """Give every new file the rights of the one it replaces;
    what is new to the folder those of its neighbours. Warnings.
    """
    folder_rights = rights_of(old)
    file_rights = rights_of(old / PLAN) if (old / PLAN).is_file() else _of_files(folder_rights)
    lost = []
    for path in (*work.rglob("*"), work):
        before = old / path.relative_to(work)
        if before.exists() and before.is_dir() == path.is_dir():
            rights = rights_of(before)
        else:
            rights = folder_rights if path.is_dir() else file_rights
        if not give(path, rights):
            lost.append(before)
    return (_closed_to_the_group(lost[-1:]),) if lost else ()


def _of_files(folder: Rights) -> Rights:
    return Rights(folder.mode & 0o666, folder.owner, folder.group, {})


def _closed_to_the_group(paths: Iterable[Path]) -> str:
    places = references.listed(map(str, paths))
    return f"Gruppen som hade rätt till {places} gick inte att behålla, så det är stängt för grupper."


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


def _swap(work: Path, folder: Path, token: str) -> None:
    if not folder.exists():
        work.rename(folder)
    else:
        old = _beside(folder, "gammal", token)
        folder.rename(old)
        try:
            work.rename(folder)
        except BaseException:
            if not folder.exists():
                old.rename(folder)
            raise
        _discard(old, folder)
    _sync_folder(folder.parent)


def _clean(folder: Path, *, refuse: bool = True) -> None:
    """Throw away what killed runs left, of this folder and of those
    beside it that nobody is writing. Only who holds the lock may.

    What cannot be thrown away holds names: with ``refuse`` nothing more is written beside it.
    """
    recover(folder)
    for path in (p for kind in ("ny", "skrap", "gammal") for p in _leftovers(folder, kind)):
        _discard(path, folder)
    _clean_neighbours(folder)
    left = [path for kind in ("ny", "skrap", "gammal") for path in _leftovers(folder, kind)]
    if left and refuse:
        raise RefusedError(
            f"{left[0]} är kvar efter en tidigare körning och går inte att ta bort.",
            "Den kan innehålla namn. Ta bort den, eller be den som har rätt till den, och kör igen.",
        )


def _clean_neighbours(folder: Path) -> None:
    """New files that runs killed while they wrote other folders
    left here. Old ones stay: their own run puts them back.
    """
    own = _prefix(folder, "")
    for path in sorted(folder.parent.glob(f"{_OF_OURS}*")):
        before, _, kind = path.name.removesuffix(path.name[-9:]).rpartition("-")
        if path.name.startswith(own) or kind not in ("ny", "skrap"):
            continue
        with suppress(OSError, TakenError):
            lock = Lock(path.with_name(f"{before}-las"))
            try:
                if lock.works and not path.with_name(f"{before}-gammal-{path.name[-8:]}").exists():
                    _remove(path)
            finally:
                lock.free()


def _discard(path: Path, folder: Path) -> None:
    """Renamed first, so that another run that is just moving it in or out either has it whole or not at all."""
    with suppress(OSError):
        scrap = path if "-skrap-" in path.name else _beside(folder, "skrap")
        path.rename(scrap)
        _remove(scrap)


def _remove(path: Path) -> None:
    """A file or a folder with all that is in it, where its rights allow; folders of one's own are opened first."""
    if not path.is_dir() or path.is_symlink():
        path.unlink(missing_ok=True)
        return
    for place in (path, *(p for p in path.rglob("*") if p.is_dir() and not p.is_symlink())):
        with suppress(OSError):
            place.chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)


def _beside(folder: Path, kind: str, token: str = "") -> Path:
    return folder.with_name(f"{_prefix(folder, f'{kind}-')}{token or secrets.token_hex(4)}")


@contextmanager
def _alone(folder: Path, home: Path) -> Iterator[None]:
    """The lock beside the folder itself too, where its parents were missing when it was first locked."""
    lock = None if folder.parent == home else _locked(folder.parent, folder)
    try:
        yield
    finally:
        if lock is not None:
            lock.free()


def _locked(home: Path, folder: Path) -> Lock:
    try:
        return Lock(_lock_path(home, folder))
    except TakenError:
        raise RefusedError(
            f"{folder}: mappen skrivs just nu av en annan körning.",
            "Vänta tills den är klar, eller ange ett annat namn.",
        ) from None


def _lock_path(home: Path, folder: Path) -> Path:
    return home / f"{_prefix(Path(os.path.relpath(folder, home)), 'las')}"


def _leftovers(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.absolute().parent.glob(f"{_prefix(folder, kind)}-*"))


def _prefix(folder: Path, kind: str) -> str:
    """Short whatever the folder's name, and never the prefix of another folder's."""
    name = folder.name if folder.is_absolute() else str(folder)
    return f"{_OF_OURS}{hashlib.sha256(os.fsencode(name)).hexdigest()[:12]}-{kind}"


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RefusedError(f"Det går inte att skriva {path}: {told(error)}.", "Inget har ändrats där.") from error
