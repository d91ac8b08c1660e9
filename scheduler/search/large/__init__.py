"""Models too large for CP-SAT as they are: relax, restrict to
what the relaxation uses, solve that, prove from the relaxation.
"""
