"""All tables of the input (INPUT.md, "Tables"), in the order in which one fills them in, explained in plain Swedish.

A test holds names and required columns to those that the readers know, and the example rows to being faultless.
"""

from __future__ import annotations

from datetime import date, time

from outputs.template.kinds import (
    Clock,
    Column,
    Day,
    Id,
    Reference,
    SessionReference,
    Setting,
    Suggested,
    Table,
    Text,
    Whole,
    Words,
    YesNo,
)

MUST, USEFUL, WHEN_NEEDED = "måste fyllas i", "bör fyllas i", "vid behov"
WEEKDAYS = Suggested(("mån-fre", "mån-tors", "tis-fre", "mån", "tis", "ons", "tors", "fre"))

SETTING_ROWS = (
    Setting("termin", Text(), "Terminens namn, som det ska stå i rubriker.", "HT 2026"),
    Setting(
        "terminsstart",
        Day(),
        "Första dagen som planeras. Tillfällen före den bokas inte.",
        date(2026, 8, 17),
        blank="dagen för första tillfället",
    ),
    Setting(
        "terminsslut",
        Day(),
        "Sista dagen som planeras. Tillfällen efter den bokas inte.",
        date(2027, 1, 15),
        blank="dagen för sista tillfället",
    ),
    Setting(
        "frist_månader",
        Whole(0, 1200),
        "Så många månader efter första anställningsdagen ska en utbildning vara klar, om den inte har en egen frist.",
        4,
        4,
        "4",
    ),
    Setting(
        "varseltid_dagar",
        Whole(),
        "Ingen bokas, flyttas eller avbokas när det är färre dagar än så kvar till tillfället.",
        14,
        14,
        "14",
    ),
    Setting("max_kursdagar_per_vecka", Whole(1, 7), "Högst så många kursdagar per person och vecka.", 3, 3, "3"),
    Setting(
        "max_kursdagar_per_vecka_med_ärenden",
        Whole(1, 7),
        "Högst så många kursdagar per vecka för den som har egna ärenden.",
        2,
        2,
        "2",
    ),
    Setting(
        "max_borta_per_enhet",
        Whole(),
        "Så många nyanställda från samma enhet kan vara borta på kurs samma dag utan att det märks.",
        2,
        2,
        "2",
    ),
    Setting(
        "max_andel_per_förvaltning",
        Whole(0, 100),
        "Så många procent av deltagarna får komma från en förvaltning, i omgångar där förvaltningarna ska blandas.",
        50,
        50,
        "50",
    ),
    Setting(
        "öppna_veckodagar", WEEKDAYS, "Veckodagar då det går att gå på utbildning.", "mån-fre", "mån-fre", "mån-fre"
    ),
    Setting(
        "helgdagar",
        Suggested(("SE", "-")),
        "Landet vars röda dagar är lediga, med två bokstäver. Bindestreck (-) betyder inga röda dagar.",
        "SE",
        "SE",
        "SE",
    ),
    Setting(
        "tidszon",
        Suggested(("Europe/Stockholm",)),
        "Tidszonen som klockslagen gäller i.",
        "Europe/Stockholm",
        "Europe/Stockholm",
        "Europe/Stockholm",
    ),
    Setting(
        "planeringsdag",
        Day(),
        "Dagen som planen räknas från. Lämna tom, utom när du vill räkna om en gammal plan.",
        date(2026, 8, 3),
        blank="den dag då du planerar",
    ),
    Setting(
        "avsändare",
        Text(),
        "E-postadressen som står som avsändare i kalendrarna.",
        "introduktion@kommunen.example",
        blank="ingen avsändare",
    ),
    Setting(
        "kalenderserie",
        Text(),
        "Skiljer planens kalenderhändelser från andra planers. Lämna tom, om inte två planer för en termin måste hållas isär.",
        "ekby-ht2026",
        blank="görs av avsändare, förvaltningar och termin",
    ),
)

SETTINGS = Table(
    "inställningar",
    USEFUL,
    "Terminens namn och datum, och vad som gäller för alla. Det mesta är redan ifyllt.",
    (
        Column(
            "nyckel",
            Id(),
            "Vad som ställs in. Låt nycklarna stå som de är, och skriv i kolumnen värde.",
            "termin",
            required=True,
            width=40,
        ),
        Column(
            "värde",
            Text(),
            "Det som ska gälla. Vad varje inställning betyder ser du när du markerar cellen.",
            "HT 2026",
            "det vanliga värdet, som står i förklaringen",
            width=32,
        ),
    ),
)

ORGANISATIONS = Table(
    "förvaltningar",
    USEFUL,
    "En förvaltning eller kommun som har nyanställda.",
    (
        Column(
            "id",
            Id(),
            "En kort beteckning, som du sedan väljer på de andra bladen.",
            "NO",
            required=True,
            width=16,
        ),
        Column(
            "namn",
            Text(),
            "Förvaltningens namn, som det ska stå i planen.",
            "Socialförvaltningen Nordost",
            required=True,
            width=44,
        ),
        Column(
            "e-post",
            Text(),
            "Adressen till den som samordnar introduktionen där.",
            "introduktion@nordost.example",
            width=36,
        ),
    ),
)

PROGRAMMES = Table(
    "utbildningar",
    MUST,
    "En utbildning som nyanställda ska gå, och reglerna för den.",
    (
        Column(
            "id",
            Id(),
            "En kort beteckning, som du sedan väljer på de andra bladen.",
            "CI",
            required=True,
            width=16,
        ),
        Column(
            "namn",
            Text(),
            "Utbildningens namn, som det ska stå i kalendrar och rapporter.",
            "Central introduktion",
            required=True,
            width=30,
        ),
        Column(
            "sammanhållen",
            YesNo(),
            "ja: man följer samma omgång från första till sista dagen. nej: varje moment kan tas i vilken omgång som helst.",
            "nej",
            "ja",
            width=17,
        ),
        Column("i_ordning", YesNo(), "ja: momenten tas i nummerordning.", "ja", "ja", width=12),
        Column(
            "dagar_mellan",
            Whole(),
            "Minst så många dagar från ett moment till nästa, så att man hinner öva hemma.",
            7,
            "0",
            width=15,
        ),
        Column(
            "högst_dagar_mellan",
            Whole(),
            "Högst så många dagar från ett moment till nästa.",
            None,
            "ingen gräns",
            width=21,
        ),
        Column(
            "frist_månader",
            Whole(0, 1200),
            "Så många månader efter första anställningsdagen ska utbildningen vara klar. 0 betyder ingen frist.",
            4,
            "det som står på bladet inställningar",
            width=16,
        ),
        Column(
            "tidigast_dag",
            Whole(),
            "Inte före så många dagar efter första anställningsdagen.",
            7,
            "0",
            width=14,
        ),
        Column(
            "före_ärenden",
            YesNo(),
            "ja: bör vara klar innan personen börjar med egna ärenden.",
            "ja",
            "nej",
            width=15,
        ),
        Column(
            "efter",
            Reference("utbildningar", several=True),
            "Utbildningar som måste vara klara först.",
            None,
            "ingen",
            width=14,
        ),
        Column(
            "gäller",
            Words(("alla", "oerfarna")),
            "alla, eller oerfarna: bara de som inte är märkta som erfarna på bladet nyanställda.",
            "alla",
            "alla",
            width=11,
        ),
        Column(
            "målgrupp",
            Text(),
            "Bara för nyanställda som arbetar med någon av de här målgrupperna. "
            "Skriv flera med komma emellan, med samma ord som på bladet nyanställda.",
            None,
            "alla",
            width=26,
        ),
        Column(
            "blandad",
            YesNo(),
            "ja: deltagare från olika förvaltningar ska blandas i varje omgång.",
            "ja",
            "nej",
            width=11,
        ),
        Column(
            "vikt",
            Whole(1, 9),
            "Hur mycket en utebliven plats väger mot andra utbildningars: 1 är minst, 9 är mest.",
            1,
            "1",
            width=8,
        ),
    ),
)

MODULES = Table(
    "moment",
    USEFUL,
    "En del av en utbildning: en dag eller ett pass.",
    (
        Column(
            "utbildning",
            Reference("utbildningar"),
            "Utbildningen som momentet är en del av.",
            "CI",
            required=True,
            width=18,
        ),
        Column("nr", Whole(1), "Momentets nummer: 1, 2, 3 …", 1, required=True, width=8),
        Column(
            "namn",
            Text(),
            "Momentets namn, som det ska stå i kalendrarna.",
            "Stadens uppdrag och styrning",
            "Moment 1, Moment 2 …",
            width=44,
        ),
    ),
)

ROUNDS = Table(
    "omgångar",
    USEFUL,
    "En gång som en utbildning ges, och hur många som får plats.",
    (
        Column(
            "id",
            Id(),
            "En kort beteckning, som du sedan väljer på de andra bladen.",
            "CI-1",
            required=True,
            width=18,
        ),
        Column(
            "utbildning",
            Reference("utbildningar"),
            "Utbildningen som ges.",
            "CI",
            required=True,
            width=16,
        ),
        Column("platser", Whole(), "Så många deltagare får plats.", 24, required=True, width=11),
        Column(
            "förvaltning",
            Reference("förvaltningar", several=True),
            "Förvaltningarna som omgången är öppen för.",
            None,
            "öppen för alla",
            width=18,
        ),
        Column(
            "min_deltagare",
            Whole(),
            "Med färre deltagare än så är omgången inte värd att ge.",
            10,
            "0",
            width=16,
        ),
        Column(
            "reserv",
            Whole(),
            "Så många platser ska helst vara kvar åt dem som anställs senare.",
            2,
            "0",
            width=10,
        ),
        Column(
            "status",
            Words(("fast", "förslag", "inställd")),
            "fast: omgången ges. förslag: planen avgör om den ska ges. inställd: den ges inte.",
            "fast",
            "fast",
            width=11,
        ),
    ),
)

SESSIONS = Table(
    "tillfällen",
    MUST,
    "En dag då ett moment hålls i en omgång. Har momentet flera rader i omgången går man på alla.",
    (
        Column(
            "omgång",
            Reference("omgångar"),
            "Omgången som tillfället hör till.",
            "CI-1",
            required=True,
            width=18,
        ),
        Column("moment", Whole(1), "Momentets nummer.", 1, "1", width=11),
        Column("datum", Day(), "Dagen då det hålls.", date(2026, 9, 15), required=True, width=13),
        Column("start", Clock(), "När det börjar.", time(9, 0), required=True, width=9),
        Column("slut", Clock(), "När det slutar.", time(16, 0), required=True, width=9),
        Column("plats", Text(), "Huset eller adressen.", "Kurshuset Packhuset", width=24),
        Column("lokal", Text(), "Rummet.", "Hamnsalen", width=18),
        Column(
            "utbildare",
            Text(),
            "De som håller tillfället. Skriv flera med komma emellan.",
            "Gunvor Stråhle, Tage Lindevall",
            width=34,
        ),
        Column(
            "platser",
            Whole(),
            "Bara om just det här tillfället rymmer fler eller färre än omgången.",
            None,
            "omgångens platser",
            width=11,
        ),
        Column(
            "tillgänglig",
            YesNo(),
            "nej: alla kan inte ta sig in i lokalen, till exempel med rullstol.",
            "ja",
            "ja",
            width=13,
        ),
        Column(
            "status",
            Words(("inställd",)),
            "inställd, om just det här tillfället inte blir av.",
            None,
            "det hålls",
            width=11,
        ),
        Column(
            "id",
            Id(),
            "Tillfällets egen beteckning. Fyll i den om du vill kunna välja tillfället i listan på bladen bokningar och närvaro.",
            None,
            "omgång och moment, till exempel CI-1-1",
            width=14,
        ),
        Column(
            "utbildning",
            Reference("utbildningar"),
            "Behövs bara om bladet omgångar lämnas tomt.",
            None,
            "omgångens utbildning",
            width=14,
        ),
    ),
)

HIRES = Table(
    "nyanställda",
    MUST,
    "En person som ska introduceras.",
    (
        Column(
            "id",
            Id(),
            "En egen beteckning för personen, som aldrig byts. Använd inte personnummer.",
            "p001",
            required=True,
            width=16,
        ),
        Column("namn", Text(), "För- och efternamn.", "Alva Björkegren", required=True, width=28),
        Column(
            "förvaltning",
            Reference("förvaltningar"),
            "Förvaltningen där personen är anställd.",
            "NO",
            required=True,
            width=15,
        ),
        Column(
            "anställd_från",
            Day(),
            "Första anställningsdagen. Fristen räknas härifrån.",
            date(2026, 8, 24),
            required=True,
            width=17,
        ),
        Column("e-post", Text(), "Personens e-postadress, för kallelser.", "alva@nordost.example", width=34),
        Column(
            "enhet",
            Text(),
            "Enheten eller gruppen. Planen undviker att många från samma enhet är borta samma dag.",
            "Barn och unga Angered",
            width=28,
        ),
        Column(
            "ärenden_från",
            Day(),
            "Dagen då personen börjar med egna ärenden.",
            date(2026, 10, 19),
            "inga egna ärenden än",
            width=15,
        ),
        Column("slutar", Day(), "Sista anställningsdagen.", None, "tills vidare", width=13),
        Column(
            "arbetsdagar",
            WEEKDAYS,
            "Veckodagarna som personen arbetar: mån-fre, mån-tors, eller enstaka dagar som mån,ons,fre.",
            "mån-fre",
            "mån-fre",
            width=16,
        ),
        Column(
            "erfaren",
            YesNo(),
            "ja: personen behöver inte gå det som bara gäller oerfarna.",
            "nej",
            "nej",
            width=10,
        ),
        Column(
            "målgrupp",
            Text(),
            "De som personen arbetar med. Skriv flera med komma emellan.",
            "barn och unga",
            width=24,
        ),
        Column(
            "kräver_tillgänglig",
            YesNo(),
            "ja: personen bokas bara i lokaler som är tillgängliga för alla.",
            "nej",
            "nej",
            width=20,
        ),
        Column(
            "prioritet",
            Whole(1, 3),
            "Hur viktigt det är att just den här personen får plats: 1 är vanligt, 3 är mest.",
            1,
            "1",
            width=11,
        ),
        Column(
            "utbildningar",
            Reference("utbildningar", several=True),
            "Bara om personen ska gå något annat än reglerna på bladet utbildningar säger. Listan ersätter dem helt.",
            None,
            "enligt reglerna",
            width=18,
        ),
        Column(
            "tillgodoräknas",
            Reference("utbildningar", several=True),
            "Det som personen redan har gjort: en hel utbildning (CI) eller ett moment av den (CI:1).",
            None,
            "inget",
            width=18,
        ),
    ),
)

_HIRE = Column("nyanställd", Reference("nyanställda"), "Personens id.", "p001", required=True, width=18)
_SESSION = Column(
    "tillfälle",
    SessionReference(),
    "Tillfällets id: omgång och moment, till exempel CI-1-1, om det inte har fått ett eget id.",
    "CI-1-1",
    required=True,
    width=18,
)

ABSENCES = Table(
    "frånvaro",
    WHEN_NEEDED,
    "Dagar då en person är borta. Skriv aldrig varför, och lägg inte till några kolumner.",
    (
        _HIRE,
        Column("från", Day(), "Första dagen borta.", date(2026, 9, 21), required=True, width=13),
        Column("till", Day(), "Sista dagen borta.", date(2026, 9, 25), required=True, width=13),
    ),
)

BREAKS = Table(
    "lov",
    WHEN_NEEDED,
    "Dagar då ingen går på utbildning. Röda dagar behöver du inte skriva in.",
    (
        Column("namn", Text(), "Vad ledigheten heter.", "Höstlov", required=True, width=26),
        Column("från", Day(), "Första dagen.", date(2026, 10, 26), required=True, width=13),
        Column("till", Day(), "Sista dagen.", date(2026, 10, 30), required=True, width=13),
        Column(
            "förvaltning",
            Reference("förvaltningar", several=True),
            "Förvaltningarna som är lediga.",
            None,
            "alla",
            width=18,
        ),
    ),
)

QUOTAS = Table(
    "kvoter",
    WHEN_NEEDED,
    "Hur platserna i en omgång delas mellan förvaltningar.",
    (
        Column("omgång", Reference("omgångar"), "Omgången som det gäller.", "CI-1", required=True, width=18),
        Column(
            "förvaltning", Reference("förvaltningar"), "Förvaltningen som det gäller.", "NO", required=True, width=15
        ),
        Column("högst", Whole(), "Förvaltningen får högst så många platser.", 9, "ingen gräns", width=10),
        Column(
            "minst",
            Whole(),
            "Så många platser hålls för förvaltningen och går inte till någon annan.",
            2,
            "0",
            width=10,
        ),
    ),
)

BOOKINGS = Table(
    "bokningar",
    WHEN_NEEDED,
    "En plats som redan är lovad. Planen behåller den.",
    (_HIRE, _SESSION),
)

ATTENDANCE = Table(
    "närvaro",
    WHEN_NEEDED,
    "Hur det gick på ett tillfälle som har varit. Den som var bokad räknas annars som närvarande.",
    (
        _HIRE,
        _SESSION,
        Column(
            "närvarande",
            YesNo(),
            "ja: personen var där, och momentet är gjort. nej: personen behöver gå momentet igen.",
            "ja",
            required=True,
            width=14,
        ),
    ),
)

TABLES = (
    SETTINGS,
    ORGANISATIONS,
    PROGRAMMES,
    MODULES,
    ROUNDS,
    SESSIONS,
    HIRES,
    ABSENCES,
    BREAKS,
    QUOTAS,
    BOOKINGS,
    ATTENDANCE,
)
