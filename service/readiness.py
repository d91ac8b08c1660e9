"""What a service that several people share must have before it starts."""

from __future__ import annotations

from service.config import Config, RefusedStartError
from service.models import Account, Role
from service.openid import provider_of
from service.smtp import server_of

_LEAST_KEY = 50
_WANTED = (
    ("PUBLIK_ADRESS", "den publika adressen, https://…, i TERMINSPLAN_PUBLIK_ADRESS"),
    ("PROXY", "adressen till den betrodda proxyn, som sköter TLS, i TERMINSPLAN_PROXY"),
    ("HEMLIG_NYCKEL", "en hemlig nyckel (minst 50 slumpade tecken) i TERMINSPLAN_HEMLIG_NYCKEL"),
)


def refuse_unready(config: Config) -> None:
    """Raises RefusedStartError that says all that is missing; on
    one's own computer that can only be mail that is set up wrongly.
    """
    server_of(config)
    if not config.shared:
        return
    provider_of(config)
    missing = [told for name, told in _WANTED if not config.setting(name)]
    if 0 < len(config.setting("HEMLIG_NYCKEL")) < _LEAST_KEY:
        missing.append(f"en hemlig nyckel som är minst {_LEAST_KEY} tecken lång")
    if config.setting("PUBLIK_ADRESS") and not config.public_address.startswith("https://"):
        missing.append("en publik adress som börjar med https://")
    if not Account.objects.filter(role=Role.ADMINISTRATOR, active=True).exists():
        missing.append("ett konto för en administratör: terminsplan konto skapa NAMN --roll administrator")
    if missing:
        raise RefusedStartError(f"Tjänsten kan inte delas av flera än. Det saknas {'; '.join(missing)}.")
