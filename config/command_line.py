"""Sets commands that a person copies on lines of their own, and says what is left to fill in.

A command stands in `backticks` after a colon and holds no backtick itself; anything else in
backticks is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from shlex import quote

_PROGRAMS = ("scr-intake", "systemctl", "chown", "chmod", "cp", "runuser", "setpriv", "sudo")
PROGRAM_PREFIXES = tuple(f"{program} " for program in _PROGRAMS)  # what begins a printed command
_NAMED = re.compile(rf"`((?:{'|'.join(_PROGRAMS)}) [^`]*)`")
_CALLS = re.compile(r"(\S.*[.?!]) ([A-Z][^.?!]*:)\Z")
# What a printed command leaves to whoever pastes it, and what is to stand there. A command that
# is typed with one of these words is refused, whatever it does.
PLACEHOLDER_WORDS = {
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
    "MAIL": "a file with the mail in it",
    "NAME": "a name",
    "REF": "a case's reference",
    "ROLE": "a role",
    "TARGET": "an empty folder",
}
_FOR_COMMAND = re.compile(rf"(?:(?<=[.?!;] )|^)[A-Z][^.?!`]*: {_NAMED.pattern}[.;]?")
_SENTENCES = re.compile(r"(?<=[.?!]) +")
_FILLS_IN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(w for w in PLACEHOLDER_WORDS if w.isalpha())})(?![\w-])"
)
_DOTS = re.compile(r"(?:\.{3,}|\u2026)+")
_AROUND = "\"'`\u201c\u201d\u2018\u2019<>[] \t\n"
_ITEM = re.compile(r" *(?:\d+\. |- )?")


# Who looks after a board types these, from any folder.
_OF_OPERATOR = re.compile(r"scr-intake (?:audit|backup|doctor|recover|restore|status)\b")


def with_settings_named(text: str, settings: str) -> str:
    """The same text, with the settings named in every command of the operator's that names none:
    whoever gave them by name may be in another folder."""
    return "\n".join(
        f"{line} --config {quote(settings)}"
        if _OF_OPERATOR.match(line.strip()) and "--config" not in line
        else line
        for line in text.split("\n")
    )


def is_command_line(line: str) -> bool:
    """Whether a line is a command, and nothing to be wrapped."""
    return line.strip().startswith(PROGRAM_PREFIXES)


def separate_commands(text: str, under: int = 0) -> str:
    """The same text, with every command on a line of its own. What was parted from an item of a
    list stays under it; at least so many columns from the margin."""
    lines = [part for line in text.split("\n") for part in _parts(line, under)]
    return "\n".join(
        part
        for n, line in enumerate(lines)
        for part in (
            _called(line, under) if is_command_line("".join(lines[n + 1 : n + 2])) else [line]
        )
    )


def command_cuts(line: str) -> list[tuple[int, int]]:
    """Where each part of a line begins and ends that is to stand on a line of its own: the commands
    in backticks, without them, and what stands around; none for an empty line."""
    cuts, at = [], 0
    for found in _NAMED.finditer(line):
        cuts += [(at, found.start()), found.span(1)]
        at = found.end()
    return [cut for cut in (*cuts, (at, len(line))) if line[slice(*cut)].strip()]


def purpose_cut(line: str, below: str) -> int:
    """Where a line ends with what the command in the line below is for, "To send it:"; 0 where
    that is no command, or the line says nothing else."""
    said = _CALLS.match(line) if is_command_line(below) else None
    return said.start(2) if said else 0


def without_commands(line: str) -> str:
    """What a line says to somebody who has no shell: no command, nothing that says what one is for,
    and no sentence about what is to be put into one."""
    said = _FOR_COMMAND.sub(" ", f"{line} ")
    kept = (each for each in _SENTENCES.split(said.strip()) if not _FILLS_IN.search(each))
    return " ".join(each for each in kept if each and not each.endswith(":"))


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
    said = line[len(begins) :]
    first, *more = [said[slice(*cut)].strip() for cut in command_cuts(said)]
    return [f"{begins}{first}", *(f"{_margin(line, under)}{part}" for part in more)]


def unfilled_placeholder(words: Sequence[str]) -> str:
    """The sentence about the first of a command's words that was left as it was printed, or
    nothing: "`--tell` is still to be filled in: put words of your own in place of "..."."."""
    for before, word in zip(("", *words), words, strict=False):
        option, is_option, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if not is_option and before.startswith("--"):
            option = before
        if (left := _placeholder(value)) is not None:
            of = f"{option.partition('=')[0]} is" if option else "The command is"
            return (
                f'{of} still to be filled in: put {PLACEHOLDER_WORDS[left]} in place of "{left}".'
            )
    return ""


def _placeholder(word: str) -> str | None:
    """Which it is: a programme for mail makes one sign of three dots, and other quotation marks."""
    bare = word.strip(_AROUND)
    if _DOTS.fullmatch(bare):
        return "..."
    bare = bare.removesuffix("...").removesuffix("\u2026").strip(_AROUND)
    return bare if bare in PLACEHOLDER_WORDS else None
