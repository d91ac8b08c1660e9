"""What is settled, what is required, what is offered, and in which order."""
