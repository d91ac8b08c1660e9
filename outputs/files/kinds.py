"""What an output is: its file names, and how its files are made of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from models.change import PlanDiff
from models.plan import Plan
from models.problem import TermProblem

Content = bytes | Iterable[bytes]
"""What a file holds, in one piece or in several."""
Files = Iterator[tuple[PurePosixPath, Content]]


@dataclass(frozen=True)
class Planned:
    """What outputs are made of: a plan with its input and, in a re-plan, what it changed and the plan before.

    ``written`` are the files of UT, by their paths below it, for the page that leads to them.
    """

    problem: TermProblem
    plan: Plan
    changes: PlanDiff | None = None
    previous_problem: TermProblem | None = None
    previous_plan: Plan | None = None
    written: tuple[PurePosixPath, ...] = ()


@dataclass(frozen=True)
class ExportedFolder:
    """What an exported folder holds, by which ``--tvinga`` knows one that it may replace.

    ``what`` and ``of_it`` name it in messages. ``marks``: names that it always has at its top; ``owns`` tells its
    files, by their paths below it, and ``folders`` are those that hold them.
    """

    what: str
    of_it: str
    marks: frozenset[str]
    owns: Callable[[PurePath], bool]
    folders: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Export:
    """How ``exportera`` makes an output alone: ``--som`` which form, what follows the plan's
    name in that of the output, and what it holds where that is a folder and no single file.
    """

    form: str
    suffix: str
    folder: ExportedFolder | None = None


@dataclass(frozen=True)
class Output:
    """One output. ``phase`` names it among the seconds of korning.json.

    ``files``: the names of its files in UT. ``folder``: the folder in UT that holds its files: those called one of
    ``names``, in folders of its own, or all that end in ``ending``. Neither: it is no part of UT and only exported.
    ``make`` gives paths below the folder. ``told``: file and for whom, the rows of the handbook.
    ``beside``: of a large plan it is made in a second process, before it is known which other files are written.
    """

    phase: str
    make: Callable[[Planned], Files]
    files: tuple[str, ...] = ()
    folder: str | None = None
    ending: str = ""
    names: tuple[str, ...] = ()
    export: Export | None = None
    told: tuple[tuple[str, str], ...] = ()
    beside: bool = False

    @property
    def in_plan(self) -> bool:
        """Whether it is written into UT."""
        return bool(self.files) or self.folder is not None

    @property
    def single_file(self) -> bool:
        """Whether it is one file, so that exporting it makes a file and no folder."""
        return len(self.files) == 1

    def owns(self, path: PurePath) -> bool:
        """Whether a file of UT, by its path below UT, is one that this output may have written."""
        if self.folder is not None:
            known = path.name in self.names if self.names else path.suffix == self.ending
            return path.parts[0] == self.folder and known
        return path.as_posix() in self.files

    def placed(self, planned: Planned) -> Files:
        """The files with their paths below UT."""
        for path, content in self.make(planned):
            yield (PurePosixPath(self.folder) / path if self.folder is not None else path), content
