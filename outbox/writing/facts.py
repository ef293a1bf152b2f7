"""What each letter's template may say, as plain values filled from the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outbox.writing.digest_facts import Need, TableLine
from outbox.writing.places import Change


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One return in an answer. `looked_at` is what a person will look at, as far as its author is
    told of it; `passed` is a list in words, "" for none. `version` says which version of it we
    have, "" for none; `note` is what a person here wrote about it. `heading_row` is the row of a
    table's headings where one is told of."""

    title: str
    outcome: str
    changes: tuple[Change, ...] = ()
    advice: tuple[Change, ...] = ()
    looked_at: tuple[Change, ...] = ()
    passed: str = ""
    counts_rows: bool = False
    note: str = ""
    heading_row: int | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer to a delivery.

    `came` names what was sent, `nouns` what the letter is about, `promise` says what becomes of
    what a person looks at, "" for nothing. `received` is "10:15am on Thursday 1 April 2010"; `by`
    finishes "send it again ...", and `by_short` is the day in a subject line, "" when it has
    passed. `rejected` counts the documents to be mended, `empty` says that there is nothing in any
    of those, `referred` that some are looked at, `change_count` is "3 changes". `outstanding` says
    that something is still to be sent, `rest` ends "We look forward to the rest ...", `complete`
    says that all is settled. `tell` is what a person here wrote about a message that had no
    document, "" for any other answer; `seen_to` says that one is settled of which they wrote
    nothing. `refused` says that what was asked for is not agreed, and what stands: "" for any
    other answer; `time_refused` that it was more time, and `refused_part` for which returns, where
    it was agreed for others. `pressing` says in a subject that something else is to be sent at
    once, and `still` asks for it in a sentence, "" where nothing is.
    `signing` asks to have a form signed again once the report is changed that it is about, "" for
    none. `order` says in which order documents are numbered, "" where none is; `stand` that what
    has to be mended came after versions that are accepted and stay. `agreed` are sentences that
    say what a person decided besides about the agency's returns. `removed` says that a gateway
    took a file out of the message, `resend` that something a person looks at has to be sent again,
    `asks` that something waits for its sender's answer, `offers` that they can do something at
    once about what a person looks at. `instead_of` says for whom its reader stands in, "" for
    nobody.
    """

    to: str
    case: str
    agency: str
    received: str
    came: str
    nouns: str
    documents: tuple[DocumentFacts, ...]
    checklist: tuple[TableLine, ...]
    outstanding: bool
    complete: bool
    rejected: int
    referred: bool
    empty: bool
    change_count: str
    by: str
    by_short: str
    how: str
    tell: str = ""
    promise: str = ""
    rest: str = "by the dates above"
    removed: bool = False
    withdrawn: bool = False  # a message withdraws a request for more time
    already: bool = False  # more time is asked for what is settled, and nothing else was sent
    replaced: bool = False  # all that was sent was replaced by a later version
    urgent: bool = False  # news of which a person is told at once: nothing of it is asked for
    resend: bool = False
    asks: bool = False
    offers: bool = False
    seen_to: bool = False
    handed_in: bool = False  # by the board, for the agency
    status: bool = False  # only that was asked
    refused: str = ""
    time_refused: bool = False
    refused_part: str = ""
    pressing: str = ""
    still: str = ""
    signing: str = ""
    order: str = ""
    stand: bool = False
    agreed: tuple[str, ...] = ()
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What would be said of documents that were checked and not logged. `would` ends the
    subject."""

    to: str
    case: str
    agency: str
    received: str
    came: str
    would: str
    documents: tuple[DocumentFacts, ...]
    checklist: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True)
class ChaserFacts:
    """A letter of the ladder. `nouns` are what is late, or due on the `soonest` day, `count` how
    many; `about` says them in a subject, "IMR and QA form" or "3 returns", and `then` what else a
    reminder is about, "2 more returns", "" for nothing. `sentence` is "the chronology, which was
    due on ...", `told` names whom we have written to already, "" for nobody, `away` says of each
    colleague who is away that they are, `instead_of` for whom its reader stands in, "" for nobody;
    `first` says that nothing of it was asked for since it was due, `lists` who was told what needs
    to be mended in what was sent back, a sentence each; `panel_met` says that the panel's work has
    begun, or may have; `documents` say it to whoever stands in for
    them and was never told."""

    to: str
    case: str
    agency: str
    nouns: str
    count: int
    about: str
    sentence: str
    soonest: str
    today: bool
    told: str
    away: tuple[str, ...]
    checklist: tuple[TableLine, ...]
    how: str
    instead_of: str = ""
    first: bool = True
    then: str = ""
    lists: tuple[str, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    panel_met: bool = False


@dataclass(frozen=True, slots=True)
class UndecidedFacts:
    """What an agency sent has waited for the board's decision. `what` is "a request for more time",
    `nouns` the returns that are not chased meanwhile, `since` a day in words: of `several` the day
    of the oldest."""

    to: str
    case: str
    agency: str
    what: str
    since: str
    nouns: str
    several: bool = False


@dataclass(frozen=True, slots=True)
class UnplacedFacts:
    """A message that does not say which of its sender's reviews it is for; so the letter names
    none. `document`: one came with it; `leaves`: its sender leaves, or a `colleague` does;
    `several`: it says itself that it is for several; `encrypted`: it did not open; `dropped`: it
    lay in the agency's drop folder; `one_review`: its sender is registered for one alone."""

    to: str
    received: str
    document: bool = False
    leaves: bool = False
    colleague: bool = False
    several: bool = False
    encrypted: bool = False
    case: str = ""
    urgent: bool = False  # news of which a person is told at once
    dropped: bool = False
    one_review: bool = False


@dataclass(frozen=True, slots=True)
class UrgentFacts:
    """Something urgent came. `what` is "a message about the scope of the review", `at` the moment
    at which it was logged, `case` and `agency` are "" where it is not proven whose it is,
    and `case` alone where its sender is in several reviews and it does not say which it is for.
    `asks` are it, or several from people not registered, each with the links that answer it;
    `command` is told where there are no links. `danger` says that one speaks of danger to a child
    or of a death, `more` counts those that are not shown, `last` says that no further letter about
    such people is written that day."""

    to: str
    case: str
    agency: str
    what: str
    at: str
    asks: tuple[Need, ...] = ()
    command: str = ""
    danger: bool = False
    last: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """More time for returns, or that they are no longer asked for. `noun` names them all, `several`
    that there are; `until` and `by_short` are the day. `here` names those that came and wait for a
    person, `accepted` those that are, `whole` that these are all; `with_it` is a sentence about the
    forms that are due with a report that was given more time; the rest is as in an answer."""

    to: str
    case: str
    agency: str
    noun: str
    until: str
    by_short: str
    tell: str
    checklist: tuple[TableLine, ...]
    how: str
    several: bool = False
    here: str = ""
    accepted: str = ""
    whole: bool = False
    pressing: str = ""
    still: str = ""
    agreed: tuple[str, ...] = ()
    with_it: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """That something is destroyed which should never have come. `noun` is what it was, `received`
    when it came; `tell`, `pressing` and `still` are those of an answer."""

    to: str
    case: str
    agency: str
    noun: str
    received: str
    tell: str
    checklist: tuple[TableLine, ...]
    pressing: str = ""
    still: str = ""


AlertTopic = Literal[
    "source",
    "letters",
    "templates",
    "digest",
    "way",
    "judging",
    "scanner",
    "refused",
    "clock",
    "disk",
    "kept",
    "record",
    "faults",
    "aside",
    "answers",
]


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """Something the service needs and does not have. `about` says what it is about: a source that
    cannot be reached, a kind of letter that cannot be written, the board's own templates, a digest
    that has not gone, a way that takes no letters, documents that cannot be opened, a virus scanner
    that cannot be relied on, or what it warns of, a clock that is doubted, a disk without room, a
    place of ours that cannot be written, or something that could not be judged. `what` names it;
    `said` may have several lines; `over` is "" while it lasts."""

    about: AlertTopic
    what: str
    said: str
    fix: str
    since: str
    over: str


def change_places(facts: object) -> frozenset[str]:
    """Where something is to be mended, looked at or could be better, in any document of a
    letter."""
    documents: tuple[DocumentFacts, ...] = getattr(facts, "documents", ())
    changes = (c for each in documents for c in (*each.changes, *each.looked_at, *each.advice))
    return frozenset(change.place for change in changes if change.place)
