"""What a session holds."""

LOCAL, ACCOUNT, GENERATION = "lokal", "konto", "omgång"
FEDERATED = "oidc"
"""Who logged in by OpenID Connect: the fields of ``service.openid.Person``."""
BEGUN = "inloggad"
"""When she logged in, in seconds since 1970; a session that is used is not prolonged by that."""
