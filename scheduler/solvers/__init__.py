"""Who solves a linear model: CP-SAT, HiGHS in a process beside, PDLP, and branching over relaxations."""
