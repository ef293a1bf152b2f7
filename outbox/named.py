"""What each kind of letter is called inside a sentence.

Does: holds one name for each kind.
Trusts: nothing. Never touches: anything.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Mapping

from outbox.letter import LetterKind

NAMES: Mapping[LetterKind, str] = {
    "acknowledgement": "an acknowledgement",
    "rejection": "a request for changes",
    "unreadable": "a note that it could not be opened",
    "referral": "a note that a person will look",
    "duplicate": "a note that it came before",
    "nothing-found": "a note that no document was found",
    "sealed-waiting": "a note that something sealed waits",
    "too-big": "a note that a message was too large",
    "unplaced": "a receipt that asks which review a message is for",
    "check-result": "the result of a check",
    "decision": "a decision",
    "extension": "more time agreed",
    "waiver": "a note that a return is not needed",
    "reminder": "a reminder",
    "chaser": "a chaser",
    "escalation": "an escalation",
    "to-chair": "a letter to the chair's office",
    "undecided": "a letter to the chair's office about a decision",
    "digest": "a digest",
    "alert": "an alert",
    "urgent": "a note that something urgent came",
}
