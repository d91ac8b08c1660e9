"""The results of a bench as one page of markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

Result = Mapping[str, Any]
WRITING = ("json", "calendars", "workbook", "report")
LEVELS = ("on_time", "missing", "equity", "caseload", "rounds", "reserve", "waiting", "staffing", "days")
KINDS = {"given": "city", "varied-city": "city", "varied-region": "region"}
"""Sizes that are held to the goals of another."""
NEAR = 0.01
NEAR_IN_REGION = {"caseload": 0.01, "rounds": 0.03, "waiting": 0.03, "days": 0.03, "reserve": 0.15, "staffing": 0.15}
"""How far from its bound each level of a region may be, as a share of its value; those above are proven."""
AS_GOOD = 0.6
"""Of the missing weight by hand."""


def markdown(results: Result) -> str:
    """The whole page."""
    terms = results["terms"]
    good = [t for t in terms if t["plan"].get("levels")]
    parts = [
        "# Results of `make bench`\n",
        _machine(results["machine"]),
        _section("Against the goals", ("goal", "measured", "reached"), goals(results)),
        _section("Terms: seconds and memory", _TIME_COLUMNS, map(_times, good)),
        _section("Terms: level by level (value / bound, seconds)", ("term", *LEVELS), map(_levels, good)),
        _section("Levels: how far from their bounds", _GAP_COLUMNS, _gaps(good)),
        _section("Re-plans three weeks later: late hires, a round cancelled", _REPLAN, map(_replan, _replanned(good))),
        _section("Against the peers, in weight not on time (level 1) and not booked (level 2)", _PEERS, _peers(good)),
        _section("ITC-2019: requests met", _ITC_COLUMNS, map(_instance, results["itc2019"])),
        _failed(results),
    ]
    return "\n".join(part for part in parts if part)


def _machine(machine: Result) -> str:
    return (
        f"{machine['cores']} cores ({machine['processor']}, {machine['system']}), {machine['memory_gb']} GB, Python "
        f"{machine['python']}, OR-Tools {machine['ortools']}. Load when the bench began: {machine['load_before']} "
        "(anything above 0.5 means that other work made the wall-clock times longer; processor seconds are less "
        "hurt). Everything is invented but the ITC-2019 data.\n"
    )


def _section(title: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    body = [f"| {' | '.join(map(str, row))} |" for row in rows]
    if not body:
        return ""
    heading = [f"## {title}\n", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return "\n".join([*heading, *body, ""])


# --- terms -----------------------------------------------------------------------------------------------------------

_TIME_COLUMNS = (
    *("term", "hires", "rounds", "read", "solve", "of it build", "levels", "explain", "number, check", "write"),
    *("start, disk", "all", "processor", "peak MB", "files", "ending"),
)


def _times(term: Result) -> Iterator[object]:
    plan = term["plan"]
    seconds = plan["seconds"]
    yield from (_name(term), term["hires"], term["rounds"])
    for part in (seconds["read"], solve_seconds(plan), *map(plan["phases"].get, ("build", "levels", "explain"))):
        yield f"{part:.1f}"
    yield f"{check_seconds(plan):.1f}"
    yield f"{write_seconds(plan):.1f}"
    yield f"{rest_seconds(plan):.1f}"
    yield f"{plan['total_seconds']:.1f}"
    yield f"{plan['cpu_seconds']:.1f}"
    yield from (plan["peak_mb"], plan["files"], plan["ending"])


def solve_seconds(plan: Result) -> float:
    """Building the model, all levels, and the reasons and suggestions, by the clock.

    Its phases are summed over groups of hires, which may be planned side by side: then they are more than it.
    """
    return float(plan["seconds"]["solve"])


def level_seconds(plan: Result) -> float:
    """Solving the levels alone."""
    return sum(row["seconds"] or 0 for row in plan["levels"])


def check_seconds(plan: Result) -> float:
    """Numbering the calendar events, and the independent check."""
    return float(plan["seconds"].get("number", 0) + plan["seconds"]["verify"])


def write_seconds(plan: Result) -> float:
    """Making all files and writing them to a new folder."""
    return float(sum(plan["seconds"].get(part, 0) for part in WRITING))


def rest_seconds(plan: Result) -> float:
    """Starting Python and its packages, putting all bytes down on the disk, taking the old folder's place."""
    known = plan["seconds"]["read"] + solve_seconds(plan) + check_seconds(plan) + write_seconds(plan)
    return max(0.0, float(plan["total_seconds"]) - float(known))


def _levels(term: Result) -> Iterator[str]:
    yield _name(term)
    rows = {row["name"]: row for row in term["plan"]["levels"]}
    for level in LEVELS:
        row = rows.get(level)
        yield "" if row is None else f"{_value(row)}, {row['seconds'] or 0:.1f}"


_GAP_COLUMNS = ("size", "level", "proven", "median gap", "worst gap", "where (value / bound)")


def _gaps(terms: Sequence[Result]) -> Iterator[Sequence[object]]:
    """Each level of each size: how often it is proven, and the term where plan and bound are furthest apart."""
    for size in dict.fromkeys(t["size"] for t in terms):
        for level in LEVELS:
            found = [(_gap(row), _name(t), row) for t in terms for row in _rows(t, size, level)]
            if found:
                gap, name, row = max(found, key=lambda one: one[0])
                proven = sum(_proven(row) for _, _, row in found)
                middle = median(one[0] for one in found)
                where = f"{name}: {_value(row)}" if gap else ""
                yield size, f"`{level}`", f"{proven} of {len(found)}", f"{middle:.1%}", f"{gap:.1%}", where


def _rows(term: Result, size: str, level: str) -> list[Result]:
    return [row for row in term["plan"]["levels"] if row["name"] == level and term["size"] == size]


def _value(row: Result) -> str:
    """A proven value stands alone."""
    if row["bound"] is not None and row["bound"] >= row["value"]:
        return f"**{row['value']}**"
    return f"{row['value']} / {'–' if row['bound'] is None else row['bound']}"


_REPLAN = ("term", "seconds", "`changes`", "levels proven", "violations")


def _replanned(terms: Iterable[Result]) -> list[Result]:
    return [t for t in terms if t.get("replan", {}).get("levels")]


def _replan(term: Result) -> Iterator[object]:
    again = term["replan"]
    yield _name(term)
    yield f"{again['seconds']:.1f}"
    yield _value(_changes(again))
    yield f"{sum(map(_proven, again['levels']))} of {len(again['levels'])}"
    yield again["violations"]


def _changes(again: Result) -> Result:
    found: Result = next(row for row in again["levels"] if row["name"] == "changes")
    return found


_PEERS = ("term", "plan", "by hand", "plan ÷ hand", "MIP", "in time: plan", "in time: by hand", "MIP seconds ÷ ours")


def _peers(terms: Iterable[Result]) -> Iterator[Sequence[object]]:
    for term in terms:
        mine = {row["name"]: row for row in term["plan"]["levels"]}
        hand = term["hand"].get("levels", {})
        mip = {row["name"]: row for row in term.get("mip", {}).get("levels", ())}
        for level in ("on_time", "missing"):
            dealt = hand.get(level)
            yield (
                f"{_name(term)}, {level}",
                _value(mine[level]),
                dealt,
                f"{mine[level]['value'] / dealt:.2f}" if dealt else "–",
                _value(mip[level]) if mip.get(level, {}).get("value") is not None else "–",
                f"{term['plan']['hires_in_time']} %",
                f"{term['hand'].get('hires_in_time')} %",
                _ratio(mip.get(level), mine[level]),
            )


def _ratio(theirs: Result | None, ours: Result) -> str:
    """Their seconds by ours, where both proved the level."""
    if theirs is None or theirs["value"] is None or not (_proven(theirs) and _proven(ours)):
        return "–"
    return f"{theirs['seconds'] / max(0.05, ours['seconds']):.1f}"


def _proven(row: Result) -> bool:
    return row["bound"] is not None and row["value"] is not None and bool(row["bound"] >= row["value"])


# --- ITC-2019 --------------------------------------------------------------------------------------------------------

_ITC_COLUMNS = (
    *("instance", "people", "requests", "met", "UniTime", "met ÷ UniTime", "by hand", "bound", "bound known before"),
    *("seconds", "peak MB", "violations"),
)


def _instance(result: Result) -> Iterator[object]:
    plan, unitime = result["plan"], result["unitime"]
    met = plan.get("requests_met")
    bound = plan.get("bound_on_time")
    yield from (result["name"], result["hires"], result["requests"], met, unitime or "–")
    yield f"{met / unitime:.4f}" if met and unitime else "–"
    yield result["hand"].get("requests_met")
    yield "–" if bound is None else result["requests"] - bound
    yield result["upper_bound"] or "–"
    yield f"{plan.get('seconds', plan['total_seconds']):.0f} of {result['limit']:.0f}"
    yield from (plan["peak_mb"], plan.get("violations", "–"))


# --- goals -----------------------------------------------------------------------------------------------------------


def goals(results: Result) -> Iterator[Sequence[object]]:
    """Each goal that was measured, what came of it, and whether that is reached."""
    by_size: dict[str, list[Result]] = {}
    for term in results["terms"]:
        if term["plan"].get("levels"):
            by_size.setdefault(KINDS.get(term["size"], term["size"]), []).append(term)
    yield from _city(by_size.get("city", []))
    yield from _region(by_size.get("region", []))
    yield from _nation(by_size.get("nation", []))
    yield from _by_hand([t for terms in by_size.values() for t in terms if t["hand"].get("levels")])
    yield from _unitime([r for r in results["itc2019"] if r["unitime"] and r["plan"].get("requests_met")])


def _city(terms: Sequence[Result]) -> Iterator[Sequence[object]]:
    if terms:
        times = [level_seconds(t["plan"]) for t in terms]
        slowest = max(terms, key=lambda t: level_seconds(t["plan"]))
        open_ = [_name(t) for t in terms if not all(map(_proven, t["plan"]["levels"]))]
        proven = sum(all(map(_proven, t["plan"]["levels"])) for t in terms)
        yield _goal("city: all levels proven", f"{proven} of {len(terms)}{_but(open_)}", not open_)
        measured = f"{median(times):.1f} and {max(times):.1f} ({_name(slowest)})"
        reached = median(times) <= 3 and max(times) <= 10 and proven == len(terms)
        yield _goal("city: seconds of the levels, median <= 3 and worst <= 10", measured, reached)
        yield _peak("city: <= 250 MB", terms, 250)
        yield _rest("city: everything but solving <= 3 s", terms, 3)
        yield from _again("city: re-plan <= 2 s, changes proven minimal", _replanned(terms), 2)


def _region(terms: Sequence[Result]) -> Iterator[Sequence[object]]:
    if terms:
        proven = sum(_proven(row) for t in terms for row in t["plan"]["levels"][:2])
        open_ = [_name(t) for t in terms if not all(map(_proven, t["plan"]["levels"][:2]))]
        measured = f"{proven} of {2 * len(terms)}{_but(open_)}"
        yield _goal("region: levels 1 and 2 (of a first plan's 1-3) proven", measured, not open_)
        for level, near in NEAR_IN_REGION.items():
            gaps = [(_gap(row), _name(t)) for t in terms for row in t["plan"]["levels"] if row["name"] == level]
            if not gaps:
                continue
            worst, name = max(gaps)
            far = sum(gap > near for gap, _ in gaps)
            measured = f"{len(gaps) - far} of {len(gaps)}; worst {worst:.1%} ({name})"
            yield _goal(f"region: `{level}` within {near:.0%} of its bound", measured, not far)
        yield _peak("region: <= 700 MB", terms, 700)
        yield from _again("region: re-plan <= 60 s, changes proven minimal", _replanned(terms), 60)


def _nation(terms: Sequence[Result]) -> Iterator[Sequence[object]]:
    if terms:
        worst = max(_gap(t["plan"]["levels"][0]) for t in terms)
        yield _goal("nation: level 1 within 1 % of its bound", f"{worst:.1%}", worst <= NEAR)
        yield _peak("nation: <= 1,000 MB a process", terms, 1000)
        yield _rest("nation: everything but solving <= 60 s", terms, 60)


def _again(goal: str, terms: Sequence[Result], most: float) -> Iterator[Sequence[object]]:
    if terms:
        times = [t["replan"]["seconds"] for t in terms]
        minimal = sum(_proven(_changes(t["replan"])) for t in terms)
        measured = f"median {median(times):.1f}, worst {max(times):.1f} s; proven in {minimal} of {len(terms)}"
        yield _goal(goal, measured, max(times) <= most and minimal == len(terms))


def _by_hand(terms: Sequence[Result]) -> Iterator[Sequence[object]]:
    ratios = [
        (row["value"] / t["hand"]["levels"][row["name"]], _proven(row))
        for t in terms
        for row in t["plan"]["levels"]
        if row["name"] == "missing" and t["hand"]["levels"][row["name"]]
    ]
    if ratios:
        highest, lowest = max(ratios)[0], min(ratios)[0]
        short = [proven for ratio, proven in ratios if ratio > AS_GOOD]
        measured = f"{1 - highest:.0%} to {1 - lowest:.0%} lower"
        if short:
            measured += f"; of {len(short)} less than 40 %, {sum(short)} proven: no plan is better"
        yield _goal("against by hand: missing weight at least 40 % lower", measured, not short)


def _unitime(results: Sequence[Result]) -> Iterator[Sequence[object]]:
    if results:
        better = sum(r["plan"]["requests_met"] >= r["unitime"] for r in results)
        yield _goal("ITC-2019: at least UniTime's", f"{better} of {len(results)}", better == len(results))


def _gap(row: Result) -> float:
    """(value - bound) / value; 1 without a bound."""
    if row["bound"] is None:
        return 1.0
    return float(max(0.0, (row["value"] - row["bound"]) / max(1, row["value"])))


def _but(names: Sequence[str]) -> str:
    """The terms that are not among those counted."""
    return f", not {', '.join(names)}" if names else ""


def _peak(goal: str, terms: Sequence[Result], most: int) -> Sequence[object]:
    peak = max(t["plan"]["peak_mb"] for t in terms)
    return _goal(goal, f"{peak} MB", peak <= most)


def _rest(goal: str, terms: Sequence[Result], most: float) -> Sequence[object]:
    """Read, number, check and write."""
    worst = max(t["plan"]["total_seconds"] - solve_seconds(t["plan"]) for t in terms)
    return _goal(goal, f"{worst:.1f} s", worst <= most)


def _goal(goal: str, measured: str, reached: bool) -> Sequence[object]:
    return goal, measured, "yes" if reached else "**no**"


def _failed(results: Result) -> str:
    """Runs that ended without a result."""
    lines = []
    for result in (*results["terms"], *results["itc2019"]):
        for part in ("plan", "replan", "hand", "mip"):
            if result.get(part, {}).get("code"):
                last = result[part]["error"].strip().splitlines()[-1:]
                lines.append(f"- {result.get('name') or _name(result)}, {part}: code {result[part]['code']}, {last}")
    return "\n".join(["## Failed\n", *lines, ""]) if lines else ""


def _name(term: Result) -> str:
    return f"{term['size']} {term['seed']}"
