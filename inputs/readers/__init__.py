"""One module a table: its rows as typed entries, every faulty cell reported."""
