"""The instructions of fields: what Word would do, not what it shows.

Does: puts each field's instruction together from its runs, deleted ones included, and finds those
that start a program (DDE), bring in an object, or fetch from the network.
Trusts: nothing. A field whose name another field would write is taken for the worst it could be.
Never touches: what a field shows; that is `fields.py`.
Known limits: an instruction is read up to 4,096 characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.word.fields import DEEPEST, LONGEST
from handlers.word.network import reaches_network
from handlers.word.refusals import TooBig

ALWAYS = {
    "DDE": "dde-field",
    "DDEAUTO": "dde-field",
    "LINK": "embedded-object",
    "DATABASE": "remote-part",
}
FETCHING = ("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD")
_ARGUMENT = re.compile(r'"([^"]*)"?|(\S+)')


class Instruction:
    """One field's instruction as it grows. `computed` once another field is nested in it."""

    __slots__ = ("computed", "ended", "text")

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.computed = False
        self.ended = False

    @property
    def name(self) -> str:
        return self.text.split(None, 1)[0].upper() if self.text.strip() else ""

    @property
    def named(self) -> bool:
        """Its name is complete: something follows it."""
        return self.text.lstrip() != self.text.strip()[: len(self.name)]


class Instructions:
    """Hears the field characters of one part in order and tells `danger` what they come to.

    `pages` becomes True once a field shows the number of the page.
    """

    def __init__(self, danger: Callable[[str], None]) -> None:
        self.pages = False
        self._danger = danger
        self._open: list[Instruction] = []

    def character(self, kind: str | None) -> None:
        """A field character: "begin", "separate" or "end"."""
        if kind == "begin":
            self._begin()
        elif self._open:
            self._judge(self._open[-1])
            self._open[-1].ended = True
            if kind == "end":
                self._open.pop()

    def write(self, text: str) -> None:
        """A piece of instruction."""
        if self._open and not self._open[-1].ended:
            field = self._open[-1]
            field.text = (field.text + text)[:LONGEST]

    def simple(self, text: str) -> None:
        """A field written in one piece."""
        self._judge(Instruction(text[:LONGEST]))

    def finish(self) -> None:
        """The part is over: fields never closed are judged as they stand."""
        for field in self._open:
            self._judge(field)
        self._open.clear()

    def _begin(self) -> None:
        if len(self._open) == DEEPEST:
            raise TooBig
        if self._open and not self._open[-1].ended:
            outer = self._open[-1]
            outer.computed = True
            if not outer.named and _could_become(outer.name):
                self._danger("dde-field")
        self._open.append(Instruction())

    def _judge(self, field: Instruction) -> None:
        name = field.name
        self.pages |= name == "PAGE"
        if name in ALWAYS:
            self._danger(ALWAYS[name])
        elif name in FETCHING and (field.computed or _fetches(field.text)):
            self._danger("remote-part")


def _could_become(start: str) -> bool:
    """A name that begins so could turn out to be a dangerous one."""
    return any(name.startswith(start) for name in (*ALWAYS, *FETCHING))


def _fetches(instruction: str) -> bool:
    """One of its arguments is an address on the network. Fields double their backslashes."""
    arguments = [quoted or plain for quoted, plain in _ARGUMENT.findall(instruction)[1:]]
    return any(reaches_network(argument) for argument in arguments)
