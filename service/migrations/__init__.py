"""The steps from each version's database to the next."""
