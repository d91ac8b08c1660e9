"""The one table of all tables, columns and settings of the input: below inputs and outputs, knowing only the models.

What reads, writes, explains and hides them is derived from what stands in tables.py and settings.py.
"""
