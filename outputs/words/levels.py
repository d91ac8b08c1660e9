"""The ten levels of MODEL.md in words: what each is for, what it came to, and how well that is known."""

from __future__ import annotations

from models.ids import Level
from models.plan import LevelResult
from outputs.words.numbers import count, permille

LEVELS = {
    Level.ON_TIME: "Inte klara i tid",
    Level.MISSING: "Utan plats",
    Level.CHANGES: "Lämnade platser",
    Level.EQUITY: "Likvärdighet",
    Level.CASELOAD: "Ärenden före utbildning",
    Level.ROUNDS: "Öppnade omgångar",
    Level.RESERVE: "Använda reservplatser",
    Level.WAITING: "Väntar till nästa termin",
    Level.STAFFING: "Bemanning och blandning",
    Level.DAYS: "Tid till klar utbildning",
}
LEVEL_MEANINGS = {
    Level.ON_TIME: "Så få krav som möjligt blir försenade eller utan plats. Varje sådant krav ger lika många poäng som dess vikt.",
    Level.MISSING: "Så få krav som möjligt blir utan plats fast fristen går ut senast när terminen slutar. Poäng som på nivå 1.",
    Level.CHANGES: "Så få redan meddelade platser som möjligt byts eller tas bort, av dem som hade gått att behålla. "
    "Nivån finns bara i omplaneringar.",
    Level.EQUITY: "Den förvaltning som har störst andel krav inte i tid har så liten andel som möjligt. "
    "Andelen räknas på krav som återstår; redan klara är inte med, som de är i tabellen över förvaltningarna.",
    Level.CASELOAD: "Så få dagar som möjligt med egna ärenden innan utbildningen är klar. En viktad dag är en dag gånger kravets vikt.",
    Level.ROUNDS: "Så få förslag som möjligt öppnas, och så få fasta omgångar som möjligt får för få deltagare.",
    Level.RESERVE: "Så få som möjligt sitter på platser som hålls fria för sena rekryteringar. 0 betyder att ingen gör det.",
    Level.WAITING: "Så få krav som möjligt får vänta till nästa termin. Poäng som på nivå 1.",
    Level.STAFFING: "Så få som möjligt är borta samma dag utöver enhetens gräns, och förvaltningarna blandas väl. "
    "Var och en räknas en gång för varje dag eller omgång.",
    Level.DAYS: "Så få dagar som möjligt från anställningens start till klar utbildning. Viktade dagar som på nivå 5.",
}
WEIGHT_MEANS = (
    "Vikten av ett krav är utbildningens vikt gånger personens prioritet, som de står i tabellerna; har ingen fått någon "
    "är den 1, och ett poäng är ett krav."
)
BOUND_MEANS = (
    "Lägsta möjliga är det värde som ingen plan kan komma under utan att en viktigare nivå blir sämre. "
    "Är det samma som planens värde är planen bevisat bäst där."
)
LEVEL_UNITS = {
    Level.ON_TIME: ("poäng", "poäng"),
    Level.MISSING: ("poäng", "poäng"),
    Level.CHANGES: ("plats", "platser"),
    Level.CASELOAD: ("viktad dag", "viktade dagar"),
    Level.ROUNDS: ("omgång", "omgångar"),
    Level.RESERVE: ("plats", "platser"),
    Level.WAITING: ("poäng", "poäng"),
    Level.STAFFING: ("person", "personer"),
    Level.DAYS: ("viktad dag", "viktade dagar"),
}
# Completes "En plats i X skulle göra att ..."
LEVEL_COSTS = {
    Level.ON_TIME: "någon annan inte blir klar i tid",
    Level.MISSING: "någon annan blir utan plats",
    Level.CHANGES: "fler redan meddelade platser måste flyttas",
    Level.EQUITY: "förvaltningarna behandlas mindre lika",
    Level.CASELOAD: "det blir fler dagar med ärenden före utbildningen",
    Level.ROUNDS: "en omgång till måste öppnas, eller en får för få deltagare",
    Level.RESERVE: "platser som hålls fria för sena rekryteringar tas i bruk",
    Level.WAITING: "någon annan får vänta till nästa termin",
    Level.STAFFING: "fler är borta samma dag från en enhet, eller omgången blir sämre blandad",
    Level.DAYS: "den sammanlagda väntan blir längre",
}


def level_name(level: Level) -> str:
    """``3. Lämnade platser``: the same number in first plans, which lack that level, and in the handbook."""
    return f"{list(Level).index(level) + 1}. {LEVELS[level]}"


def level_value(level: Level, value: int) -> str:
    """The level's value with its unit."""
    if level is Level.EQUITY:
        return permille(value)
    return count(value, *LEVEL_UNITS[level])


def level_proof(result: LevelResult) -> str:
    """What is known about how good the value is."""
    if result.bound is None:
        return "Tiden räckte inte för att pröva nivån; planen kan bli bättre här."
    if result.proven:
        return "Bevisat bäst: ingen plan kan nå lägre utan att en viktigare nivå blir sämre."
    return f"Inte bevisat bäst: det kan finnas en plan med ner till {level_value(result.name, result.bound)}."
