"""The follow-up as one page, drawn with the house's styles and without any script."""

from __future__ import annotations

from outputs.followup import trend
from outputs.followup.figures import FollowUp
from outputs.followup.tables import tables
from outputs.followup.words import headlines, notes
from outputs.html import environment


def page(found: FollowUp) -> bytes:
    """The page's bytes; the same figures give the same bytes."""
    template = environment().get_template("followup.html")
    made = template.render(
        found=found,
        headlines=list(headlines(found)),
        points=trend.points(found),
        trend=trend,
        tables=tables(found),
        notes=list(notes(found)),
    )
    return made.encode()
