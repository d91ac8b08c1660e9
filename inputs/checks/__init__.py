"""Cross-checks between cells, rows and tables.

Each trusts only what was read without a fault, so that no fault is told twice.
"""
