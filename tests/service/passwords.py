"""How passwords are kept while tests run: as the service keeps
them, but quick to try. One of them takes a fifth of a second else.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least of work and memory that it allows."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
