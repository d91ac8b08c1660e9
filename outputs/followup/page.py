"""The follow-up as a page and as a workbook, of the same words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from outputs import words
from outputs.followup.figures import FollowUp
from outputs.followup.tables import tables
from outputs.followup.words import headlines, notes, percent, within
from outputs.html import environment
from outputs.page import shares
from outputs.page.shares import SureShare
from outputs.plain_book import Contents
from outputs.plain_book import workbook as plain_workbook


def page(found: FollowUp) -> bytes:
    """The page's bytes; the same figures give the same bytes."""
    made = (
        environment()
        .get_template("followup.html")
        .render(
            found=found,
            headlines=list(headlines(found)),
            points=shares.points(list(_terms(found))),
            drawing=shares,
            tables=tables(found),
            notes=list(notes(found)),
        )
    )
    return made.encode()


def workbook(found: FollowUp) -> bytes:
    """The workbook's bytes; the same figures give the same bytes."""
    made = f"{words.listed(found.terms)}. Så som det var känt {words.day(found.last_day)}. Inga namn på personer."
    title = "Uppföljning av introduktionen"
    answers, explained = list(headlines(found)), list(notes(found))
    return plain_workbook(Contents(title, made, found.last_day, answers, tables(found), explained))


def _terms(found: FollowUp) -> Iterator[SureShare]:
    """The terms of start that are shown and have mostly been."""
    for group in found.start_terms:
        share = group.share
        if share is not None and share.share is not None and share.sure_within is not None and share.settled:
            interval, label = share.sure_within, percent(share.share)
            told = f"{group.names[0]}: {label}, osäkerhet {within(interval)}, {share.people} personer"
            yield SureShare(group.names[0], share.share, interval.low, interval.high, label, told)
