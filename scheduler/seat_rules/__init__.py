"""The rules of MODEL.md that close a seat to a hire by themselves, one module each."""
