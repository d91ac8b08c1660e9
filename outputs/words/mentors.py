"""Words for pairs of hires and mentors: why somebody has none, and what their levels came to."""

from __future__ import annotations

from models.ids import MentorLevel, MentorReason
from models.plan import MentorLevelResult
from outputs.words.numbers import count, whole

NO_MENTOR = {
    MentorReason.NONE_THERE: "ingen mentor var på plats hennes första dag",
    MentorReason.ALL_FULL: "alla mentorer som var på plats har redan så många de kan ha",
}
_COUNTED = {
    MentorLevel.WITHOUT: ("nyanställd utan mentor", "nyanställda utan mentor"),
    MentorLevel.LOST: ("par från förra planen som inte finns kvar", "par från förra planen som inte finns kvar"),
    MentorLevel.TARGET_GROUP: ("par utan gemensam målgrupp", "par utan gemensam målgrupp"),
    MentorLevel.UNIT: ("par mot önskemålet om enhet", "par mot önskemålet om enhet"),
    MentorLevel.ADMINISTRATION: ("par över förvaltningsgränsen", "par över förvaltningsgränsen"),
    MentorLevel.WEEKDAYS: ("gemensam veckodag för lite", "gemensamma veckodagar för lite"),
}


def mentor_level(result: MentorLevelResult) -> str:
    """``3 par över förvaltningsgränsen``, and that it is not proven where it is not."""
    if result.name is MentorLevel.EVENNESS:
        told = f"jämnhet {whole(result.value)} (mentorernas antal par i kvadrat, sammanlagt)"
    else:
        told = count(result.value, *_COUNTED[result.name])
    return told if result.proven else f"{told}, inte bevisat bäst"
