"""The folder that ``utskick`` writes: a message a letter, ``utskick.csv``, and if wanted one mail an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePath, PurePosixPath

from outputs import ics
from outputs.events.identity import PERSON
from outputs.events.kinds import KIND_BY_ID
from outputs.letters import group, personal, table
from outputs.letters.mail import invitation_bytes, letter_bytes, mailable
from outputs.letters.sending import Addressee, Letter, Sending

TABLE = "utskick.csv"
INVITATIONS = "kallelser"
FOLDERS = frozenset({INVITATIONS, PERSON, *KIND_BY_ID})
_ENDING = ".eml"


def owned(path: PurePath) -> bool:
    """Whether a file in such a folder, by its path below it, is one that ``utskick`` may have written."""
    if len(path.parts) == 1:
        return path.name == TABLE
    return path.parts[0] in FOLDERS and path.suffix == _ENDING


def addressees(sending: Sending) -> tuple[Addressee, ...]:
    """All who get a letter: people, then those who have people of their own."""
    return tuple(chain(personal.addressees(sending), group.addressees(sending)))


def letter_to(sending: Sending, addressee: Addressee) -> Letter:
    """One of the letters."""
    return personal.letter(sending, addressee) if addressee.kind == PERSON else group.letter(sending, addressee)


def letters(sending: Sending) -> tuple[Letter, ...]:
    """All letters."""
    return tuple(letter_to(sending, addressee) for addressee in addressees(sending))


def files(
    sending: Sending, written: Sequence[Letter], *, with_invitations: bool
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Path and bytes of every file; of letters without an address only the row of the table."""
    for letter in written:
        if letter.email is not None:
            yield PurePosixPath(f"{letter.file}{_ENDING}"), as_message(sending, letter)
    if with_invitations:
        yield from _invitations(sending, _since(sending))
    yield PurePosixPath(TABLE), table.receivers(written)


def as_message(sending: Sending, letter: Letter) -> bytes:
    """A letter as it is sent, the same bytes as its file. It must have a sender and an address."""
    return letter_bytes(sending.plan, letter, since=_since(sending))


def _since(sending: Sending) -> int | None:
    return sending.since_plan.plan_number if sending.since_plan else None


def _invitations(sending: Sending, since: int | None) -> Iterator[tuple[PurePosixPath, bytes]]:
    found = ics.invitations(sending.problem, sending.plan, sending.since_problem, sending.since_plan)
    for one in found:
        if mailable(one.attendee.email) and mailable(one.organizer):
            text = "\n".join([one.numbered.event.summary, "", one.numbered.event.description]) + "\n"
            yield (
                INVITATIONS / one.path.with_suffix(_ENDING),
                invitation_bytes(sending.plan, one, text, since=since),
            )


def without_sender(written: Iterable[Letter | Addressee]) -> tuple[str, ...]:
    """The names of administrations whose letters have nobody to be from."""
    return tuple(sorted({letter.organisation for letter in written if letter.sender is None}))
