"""Everything that workbook and report count of a plan; ``Figures`` counts each once and keeps it."""

from outputs.figures.counted import Figures, shown_states, told_states
from outputs.figures.helps import Gain
from outputs.figures.round_loads import RoundLoad
from outputs.figures.shares import Share, counts, in_time
from outputs.figures.strain import EarlyCases, UnitDay
from outputs.figures.waits import Wait, days_to_done, median_days

__all__ = [
    "EarlyCases",
    "Figures",
    "Gain",
    "RoundLoad",
    "Share",
    "UnitDay",
    "Wait",
    "counts",
    "days_to_done",
    "in_time",
    "median_days",
    "shown_states",
    "told_states",
]
