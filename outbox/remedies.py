"""Remedies: the commands that a line of the digest ends with, to be pasted as they stand.

Does: writes them, each word quoted that a shell would take for something else.
Trusts: nothing; a deputy's address comes from outside.
Never touches: anything.
Known limits: what only a person knows stands there as "...", DATE or ADDRESS.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from shlex import quote


def register(case: str, agency: str, role: str, email: str = "ADDRESS", name: str = "") -> str:
    """Somebody new for an agency."""
    words = ("contact", "add", case, agency, email)
    named = _quoted(name) if name else '"..."'
    return f'{_typed(*words)} --name {named} --role {quote(role)} --reason "..."'


def back(case: str, agency: str, email: str) -> str:
    """Somebody is not away any more, or not to be left in peace."""
    return f'{_typed("contact", "back", case, agency, email)} --reason "..."'


def remove(case: str, agency: str, email: str) -> str:
    """Somebody is not written to any more, and sends nothing."""
    return f'{_typed("contact", "remove", case, agency, email)} --reason "..."'


def reopen(case: str) -> str:
    return f'{_typed("case", "reopen", case)} --reason "..."'


def prolong(case: str) -> str:
    """More time for a review, as somebody has agreed in writing."""
    return f'{_typed("case", "extend", case)} --to DATE --agreed-by "..." --reason "..."'


def milestone(case: str, day: date) -> str:
    """What was to be on a day is done."""
    return _typed("case", "milestone", case, "--done", day.isoformat())


def extend(case: str, agency: str, kinds: Sequence[str], until: date | None) -> str:
    """More time for returns, until the day that was asked for where it was read."""
    words, day = ("extend", case, agency, *kinds), until.isoformat() if until else "DATE"
    return f'{_typed(*words)} --until {day} --agreed-by "..." --reason "..."'


def reject(entry: int) -> str:
    """No to what it asks, with words for whoever asked."""
    return f'{_typed("reject", str(entry))} --reason "..." --tell "..."'


def show(entry: int) -> str:
    return _typed("show", str(entry))


def show_group(name: str) -> str:
    """All that a digest told in one line."""
    return _typed("show", "--group", name)


def put_away(entry: int) -> str:
    """Nothing comes of a message."""
    return f'{_typed("reject", str(entry))} --reason "..."'


def reject_group(name: str) -> str:
    """Nothing comes of all that a digest told in one line."""
    return f'{_typed("reject", "--group", name)} --reason "..."'


def accept_group(name: str) -> str:
    """All that a digest told in one line is good."""
    return f'{_typed("accept", "--group", name)} --reason "..."'


def assign_group(name: str) -> str:
    """All that a digest told in one line is of one agency in one case."""
    return f'{_typed("assign", "--group", name)} --case REF --agency CODE --reason "..."'


def kind_of_group(name: str, kind: str = "KIND") -> str:
    """All that a digest told in one line is of one kind, or no return."""
    return f'{_typed("assign", "--group", name, "--kind", kind)} --reason "..."'


def kind_of(entry: int) -> str:
    """It is of one kind, or no return."""
    return f'{_typed("assign", str(entry))} --kind KIND --reason "..."'


def log(case: str) -> str:
    """All that was ever done in a case."""
    return _typed("audit", "log", case)


def letters(what: str, name: str) -> str:
    """Something is done with all the letters that a digest told in one line."""
    return _typed("letters", what, "--group", name)


def drop(key: str) -> str:
    """A letter that the guard stops is not written."""
    return _typed("letters", "drop", key)


def _typed(*words: str) -> str:
    return " ".join(["scr-intake", *map(_quoted, words)])


def _quoted(word: str) -> str:
    """As a shell takes it for one word. A backtick, which ends a command in our own sentences, is
    spelled as its number; one stands in quotes, since `quote` puts it there."""
    return quote(word).replace("`", "'$'\\140''")
