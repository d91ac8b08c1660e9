"""A meeting of an invented round."""

from __future__ import annotations

from datetime import date, time

from models.problem import Round, Session


def meeting(
    round_: Round, module: int, day: date, hours: tuple[time, time], *, room: str, trainer: str, accessible: bool
) -> Session:
    """The one meeting of a module of the round, in the house of its programme, with all its seats."""
    start, end = hours
    return Session(
        id=f"{round_.id}-{module}",
        round=round_.id,
        module=module,
        meeting=1,
        day=day,
        start=start,
        end=end,
        place=f"Kurshuset {round_.id.rpartition('-')[0]}",
        room=room,
        trainers=(trainer,),
        seats=round_.seats,
        accessible=accessible,
    )
