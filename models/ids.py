"""The ids of MODEL.md: hard rules, reasons, levels, states. One idea, one id, in every file that speaks of it.

The lists of rules and levels are the registries: a rule or a level is a member here, a file in the scheduler that the
member names, and the independent check's own reading. What planners read of it is declared here too, as plain text,
since every floor knows this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True)
class RuleWords:
    """What planners read of a rule, in Swedish.

    ``label`` completes "bokningen går inte att behålla: ...". ``predicate`` stands after one round or several, so it
    has verbs and no adjectives; None where outputs/words/reasons.py words it with the facts of the case. ``meaning``
    and ``remedy`` are its row in the handbook; None for a rule that is never the reason why one hire has no seat.
    """

    label: str
    predicate: str | None = None
    meaning: str | None = None
    remedy: str = ""


@dataclass(frozen=True)
class LevelWords:
    """What planners read of a level, in Swedish.

    ``title`` names it. ``meaning`` is whole sentences in the workbook and the report. ``unit`` is its unit, one and
    several; None for parts of a thousand. ``cost`` completes "En plats i X skulle göra att ...", ``aim`` completes
    "planen vill ..." in the handbook.
    """

    title: str
    meaning: str
    unit: tuple[str, str] | None
    cost: str
    aim: str


class Rule(StrEnum):
    """Hard rules of MODEL.md in the order in which reasons name them, then what only reasons use.

    A member is its id, its number in MODEL.md, the file below scheduler/ that holds it, and its words. What only
    reasons use has neither number nor file.
    """

    _value_: str
    number: int | None
    file: str | None
    words: RuleWords

    def __new__(cls, id_: str, number: int | None, file: str | None, words: RuleWords) -> Rule:
        """The id is the value; what else is declared hangs on the member."""
        member = str.__new__(cls, id_)
        member._value_ = id_
        member.number, member.file, member.words = number, file, words
        return member

    BARRED = (
        "spärr",
        3,
        "seat_rules/barred",
        RuleWords(
            label="personen är spärrad från omgången",
            predicate="är spärrad för personen i tabellen spärrar",
            meaning="personen är spärrad från omgången i tabellen `spärrar`",
            remedy="ta bort spärren",
        ),
    )
    CLOSED = (
        "stängd",
        3,
        "seat_rules/closed",
        RuleWords(
            label="omgången är inte öppen, eller inställd",
            meaning="omgången är inte öppen för förvaltningen, är inställd, eller ligger utanför terminen",
            remedy="öppna den för fler förvaltningar",
        ),
    )
    BREAK = (
        "lov",
        4,
        "seat_rules/breaks",
        RuleWords(
            label="tillfället ligger på ett lov, en helgdag eller en annan stängd dag",
            predicate="har ett tillfälle på ett lov, en helgdag eller en annan stängd dag",
            meaning="ett tillfälle ligger på en röd dag, ett lov eller en stängd veckodag",
            remedy="flytta tillfället",
        ),
    )
    ABSENCE = (
        "frånvaro",
        5,
        "seat_rules/absence",
        RuleWords(
            label="tillfället ligger under en anmäld frånvaro",
            predicate="har ett tillfälle under en anmäld frånvaro",
            meaning="personen är borta då",
        ),
    )
    WEEKDAY = (
        "arbetsdag",
        5,
        "seat_rules/weekday",
        RuleWords(
            label="tillfället ligger på en veckodag som inte är arbetsdag",
            meaning="personen arbetar inte den veckodagen",
            remedy="byt arbetsdag den veckan, eller ge nästa omgång en annan dag",
        ),
    )
    EMPLOYED = (
        "anställd",
        5,
        "seat_rules/employed",
        RuleWords(
            label="tillfället ligger utanför anställningen",
            meaning="före första eller efter sista anställningsdagen",
        ),
    )
    EARLIEST = (
        "tidigast",
        6,
        "seat_rules/earliest",
        RuleWords(
            label="tillfället ligger för kort tid efter anställningens start",
            meaning="tidigare än `tidigast_dag`",
        ),
    )
    NOTICE = (
        "varsel",
        7,
        "seat_rules/notice",
        RuleWords(
            label="tillfället ligger för nära planeringsdagen",
            meaning="för nära planeringsdagen, eller redan hållet",
        ),
    )
    ACCESSIBLE = (
        "tillgänglig",
        12,
        "seat_rules/accessible",
        RuleWords(
            label="lokalen är inte tillgänglig",
            predicate="hålls i en lokal som inte är tillgänglig",
            meaning="lokalen är inte tillgänglig",
            remedy="byt lokal",
        ),
    )
    SHARED = (
        "delad",
        14,
        "rules/shared",
        RuleWords(
            label="utbildaren eller lokalen behövs samtidigt i en annan omgång",
            predicate="kan inte hållas, för utbildaren eller lokalen behövs samtidigt i en annan omgång",
            meaning="förslaget behöver en utbildare eller lokal som en fast omgång har då",
            remedy="byt utbildare eller lokal",
        ),
    )
    QUOTA = (
        "kvot",
        2,
        "rules/quota",
        RuleWords(
            label="kvoten ger förvaltningen ingen plats",
            meaning="förvaltningen får inga platser där",
            remedy="ändra kvoten",
        ),
    )
    AFTER_DEADLINE = (
        "efter_frist",
        None,
        None,
        RuleWords(
            label="omgången slutar efter fristen",
            meaning="den slutar efter fristen",
            remedy="ge en omgång tidigare",
        ),
    )
    CLASH = (
        "krock",
        8,
        "rules/clash",
        RuleWords(
            label="tiden krockar med ett annat tillfälle",
            predicate="krockar med ett annat kurstillfälle",
            meaning="två tillfällen samtidigt",
        ),
    )
    WEEKLY_CAP = (
        "veckotak",
        9,
        "rules/weekly_cap",
        RuleWords(
            label="det blir för många kursdagar på en vecka",
            meaning="för många kursdagar den veckan",
            remedy="senare ärendestart, eller ett högre tak",
        ),
    )
    ORDER = (
        "ordning",
        10,
        "rules/order",
        RuleWords(
            label="momenten kommer i fel ordning",
            predicate="ger momenten i fel ordning",
            meaning="momenten skulle komma i fel ordning",
        ),
    )
    GAP = (
        "avstånd",
        10,
        "rules/gap",
        RuleWords(
            label="det blir fel antal dagar mellan momenten",
            meaning="för få eller för många dagar mellan momenten",
        ),
    )
    AFTER = (
        "efter",
        11,
        "rules/after",
        RuleWords(
            label="en utbildning som ska gå före är inte klar",
            meaning="en annan utbildning måste vara klar först",
        ),
    )
    SEATS = (
        "platser",
        1,
        "rules/seats",
        RuleWords(
            label="platserna räcker inte",
            predicate="har inte platser nog",
        ),
    )
    MIN_PARTICIPANTS = (
        "minst_deltagare",
        13,
        "rules/min_participants",
        RuleWords(
            label="deltagarna är för få",
        ),
    )
    GIVEN = (
        "bokning",
        15,
        "rules/given",
        RuleWords(
            label="det går inte ihop med platser som redan är bestämda",
            predicate="går inte ihop med platser som redan är bestämda",
        ),
    )
    FULL = (
        "fullt",
        None,
        None,
        RuleWords(
            label="omgången är full",
            meaning="alla platser är tagna eller hålls av en kvot",
            remedy="fler platser",
        ),
    )
    OUTRANKED = (
        "prioriterad_bort",
        None,
        None,
        RuleWords(
            label="platsen gör större nytta på annat håll",
            meaning="platsen gick att få, men hade gjort planen sämre på den nivå som anges; "
            "eller ett förslag som för få kan gå",
            remedy="fler platser, eller en högre vikt",
        ),
    )


class Level(StrEnum):
    """The ten levels of MODEL.md, in their strict order. A member is
    its id, which names its file in scheduler/levels/, and its words.
    """

    _value_: str
    words: LevelWords

    def __new__(cls, id_: str, words: LevelWords) -> Level:
        """The id is the value; the words hang on the member."""
        member = str.__new__(cls, id_)
        member._value_ = id_
        member.words = words
        return member

    @property
    def heading(self) -> str:
        """``3. Lämnade platser``: the same number in first plans, which lack that level, and in the handbook."""
        return f"{list(Level).index(self) + 1}. {self.words.title}"

    ON_TIME = (
        "on_time",
        LevelWords(
            title="Inte klara i tid",
            meaning="Så få krav som möjligt blir försenade eller utan plats. "
            "Varje sådant krav ger lika många poäng som dess vikt.",
            unit=("poäng", "poäng"),
            cost="någon annan inte blir klar i tid",
            aim="att så få som möjligt missar sin frist",
        ),
    )
    MISSING = (
        "missing",
        LevelWords(
            title="Utan plats",
            meaning="Så få krav som möjligt blir utan plats fast fristen går ut senast när terminen slutar. "
            "Poäng som på nivå 1.",
            unit=("poäng", "poäng"),
            cost="någon annan blir utan plats",
            aim="att så få som möjligt blir helt utan plats",
        ),
    )
    CHANGES = (
        "changes",
        LevelWords(
            title="Lämnade platser",
            meaning="Så få redan meddelade platser som möjligt byts eller tas bort, av dem som hade gått att behålla. "
            "Nivån finns bara i omplaneringar.",
            unit=("plats", "platser"),
            cost="fler redan meddelade platser måste flyttas",
            aim="att redan meddelade platser som går att behålla inte byts eller tas bort",
        ),
    )
    EQUITY = (
        "equity",
        LevelWords(
            title="Likvärdighet",
            meaning="Den förvaltning som har störst andel krav inte i tid har så liten andel som möjligt. "
            "Andelen räknas på krav som återstår; redan klara är inte med, som de är i tabellen över förvaltningarna.",
            unit=None,
            cost="förvaltningarna behandlas mindre lika",
            aim="att ingen förvaltning drabbas mycket hårdare än någon annan",
        ),
    )
    CASELOAD = (
        "caseload",
        LevelWords(
            title="Ärenden före utbildning",
            meaning="Så få dagar som möjligt med egna ärenden innan utbildningen är klar. "
            "En viktad dag är en dag gånger kravets vikt.",
            unit=("viktad dag", "viktade dagar"),
            cost="det blir fler dagar med ärenden före utbildningen",
            aim="att det som ska vara klart före egna ärenden också är det",
        ),
    )
    ROUNDS = (
        "rounds",
        LevelWords(
            title="Öppnade omgångar",
            meaning="Så få förslag som möjligt öppnas, och så få fasta omgångar som möjligt får för få deltagare.",
            unit=("omgång", "omgångar"),
            cost="en omgång till måste öppnas, eller en får för få deltagare",
            aim="att inga onödiga eller glesa omgångar ges",
        ),
    )
    RESERVE = (
        "reserve",
        LevelWords(
            title="Använda reservplatser",
            meaning="Så få som möjligt sitter på platser som hålls fria för sena rekryteringar. "
            "0 betyder att ingen gör det.",
            unit=("plats", "platser"),
            cost="platser som hålls fria för sena rekryteringar tas i bruk",
            aim="att reservplatser finns kvar åt sena rekryteringar; 0 betyder att alla är kvar",
        ),
    )
    WAITING = (
        "waiting",
        LevelWords(
            title="Väntar till nästa termin",
            meaning="Så få krav som möjligt får vänta till nästa termin. Poäng som på nivå 1.",
            unit=("poäng", "poäng"),
            cost="någon annan får vänta till nästa termin",
            aim="att de som kan vänta ändå får en ledig plats nu",
        ),
    )
    STAFFING = (
        "staffing",
        LevelWords(
            title="Bemanning och blandning",
            meaning="Så få som möjligt är borta samma dag utöver enhetens gräns, och förvaltningarna blandas väl. "
            "Var och en räknas en gång för varje dag eller omgång.",
            unit=("person", "personer"),
            cost="fler är borta samma dag från en enhet, eller omgången blir sämre blandad",
            aim="att inte för många från en enhet är borta samma dag, och att förvaltningarna blandas",
        ),
    )
    DAYS = (
        "days",
        LevelWords(
            title="Tid till klar utbildning",
            meaning="Så få dagar som möjligt från anställningens start till klar utbildning. "
            "Viktade dagar som på nivå 5.",
            unit=("viktad dag", "viktade dagar"),
            cost="den sammanlagda väntan blir längre",
            aim="att det går så få dagar som möjligt från anställning till klar",
        ),
    )


class _Named(StrEnum):
    """Members that are an id and what planners read for it, in Swedish."""

    _value_: str
    words: str

    def __new__(cls, id_: str, words: str) -> Self:
        """The id is the value; the words hang on the member."""
        member = str.__new__(cls, id_)
        member._value_ = id_
        member.words = words
        return member


class MentorLevel(_Named):
    """What is preferred of pairs of hires and mentors (MODEL.md, Mentors), in strict order."""

    WITHOUT = ("without", "nyanställda utan mentor")
    LOST = ("lost", "par från förra planen som inte finns kvar")
    TARGET_GROUP = ("target_group", "par utan gemensam målgrupp")
    UNIT = ("unit", "par mot önskemålet om enhet")
    ADMINISTRATION = ("administration", "par över förvaltningsgränsen")
    WEEKDAYS = ("weekdays", "gemensamma veckodagar för lite")
    EVENNESS = ("evenness", "jämnhet mellan mentorerna")


class MentorReason(_Named):
    """Why a hire has no mentor: none was there on her first day, or those who were have all the hires they can have."""

    NONE_THERE = ("none_there", "ingen mentor var på plats hennes första dag")
    ALL_FULL = ("all_full", "alla mentorer som var på plats har redan så många de kan ha")


class State(_Named):
    """What became of a requirement (INPUT.md, "What counts as done, late, waiting")."""

    ON_TIME = ("on_time", "I tid")
    LATE = ("late", "Försenad")
    MISSING = ("missing", "Saknar plats")
    WAITING = ("waiting", "Väntar")
    LEAVES = ("leaves", "Slutar")
    DONE = ("done", "Klar")
    ON_OWN = ("on_own", "På egen tid")
    ON_OWN_LATE = ("on_own_late", "Försenad på egen tid")


class RoundStatus(StrEnum):
    """Whether a round runs: decided, for the plan to decide, or cancelled."""

    FIXED = "fast"
    PROPOSED = "förslag"
    CANCELLED = "inställd"


class MentorUnit(StrEnum):
    """Which unit a mentor should rather come from, beside that of the hire (setting ``mentor_enhet``)."""

    OTHER = "annan"
    SAME = "samma"
    ANY = "valfri"


class Responsible(StrEnum):
    """Who may be responsible for a task; any other text names somebody else."""

    HIRE = "nyanställd"
    MANAGER = "chef"
    MENTOR = "mentor"
    COORDINATOR = "samordnare"
    TRAINER = "utbildare"


class Repeat(StrEnum):
    """How often a task comes again."""

    WEEKLY = "varje vecka"
    FORTNIGHTLY = "varannan vecka"
    MONTHLY = "varje månad"


class Stability(StrEnum):
    """How a re-plan weighs moved people (MODEL.md, Re-planning)."""

    FAST = "fast"
    CAREFUL = "varsam"
    FREE = "fri"
