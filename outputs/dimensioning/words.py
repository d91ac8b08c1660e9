"""The findings in plain Swedish, for a manager who has never heard of a confidence interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from models.dimensioning import Choice, Difference, Dimensioning, Figures, MonthShare
from models.ids import RoundStatus
from models.problem import TermProblem
from outputs import words

_TENTHS = 1000


def percent(share: float) -> str:
    """``96,3 %``; never 100 unless all, never 0 unless none."""
    tenths = round(_TENTHS * share)
    if tenths == _TENTHS and share < 1:
        tenths -= 1
    if tenths == 0 and share > 0:
        tenths = 1
    return words.permille(tenths) if tenths % 10 else f"{tenths // 10}\u00a0%"


def within(low: float, high: float) -> str:
    """``95,1–97,0 %``."""
    return f"{percent(low).removesuffix(_PERCENT)}–{percent(high)}"


_PERCENT = "\u00a0%"


def cost(found: Dimensioning, value: int) -> str:
    """In kronor, or in rounds where no candidate has a cost."""
    return f"{words.whole(value)}\u00a0kr" if found.priced else words.count(value, "omgång", "omgångar")


def good_years(figures: Figures) -> str:
    """``963 av 1 000 år``."""
    return f"{words.whole(figures.good)} av {words.whole(figures.scenarios)} år"


def headlines(problem: TermProblem, found: Dimensioning) -> Iterator[tuple[str, str, str]]:
    """The questions of a manager, each with a figure and a sentence; the lower of the two figures first."""
    yield ("Hur många omgångar behövs?", *_rounds(problem, found))
    yield ("Hur många blir klara i tid?", *_on_time(found))
    yield ("Räcker färre?", *_proof(found))
    yield ("Vad ger en omgång till, eller en mindre?", *_beside(found))
    yield ("Hur säkert är det?", *_sure(found))
    if found.outside >= 0.5:
        yield ("Vad är inte med?", *_outside(found))


def _rounds(problem: TermProblem, found: Dimensioning) -> tuple[str, str]:
    number = words.count(len(found.winner.chosen), "omgång", "omgångar")
    price = _of_each(problem, found)
    price += f" De kostar {cost(found, found.winner.cost)}." if found.priced else ""
    goal = f"minst {percent(found.goal)} klara i tid i minst {percent(found.wanted)} av åren"
    if not found.complete:
        return number, f"Beräkningen hann inte klart: det här är det bästa som är känt, för målet {goal}.{price}"
    if found.sufficient and found.as_known is not None and not _reaches(found, found.as_known):
        return number, (
            f"Så många av förslagen räcker för målet om alla vore kända från början: {goal}.{price} När de anställda "
            f"blir kända månad för månad nås målet bara i {good_years(found.as_known)}: håll platser fria, eller ta "
            "fler omgångar."
        )
    if found.sufficient:
        return number, f"Så många av förslagen räcker för målet: {goal}.{price}"
    return number, f"Inget val av förslagen som prövats räcker för målet: {goal}. Det här kommer närmast.{price}"


def _reaches(found: Dimensioning, figures: Figures) -> bool:
    return figures.probability >= found.wanted


def _of_each(problem: TermProblem, found: Dimensioning) -> str:
    """How many are chosen of each programme, where there are several, and how many were decided before."""
    told = ""
    chosen = Counter(problem.round_by_id[round_].programme for round_ in found.winner.chosen)
    if len({round_.programme for round_ in problem.rounds}) > 1 and chosen:
        told = f" {words.listed([f'{name(problem, id_)} {number}' for id_, number in chosen.items()])}."
    if decided := sum(round_.status is RoundStatus.FIXED for round_ in problem.rounds):
        told += f" Utöver {words.count(decided, 'omgång som redan är bestämd', 'omgångar som redan är bestämda')}."
    return told


def _on_time(found: Dimensioning) -> tuple[str, str]:
    figures, won = found.leading, found.winner.figures
    if figures is None or won is None:
        return "–", "Ingen tid fanns kvar för att räkna på det."
    if found.as_known is None:
        return percent(
            figures.share
        ), f"I medeltal, om alla som ska anställas vore kända från början ({good_years(won)} når målet)."
    fewer = found.as_known.scenarios < won.scenarios and found.as_known.share > won.share
    why = " Det första är räknat på färre år, och de råkade vara lite bättre." if fewer else ""
    return percent(figures.share), (
        f"I medeltal. När de anställda blir kända månad för månad blir {percent(found.as_known.share)} klara i tid "
        f"({good_years(found.as_known)} når målet); vore alla kända från början {percent(won.share)} "
        f"({good_years(won)}).{why}"
    )


def _proof(found: Dimensioning) -> tuple[str, str]:
    on = f"Prövat på {words.whole(found.proven_on)} andra möjliga år."
    if found.impossible:
        return "Inget räcker", f"Med 95 procents säkerhet finns inget val av förslagen som räcker. {on}"
    if found.bound is None:
        return "Inte bevisat", "Det hann inte undersökas om färre räcker."
    if found.sufficient and not found.winner.chosen:
        return "–", "Inget av förslagen behövs."
    if found.bound == 0:
        return (
            "Kanske",
            f"Med 95 procents säkerhet går det inte att utesluta att det räcker utan något av förslagen. {on}",
        )
    least = cost(found, found.bound)
    if found.sufficient and found.bound >= found.winner.cost:
        return "Nej", f"Med 95 procents säkerhet räcker inget som är billigare än {least}. {on}"
    return "Kanske", (
        f"Med 95 procents säkerhet behövs minst {least}; mellan det och {cost(found, found.winner.cost)} är inte "
        f"avgjort. {on}"
    )


def _beside(found: Dimensioning) -> tuple[str, str]:
    number = len(found.winner.chosen)
    told = [
        f"med {words.count(len(one.chosen), 'omgång', 'omgångar')} blir {percent(one.figures.share)} klara i tid och "
        f"{good_years(one.figures)} når målet"
        for one in found.by_rounds
        if one.figures is not None and abs(len(one.chosen) - number) == 1
    ]
    if not told:
        return "–", "Det har inte räknats."
    told[0] = told[0].capitalize()
    return _change(found), f"{'; '.join(told)} (om alla vore kända från början)."


def _change(found: Dimensioning) -> str:
    """What one more gives, on the same years."""
    number = len(found.winner.chosen)
    gains = [one.beside_winner.mean for one in found.by_rounds if one.beside_winner and len(one.chosen) == number + 1]
    if not gains:
        return "Se tabellen"
    points = _points(gains[0])
    return "En till ger inget" if points == _NO_POINTS else f"{points} procentenheter av en till"


def _sure(found: Dimensioning) -> tuple[str, str]:
    won = found.winner.figures
    if won is None:
        return "–", "Ingen tid fanns kvar för att räkna på det."
    sure = within(won.probability_low, won.probability_high)
    unproven = (
        f" För {words.count(won.unproven, 'år är', 'år är')} planen inte bevisat den bästa." if won.unproven else ""
    )
    return f"{sure} av åren", (
        f"Av {words.whole(won.scenarios)} lottade år, som ingenting valdes efter, nådde {words.whole(won.good)} målet. "
        f"Den verkliga andelen ligger nästan säkert däremellan, om prognosen stämmer.{unproven}"
    )


def _outside(found: Dimensioning) -> tuple[str, str]:
    number = round(found.outside)
    return words.count(number, "person", "personer"), (
        "väntas börja så sent att en frist går ut efter terminsslut, och det kravet räknas därför inte. Sätt "
        "terminsslut senare och lägg till omgångar dit om de ska vara med."
    )


def name(problem: TermProblem, id_: str) -> str:
    """A programme's or an administration's name."""
    programme, organisation = problem.programme_by_id.get(id_), problem.organisation_by_id.get(id_)
    return programme.name if programme else organisation.name if organisation else id_


def difference(beside: Difference | None) -> str:
    """``−3,2 (−3,5 till −2,9)`` percentage points; a dash for the winner itself."""
    if beside is None:
        return "–"
    mean, low, high = (_points(share) for share in (beside.mean, beside.low, beside.high))
    return f"{mean} ({low} till {high})"


def _points(share: float) -> str:
    """With its sign, but for nothing."""
    told = f"{100 * share:+.1f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
    return _NO_POINTS if told[1:] == _NO_POINTS else told


_NO_POINTS = "0,0"


def choice_cells(found: Dimensioning, choice: Choice) -> tuple[str | int, ...]:
    """A row of the table of fewer and more rounds."""
    figures = choice.figures
    price = (cost(found, choice.cost),) if found.priced else ()
    if figures is None:
        return (*price, "–", "–", "–", "–", "–", 0)
    return (
        *price,
        percent(figures.share),
        within(figures.share_low, figures.share_high),
        difference(choice.beside_winner),
        percent(figures.probability),
        within(figures.probability_low, figures.probability_high),
        figures.scenarios,
    )


def tightest(found: Dimensioning) -> str:
    """The month of start whose people fare worst; empty where all are on time."""
    late = [one for one in found.by_month if one.on_time < one.counted]
    if not late:
        return ""
    worst = min(late, key=lambda one: (one.on_time / one.counted, one.month))
    return (
        f"Trängst är det för dem som börjar i {month(worst)}: {percent(worst.on_time / worst.counted)} av deras krav "
        "blir klara i tid."
    )


def month(one: MonthShare) -> str:
    """``jan 2025``."""
    return f"{words.MONTHS[one.month.month - 1]} {one.month.year}"


def notes(found: Dimensioning) -> Iterator[str]:
    """How it is counted."""
    yield (
        "Ingen vet vilka som börjar nästa år. Därför lottas många möjliga år ur prognosen, "
        f"{words.whole(round(found.expected))} personer i medeltal, med olika många i olika månader och förvaltningar. "
        "Varje år planeras för sig, och så räknas hur många som blir klara i tid."
    )
    yield (
        "Ett krav är en utbildning som en person ska gå. Andelen i tid är vikten av de krav som blir klara i tid, av "
        f"alla krav vars frist går ut under tiden. Ett år är bra när andelen når {percent(found.goal)}, och ett val "
        f"räcker när minst {percent(found.wanted)} av åren är bra."
    )
    yield (
        "Valet görs på en uppsättning år, de bästa valen prövas på en annan, och siffrorna ovan kommer från en "
        f"tredje, som ingenting valdes efter: {words.whole(found.chosen_on)}, {words.whole(found.tried_on)} och "
        f"{words.whole(found.winner.figures.scenarios if found.winner.figures else 0)} år. Samma år används för alla "
        "val som jämförs."
    )
    yield (
        "Osäkerheten (95 procent) säger mellan vilka gränser en siffra ligger: räknar man så varje gång hamnar den "
        "rätta innanför 19 gånger av 20. Den gäller lottningen. Är prognosen fel hjälper ingen lottning: pröva hellre "
        "med en högre och en lägre."
    )
    yield (
        "Som det blir känt: planen görs om den första i varje månad, med dem som börjar den månaden eller har börjat; "
        "den som har fått plats behåller den. Räknat på "
        f"{words.whole(found.as_known.scenarios if found.as_known else 0)} av åren."
    )
    yield (
        "Att färre inte räcker visas på ytterligare en uppsättning år, där fler får vara dåliga än målet säger: så "
        "många att ett val som verkligen räcker ryms där 95 gånger av 100. Räcker inget billigare ens då är det "
        "bevisat, med den säkerheten."
    )
