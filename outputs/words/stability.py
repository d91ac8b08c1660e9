"""What it costs to let people keep their seats: one stability against another, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.change import StabilityOutcome
from models.ids import Stability
from outputs.words.numbers import count, listed

STABILITY_MEANINGS = {
    Stability.FAST: "Ingen flyttas som kan sitta kvar, även om någon annan då blir sen.",
    Stability.CAREFUL: "Någon flyttas bara om fler då blir klara i tid, eller färre blir utan plats.",
    Stability.FREE: "Alla får flyttas, som om ingen plats var meddelad; utom när varseltiden skyddar platsen.",
}

MOVED_MEANS = (
    "Lämnade platser är meddelade platser som hade gått att behålla men byts eller tas bort, "
    "också när det beror på att ett annat tillfälle i samma omgång är inställt."
)


def stability_meanings(outcomes: Iterable[StabilityOutcome]) -> Iterator[str]:
    """``fast: Ingen flyttas som kan sitta kvar, ...``: what each of them stands for."""
    yield from (f"{outcome.stability}: {STABILITY_MEANINGS[outcome.stability]}" for outcome in outcomes)


def stability_costs(outcomes: Iterable[StabilityOutcome]) -> tuple[str, ...]:
    """A sentence for each stability that was not chosen, against the one that was; then what is not proven."""
    found = tuple(outcomes)
    chosen = next((o for o in found if o.chosen), None)
    if chosen is None:
        return ()
    return (*(_against(chosen, other) for other in found if other is not chosen), *_unproven(found))


def _against(chosen: StabilityOutcome, other: StabilityOutcome) -> str:
    gain, moves = chosen.on_time - other.on_time, chosen.moved - other.moved
    joint = "och"
    if gain > 0 and moves > 0:
        joint = "till priset av att"
    elif gain < 0 and moves < 0:
        joint = "men"
    people = chosen.hires_on_time - other.hires_on_time
    whole = f" ({count(abs(people), 'person', 'personer')} {_more(people)} får allt i tid)" if people else ""
    return (
        f"Med {chosen.stability} blir {_compared(gain, 'krav', 'krav')} klara i tid {_than(gain)} med "
        f"{other.stability}{whole}, {joint} {_compared(moves, 'plats', 'platser')} lämnas."
    )


def _compared(number: int, one: str, many: str) -> str:
    return f"{count(abs(number), one, many)} {_more(number)}" if number else f"lika många {many}"


def _more(number: int) -> str:
    return "fler" if number > 0 else "färre"


def _than(number: int) -> str:
    return "än" if number else "som"


def _unproven(outcomes: Iterable[StabilityOutcome]) -> Iterator[str]:
    names = [str(o.stability) for o in outcomes if not o.proven]
    if names:
        yield f"Tiden räckte inte för att bevisa {listed(names)}: siffrorna kan bli bättre med mer tid (--max-tid)."
