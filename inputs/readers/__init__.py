"""Rows as typed entries, every faulty cell reported: ``plain``
tables alike, one module a table that has rules of its own.
"""
