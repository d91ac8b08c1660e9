"""Files to models: a folder of CSV files or an .xlsx workbook becomes a ``TermProblem``, every problem reported in one run."""
