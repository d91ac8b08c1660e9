"""The browser's door: terms, plans and subscriptions over the same
functions and files as the commands (SERVICE.md). Nothing imports it.
"""
