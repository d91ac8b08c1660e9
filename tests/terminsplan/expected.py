"""Tables of a small term in which nobody is hired yet, for ``dimensionera``."""

from __future__ import annotations

from pathlib import Path

EXPECTED = {
    "inställningar": (
        "nyckel;värde\ntermin;VT 2027\nplaneringsdag;2026-12-01\nterminsstart;2027-01-07\nterminsslut;2027-08-31\n"
    ),
    "utbildningar": "id;namn\nCI;Central introduktion\n",
    "omgångar": (
        "id;utbildning;platser;status\nCI-1;CI;4;förslag\nCI-2;CI;4;förslag\nCI-3;CI;4;förslag\nCI-4;CI;4;fast\n"
    ),
    "tillfällen": (
        "omgång;moment;datum;start;slut\n"
        "CI-1;1;2027-02-02;09:00;16:00\nCI-2;1;2027-03-09;09:00;16:00\n"
        "CI-3;1;2027-04-13;09:00;16:00\nCI-4;1;2027-05-11;09:00;16:00\n"
    ),
    "prognos": "månad;förvaltning;antal\n2027-01;N;1\n2027-02;N;1,5\n2027-03;C;1\n",
}


def tables(folder: Path, **changed: str | None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (EXPECTED | changed).items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
