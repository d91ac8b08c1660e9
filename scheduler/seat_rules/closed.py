"""Rule 3 ``stängd``: the round must be open to her administration, not cancelled, and inside the horizon. Hard."""

from models.ids import RoundStatus
from models.problem import Hire, Round, Session, Settings


def forbids_round(round_: Round, hire: Hire) -> bool:
    """The round is cancelled, or not open to her administration."""
    closed_to_her = bool(round_.organisations) and hire.organisation not in round_.organisations
    return closed_to_her or round_.status is RoundStatus.CANCELLED


def forbids(session: Session, settings: Settings) -> bool:
    """The meeting is cancelled or outside the horizon (a cancelled meeting closes its whole module: all are asked)."""
    return session.cancelled or not settings.horizon_start <= session.day <= settings.horizon_end
