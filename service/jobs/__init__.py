"""Jobs: rows that a planner claims and works on in a process of its own."""
