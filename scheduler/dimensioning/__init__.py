"""How many rounds, when, and how large: years that are possible,
choices of rounds tried on them, and a proof (docs/spec/DIMENSION.md).
"""
