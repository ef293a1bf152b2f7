"""What a person copies out of a letter or a terminal, pasted into a shell.

Does: finds the command lines of a text and of its HTML, says which commands stand anywhere else,
and gives a line to bash and to the program's own parser, with an example for each placeholder.
"""

from __future__ import annotations

import re
import subprocess
from html import unescape

import click

from commands.program import COMMANDS, program
from config.command_line import is_command_line

_HERE = re.compile(rf"\bscr-intake (?:{'|'.join(offer.word for offer in COMMANDS)})\b")
_IN_HTML = re.compile(r'<p style="font-family:Consolas,monospace;[^"]*">(.*?)</p>', re.S)
# What stands for something that only a person knows, and an example of it.
EXAMPLES = {
    "ADDRESS": "new@agency.example",
    "CODE": "GP",
    "DATE": "2010-06-11",
    "DIR": "/",
    "FILE": __file__,
    "ID": "1",
    "KIND": "imr",
    "REF": "N12",
    "ROLE": "author",
    "TARGET": "restored",
}


def commands_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if is_command_line(line)]


def commands_of_html(page: str) -> list[str]:
    return [unescape(said).strip() for said in _IN_HTML.findall(page)]


def in_prose(text: str) -> list[str]:
    """The lines that name a command and are none."""
    return [line for line in text.splitlines() if _HERE.search(line) and not is_command_line(line)]


def in_prose_of_html(page: str) -> list[str]:
    return in_prose(unescape(re.sub(r"<[^>]*>", " ", _IN_HTML.sub("", page))))


def pasted(line: str) -> list[str]:
    """The words that bash makes of a line."""
    script = f"scr-intake() {{ printf '%s\\0' \"$@\"; }}\n{line}\n"
    ended = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert not ended.stderr, ended.stderr
    return ended.stdout.decode().split("\0")[:-1]


def parsed(line: str) -> click.Context:
    """As the program takes it; raises UsageError for what it does not."""
    words = [EXAMPLES.get(word, word) for word in pasted(line)]
    command: click.Command = program
    context = click.Context(program, info_name="scr-intake")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, inner, words = command.resolve_command(context, words)
        assert inner is not None
        command = inner
        if isinstance(command, click.Group):
            context = click.Context(command, info_name=name, parent=context)
    return command.make_context(command.name, words, parent=context)
