"""Files to models: a folder of CSV files or an .xlsx workbook becomes a ``TermProblem``.

Every problem in every table is reported in one run.
"""
