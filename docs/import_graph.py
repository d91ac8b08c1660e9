"""The picture of the import graph in docs/architecture.md, drawn from the code: a box a package, floor by floor.

``python docs/import_graph.py [FILE]`` writes ``docs/imports.svg``. The same code gives the same bytes, and a
module more in a package gives them too as long as it knows no other package. Imports inside functions and for type
checkers alone count, for a reader has to know them too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("terminsplan", "service", "inputs", "scheduler", "outputs", "columns", "models")
FLOORS: tuple[tuple[str, ...], ...] = (
    ("service",),
    ("terminsplan",),
    ("scheduler.dimensioning",),
    ("scheduler.plan", "scheduler.mentors"),
    ("scheduler.answers",),
    ("scheduler.search",),
    ("scheduler.model",),
    ("scheduler.rules", "scheduler.levels"),
    ("scheduler.seats",),
    ("scheduler.seat_rules",),
    ("scheduler.situation",),
    ("scheduler.solvers",),
    ("scheduler.linear",),
    ("inputs", "scheduler", "scheduler.verify", "outputs"),
    ("columns",),
    ("models",),
)
"""From top to bottom; a package that is in none of them is drawn on a floor of its own above all of scheduler's."""
BOX_WIDTH, BOX_HEIGHT, GAP, FLOOR_HEIGHT, MARGIN = 190, 34, 50, 96, 30
STYLE = (
    "text{font:14px sans-serif;fill:#1b1b1b;text-anchor:middle}"
    "rect{fill:#eef3f8;stroke:#345}path{fill:none;stroke:#789;stroke-width:1.2}path.up{stroke:#c22;stroke-width:2}"
)


def modules(root: Path) -> dict[str, Path]:
    """All modules of the packages, by dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room(module: str, known: Mapping[str, Path]) -> str:
    """The box that a module belongs to: a package of scheduler, else the package."""
    first, *rest = module.split(".")
    if first == "scheduler" and rest and known[f"{first}.{rest[0]}"].name == "__init__.py":
        return f"{first}.{rest[0]}"
    return first


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports; of ``from a import b`` both ``a.b`` and ``a``."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
                yield node.module


def edges(known: Mapping[str, Path]) -> set[tuple[str, str]]:
    """Pairs of boxes: some module of the first imports something of the second."""
    pairs = {(room(module, known), room(name, known)) for module, path in known.items() for name in _named(path, known)}
    return {(own, other) for own, other in pairs if own != other}


def _named(path: Path, known: Mapping[str, Path]) -> set[str]:
    """The modules that are meant: ``a.b`` where that is a module, not ``a`` as well."""
    names = {name for name in imports(path) if name in known}
    return {name for name in names if not any(other.startswith(f"{name}.") for other in names)}


def floors(boxes: set[str]) -> list[list[str]]:
    """The boxes that there are, floor by floor."""
    placed = [[box for box in floor if box in boxes] for floor in FLOORS]
    other = sorted(boxes - {box for floor in FLOORS for box in floor})
    return [floor for floor in (placed[0], other, *placed[1:]) if floor]


def picture(storeys: Sequence[Sequence[str]], arrows: Collection[tuple[str, str]]) -> str:
    """The drawing as svg."""
    width = max(len(floor) for floor in storeys) * (BOX_WIDTH + GAP) + 8 * MARGIN
    height = len(storeys) * FLOOR_HEIGHT + MARGIN
    places = {box: _place(width, level, floor, x) for level, floor in enumerate(storeys) for x, box in enumerate(floor)}
    drawn = [_arrow(places[source], places[target], width) for source, target in sorted(arrows)]
    drawn += [_box(name, places[name]) for floor in storeys for name in floor]
    marker = (
        '<marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="3" orient="auto">'
        '<path d="M0,0 L7,3 L0,6"/></marker>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="Import graph">'
    )
    return "\n".join([head, f"<style>{STYLE}</style><defs>{marker}</defs>", *drawn, "</svg>", ""])


def _place(width: int, level: int, floor: Sequence[str], number: int) -> tuple[int, int]:
    """The upper left corner of a box; floors are centred."""
    span = len(floor) * BOX_WIDTH + (len(floor) - 1) * GAP
    return (width - span) // 2 + number * (BOX_WIDTH + GAP), MARGIN + level * FLOOR_HEIGHT


def _box(name: str, at: tuple[int, int]) -> str:
    x, y = at
    middle = x + BOX_WIDTH // 2
    return (
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5"/>'
        f'<text x="{middle}" y="{y + 22}">{escape(name)}</text>'
    )


def _arrow(source: tuple[int, int], target: tuple[int, int], width: int) -> str:
    """From the lower edge to the upper one; past the boxes at the side where floors lie between, upwards in red."""
    down = target[1] > source[1]
    (x1, y1), (x2, y2) = ((x + BOX_WIDTH // 2, y) for x, y in (source, target))
    if target[1] - source[1] == FLOOR_HEIGHT:
        return f'<path marker-end="url(#tip)" d="M{x1},{y1 + BOX_HEIGHT} L{x2},{y2}"/>'
    if source[1] == target[1]:
        return f'<path marker-end="url(#tip)" d="M{x1},{y1} C{x1},{y1 - 30} {x2},{y2 - 30} {x2},{y2}"/>'
    floors_between = abs(target[1] - source[1]) // FLOOR_HEIGHT
    side = -1 if floors_between % 2 else 1
    bend = width // 2 + side * (BOX_WIDTH // 2 + 22 * floors_between)
    kind = "" if down else ' class="up"'
    return (
        f'<path{kind} marker-end="url(#tip)" '
        f'd="M{x1},{y1 + BOX_HEIGHT // 2} C{bend},{y1 + 20} {bend},{y2 - 20} {x2},{y2 if down else y2 + BOX_HEIGHT}"/>'
    )


def drawing(root: Path = ROOT) -> str:
    """The picture of the code as it lies there."""
    known = modules(root)
    return picture(floors({room(module, known) for module in known}), edges(known))


def main() -> None:
    """Write the picture."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("imports.svg")
    target.write_text(drawing(), "utf-8")


if __name__ == "__main__":
    main()
