"""How far a solve has come: the level in words, best value, bound and gap. On a terminal only, to standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Column

from models.ids import Level
from outputs.words import permille, whole
from scheduler.search.progress import Progress


@contextmanager
def shown(console: Console, *, quiet: bool, label: str = "") -> Iterator[Callable[[Progress], None]]:
    """What to tell of each step, after a label; a silent listener where nobody watches."""
    if quiet or not console.is_terminal:
        yield lambda step: None
        return
    text = TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis"))
    columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn(), text)
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("Förbereder", total=None)

        def tell(step: Progress) -> None:
            bars.update(task, total=step.of, completed=step.number - 1, description=f"{label}{in_words(step)}")

        yield tell


@contextmanager
def counted(console: Console, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """What to tell of work that is counted: what is done, so many of how many (0 of 0 where nobody can say)."""
    if quiet or not console.is_terminal:
        yield lambda doing, done, of: None
        return
    text = TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis"))
    with Bars(
        BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn(), text, console=console, transient=True
    ) as bars:
        task = bars.add_task("Förbereder", total=None)
        yield lambda doing, done, of: bars.update(task, total=of or None, completed=done, description=doing)


def in_words(step: Progress) -> str:
    """``Inte klara i tid: värde 3, lägst möjligt 2, avstånd 33,3
    %``; before it ``2 av 6 delar klara`` where a term falls apart.
    """
    return _parts(step) + _level(step)


def _parts(step: Progress) -> str:
    return f"{step.parts[0]} av {step.parts[1]} delar klara, " if step.parts else ""


def _level(step: Progress) -> str:
    if step.level is None:
        return "Prövar vad som skulle hjälpa"
    name = step.level.words.title
    if step.value is None:
        return f"{name}: söker"
    figures = [f"värde {_bare(step.level, step.value)}"]
    if step.bound is not None and step.gap is not None:
        figures += [f"lägst möjligt {_bare(step.level, step.bound)}", f"avstånd {permille(round(1000 * step.gap))}"]
    return f"{name}: {', '.join(figures)}"


def _bare(level: Level, value: int) -> str:
    """Without its unit, for which a line that changes all the time has no room."""
    return permille(value) if level.words.unit is None else whole(value)
