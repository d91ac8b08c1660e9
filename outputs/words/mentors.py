"""Words for pairs of hires and mentors: why somebody has none, and what their levels came to."""

from __future__ import annotations

from models.ids import MentorLevel, MentorReason
from models.plan import MentorLevelResult
from outputs.words.numbers import count, whole

NO_MENTOR = {reason: reason.words for reason in MentorReason}
_ONE = {
    MentorLevel.WITHOUT: "nyanställd utan mentor",
    MentorLevel.WEEKDAYS: "gemensam veckodag för lite",
}


def mentor_level(result: MentorLevelResult) -> str:
    """``3 par över förvaltningsgränsen``, and that it is not proven where it is not."""
    if result.name is MentorLevel.EVENNESS:
        told = f"jämnhet {whole(result.value)} (mentorernas antal par i kvadrat, sammanlagt)"
    else:
        told = count(result.value, _ONE.get(result.name, result.name.words), result.name.words)
    return told if result.proven else f"{told}, inte bevisat bäst"
