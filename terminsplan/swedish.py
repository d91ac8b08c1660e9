"""Click's own words in Swedish: usage lines, help headings, complaints about options.

Click looks up every text through ``gettext``, in the catalogue of the program and the user's language. The catalogue is
locale/sv/LC_MESSAGES/click.po; a coordinator's computer may speak any language, and the program speaks Swedish.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOMAIN = "click"
CATALOGUES = Path(__file__).with_name("locale")
_LANGUAGE = "LANGUAGE"
"""The first variable in which ``gettext`` looks for the user's language."""


@contextmanager
def speaking_swedish() -> Iterator[None]:
    """Until it ends click speaks Swedish. Texts of programming errors stay as they are."""
    domain, language = gettext.textdomain(), os.environ.get(_LANGUAGE)
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    os.environ[_LANGUAGE] = "sv"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop(_LANGUAGE)
        if language is not None:
            os.environ[_LANGUAGE] = language
