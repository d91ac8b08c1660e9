"""Work on one thing beside the making of the next one."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from scheduler.answers.beside import worked_beside


def test_things_come_in_their_order_with_what_was_made_of_them() -> None:
    assert list(worked_beside(range(5), lambda number: number * number)) == [(n, n * n) for n in range(5)]
    assert list(worked_beside([], abs)) == []


def test_the_next_thing_is_made_while_one_is_worked_on_and_no_more_than_one() -> None:
    made: list[int] = []
    second = threading.Event()

    def things() -> Iterator[int]:
        for number in range(4):
            if number == 1:
                second.set()
            made.append(number)
            yield number

    for thing, waited in worked_beside(things(), lambda _: second.wait(10)):
        assert waited
        assert made == list(range(thing + 2))
        if thing == 1:
            break
    assert made == [0, 1, 2]
