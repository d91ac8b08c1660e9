"""A term so small that the real solver plans it in no time."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

SMALL = {
    "inställningar": "nyckel;värde\ntermin;HT 2026\nplaneringsdag;2026-08-03\nterminsslut;2026-12-18\n",
    "förvaltningar": "id;namn;e-post\nN;Nordost;n@example.se\nC;Centrum;c@example.se\n",
    "utbildningar": "id;namn;sammanhållen;dagar_mellan\nCI;Central introduktion;nej;7\n",
    "omgångar": "id;utbildning;platser\nCI-1;CI;2\nCI-2;CI;1\n",
    "tillfällen": (
        "omgång;moment;datum;start;slut;plats;utbildare\n"
        "CI-1;1;2026-09-01;09:00;16:00;Rådhuset;Ulla Berg\n"
        "CI-1;2;2026-09-15;09:00;16:00;Rådhuset;Ulla Berg\n"
        "CI-2;1;2026-10-06;09:00;16:00;Rådhuset;Ulla Berg\n"
        "CI-2;2;2026-10-20;09:00;16:00;Rådhuset;Ulla Berg\n"
    ),
    "nyanställda": (
        "id;namn;förvaltning;anställd_från;e-post;prioritet\n"
        "p1;Åsa Öberg;N;2026-08-10;asa@example.se;\n"
        "p2;Bo Ek;C;2026-08-10;bo@example.se;\n"
        "p3;Åsa Lind;C;2026-08-10;lind@example.se;\n"
        "p4;[red]Dan[/red];N;2026-06-01;dan@example.se;2\n"
    ),
}
"""p4 gets into CI-1, the only round in time for her; of the three others one gets no seat and is missing."""

Run = Callable[..., Result]


def write_tables(folder: Path, **changed: str) -> Path:
    """The small term as a CSV folder, with some tables replaced or added."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (SMALL | changed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, but for what differs from run to run."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != "korning.json")
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}
