"""From a problem to a plan: eligibility, rules, levels, solving,
re-planning, explaining. No files, no clock, no printing.
"""
