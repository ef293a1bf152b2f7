"""Why something is set apart for a person, in words, and whether it is then referred or held."""

from __future__ import annotations

from typing import Literal

from config.english import number_word
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON
from intake.spool import MAX_JUDGING_TRIES

# Why something was set apart, in the words the administrator reads.
SET_APART_REASONS: dict[str, str] = {
    # Nobody is named as the sender.
    "mail-unreadable": "a message that could not be read as mail",
    "sender-several": "a message that names more than one sender",
    "sender-unclear": "a message that does not say plainly who sent it",
    "headers-twice": "a message with a header twice that may come once, so that it reads two ways",
    "sender-ours": "a message that claims to come from the service's own address",
    # Somebody is, and it is not proven.
    "sender-unproven": "a message whose sender is not proven",
    "results-missing": "a message that our mail server does not vouch for",
    "results-garbled": "a message with our mail server's word on its sender spoiled",
    "results-contradict": (
        "a message with two verdicts in our mail server's name that disagree, so that one is forged"
    ),
    "results-other": "a message that shows another domain than our mail server vouches for",
    "results-fail": "a message that is not from whom it says it is, by our mail server's word",
    "signed-by-another": "a message with the digital signature of someone else than its sender",
    # Nobody is registered under the address.
    "sender-unknown": "a message from a sender nobody is registered under",
    "sender-shown": "a message that shows a registered address and comes from another",
    "sender-webmail": (
        "a message from a personal web-mail address, of someone whose name is registered"
    ),
    "sender-lookalike": "a message from a domain that looks like a registered one",
    "sender-named": "a message from an unknown address that shows a registered person's name",
    SEALED_NOTICE_REASON: (
        "the notice of a sealed-mail service, from its own address, which names a registered"
        " person: they may have sent a sealed message"
    ),
    # The sender is known, and the case is not.
    "agency-unknown": "it lay in a folder whose name is not an agency of any open case",
    "case-unclear": "it could belong to more than one case",
    "case-other": "it points at a case or an agency that is not the sender's",
    # The case is known.
    "nothing-attached": "a message without a document",
    "takes-back": "a message that may take back what was accepted",
    "request-withdrawn": "a message that withdraws a request for more time",
    "thanks": "a message that only thanks or makes small talk",
    "document-missing": "a message that says a document is attached, with none",
    "sealed-waiting": "a sealed message waits on another site",
    "removed-on-the-way": "a message from which a mail gateway took a file out on its way",
    "share-waiting": "a link to a file on a sharing site, not followed",
    "not-whole": "part of a message could not be read",
    NOT_JUDGED_REASON: (
        f"something that could not be judged after {number_word(MAX_JUDGING_TRIES)} tries"
    ),
    "too-big": "a message larger than the service takes, not fetched",
    # A machine wrote it.
    "automatic": "a machine wrote it",
    "contact-left": (
        "an automatic answer from a registered address, which says that nobody uses it any more"
    ),
    "challenge": (
        "a program of a registered person's asks whoever wrote to them to prove themselves, and"
        " holds back what we write until then"
    ),
    "held-elsewhere": (
        "our own mail server holds back a message that seems to be meant for the service"
    ),
    "report-odd": (
        "a delivery report as no mail server writes it, from a registered person's address or about"
        " several letters; nothing was done by it"
    ),
    "report-unproven": (
        "a delivery report that says a letter did not arrive, and is not proven to be from a mail"
        " server of ours or of its reader; nothing was done by it, and its reader is written to"
    ),
    "absence-unproven": "an absence note from a registered address, which is not proven",
}

# What is set apart for one of these is referred: its sender is certain, or a machine. Whatever else
# is set apart is held, and nobody is told.
REFERRED_REASONS = frozenset(
    {
        "case-unclear",
        *("nothing-attached", "takes-back", "thanks", "document-missing", "sealed-waiting"),
        *("removed-on-the-way", "share-waiting", "not-whole", NOT_JUDGED_REASON, "too-big"),
        *("contact-left", "challenge", "held-elsewhere", "report-odd", "report-unproven"),
        "request-withdrawn",
        "absence-unproven",
    }
)


def verdict_of_reason(reason: str) -> Literal["refer", "hold"]:
    """Whether what was set apart for that reason is referred or held."""
    return "refer" if reason in REFERRED_REASONS else "hold"
