"""Warnings that save a term: nothing here is wrong for certain, and all of it costs people their seats when it is."""
