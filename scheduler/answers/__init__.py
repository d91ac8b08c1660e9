"""Questions about a finished plan: reasons, what would help, causes of lost seats, differences."""
