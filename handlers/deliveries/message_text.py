"""Reads what a message says in its own words: a small return, a wish for more time, or a question.

A banner or a signature makes no return. A request is known by English words, or by a day after the
due date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.kind import Kinds
from handlers.checks.form.letter_sentences import split_sentences
from handlers.checks.form.nil_account import denies_for_all
from handlers.checks.form.nil_sentences import INVOLVED_RULE, SOME_RULE
from handlers.checks.form.nil_words import ANY_AGENCY_NAMES
from handlers.checks.form.requested_until import find_named_days
from handlers.deliveries.judge_documents import DeliveryDocument, DocumentJudge, origin_of_place
from handlers.judging.document_checks import LETTER_FORMAT, letter_of_message, own_words_letter
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from handlers.register.returns import EXTENSION_REQUEST, SETTLED_STATES
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import DeliveryPart, Submission
from handlers.register.time_requests import (
    MESSAGE_REASON,
    WITHDRAWN_REASON,
    label_request_fields,
)
from handlers.senders.covering_note import claims_nil_return, without_thanks
from handlers.senders.mail import Mail
from handlers.senders.scope_news import speaks_only_of_meetings, tells_of_family, tells_of_scope
from handlers.senders.several_reviews import concerned_places, words_about
from handlers.senders.time_requests import (
    asks_for_time,
    asks_something,
    declines_time,
    speaks_of_time,
    words_of_what_is_asked,
    words_of_withdrawal,
)
from handlers.values.time_requests import find_named_kinds
from intake.message.message import Attachment
from intake.vault import Vault

SCOPE_ALERT = "scope_alert"  # the kind of what may alter the scope of a review
# What a nil return says where it speaks of some of the family, or of what was done for them.
NOT_OF_ALL_RULES = frozenset({SOME_RULE, INVOLVED_RULE})
LETTER_REASONS = frozenset(
    {SetApartReason.NOTHING_ATTACHED}
)  # what a message may be, that is a return itself
# The kinds of return that letters of ours with these Message-IDs asked an agency for.
AskedInLetters = Callable[[int, Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class MessageTopics:
    """The kinds that a message names, and those that a reminder asked for which it answers."""

    named: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class MessageTextReader:
    """Reads the words of messages."""

    def __init__(
        self,
        register: Register,
        vault: Vault,
        judge: DocumentJudge,
        kinds: Kinds,
        asked_in: AskedInLetters,
    ) -> None:
        self._register = register
        self._vault = vault
        self._judge = judge
        self._kinds = kinds
        self._asked_in = asked_in

    def text_as_letter(self, mail: Mail, day: date) -> list[Attachment]:
        """The words of a message, as a letter."""
        words = letter_of_message(mail.message, day)
        return [Attachment(words, LETTER_FORMAT)] if words else []

    def submit_text(
        self, mail: Mail, place: AgencyPlace, day: date, documents: Sequence[Submission]
    ) -> tuple[Submission, ...]:
        """A small return that is the message itself, whose words say what it is; beside documents
        of another kind too. What may alter the scope is one whatever else the message is; and so is
        what is told of the family where nothing else was sent."""
        found = self._small_return(mail, place, day, documents)
        known = {j.kind for one in (*documents, *found) for j in one.judgements}
        alone = not (found or documents)
        if SCOPE_ALERT in known or not self.tells_of_scope(mail, alone=alone):
            return found
        alert = self._judge_words(mail, place, day, documents, SCOPE_ALERT)
        if not found:
            return alert
        return tuple(
            replace(one, judgements=(*one.judgements, *alert[0].judgements)) if alert else one
            for one in found
        )

    def requests_for_each(self, mail: Mail, day: date) -> tuple[DeliveryPart, ...]:
        """A request for more time that says that it is for several of its sender's reviews: one in
        each, of what it says of that. None where it is not one in each of them."""
        if mail.documents or mail.asks_for_check or self._tells_more(mail):
            return ()
        message = mail.message
        words = f"{message.subject}\n{message.own_words}"
        places = concerned_places(words, mail.about.places, self._kinds)
        references = [place.reference for place in places]
        parts = []
        for n, place in enumerate(places, 1):
            own = words_about(message.own_words, place.reference, references)
            alone = replace(mail, message=replace(message, own_words=own, body_text=own))
            found = self.submit_text(alone, place, day, ())
            if not _only_asks_for_time(found):
                return ()
            submissions = tuple(replace(one, position=n) for one in found)
            parts.append(DeliveryPart(origin_of_place(place, message), submissions))
        return tuple(parts)

    def _tells_more(self, mail: Mail) -> bool:
        return mail.place_without_document.reason not in LETTER_REASONS or self.tells_of_scope(mail)

    def tells_of_scope(self, mail: Mail, *, alone: bool = False) -> bool:
        """Whether its sender's own words tell of what may alter the scope of the review. `alone`
        says that they are nothing else that is known: then whatever they tell of the family may."""
        if SCOPE_ALERT not in self._kinds:
            return False
        words, subject = mail.message.own_words, mail.message.subject
        told = tells_of_scope(words, "" if self._answers_us(mail) else subject)
        return told or (alone and tells_of_family(words))

    def _judge_words(
        self,
        mail: Mail,
        place: AgencyPlace,
        day: date,
        documents: Sequence[Submission],
        kind: str,
    ) -> tuple[Submission, ...]:
        """The words of the message, taken to be of a kind."""
        for letter in self.text_as_letter(mail, day):
            position = max((one.position for one in documents), default=0) + 1
            content = self._vault.store_original(letter.content)
            paper = DeliveryDocument(position, content, letter)
            return self._judge.judge_submissions([paper], place, day, kind)
        return ()

    def _small_return(
        self, mail: Mail, place: AgencyPlace, day: date, documents: Sequence[Submission]
    ) -> tuple[Submission, ...]:
        letter = self.text_as_letter(mail, day)
        if not letter or not (documents or mail.place_without_document.reason in LETTER_REASONS):
            return ()
        position = max((one.position for one in documents), default=0) + 1
        paper = DeliveryDocument(position, self._vault.keyed_hash(letter[0].content), letter[0])
        about = self.topics_of_mail(mail, place)
        topics = about.answers or self._in_subject(mail)
        (said,) = self._judge.judge_submissions([paper], place, day, None, topics)
        if not self._is_known(said, paper, mail, place, day):
            asked = None if documents else self._asked_about(mail, place, day, about)
            if asked is None and not claims_nil_return(mail.message.own_words):
                return ()
            nil = next((kind.id for kind in self._kinds.all if kind.settles_pack), None)
            kind = nil if asked is None else EXTENSION_REQUEST
            (said,) = self._judge.judge_submissions([paper], place, day, kind, asked or ())
        kinds = {j.kind for one in documents for j in one.judgements}
        if any(j.kind in kinds for j in said.judgements):
            return ()
        self._vault.store_original(letter[0].content)
        if any(judgement.kind == EXTENSION_REQUEST for judgement in said.judgements):
            said = with_named_kinds(said, self._in_subject(mail))
        return (said,)

    def _answers_us(self, mail: Mail) -> bool:
        """Whether it answers a letter of ours, whose subject it then has."""
        return any(self._register.threads.is_our_message_id(id) for id in mail.message.in_reply_to)

    def _in_subject(self, mail: Mail) -> tuple[str, ...]:
        """The returns that its subject names, unless the subject is a letter's of ours."""
        ours = self._answers_us(mail)
        return () if ours else find_named_kinds(mail.message.subject, self._kinds)

    def topics_of_mail(self, mail: Mail, place: AgencyPlace) -> MessageTopics:
        ours = self._answers_us(mail)
        own = without_thanks(mail.message.own_words)
        # In an answer to us the subject is a letter's of ours, and over thanks it says for what.
        subject = "" if ours or (mail.message.own_words and not own) else mail.message.subject
        words = f"{subject}\n{words_of_what_is_asked(own)}"
        answers = (
            self._asked_in(place.agency_id, mail.message.in_reply_to)
            if mail.is_by_proven_person
            else ()
        )
        return MessageTopics(find_named_kinds(words, self._kinds), tuple(answers))

    def add_topics(self, whole: Submission, mail: Mail, place: AgencyPlace) -> Submission:
        """A message that is no return, with the returns that it is about; and, where it answers a
        reminder and asks something, with those as what it may ask more time for."""
        if whole.reason == WITHDRAWN_REASON:
            named = self._taken_back(mail)
            if self._register.entries.has_open_time_request(place.agency_id, named):
                return with_named_kinds(whole, named)
            # It was decided: whether the day that was given is to be taken back a person says.
            whole = replace(whole, reason=MESSAGE_REASON)
        about = self.topics_of_mail(mail, place)
        asks = mail.place_without_document.reason in LETTER_REASONS and asks_something(
            mail.message.own_words
        )
        if not (asks and about.answers):
            return with_named_kinds(whole, about.named)
        names = about.named or about.answers
        nouns = ", ".join(kind.noun for kind in self._kinds.all if kind.id in names)
        return with_named_kinds(whole, names, label_request_fields({"return": nouns}, self._kinds))

    def _taken_back(self, mail: Mail) -> tuple[str, ...]:
        """The returns for which a request is withdrawn; none where that is said of no return."""
        words = mail.message.own_words
        found = (
            find_named_kinds(said, self._kinds) for said in (words_of_withdrawal(words), words)
        )
        owed = [tuple(kind for kind in named if self._kinds[kind].chased) for named in found]
        return next((named for named in owed if named), ())

    def _is_known(
        self, said: Submission, paper: DeliveryDocument, mail: Mail, place: AgencyPlace, day: date
    ) -> bool:
        """Whether it is a small return; of one with a signature or a banner, without those too."""
        if any(judgement.kind is None for judgement in said.judgements):
            return False
        requests = any(judgement.kind == EXTENSION_REQUEST for judgement in said.judgements)
        words = mail.message.own_words
        of_scope = any(judgement.kind == SCOPE_ALERT for judgement in said.judgements)
        if of_scope and speaks_only_of_meetings(words):
            return False
        if requests and (declines_time(words) or not speaks_of_time(words)):
            return False
        if self._settles_pack(said) and not self._is_nil_return(said, mail):
            return False
        own = own_words_letter(mail.message, day)
        if not said.judgements or own == paper.document.content:
            return True
        alone = DeliveryDocument(paper.position, paper.content, Attachment(own, LETTER_FORMAT))
        found = self._judge.judge_for_place([alone], place, day)
        kinds = {judgement.kind for judgements in found for judgement in judgements}
        return all(judgement.kind in kinds for judgement in said.judgements)

    def _settles_pack(self, said: Submission) -> bool:
        kinds = (self._kinds.get(judgement.kind) for judgement in said.judgements)
        return any(kind is not None and kind.settles_pack for kind in kinds)

    def _is_nil_return(self, said: Submission, mail: Mail) -> bool:
        """Whether the words of a message say of all the family that they are not known. What a
        person writes about somebody of the family, or as news, is none for a "not" in it."""
        words = mail.message.own_words
        if claims_nil_return(words) or denies_for_all(
            split_sentences(words.splitlines()), ANY_AGENCY_NAMES
        ):
            return True
        rules = {finding.rule for judgement in said.judgements for finding in judgement.findings}
        return NOT_OF_ALL_RULES.isdisjoint(rules) and not self.tells_of_scope(mail)

    def _asked_about(
        self, mail: Mail, place: AgencyPlace, day: date, about: MessageTopics
    ) -> Collection[str] | None:
        """The kinds that it asks more time for, where it does; none where it could be any of
        several."""
        words, due = mail.message.own_words, self._due(place, day)
        said = list(split_sentences(words.splitlines()))
        days = find_named_days(said, day)
        by_day = tuple(kind for kind, on in due.items() if on in days)
        kinds = about.named or about.answers or by_day
        first = min((due[kind] for kind in kinds if kind in due), default=None)
        later = first is not None and any(on > first for on in days)
        if not asks_for_time(words, named=bool(kinds), later=later):
            return None
        return kinds or (tuple(due) if len(due) == 1 else ())

    def _due(self, place: AgencyPlace, day: date) -> dict[str, date]:
        """When each return of the agency is due that is still to come."""
        rows = (
            row
            for case in self._register.case_matrix(day, place.reference)
            for agency in case.agencies
            if agency.id == place.agency_id
            for row in agency.returns
        )
        return {row.kind: row.due for row in rows if row.state not in SETTLED_STATES}


def _only_asks_for_time(found: Sequence[Submission]) -> bool:
    kinds = [judgement.kind for one in found for judgement in one.judgements]
    return len(found) == 1 and kinds == [EXTENSION_REQUEST]


def with_named_kinds(
    whole: Submission, names: tuple[str, ...], asks: tuple[tuple[str, str], ...] = ()
) -> Submission:
    return replace(whole, names=names, asks=asks)
