"""The front door: one click command a file, progress, wiring. It alone sees inputs, scheduler and outputs."""
