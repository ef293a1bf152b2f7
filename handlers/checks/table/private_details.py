"""Asks about a private detail of somebody's in what an entry tells: a telephone number, an e-mail
address, an NHS number; and where somebody lives, beside a name.

A name alone is not asked about: what a record says is who did what.
"""

from __future__ import annotations

import re

from config.english import join_with_and
from handlers.checks.report.anonymity import (
    EMAIL_ADDRESS,
    NHS_NUMBER,
    PERSON_NAME,
    PHONE_NUMBER,
    POSTAL_ADDRESS,
    find_identifying_details,
    may_hold_contact,
)
from handlers.checks.table.entry import TableEntry
from handlers.checks.table.table_context import MAX_REMEMBERED_TEXTS, TableContext

RULE = "details-suspected"
_ALONE = (PHONE_NUMBER, EMAIL_ADDRESS, NHS_NUMBER)
_WORDED = frozenset({"source", "text"})  # columns that tell something in words of their author's
_MAY_BE = re.compile(r"[@\d]")
# A number of a body's own, which anybody may look up: "rang the duty desk on 0115 ...".
_PUBLIC = re.compile(
    r"\b(?:helpline|hotline|switchboard|main line|duty (?:desk|line|team|number)|out of hours"
    r"|nhs direct|0300|0345|0800|0808|0845|0870)\b",
    re.I,
)


class PrivateDetailCheck:
    """What an entry tells holds nothing by which somebody could be rung, written to or found."""

    def __init__(self, context: TableContext) -> None:
        self._context = context
        self._known = set[str]()  # texts without any
        self._columns = [
            index
            for index, column in enumerate(context.columns)
            if column.reads_as in _WORDED and context.includes_rule(RULE)
        ]

    def check_entry(self, entry: TableEntry) -> None:
        for index in self._columns:
            text = entry.texts[index]
            if not _MAY_BE.search(text) or text in self._known or not may_hold_contact(text):
                continue
            if found := private_details(text):
                what = join_with_and(found)
                self._context.add_cell_finding(RULE, entry, index, what, what=what)
            elif len(self._known) < MAX_REMEMBERED_TEXTS:
                self._known.add(text)


def private_details(text: str) -> list[str]:
    """The sorts of detail that a text holds, each once, in the words of a letter."""
    found = set(find_identifying_details(text))
    told = [sort for sort in _ALONE if sort in found]
    if _PUBLIC.search(text) and PERSON_NAME not in found:
        told = [sort for sort in told if sort == NHS_NUMBER]
    if POSTAL_ADDRESS in found and PERSON_NAME in found:
        told.append(POSTAL_ADDRESS)
    return told
