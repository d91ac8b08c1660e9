"""Rule 12 ``tillgänglig``: who needs an accessible room gets sessions in such rooms only. Hard."""

from models.problem import Hire, Session


def forbids(session: Session, hire: Hire) -> bool:
    """The room is not accessible to her."""
    return hire.needs_accessible and not session.accessible
