"""One command a file, each named as it is typed."""
