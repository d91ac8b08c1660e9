"""How far a solve has come: the level in words, best value, bound and gap. On a terminal only, to standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from outputs.words import LEVELS, level_value, permille
from scheduler.outcome import Progress


@contextmanager
def shown(console: Console, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """What to tell of each step; a silent listener where nobody watches."""
    if quiet or not console.is_terminal:
        yield lambda step: None
        return
    columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("Förbereder", total=None)

        def tell(step: Progress) -> None:
            bars.update(task, total=step.of, completed=step.number - 1, description=in_words(step))

        yield tell


def in_words(step: Progress) -> str:
    """``Klara i tid: 3 poäng, minst 2 poäng (gap 33,3 %)``."""
    if step.level is None:
        return "Prövar vad som skulle hjälpa"
    name = LEVELS[step.level]
    if step.value is None:
        return f"{name}: söker"
    value = level_value(step.level, step.value)
    if step.bound is None or step.gap is None:
        return f"{name}: {value}"
    return f"{name}: {value}, minst {level_value(step.level, step.bound)} (gap {permille(round(1000 * step.gap))})"
