"""What a coordinator or a manager reads: Swedish words for dates, states, reasons, suggestions, levels and changes.

Plain functions and tables, shared by the workbook, the report and ``terminsplan orsak``.
"""

from outputs.words.changes import CHANGE_KINDS, change_cause, change_note, details_changed
from outputs.words.dates import MONTHS, WEEKDAYS, day, short_day, span, time_span, week, weekday_list
from outputs.words.labels import RULES, STATE_MEANINGS, STATES, module_name, occupancy, person, seat
from outputs.words.levels import LEVEL_COSTS, LEVEL_MEANINGS, LEVELS, level_proof, level_value
from outputs.words.numbers import count, listed, percent, permille, sentence, whole
from outputs.words.reasons import ReasonLines, reason, reasons
from outputs.words.stability import MOVED_MEANS, STABILITY_MEANINGS, stability_costs
from outputs.words.suggestions import proposal, suggestion

__all__ = [
    "CHANGE_KINDS",
    "LEVELS",
    "LEVEL_COSTS",
    "LEVEL_MEANINGS",
    "MONTHS",
    "MOVED_MEANS",
    "RULES",
    "STABILITY_MEANINGS",
    "STATES",
    "STATE_MEANINGS",
    "WEEKDAYS",
    "ReasonLines",
    "change_cause",
    "change_note",
    "count",
    "day",
    "details_changed",
    "level_proof",
    "level_value",
    "listed",
    "module_name",
    "occupancy",
    "percent",
    "permille",
    "person",
    "proposal",
    "reason",
    "reasons",
    "seat",
    "sentence",
    "short_day",
    "span",
    "stability_costs",
    "suggestion",
    "time_span",
    "week",
    "weekday_list",
    "whole",
]
