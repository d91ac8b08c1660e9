"""The sheet of an attendance list, as ``narvarolista`` writes it and every command that reads input reads it back.

It is known by its first cell. Facts stand in rows of a label and a value; the table below has a row a person. What was
there is told by the words of the column ``närvarande`` (INPUT.md); a blank box says nothing.
"""

from __future__ import annotations

TITLE = "Närvarolista"
"""The first cell of the sheet."""
SESSION, DAY, START = "Tillfälle", "Datum", "Börjar"
"""Labels of the facts by which a list is known to be about a session of the plan: its id, ISO date and ``09:00``."""
NUMBER, NAME, EMPLOYER, PRESENT, SIGNATURE, ID = "Nr", "Namn", "Förvaltning, enhet", "Närvarande", "Underskrift", "Id"
HEADINGS = (NUMBER, NAME, EMPLOYER, PRESENT, SIGNATURE, ID)
YES, NO = "x", "nej"
"""What one is asked to write."""
