"""The whole model of one problem, and where a re-plan begins."""
