"""What a level came to in words, and how well that is known; what each is for stands in models/ids.py."""

from __future__ import annotations

from models.ids import Level
from models.plan import LevelResult
from outputs.words.numbers import count, permille

WEIGHT_MEANS = (
    "Vikten av ett krav är utbildningens vikt gånger personens prioritet, som de står i tabellerna; har ingen fått "
    "någon är den 1, och ett poäng är ett krav."
)
BOUND_MEANS = (
    "Lägsta möjliga är det värde som ingen plan kan komma under utan att en viktigare nivå blir sämre. "
    "Är det samma som planens värde är planen bevisat bäst där."
)


def level_name(level: Level) -> str:
    """``3. Lämnade platser``."""
    return level.heading


def level_value(level: Level, value: int) -> str:
    """The level's value with its unit."""
    return permille(value) if level.words.unit is None else count(value, *level.words.unit)


def level_proof(result: LevelResult) -> str:
    """What is known about how good the value is."""
    if result.bound is None:
        return "Tiden räckte inte för att pröva nivån; planen kan bli bättre här."
    if result.proven:
        return "Bevisat bäst: ingen plan kan nå lägre utan att en viktigare nivå blir sämre."
    return f"Inte bevisat bäst: det kan finnas en plan med ner till {level_value(result.name, result.bound)}."
