"""The plans of the Göteborg example, shared with the tests of the program."""

from tests.terminsplan.example_plans import example_plan, replanned_chain

__all__ = ["example_plan", "replanned_chain"]
