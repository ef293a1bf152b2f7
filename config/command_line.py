"""Commands that a person copies: each stands on a line of its own, as it is pasted.

Does: parts a sentence that names commands, each in `backticks` after a colon, into lines: the
words, the command bare, and the words that follow. Pure.
Trusts: the sentence, which is ours; a word inside a command is quoted already.
Never touches: anything else in backticks, such as the name of a setting.
Known limits: a command holds no backtick; `outbox/writing/commands_to_paste.py` spells one as a
number.
"""

from __future__ import annotations

import re

PROGRAMS = ("scr-intake ", "systemctl ")  # what begins a command that is printed
_NAMED = re.compile(r"`((?:scr-intake|systemctl) [^`]*)`")
_CALLS = re.compile(r"(\S.*[.?!]) ([A-Z][^.?!]*:)\Z")
_ITEM = re.compile(r" *(?:\d+\. |- )?")


def is_command(line: str) -> bool:
    """Whether a line is a command, and nothing to be wrapped."""
    return line.strip().startswith(PROGRAMS)


def apart(text: str, under: int = 0) -> str:
    """The same text, with every command on a line of its own. What was parted from an item of a
    list stays under it; at least so many columns from the margin."""
    lines = [part for line in text.split("\n") for part in _parts(line, under)]
    return "\n".join(
        part
        for n, line in enumerate(lines)
        for part in (_called(line, under) if is_command("".join(lines[n + 1 : n + 2])) else [line])
    )


def _called(line: str, under: int) -> list[str]:
    """What is said, and below it what the command that follows is for: "To send it:"."""
    item = line[: len(_margin(line, 0))]
    said = _CALLS.match(line[len(item) :])
    return [f"{item}{said[1]}", f"{_margin(line, under)}{said[2]}"] if said else [line]


def _margin(line: str, under: int) -> str:
    item = _ITEM.match(line)
    return " " * max(len(item.group()) if item else 0, under)


def _parts(line: str, under: int) -> list[str]:
    if not _NAMED.search(line):
        return [line]
    begins = line[: len(_margin(line, 0))]
    first, *more = [part for said in _NAMED.split(line[len(begins) :]) if (part := said.strip())]
    return [f"{begins}{first}", *(f"{_margin(line, under)}{part}" for part in more)]
