"""Commands that a person copies: each stands on a line of its own, as it is pasted.

Does: parts a sentence that names commands, each in `backticks` after a colon, into lines: the
words, the command bare, and the words that follow. Says what of a printed command whoever pasted it
has left to be filled in. Pure.
Trusts: the sentence, which is ours; a word inside a command is quoted already.
Never touches: anything else in backticks, such as the name of a setting.
Known limits: a command holds no backtick; `outbox/writing/commands_to_paste.py` spells one as a
number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PROGRAMS = ("scr-intake ", "systemctl ")  # what begins a command that is printed
_NAMED = re.compile(r"`((?:scr-intake|systemctl) [^`]*)`")
_CALLS = re.compile(r"(\S.*[.?!]) ([A-Z][^.?!]*:)\Z")
# What a printed command leaves to whoever pastes it, and what is to stand there. A command that
# is typed with one of these words is refused, whatever it does.
TO_FILL_IN = {
    "...": "words of your own",
    "ADDRESS": "an e-mail address",
    "AGENCY": "an agency's code",
    "CODE": "an agency's code",
    "DATE": "a day, such as 2010-04-23",
    "DIR": "a folder",
    "EMAIL": "an e-mail address",
    "FILE": "a file",
    "ID": "a number",
    "KEY": "a letter's key",
    "KIND": "a kind",
    "NAME": "a name",
    "REF": "a case's reference",
    "ROLE": "a role",
    "TARGET": "an empty folder",
}
_DOTS = re.compile(r"(?:\.{3,}|\u2026)+")
_AROUND = "\"'`\u201c\u201d\u2018\u2019<>[] \t\n"
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


def left_to_fill_in(words: Sequence[str]) -> str:
    """The sentence about the first of a command's words that was left as it was printed, or
    nothing: "`--tell` is still to be filled in: put words of your own in place of "..."."."""
    for before, word in zip(("", *words), words, strict=False):
        option, is_option, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if not is_option and before.startswith("--"):
            option = before
        if (left := _placeholder(value)) is not None:
            of = f"{option.partition('=')[0]} is" if option else "The command is"
            return f'{of} still to be filled in: put {TO_FILL_IN[left]} in place of "{left}".'
    return ""


def _placeholder(word: str) -> str | None:
    """Which it is: a programme for mail makes one sign of three dots, and other quotation marks."""
    bare = word.strip(_AROUND)
    if _DOTS.fullmatch(bare):
        return "..."
    bare = bare.removesuffix("...").removesuffix("\u2026").strip(_AROUND)
    return bare if bare in TO_FILL_IN else None
