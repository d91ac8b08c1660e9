"""What workbook and report say of a follow-up, in the same words and with the same rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outputs import words
from outputs.followup.figures import NOBODY, FollowUp, Group, Seats, Share, Trend
from outputs.followup.hiding import FEWEST
from outputs.followup.interval import Interval

HIDDEN = "visas inte"
SHARE_MEANS = (
    "Ett krav är en utbildning som en person ska gå. Andelen räknas på krav vars frist har gått ut under de terminer "
    "som är med. Den som finns i flera terminer räknas en gång, och det senaste som är känt om henne gäller."
)
CONFIRMED_MEANS = (
    "Klara i tid räknar den som haft plats som närvarande om inget annat har sagts. Bekräftade är de krav där "
    "närvaron är antecknad (tabellen närvaro) för varje träff."
)
SURE_MEANS = (
    "Med få personer kan en andel bli hög eller låg av en slump. Osäkerheten visar mellan vilka gränser den verkliga "
    "andelen ligger: räknar man så här varje år hamnar den innanför 19 gånger av 20. Skiljer sig två andelar mindre "
    "än så säger skillnaden ingenting. Varje person räknas en gång, eftersom hennes krav hänger ihop."
)
CROSSED_MEANS = (
    "Andel klara i tid av dem som började den terminen, och hur många de är. Är de få kan andelen bli hög eller låg "
    "av en slump. ”Visas inte”: för få personer, eller så att en sådan siffra inte går att räkna fram ur de andra."
)
HOURS_MEAN = (
    "Timmar är kurstid på träffar som har hållits, för dem som hade plats och inte har antecknats som frånvarande."
)
HIDDEN_MEANS = (
    f"Grupper med färre än {FEWEST} personer visas inte. "
    "Ibland döljs en grupp till, så att den lilla inte går att räkna fram ur summan."
)
TERM_MEANS = "Terminen går efter första anställningsdagen: januari till juni är vår (VT), juli till december höst (HT)."


def percent(share: float | None) -> str:
    """``96 %``; never 100 unless all, never 0 unless none."""
    if share is None:
        return "–"
    return words.percent(round(share * 1_000_000), 1_000_000)


def within(interval: Interval | None) -> str:
    """``82–99 %``."""
    if interval is None:
        return "–"
    return f"{round(100 * interval.low)}–{round(100 * interval.high)}\u00a0%"


def of(part: int, whole: int, unit: str) -> str:
    """``40 av 52 krav``."""
    return f"{words.whole(part)} av {words.whole(whole)} {unit}"


def hours(value: float) -> str:
    """Whole hours."""
    return words.whole(round(value))


def kronor(cost: int | None) -> str:
    """``120 000 kr``; a dash where no round has a cost."""
    return "–" if cost is None else f"{words.whole(cost)}\u00a0kr"


def crossed_cell(group: Group | None) -> str:
    """``92 % (24 personer)``; a dash where nobody is, and a word where too few are."""
    if group is None or group.share == NOBODY:
        return "–"
    if group.share is None:
        return HIDDEN
    return f"{percent(group.share.share)} ({words.count(group.share.people, 'person', 'personer')})"


def cells(group: Group) -> tuple[str | int, ...]:
    """A group's figures as the tables of ``SHARE_TITLES`` show them; none where they are hidden."""
    share = group.share
    if share is None:
        return ()
    return (
        share.people,
        share.counted,
        percent(share.share),
        within(share.sure_within),
        percent(share.confirmed_share),
        share.planned,
        round(share.hours),
        round(share.unconfirmed_hours),
    )


SHARE_TITLES = (
    "Personer",
    "Krav",
    "Klara i tid",
    "Osäkerhet",
    "Bekräftade i tid",
    "Krav som återstår",
    "Timmar",
    "varav ej bekräftade",
)
SEAT_TITLES = ("Omgångar", "Platser", "Använda platser", "Andel använda", "Kostnad", "Kostnad per plats")


def seat_cells(seats: Seats | None) -> tuple[str | int, ...]:
    """Rounds, seats and cost as the tables of ``SEAT_TITLES`` show them; none where they are hidden."""
    if seats is None:
        return ()
    each = None if seats.cost is None or not seats.used else round(seats.cost / seats.used)
    used = words.percent(seats.used, seats.seats)
    return (seats.rounds, seats.seats, seats.used, used, kronor(seats.cost), kronor(each))


def headlines(found: FollowUp) -> Iterator[tuple[str, str, str]]:
    """The questions of a manager, each with a figure and a sentence."""
    share = found.total.share
    if share is None:
        yield ("Blev alla klara i tid?", HIDDEN, f"Färre än {FEWEST} personer är med, så inga siffror visas.")
        return
    yield ("Blev alla klara i tid?", percent(share.share), _in_time(share))
    yield ("Hur mycket av det är bekräftat?", percent(share.confirmed_share), _confirmed(share))
    yield ("Är det lika för alla?", *_equal(found))
    yield ("Blir det bättre?", *_trend(found.trend))
    yield ("Hur mycket utbildning?", f"{hours(share.hours)} timmar", _hours(share))
    yield ("Vad kostade det?", *_cost(found.run_total))


def _in_time(share: Share) -> str:
    if not share.counted:
        return "Ingen frist har gått ut under de terminer som är med."
    people = of(share.all_on_time, share.people, "personer")
    to_come = f" {_to_come(share.planned)}" if share.planned else ""
    became, got = ("blir", "får") if share.planned else ("blev", "fick")
    return f"{of(share.on_time, share.counted, 'krav')} {became} klara i tid. {people} {got} allt i tid.{to_come}"


def _to_come(planned: int) -> str:
    return f"{words.whole(planned)} av dem är klara bara i planen: träffarna har inte hållits än."


def _confirmed(share: Share) -> str:
    unsure = share.on_time - share.confirmed
    if not unsure:
        return "All närvaro bakom siffran är antecknad."
    return (
        f"{of(share.confirmed, share.counted, 'krav')} är bekräftat klara i tid. För "
        f"{words.count(unsure, 'krav', 'krav')} finns plats i tid, men all närvaro är inte antecknad."
    )


def _equal(found: FollowUp) -> tuple[str, str]:
    shown = [(g.names[0], g.share) for g in found.organisations if g.share is not None and g.share.counted]
    if len(shown) < 2:
        return "–", "Det finns inte två förvaltningar att jämföra."
    low, high = (pick(shown, key=lambda one: one[1].share or 0.0) for pick in (min, max))
    told = f"{low[0]} har {percent(low[1].share)} i tid, {high[0]} {percent(high[1].share)}."
    one, other = low[1].sure_within, high[1].sure_within
    assert one is not None
    assert other is not None
    if one.high < other.low:
        return "Nej", f"{told} Skillnaden är större än vad slumpen ger."
    return "Ingen säker skillnad", f"{told} Skillnaden kan vara en slump: så få personer är det."


def _trend(trend: Trend | None) -> tuple[str, str]:
    if trend is None:
        return "–", "Det finns inte två genomförda terminer att jämföra."
    old, new = (percent(group.share.share if group.share else None) for group in (trend.first, trend.last))
    told = f"Av dem som började {trend.first.names[0]} blev {old} klara i tid, {trend.last.names[0]} {new}."
    points = (
        f"{round(100 * trend.sure_within.low):+d} och {round(100 * trend.sure_within.high):+d} procentenheter".replace(
            "-", "\N{MINUS SIGN}"
        )
    )
    sure = f"Skillnaden ligger med 95 procents säkerhet mellan {points}"
    if trend.sure_within.low > 0:
        return "Ja", f"{told} {sure}."
    if trend.sure_within.high < 0:
        return "Nej, sämre", f"{told} {sure}."
    return "Går inte att säga", f"{told} {sure}, så den kan vara en slump."


def _hours(share: Share) -> str:
    if not share.hours:
        return "Ingen träff har hållits än."
    if not share.unconfirmed_hours:
        return "All närvaro är antecknad."
    return f"För {hours(share.unconfirmed_hours)} av timmarna är närvaron inte antecknad."


def _cost(seats: Seats | None) -> tuple[str, str]:
    if seats is None:
        return HIDDEN, ""
    used = f"{of(seats.used, seats.seats, 'platser')} användes i {words.count(seats.rounds, 'omgång', 'omgångar')}."
    if seats.cost is None:
        return "–", f"{used} Ingen omgång har någon kostnad ifylld (kolumnen kostnad i omgångar)."
    each = f" Det blir {kronor(round(seats.cost / seats.used))} per använd plats." if seats.used else ""
    return kronor(seats.cost), f"{used}{each}"


def not_shown(names: Sequence[str]) -> str:
    """Which rows of a table are hidden; empty where none are."""
    return (
        f"Visas inte, för få personer ({words.count(len(names), 'grupp', 'grupper')}): {'; '.join(names)}."
        if names
        else ""
    )


def notes(found: FollowUp) -> Iterator[str]:
    """How the figures are counted, and what is not in them."""
    yield from (SHARE_MEANS, CONFIRMED_MEANS, SURE_MEANS, HOURS_MEAN, TERM_MEANS, HIDDEN_MEANS)
    if found.planned:
        seats = words.count(found.planned, "plats", "platser")
        yield (
            f"{seats} ligger efter dagen då den senaste planen gjordes. De räknas som bokade i tid, men inte som "
            "bekräftade och inte i timmarna; de krav som hänger på dem står under ”Krav som återstår”. En termin där "
            "minst hälften återstår jämförs inte med de andra. Planera om med närvaro när terminen är slut, så kommer "
            "de med."
        )
