"""The results of a bench as a picture: where the time goes, and what planning gives over dealing by hand.

python -m benchmarks.plot bench.json bench.svg
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.report import check_seconds, rest_seconds, solve_seconds, write_seconds

Term = Mapping[str, Any]
COLOURS = ("#4477aa", "#bbbbbb", "#ee6677", "#66ccee", "#228833", "#ccbb44", "#dddddd")
PARTS = ("read", "build", "levels", "explain", "number, check", "write", "start, disk")


def draw(terms: Sequence[Term], path: Path) -> None:
    """Two panels side by side, a row a term."""
    mpl.rcParams["svg.hashsalt"] = "terminsplan"
    figure = Figure(figsize=(11, 1.6 + 0.45 * len(terms)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    _times(left, terms)
    _weights(right, terms)
    left.set_yticks(range(len(terms)), [f"{t['size']} {t['seed']}" for t in terms])
    left.invert_yaxis()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


def _times(axes: Axes, terms: Sequence[Term]) -> None:
    for row, term in enumerate(terms):
        start = 0.0
        whole = float(term["plan"]["total_seconds"])
        for part, seconds, colour in zip(PARTS, _parts(term["plan"]), COLOURS, strict=True):
            share = 100 * seconds / whole
            axes.barh(row, share, left=start, color=colour, label=part if row == 0 else None)
            start += share
        axes.text(101, row, f"{whole:.0f} s", va="center", fontsize=8)
    axes.set_xlim(0, 115)
    axes.set_xlabel("share of the wall-clock time of planera, %")
    axes.set_title("Where the time goes", pad=30)
    axes.legend(ncols=7, fontsize=8, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)


def _parts(plan: Term) -> tuple[float, ...]:
    phases = plan["phases"]
    # Groups that were planned side by side: their sums by the clock.
    by_the_clock = solve_seconds(plan) / max(0.001, sum(phases.values()))
    return (
        plan["seconds"]["read"],
        *(phases[phase] * by_the_clock for phase in ("build", "levels", "explain")),
        check_seconds(plan),
        write_seconds(plan),
        rest_seconds(plan),
    )


def _weights(axes: Axes, terms: Sequence[Term]) -> None:
    for row, term in enumerate(terms):
        mine = {level["name"]: level for level in term["plan"]["levels"]}
        for shift, name, colour in ((-0.2, "on_time", COLOURS[0]), (0.2, "missing", COLOURS[2])):
            dealt = term["hand"].get("levels", {}).get(name)
            if dealt:
                share = 100 * mine[name]["value"] / dealt
                axes.barh(row + shift, share, height=0.35, color=colour, label=name if row == 0 else None)
                if mine[name]["bound"] is not None:
                    axes.plot([100 * mine[name]["bound"] / dealt] * 2, [row + shift - 0.2, row + shift + 0.2], "k-")
    axes.axvline(100, color="grey", linestyle=":")
    axes.set_xlabel("% of what first come, first served leaves (line: bound)")
    axes.set_title("Weight not on time, and not booked", pad=30)
    axes.legend(ncols=2, fontsize=8, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)


def main(source: str, target: str) -> None:
    """Draw the terms that have a plan."""
    results = json.loads(Path(source).read_text(encoding="utf-8"))
    terms = [t for t in results["terms"] if t["plan"].get("levels")]
    if terms:
        draw(terms, Path(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
