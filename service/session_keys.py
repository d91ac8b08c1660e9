"""What a session holds."""

LOCAL, ACCOUNT, GENERATION = "lokal", "konto", "omgång"
