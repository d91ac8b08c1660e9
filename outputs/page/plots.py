"""Waiting-time plots by matplotlib, as SVG to stand inside the page: its fonts, and its colours in light and dark.

No text that a user wrote goes into a plot; captions stand outside, where the page escapes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from outputs import words
from outputs.figures import Figures, Wait, median_days

MOST_PLOTS = 12
# Colours that stand for the page's own: it knows whether it is dark.
INK, LINE, GOOD, LATE = "#010203", "#040506", "#070809", "#0a0b0c"
PAGE_COLOURS = {INK: "currentColor", LINE: "var(--line)", GOOD: "var(--good-fill)", LATE: "var(--bad-fill)"}
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "terminsplan",
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": LINE,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.color": INK,
    "hatch.linewidth": 0.7,
}


@dataclass(frozen=True)
class WaitPlot:
    """A plot with what stands around it, and the same numbers in words."""

    title: str
    summary: str
    svg: Markup


def wait_plots(figures: Figures) -> tuple[WaitPlot, ...]:
    """One for each administration, those with most people first, on one time axis."""
    by_organisation: dict[str, list[Wait]] = {}
    for wait in figures.waits:
        by_organisation.setdefault(wait.organisation, []).append(wait)
    chosen = sorted(by_organisation, key=lambda o: (-len(by_organisation[o]), o))[:MOST_PLOTS]
    last_week = max((w.days // 7 for w in figures.waits), default=0)
    shown = [s.organisation for s in figures.shares if s.organisation in chosen]
    return tuple(_plot(figures, o, by_organisation[o], last_week, n) for n, o in enumerate(shown) if o is not None)


def _plot(figures: Figures, organisation: str, waits: list[Wait], last_week: int, number: int) -> WaitPlot:
    days = sorted(w.days for w in waits)
    quartile = days[3 * len(days) // 4]
    late = sum(not w.in_time for w in waits)
    summary = (
        f"{words.count(len(waits), 'krav', 'krav')}. Hälften är klara inom {median_days(waits)} dagar, "
        f"tre fjärdedelar inom {quartile}, alla inom {days[-1]}."
    ) + (f" {words.count(late, 'blir klart', 'blir klara')} efter fristen." if late else "")
    title = figures.problem.organisation_by_id[organisation].name
    return WaitPlot(title, summary, _histogram(waits, last_week, f"vantan{number}"))


def _histogram(waits: Sequence[Wait], last_week: int, key: str) -> Markup:
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(5.2, 2.0), layout="constrained")
        figure.patch.set_alpha(0)
        _draw(figure.subplots(), waits, last_week)
        buffer = BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return inline(buffer.getvalue(), key)


def _draw(axes: Axes, waits: Sequence[Wait], last_week: int) -> None:
    in_time = Counter(w.days // 7 for w in waits if w.in_time)
    late = Counter(w.days // 7 for w in waits if not w.in_time)
    weeks = sorted(in_time | late)
    heights = [in_time[w] for w in weeks]
    axes.bar(weeks, heights, width=0.86, align="edge", color=GOOD, edgecolor=INK, linewidth=0.5)
    axes.bar(weeks, [late[w] for w in weeks], bottom=heights, width=0.86, align="edge", color=LATE, edgecolor=INK,
             linewidth=0.5, hatch="////")  # fmt: skip
    axes.axvline(median(w.days for w in waits) / 7, color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
    axes.set_xlim(0, last_week + 1)
    axes.set_xlabel("veckor från anställningens start")
    axes.patch.set_alpha(0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=10))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)


def inline(svg: bytes, key: str) -> Markup:
    """matplotlib's file as an element of a page: without metadata, with ids of its own and the page's colours."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        for child in [c for c in element if _local(c.tag) in ("metadata", "style")]:
            element.remove(child)
    text = "".join(ElementTree.tostring(root, encoding="unicode"))
    referenced = {e.get("id") for e in root.iter() if _is_referenced(text, e.get("id"))}
    for element in root.iter():
        element.tag = _local(element.tag)
        _adopt(element, referenced, key)
    width, height = root.get("viewBox", "0 0 1 1").split()[2:]
    root.attrib = {"viewBox": f"0 0 {width} {height}", "aria-hidden": "true", "focusable": "false", "class": "plot"}
    return Markup(ElementTree.tostring(root, encoding="unicode", short_empty_elements=True))


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _is_referenced(text: str, id_: str | None) -> bool:
    return id_ is not None and (f"url(#{id_})" in text or f'href="#{id_}"' in text)


def _adopt(element: ElementTree.Element, referenced: set[str | None], key: str) -> None:
    attributes = {_local(name): value for name, value in element.attrib.items()}
    id_ = attributes.pop("id", None)
    if id_ in referenced:
        attributes["id"] = f"{key}-{id_}"
    for name, value in attributes.items():
        changed = value.replace("url(#", f"url(#{key}-")
        if name == "href":
            changed = changed.replace("#", f"#{key}-", 1)
        for ours, theirs in PAGE_COLOURS.items():
            changed = changed.replace(ours, theirs)
        attributes[name] = changed.replace("'DejaVu Sans'", "inherit") if "font" in changed else changed
    element.attrib = attributes
