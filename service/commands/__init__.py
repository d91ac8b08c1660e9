"""The commands of the service, one module each; terminsplan starts them as ``python -m service NAME``."""
