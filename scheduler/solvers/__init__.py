"""Solvers of a linear model: CP-SAT, HiGHS in a process of its own, PDLP, and branching over relaxations."""
