"""Why something is set apart for a person, in words, and whether it is then referred or held."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from config.english import number_word
from intake.spool import MAX_JUDGING_TRIES


class SetApartReason(StrEnum):
    """Its value is what `entries.reason` keeps, and never changes."""

    # Nobody is named as the sender.
    MAIL_UNREADABLE = "mail-unreadable"
    SENDER_SEVERAL = "sender-several"
    SENDER_UNCLEAR = "sender-unclear"
    HEADERS_TWICE = "headers-twice"
    SENDER_OURS = "sender-ours"
    # Somebody is, and it is not proven.
    SENDER_UNPROVEN = "sender-unproven"
    RESULTS_MISSING = "results-missing"
    RESULTS_GARBLED = "results-garbled"
    RESULTS_CONTRADICT = "results-contradict"
    RESULTS_OTHER = "results-other"
    RESULTS_FAIL = "results-fail"
    SIGNED_BY_ANOTHER = "signed-by-another"
    # Nobody is registered under the address.
    SENDER_UNKNOWN = "sender-unknown"
    SENDER_SHOWN = "sender-shown"
    SENDER_WEBMAIL = "sender-webmail"
    SENDER_LOOKALIKE = "sender-lookalike"
    SENDER_NAMED = "sender-named"
    SEALED_NAMES_PERSON = "sealed-names-person"
    SEALED_UNKNOWN = "sealed-unknown"
    # The sender is known, and the case is not.
    AGENCY_UNKNOWN = "agency-unknown"
    CASE_UNCLEAR = "case-unclear"
    CASE_OTHER = "case-other"
    # The case is known.
    NOTHING_ATTACHED = "nothing-attached"
    TAKES_BACK = "takes-back"
    REQUEST_WITHDRAWN = "request-withdrawn"
    THANKS = "thanks"
    STATUS_ASKED = "status-asked"
    DOCUMENT_MISSING = "document-missing"
    SEALED_WAITING = "sealed-waiting"
    REMOVED_ON_THE_WAY = "removed-on-the-way"
    SHARE_WAITING = "share-waiting"
    NOT_WHOLE = "not-whole"
    NOT_JUDGED = "not-judged"
    TOO_BIG = "too-big"
    # The virus scanner does not let it be opened: the rules of config/arrivals.toml.
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"
    # A machine wrote it.
    AUTOMATIC = "automatic"
    CONTACT_LEFT = "contact-left"
    CHALLENGE = "challenge"
    HELD_ELSEWHERE = "held-elsewhere"
    HELD_NOTICE = "held-notice"
    REPORT_ODD = "report-odd"
    REPORT_UNPROVEN = "report-unproven"
    ABSENCE_UNPROVEN = "absence-unproven"


PossibleReason = SetApartReason | Literal[""]  # "" for none

# The words that the administrator reads.
SET_APART_REASONS: Mapping[str, str] = {
    # Nobody is named as the sender.
    SetApartReason.MAIL_UNREADABLE: "a message that could not be read as mail",
    SetApartReason.SENDER_SEVERAL: "a message that names more than one sender",
    SetApartReason.SENDER_UNCLEAR: "a message that does not say plainly who sent it",
    SetApartReason.HEADERS_TWICE: (
        "a message with a header twice that may come once, so that it reads two ways"
    ),
    SetApartReason.SENDER_OURS: "a message that claims to come from the service's own address",
    # Somebody is, and it is not proven.
    SetApartReason.SENDER_UNPROVEN: "a message whose sender is not proven",
    SetApartReason.RESULTS_MISSING: "a message that our mail server does not vouch for",
    SetApartReason.RESULTS_GARBLED: "a message with our mail server's word on its sender spoiled",
    SetApartReason.RESULTS_CONTRADICT: (
        "a message with two verdicts in our mail server's name that disagree, so that one is forged"
    ),
    SetApartReason.RESULTS_OTHER: (
        "a message that shows another domain than our mail server vouches for"
    ),
    SetApartReason.RESULTS_FAIL: (
        "a message that is not from whom it says it is, by our mail server's word"
    ),
    SetApartReason.SIGNED_BY_ANOTHER: (
        "a message with the digital signature of someone else than its sender"
    ),
    # Nobody is registered under the address.
    SetApartReason.SENDER_UNKNOWN: "a message from a sender nobody is registered under",
    SetApartReason.SENDER_SHOWN: "a message that shows a registered address and comes from another",
    SetApartReason.SENDER_WEBMAIL: (
        "a message from a personal web-mail address, of someone whose name is registered"
    ),
    SetApartReason.SENDER_LOOKALIKE: "a message from a domain that looks like a registered one",
    SetApartReason.SENDER_NAMED: (
        "a message from an unknown address that shows a registered person's name"
    ),
    SetApartReason.SEALED_NAMES_PERSON: (
        "the notice of a sealed-mail service, from its own address, which names a registered"
        " person: they may have sent a sealed message"
    ),
    SetApartReason.SEALED_UNKNOWN: "a sealed message from somebody not registered",
    # The sender is known, and the case is not.
    SetApartReason.AGENCY_UNKNOWN: (
        "it lay in a folder whose name is not an agency of any open case"
    ),
    SetApartReason.CASE_UNCLEAR: "it could belong to more than one case",
    SetApartReason.CASE_OTHER: "it points at a case or an agency that is not the sender's",
    # The case is known.
    SetApartReason.NOTHING_ATTACHED: "a message without a document",
    SetApartReason.TAKES_BACK: "a message that may take back what was accepted",
    SetApartReason.REQUEST_WITHDRAWN: "a message that withdraws a request for more time",
    SetApartReason.THANKS: "a message that only thanks or makes small talk",
    SetApartReason.STATUS_ASKED: "a message that only asks what is still owed",
    SetApartReason.DOCUMENT_MISSING: "a message that says a document is attached, with none",
    SetApartReason.SEALED_WAITING: "a sealed message waits on another site",
    SetApartReason.REMOVED_ON_THE_WAY: (
        "a message from which a mail gateway took a file out on its way"
    ),
    SetApartReason.SHARE_WAITING: "a link to a file on a sharing site, not followed",
    SetApartReason.NOT_WHOLE: "part of a message could not be read",
    SetApartReason.NOT_JUDGED: (
        f"something that could not be judged after {number_word(MAX_JUDGING_TRIES)} tries"
    ),
    SetApartReason.TOO_BIG: "a message larger than the service takes, not fetched",
    # The virus scanner does not let it be opened.
    SetApartReason.INFECTED: "something that was not opened, since it may be a virus",
    SetApartReason.NOT_SCANNED: (
        "something that was not opened, since it was not looked through for viruses"
    ),
    # A machine wrote it.
    SetApartReason.AUTOMATIC: "a machine wrote it",
    SetApartReason.CONTACT_LEFT: (
        "an automatic answer from a registered address, which says that nobody uses it any more"
    ),
    SetApartReason.CHALLENGE: (
        "a program of a registered person's asks whoever wrote to them to prove themselves, and"
        " holds back what we write until then"
    ),
    SetApartReason.HELD_ELSEWHERE: (
        "our own mail server holds back a message that seems to be meant for the service"
    ),
    SetApartReason.HELD_NOTICE: (
        "a notice from an address not registered, which says that mail is held back that seems to"
        " be meant for the service"
    ),
    SetApartReason.REPORT_ODD: (
        "a delivery report as no mail server writes it, from a registered person's address or about"
        " several letters; nothing was done by it"
    ),
    SetApartReason.REPORT_UNPROVEN: (
        "a delivery report that says a letter did not arrive, and is not proven to be from a mail"
        " server of ours or of its reader; nothing was done by it, and its reader is written to"
    ),
    SetApartReason.ABSENCE_UNPROVEN: (
        "an absence note from a registered address, which is not proven"
    ),
}

# What was never opened, by the virus scanner's word.
REFUSED_REASONS = frozenset({SetApartReason.INFECTED, SetApartReason.NOT_SCANNED})

# What is set apart for one of these is referred: its sender is certain, or a machine. Whatever else
# is set apart is held, and nobody is told.
REFERRED_REASONS = frozenset(
    {
        SetApartReason.CASE_UNCLEAR,
        *(
            SetApartReason.NOTHING_ATTACHED,
            SetApartReason.TAKES_BACK,
            SetApartReason.THANKS,
            SetApartReason.STATUS_ASKED,
            SetApartReason.DOCUMENT_MISSING,
            SetApartReason.SEALED_WAITING,
        ),
        *(
            SetApartReason.REMOVED_ON_THE_WAY,
            SetApartReason.SHARE_WAITING,
            SetApartReason.NOT_WHOLE,
            SetApartReason.NOT_JUDGED,
            SetApartReason.TOO_BIG,
        ),
        *(
            SetApartReason.CONTACT_LEFT,
            SetApartReason.CHALLENGE,
            SetApartReason.HELD_ELSEWHERE,
            SetApartReason.REPORT_ODD,
            SetApartReason.REPORT_UNPROVEN,
        ),
        SetApartReason.REQUEST_WITHDRAWN,
        SetApartReason.ABSENCE_UNPROVEN,
    }
)


def verdict_of_reason(reason: SetApartReason) -> Literal["refer", "hold"]:
    """Whether what was set apart for that reason is referred or held. Raises ValueError for a word
    that is none of them: a misspelt one would be held, and nobody told."""
    return "refer" if SetApartReason(reason) in REFERRED_REASONS else "hold"


def read_reason(word: str) -> PossibleReason:
    """The reason that a row keeps, or "" for none. Raises ValueError for an unknown word."""
    return SetApartReason(word) if word else ""
