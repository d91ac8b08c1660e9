"""The nouns of the term plan: frozen types shared by every other package.

Imports pydantic and the standard library only.
"""
