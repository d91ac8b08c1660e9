"""A hire's whole introduction: sessions, tasks by date, parts
taken alone, mentor and deadlines (OUTPUT.md, ``introduktion/``).
"""
