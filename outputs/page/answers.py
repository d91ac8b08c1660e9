"""The questions of a manager, each with its answer in one figure and one sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from outputs import words
from outputs.figures import Figures, Share
from outputs.headlines import not_on_time

MOST_POINTS = 5
"""Percentage points between administrations that nobody needs to look into."""


@dataclass(frozen=True)
class Answer:
    """A card at the top of the report; ``mood`` is good, watch or plain, and never the only sign."""

    question: str
    figure: str
    sentence: str
    target: str
    mood: str


def answers(figures: Figures) -> tuple[Answer, ...]:
    """All answers, in the order in which a manager asks."""
    return (_in_time(figures), _narrow(figures), _fair(figures), _units(figures), _cases(figures), _proof(figures))


def _in_time(figures: Figures) -> Answer:
    total = figures.total
    question, target = "Blir alla klara i tid?", "ej-i-tid"
    if not total.counted:
        return Answer(question, "–", "Ingen frist går ut under terminen.", target, "plain")
    people = f"{_people(figures)} får allt i tid."
    if not total.not_on_time:
        everyone = f"Ja. Alla {words.count(total.counted, 'krav', 'krav')} med frist under terminen blir klara i tid."
        return Answer(question, "Ja", f"{everyone} {people}", target, "good")
    done = f"{words.whole(total.on_time)} av {words.whole(total.counted)} krav blir klara i tid"
    left = words.sentence(not_on_time(total))
    return Answer(question, words.percent(total.on_time, total.counted), f"{done}. {left} {people}", target, "watch")


def _people(figures: Figures) -> str:
    people, of = figures.people_on_time
    return f"{words.whole(people)} av {words.count(of, 'person', 'personer')}"


def _narrow(figures: Figures) -> Answer:
    question, target = "Var är det trångt?", "omgangar"
    if not figures.bottlenecks:
        return Answer(question, "Ingenstans", "Ingen omgång har varit full för någon som behövde den.", target, "good")
    worst = figures.bottlenecks[0]
    turned = words.count(worst.turned_away, "krav fick inte plats", "krav fick inte plats")
    late = (
        f"{worst.not_on_time} av dem blir inte klara i tid" if worst.not_on_time else "men inget av dem blir för sent"
    )
    more = len(figures.bottlenecks) - 1
    others = (
        f" {words.count(more, 'omgång till', 'omgångar till')} var för trång{'a' if more > 1 else ''}." if more else ""
    )
    mood = "watch" if worst.not_on_time else "plain"
    return Answer(question, worst.round, f"{turned} där, {late}.{others}", target, mood)


def _fair(figures: Figures) -> Answer:
    question, target = "Är det rättvist mellan förvaltningarna?", "forvaltningar"
    shares = [s for s in figures.shares if s.counted]
    if len(shares) < 2:
        return Answer(question, "–", "Det finns bara en förvaltning att räkna på.", target, "plain")
    low, high = (pick(shares, key=_rate) for pick in (min, max))
    if low.on_time * high.counted == high.on_time * low.counted:
        same = f"Alla förvaltningar har lika stor andel i tid, {_percent(low)}."
        return Answer(question, "Ja", same, target, "good")
    points = 100 * (_rate(high) - _rate(low))
    sentence = (
        f"Andelen krav i tid är lägst i {_name(figures, low)}, {_percent(low)} ({_parts(low)}), "
        f"och högst i {_name(figures, high)}, {_percent(high)} ({_parts(high)})."
    )
    return Answer(
        question, f"{_points(points)} skiljer", sentence, target, "plain" if points <= MOST_POINTS else "watch"
    )


def _points(points: float) -> str:
    """Percentage points in words, with a decimal below ten; rounded here and nowhere before."""
    shown = f"{points:.1f}" if points < 9.95 else f"{points:.0f}"
    shown = shown.removesuffix(".0").replace(".", ",")
    return f"{shown} {'procentenhet' if shown == '1' else 'procentenheter'}"


def _parts(share: Share) -> str:
    return f"{words.whole(share.on_time)} av {words.whole(share.counted)}"


def _rate(share: Share) -> float:
    return share.on_time / share.counted


def _percent(share: Share) -> str:
    return words.percent(share.on_time, share.counted)


def _name(figures: Figures, share: Share) -> str:
    return figures.problem.organisation_by_id[share.organisation or ""].name


def _units(figures: Figures) -> Answer:
    question, target = "Vilka enheter är ansträngda?", "enheter"
    limit = figures.problem.settings.max_away_per_unit
    if not figures.stretched:
        return Answer(question, "Ingen", f"Ingen enhet har fler än {limit} på utbildning samma dag.", target, "good")
    days = Counter((u.organisation, u.unit) for u in figures.stretched)
    (organisation, unit), number = min(days.items(), key=lambda item: (-item[1], item[0]))
    worst = figures.stretched[0]
    where = f"{unit}, {figures.problem.organisation_by_id[organisation].name}"
    most = f"Flest borta på en dag är {words.count(len(worst.away), 'person', 'personer')}, {words.day(worst.day)}."
    sentence = f"Mest ansträngd är {where}: {words.count(number, 'dag', 'dagar')}. {most}"
    many = words.count(len(days), "enhet", "enheter")
    return Answer(question, f"{many} har dagar med fler än {limit} borta", sentence, target, "watch")


def _cases(figures: Figures) -> Answer:
    question, target = "Kommer ärendena före utbildningen?", "arenden"
    early = figures.early_cases
    if not early:
        return Answer(question, "Nej", "Alla hinner gå det som ska gås före de egna ärendena.", target, "good")
    people = len({e.hire.id for e in early})
    who = "Hon eller han" if people == 1 else "De"
    longest = words.count(early[0].days, "dag", "dagar")
    sentence = f"{who} får egna ärenden innan utbildningen är klar, som längst {longest} i förväg."
    return Answer(question, f"För {words.count(people, 'person', 'personer')}", sentence, target, "watch")


def _proof(figures: Figures) -> Answer:
    question, target = "Kan planen bli bättre?", "nivaer"
    levels = figures.plan.levels
    if not levels:
        return Answer(question, "–", "Planen är inte prövad nivå för nivå.", target, "plain")
    proven = sum(r.proven for r in levels)
    if proven == len(levels):
        return Answer(question, "Nej", "Varje nivå är bevisat bästa möjliga med tabellerna som de är.", target, "good")
    first = next(words.level_name(r.name) for r in levels if not r.proven)
    sentence = (
        f"{proven} av {words.count(len(levels), 'nivå', 'nivåer')} är bevisat bästa möjliga. Först obevisad är "
        f"”{first}”."
    )
    return Answer(question, "Kanske", sentence, target, "plain")
