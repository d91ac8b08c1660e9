"""The calls of ``/api/v1``, one module each."""
