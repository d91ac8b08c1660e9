"""What a coordinator or a manager reads: Swedish words for dates, states, reasons, suggestions, levels and changes.

Plain functions and tables, shared by the workbook, the report and ``terminsplan orsak``.
"""

from outputs.words.changes import CHANGE_KINDS, OneSeat, change_cause, change_note, closed_by, details_changed
from outputs.words.dates import MONTHS, WEEKDAYS, day, short_day, span, time_span, week, weekday_list
from outputs.words.labels import (
    REQUIREMENT_MEANS,
    SHARE_MEANS,
    STATE_MEANINGS,
    STATES,
    UNCONFIRMED,
    manager,
    module_name,
    no_address,
    occupancy,
    person,
    seat,
    seat_status,
    state_meaning,
    told_apart,
    workplace,
)
from outputs.words.levels import (
    BOUND_MEANS,
    WEIGHT_MEANS,
    level_name,
    level_proof,
    level_value,
)
from outputs.words.mentors import NO_MENTOR, mentor_level
from outputs.words.numbers import count, duration, listed, percent, permille, sentence, whole
from outputs.words.order import swedish_order
from outputs.words.reasons import ReasonLines, reason, reasons
from outputs.words.stability import MOVED_MEANS, STABILITY_MEANINGS, stability_costs, stability_meanings
from outputs.words.suggestions import more_on_time, proposal, suggestion

__all__ = [
    "BOUND_MEANS",
    "CHANGE_KINDS",
    "MONTHS",
    "MOVED_MEANS",
    "NO_MENTOR",
    "REQUIREMENT_MEANS",
    "SHARE_MEANS",
    "STABILITY_MEANINGS",
    "STATES",
    "STATE_MEANINGS",
    "UNCONFIRMED",
    "WEEKDAYS",
    "WEIGHT_MEANS",
    "OneSeat",
    "ReasonLines",
    "change_cause",
    "change_note",
    "closed_by",
    "count",
    "day",
    "details_changed",
    "duration",
    "level_name",
    "level_proof",
    "level_value",
    "listed",
    "manager",
    "mentor_level",
    "module_name",
    "more_on_time",
    "no_address",
    "occupancy",
    "percent",
    "permille",
    "person",
    "proposal",
    "reason",
    "reasons",
    "seat",
    "seat_status",
    "sentence",
    "short_day",
    "span",
    "stability_costs",
    "stability_meanings",
    "state_meaning",
    "suggestion",
    "swedish_order",
    "time_span",
    "told_apart",
    "week",
    "weekday_list",
    "whole",
    "workplace",
]
