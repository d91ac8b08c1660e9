"""Level by level: small models, large models, neighbourhoods."""
