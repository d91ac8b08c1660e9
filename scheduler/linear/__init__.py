"""Linear models over integers as plain arrays, and parts of them."""
