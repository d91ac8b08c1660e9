"""The levels of MODEL.md, one module each, named as models/ids.py
lists them: what every one of them minimises, and how it is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from models.ids import Level
from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables


@dataclass(frozen=True)
class LevelFile:
    """What the file of a level declares: ``objective`` makes the
    expression that it minimises, ``solving`` is how it is solved.
    """

    objective: Callable[[Variables], Linear]
    solving: Solving


def _declared(level: Level) -> LevelFile:
    module = import_module(f"{__name__}.{level}")
    return LevelFile(module.objective, module.SOLVING)


LEVELS: Mapping[Level, LevelFile] = {level: _declared(level) for level in Level}
SOLVING: Mapping[Level, Solving] = {level: declared.solving for level, declared in LEVELS.items()}
"""How each level is solved, in their order."""
