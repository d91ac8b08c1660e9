"""The front door: one click command a file, progress, wiring. It alone sees inputs, scheduler and outputs."""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())  # nothing reaches the user unless the front door says so
