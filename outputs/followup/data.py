"""The figures of a follow-up for other programs: ``uppfoljning.json``
and ``--json``. Hidden groups have null for every figure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from outputs.followup.figures import FollowUp, Group, Seats, Share

SCHEMA = 1
Data = dict[str, object]


def as_data(found: FollowUp) -> Mapping[str, object]:
    """Shares between 0 and 1, unrounded; hours in hours, cost in kronor."""
    trend = found.trend
    return {
        "schema": SCHEMA,
        "terms": list(found.terms),
        "total": _group(found.total),
        "by_organisation": [_group(group, "organisation") for group in found.organisations],
        "by_unit": [_group(group, "organisation", "unit") for group in found.units],
        "by_programme": [_group(group, "programme", seats=True) for group in found.programmes],
        "by_start_term": [_group(group, "start_term") for group in found.start_terms],
        "by_start_month": [_group(group, "start_term", "start_month") for group in found.start_months],
        "by_organisation_and_start_term": [
            _without_hours(_group(group, "organisation", "start_term")) for group in found.crossed
        ],
        "rounds": [{"term": run.term, **_seats(run.seats)} for run in found.runs],
        "rounds_total": _seats(found.run_total),
        "trend": None
        if trend is None
        else {
            "from": trend.first.names[0],
            "to": trend.last.names[0],
            "change": trend.change,
            "low": trend.sure_within.low,
            "high": trend.sure_within.high,
        },
        "planned_seats": found.planned,
    }


def json_bytes(found: FollowUp) -> bytes:
    """The follow-up as a JSON file."""
    return (json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n").encode()


def _group(group: Group, *columns: str, seats: bool = False) -> Data:
    ids = dict(zip(columns, group.key, strict=True))
    return {
        **ids,
        "name": ", ".join(group.names),
        "hidden": group.hidden,
        **_share(group.share),
        **(_seats(group.seats) if seats else {}),
    }


def _without_hours(row: Data) -> Data:
    return {name: value for name, value in row.items() if name not in ("hours", "unconfirmed_hours")}


def _share(share: Share | None) -> Data:
    if share is None:
        fields = (
            "people",
            "requirements",
            "on_time",
            "confirmed",
            "planned",
            "people_on_time",
            "share",
            "confirmed_share",
        )
        return dict.fromkeys((*fields, "low", "high", "hours", "unconfirmed_hours"))
    within = share.sure_within
    return {
        "people": share.people,
        "requirements": share.counted,
        "on_time": share.on_time,
        "confirmed": share.confirmed,
        "planned": share.planned,
        "people_on_time": share.all_on_time,
        "share": share.share,
        "confirmed_share": share.confirmed_share,
        "low": within.low if within else None,
        "high": within.high if within else None,
        "hours": share.hours,
        "unconfirmed_hours": share.unconfirmed_hours,
    }


def _seats(seats: Seats | None) -> Data:
    if seats is None:
        return dict.fromkeys(("rounds", "seats", "seats_used", "cost"))
    return {"rounds": seats.rounds, "seats": seats.seats, "seats_used": seats.used, "cost": seats.cost}
