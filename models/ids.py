"""The ids of MODEL.md: hard rules, reasons, levels, states. One idea, one id, in every file that speaks of it."""

from enum import StrEnum


class Rule(StrEnum):
    """Hard rules of MODEL.md in the order in which reasons name them, then what only reasons use."""

    CLOSED = "stängd"
    BREAK = "lov"
    ABSENCE = "frånvaro"
    WEEKDAY = "arbetsdag"
    EMPLOYED = "anställd"
    EARLIEST = "tidigast"
    NOTICE = "varsel"
    ACCESSIBLE = "tillgänglig"
    SHARED = "delad"
    QUOTA = "kvot"
    AFTER_DEADLINE = "efter_frist"
    CLASH = "krock"
    WEEKLY_CAP = "veckotak"
    ORDER = "ordning"
    GAP = "avstånd"
    AFTER = "efter"
    SEATS = "platser"
    MIN_PARTICIPANTS = "minst_deltagare"
    GIVEN = "bokning"
    FULL = "fullt"
    OUTRANKED = "prioriterad_bort"


class Level(StrEnum):
    """The ten levels of MODEL.md, in their strict order."""

    ON_TIME = "on_time"
    MISSING = "missing"
    CHANGES = "changes"
    EQUITY = "equity"
    CASELOAD = "caseload"
    ROUNDS = "rounds"
    RESERVE = "reserve"
    WAITING = "waiting"
    STAFFING = "staffing"
    DAYS = "days"


class MentorLevel(StrEnum):
    """What is preferred of pairs of hires and mentors (MODEL.md, Mentors), in strict order."""

    WITHOUT = "without"
    LOST = "lost"
    TARGET_GROUP = "target_group"
    UNIT = "unit"
    ADMINISTRATION = "administration"
    WEEKDAYS = "weekdays"
    EVENNESS = "evenness"


class MentorReason(StrEnum):
    """Why a hire has no mentor: none was there on her first day, or those who were have all the hires they can have."""

    NONE_THERE = "none_there"
    ALL_FULL = "all_full"


class State(StrEnum):
    """What became of a requirement (INPUT.md, "What counts as done, late, waiting")."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    DONE = "done"


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
