"""What the independent check hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.ids import Level, Rule


@dataclass(frozen=True)
class Violation:
    """One thing wrong with a plan; ``rule`` is None where it is none of the numbered rules (a wrong row or value)."""

    rule: Rule | None
    hire: str | None
    round: str | None
    session: str | None
    message: str


@dataclass(frozen=True)
class Report:
    """All violations, and the value of every level as the check itself counts it (``changes`` in re-plans only)."""

    violations: tuple[Violation, ...]
    levels: Mapping[Level, int]
