"""What ``dimensionera`` writes: the answer for a manager, the figures for a program, the chosen rounds as tables."""
