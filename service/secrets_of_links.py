"""Secrets of links: made from what is kept and a key that is not
kept with it, so that they can be told again and never be read.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from service.config import Config

LINK_KEY = "LANKNYCKEL"


def secret(config: Config, key: str, generation: int) -> str:
    """base64url(HMAC-SHA256(link key, id and generation)), without padding."""
    made = hmac.digest(config.secret(LINK_KEY).encode(), f"{key}:{generation}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def digest(text: str) -> str:
    """What is kept of a secret, to know it again."""
    return hashlib.sha256(text.encode()).hexdigest()
