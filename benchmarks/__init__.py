"""Benchmarks: invented terms of every size, borrowed ones, the peers, and one table of it all (``make bench``)."""
