"""What a message says in its own words: a small return, a wish for more time, or a question.

Does: has the words judged as the letter that they may be; takes for a request what in effect asks
for more time; and says which returns a message is about, those among them that the reminder asked
for which it answers.
Trusts: the place it is given; the queue, for which letter asked for what.
Never touches: what is logged. A banner or a signature makes no return: the words above it do.
Known limits: a request for more time is known by English words, or by a day after the due date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.kind import Kinds
from handlers.checks.form.letter_sentences import sentences
from handlers.checks.form.requested_until import days_named
from handlers.deliveries.judge_documents import Desk, Paper
from handlers.judging.document_checks import FORMAT, letter_of, own_letter_of
from handlers.register.agencies import Place
from handlers.register.register import Register
from handlers.register.returns import REQUEST, SETTLED
from handlers.register.submissions import Submission
from handlers.register.time_requests import labelled
from handlers.senders.covering_note import without_thanks
from handlers.senders.mail import Mail
from handlers.senders.time_requests import asks_for_time, asks_something, declines_time
from handlers.values.time_requests import named_kinds
from intake.message.message import Attachment
from intake.vault import Vault

LETTERS = frozenset({"nothing-attached"})  # what a message may be, that is a return itself
# The kinds of return that letters of ours with these Message-IDs asked an agency for.
AskedIn = Callable[[int, Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class About:
    """The kinds that a message names, and those that a reminder asked for which it answers."""

    named: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class InWords:
    """Reads the words of messages."""

    def __init__(
        self, register: Register, vault: Vault, desk: Desk, kinds: Kinds, asked_in: AskedIn
    ) -> None:
        self._register = register
        self._vault = vault
        self._desk = desk
        self._kinds = kinds
        self._asked_in = asked_in

    def letter(self, mail: Mail, day: date) -> list[Attachment]:
        """The words of a message, as a letter."""
        words = letter_of(mail.message, day)
        return [Attachment(words, FORMAT)] if words else []

    def submitted(
        self, mail: Mail, place: Place, day: date, documents: Sequence[Submission]
    ) -> tuple[Submission, ...]:
        """A small return that is the message itself, whose words say what it is; beside documents
        of another kind too."""
        letter = self.letter(mail, day)
        if not letter or not (documents or mail.empty.reason in LETTERS):
            return ()
        position = max((one.position for one in documents), default=0) + 1
        paper = Paper(position, self._vault.mark(letter[0].content), letter[0])
        about = self.about(mail, place)
        (said,) = self._desk.submitted([paper], place, day, None, about.answers)
        if not self._is_known(said, paper, mail, place, day):
            asked = () if documents else self._asked_about(mail, place, day, about)
            if not asked:
                return ()
            (said,) = self._desk.submitted([paper], place, day, REQUEST, asked)
        kinds = {j.kind for one in documents for j in one.judgements}
        if any(j.kind in kinds for j in said.judgements):
            return ()
        self._vault.put(letter[0].content)
        if any(judgement.kind == REQUEST for judgement in said.judgements):
            said = with_names(said, self._in_subject(mail))
        return (said,)

    def _in_subject(self, mail: Mail) -> tuple[str, ...]:
        """The returns that its subject names, unless the subject is a letter's of ours."""
        ours = any(self._register.threads.ours(id) for id in mail.message.in_reply_to)
        return () if ours else named_kinds(mail.message.subject, self._kinds)

    def about(self, mail: Mail, place: Place) -> About:
        ours = any(self._register.threads.ours(id) for id in mail.message.in_reply_to)
        own = without_thanks(mail.message.own_words)
        # In an answer to us the subject is a letter's of ours, and over thanks it says for what.
        subject = "" if ours or (mail.message.own_words and not own) else mail.message.subject
        words = f"{subject}\n{own}"
        answers = self._asked_in(place.agency_id, mail.message.in_reply_to) if mail.by_hand else ()
        return About(named_kinds(words, self._kinds), tuple(answers))

    def apart(self, whole: Submission, mail: Mail, place: Place) -> Submission:
        """A message that is no return, with the returns that it is about; and, where it answers a
        reminder and asks something, with those as what it may ask more time for."""
        about = self.about(mail, place)
        asks = mail.empty.reason in LETTERS and asks_something(mail.message.own_words)
        if not (asks and about.answers):
            return with_names(whole, about.named)
        names = about.named or about.answers
        nouns = ", ".join(kind.noun for kind in self._kinds.all if kind.id in names)
        return with_names(whole, names, labelled({"return": nouns}, self._kinds))

    def _is_known(
        self, said: Submission, paper: Paper, mail: Mail, place: Place, day: date
    ) -> bool:
        """Whether it is a small return; of one with a signature or a banner, without those too."""
        if any(judgement.kind is None for judgement in said.judgements):
            return False
        requests = any(judgement.kind == REQUEST for judgement in said.judgements)
        if requests and declines_time(mail.message.own_words):
            return False
        own = own_letter_of(mail.message, day)
        if not said.judgements or own == paper.document.content:
            return True
        alone = Paper(paper.position, paper.content, Attachment(own, FORMAT))
        found = self._desk.judged([alone], place, day)
        kinds = {judgement.kind for judgements in found for judgement in judgements}
        return all(judgement.kind in kinds for judgement in said.judgements)

    def _asked_about(self, mail: Mail, place: Place, day: date, about: About) -> Collection[str]:
        """The kinds that it asks more time for, where it does."""
        words, due = mail.message.own_words, self._due(place, day)
        said = list(sentences(words.splitlines()))
        days = days_named(said, day)
        by_day = tuple(kind for kind, on in due.items() if on in days)
        kinds = about.named or about.answers or by_day
        first = min((due[kind] for kind in kinds if kind in due), default=None)
        later = first is not None and any(on > first for on in days)
        if not asks_for_time(words, named=bool(kinds), later=later):
            return ()
        return kinds or tuple(due)

    def _due(self, place: Place, day: date) -> dict[str, date]:
        """When each return of the agency is due that is still to come."""
        rows = (
            row
            for case in self._register.matrix(day, place.reference)
            for agency in case.agencies
            if agency.id == place.agency_id
            for row in agency.returns
        )
        return {row.kind: row.due for row in rows if row.state not in SETTLED}


def with_names(
    whole: Submission, names: tuple[str, ...], asks: tuple[tuple[str, str], ...] = ()
) -> Submission:
    return replace(whole, names=names, asks=asks)
