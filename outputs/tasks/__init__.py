"""The tasks of an introduction besides its seats: when each is to be done, and by whom."""
