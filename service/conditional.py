"""Conditional requests (RFC 9110 13.1): whether what the reader has is still what there is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

_TAG = re.compile(r'\s*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')


def is_unchanged(environ: Mapping[str, Any], etag: str, changed: datetime) -> bool:
    """Whether 304 is the answer. ``If-None-Match`` counts before ``If-Modified-Since``; tags are compared weakly."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        return asked.strip() == "*" or etag in _tags(asked)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        known = parsedate_to_datetime(since)
        return known.tzinfo is not None and changed.replace(microsecond=0) <= known
    except (ValueError, OverflowError, IndexError, TypeError):
        return False


def _tags(text: str) -> list[str]:
    """The opaque tags of a list, weak or strong; a comma may stand in one."""
    return [found[1] for found in _TAG.finditer(text)]
