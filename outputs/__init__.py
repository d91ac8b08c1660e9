"""Models -> bytes: plan, calendars, workbook, report. Pure functions: no clock, no random, no environment."""
