"""Trainers go by id or by name: one name for each (INPUT.md, table ``utbildare``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from inputs.term_tables import TermTables
from models.problem import Trainer


def shown_names(term: TermTables) -> Callable[[Trainer], str]:
    """The name that people see: with the id behind it where two share a name."""
    bearers = Counter(entry.item.name for entry in term.trainers if entry.sound("namn"))
    return lambda trainer: trainer.name if bearers[trainer.name] < 2 else f"{trainer.name} ({trainer.id})"


def named(term: TermTables) -> Callable[[str], Trainer | None]:
    """From what is written of a trainer, her id or her name,
    to her row; None where no row, or more than one, is meant.
    """
    shown = shown_names(term)
    found: dict[str, Trainer] = {}
    for name_of in (shown, lambda trainer: trainer.id):
        found |= {name_of(entry.item): entry.item for entry in term.trainers if entry.sound("id", "namn")}
    return found.get


def shared_names(term: TermTables) -> set[str]:
    """Names that more than one trainer has, and that are nobody's id: they do not tell who is meant."""
    bearers = Counter(entry.item.name for entry in term.trainers if entry.sound("namn"))
    ids = {entry.item.id for entry in term.trainers}
    return {name for name, count in bearers.items() if count > 1} - ids


def spelling(term: TermTables) -> Callable[[str], str]:
    """From what is written of a trainer to the one name of her; what the table lacks is left as it is."""
    shown, who = shown_names(term), named(term)

    def name_of(written: str) -> str:
        trainer = who(written)
        return written if trainer is None else shown(trainer)

    return name_of
