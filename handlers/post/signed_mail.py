"""What a digital signature on a message means for the message and its documents.

Does: doubts a sender whose message somebody else signed; puts a question to each document of a
message that was changed after it was signed.
Trusts: the worker for whether the signature holds and whose it is; the raw headers for the sender.
Never touches: a signature that proves nothing: such a message is as good as one without.
Known limits: a proper signature does not make up for a sender the mailbox's policy does not prove.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.finding import Judgement
from handlers.judging import arrival
from handlers.register.entry import Submission
from handlers.vouching import more_found
from intake.message.message import Message

Submissions = tuple[Submission, ...]


def doubt_of_signature(message: Message) -> str:
    """A reason of `handlers/post/attribution.py` where the signer is not the sender, or ""."""
    signers = {address.casefold() for address in message.signed_by}
    other = message.signature == "proven" and message.sender.casefold() not in signers
    return "signed-by-another" if other else ""


def questioned(submissions: Submissions, message: Message) -> Submissions:
    """The documents' judgements; a person is asked about them where the message was changed."""
    if message.signature != "broken":
        return submissions
    return tuple(
        replace(one, judgements=tuple(_altered(judgement) for judgement in one.judgements))
        for one in submissions
    )


def _altered(judgement: Judgement) -> Judgement:
    return more_found(judgement, (arrival.finding("message-altered"),))
