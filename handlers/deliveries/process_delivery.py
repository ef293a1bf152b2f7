"""Takes one delivery out of the spool, has it judged, and logs everything in one transaction.

It decides first and acts after. Of a dropped file's name only the ending is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers.deliveries.judge_documents import (
    DeliveryDocument,
    DocumentJudge,
    origin_of_place,
    says_incomplete,
    set_apart_submission,
    unpack_documents,
    unplaced_origin,
    with_possible_places,
)
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.deliveries.message_text import (
    LETTER_REASONS,
    SCOPE_ALERT,
    AskedInLetters,
    MessageTextReader,
)
from handlers.deliveries.never_answered import (
    is_never_answered,
    read_automatic_mail,
    settle_unanswered,
)
from handlers.deliveries.refused_content import refused_part, refused_submission
from handlers.deliveries.sort_by_case import CaseSorter
from handlers.deliveries.whose_delivery import DeliveryOwners, place_of_mail
from handlers.findings import Finding
from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import (
    NOT_JUDGED_REASON,
    AbsenceEnded,
    DeliveryPart,
    LoggedDelivery,
    Rehearsal,
    Submission,
)
from handlers.senders.attribution import (
    AttributionContext,
    UncertainPlace,
    references_of,
)
from handlers.senders.covering_note import may_take_back, part_says_more
from handlers.senders.leavers import read_leaving_notice
from handlers.senders.mail import Mail, MailReader
from handlers.senders.sender_proof import MailboxPolicy
from handlers.senders.several_reviews import concerned_places
from handlers.values.time_requests import find_named_kinds
from intake.decoding import file_ending
from intake.message.message import Attachment
from intake.source import DeliveryForm
from intake.spool import Delivery, Spool
from intake.vault import Vault

INCOMPLETE_MAIL = UncertainPlace(SetApartReason.NOT_WHOLE)
TAKING_BACK = UncertainPlace(SetApartReason.TAKES_BACK)
TAKING_BACK_REASONS = frozenset(
    {SetApartReason.NOTHING_ATTACHED, SetApartReason.DOCUMENT_MISSING, SetApartReason.THANKS}
)


class DeliveryProcessor:
    """Settles deliveries one at a time."""

    def __init__(
        self,
        spool: Spool,
        vault: Vault,
        register: Register,
        sandbox_judge: SandboxJudge,
        kinds: Kinds,
        zone: ZoneInfo,
        mailboxes: Mapping[str, MailboxPolicy],
        ours: Iterable[str] = (),
        asked_in: AskedInLetters = lambda agency_id, message_ids: (),
    ) -> None:
        """`mailboxes` say how senders are proven; `ours` are the service's addresses, whose mail is
        believed from nobody; `asked_in` tells what letters of ours asked an agency for."""
        self._spool = spool
        self._read: dict[str, Attachment] = {}  # the documents of the delivery in hand
        self._vault = vault
        self._register = register
        self._sandbox_judge = sandbox_judge
        self._kinds = kinds
        self._zone = zone
        self._mailroom = MailReader(register, sandbox_judge, mailboxes, ours)
        self._owners = DeliveryOwners(register, vault, self._mailroom)
        self._judge = DocumentJudge(register, sandbox_judge, kinds)
        self._sorting = CaseSorter(register, self._judge)
        self._words = MessageTextReader(register, vault, self._judge, kinds, asked_in)

    def settle_delivery(self, delivery: Delivery, now: datetime) -> JudgedDelivery:
        """Judge a delivery and log it, unless what came with it goes first. Raises what
        the world raises; nothing is logged then."""
        settlement = self._decide(delivery)
        if settlement.asks_about_another and self._spool.let_others_first(delivery):
            return replace(settlement, others_first=True)
        self._store_named(one for part in settlement.parts for one in part.submissions)
        day = self.day_received(delivery)
        with self._register.transaction():
            for part in settlement.parts:
                logged = LoggedDelivery(delivery, part.origin, part.submissions, day, now)
                self._register.logbook.log_delivery(logged)
            for note in settlement.notes:
                self._register.notes.record_note(delivery, note, now)
            self._spool.mark_judged(delivery, settlement.delivery_outcome)
        return settlement

    def set_delivery_aside(self, delivery: Delivery, now: datetime, *, read: bool = True) -> None:
        """Log as a question what could not be judged, for whoever it is of: a person looks. A
        message that may have ended the process is not `read` for that, and is nobody's."""
        origin, candidates = self._owners.origin_as_far_as_certain(delivery, read=read)
        whole = set_apart_submission(
            delivery.content, UncertainPlace(NOT_JUDGED_REASON, candidates)
        )
        with self._register.transaction():
            self._register.logbook.log_delivery(
                LoggedDelivery(delivery, origin, (whole,), self.day_received(delivery), now)
            )
            self._spool.mark_set_aside(delivery)

    def is_for_others(self, source: str, raw: bytes, received: datetime) -> bool:
        """Whether a message is for nobody here, before it is taken in. Raises UnforeseenFault or
        WorkerUnavailable."""
        unseen = Delivery(
            0, source, DeliveryForm.MESSAGE, "", None, None, "", received, "spooled", 0
        )
        mail = self._mailroom.read_mail(unseen, raw)
        why, notes = read_automatic_mail(mail, self._register.threads, self.day_received(unseen))
        return mail.is_for_others and why is SetApartReason.AUTOMATIC and not notes

    def judge_assigned(
        self,
        delivery: Delivery,
        place: AgencyPlace,
        content: str | None = None,
        kind: str | None = None,
    ) -> tuple[Submission, ...]:
        """What a delivery, or the one document of it with that `content`, comes to in the place a
        person gave it, taken to be of a `kind` if they said so. Nothing is logged: the decision
        does that."""
        raw, day = self._vault.read_original(delivery.content), self.day_received(delivery)
        mailed = not delivery.is_file
        if mailed:
            mail = self._mailroom.read_mail(delivery, raw)
            if refused := self._sandbox_judge.find_refusal_of_message(raw, mail.message):
                return (refused_submission(delivery.content, refused),)
            if not (mail.documents or content or kind):
                return self._message(delivery, mail, place, day)
            documents = mail.documents
            if content or not documents:
                documents = [*documents, *self._words.text_as_letter(mail, day)]
        else:
            documents = self._in_file(delivery, raw)
            if refused := self._refusal_of_file(raw, documents):
                return (refused_submission(delivery.content, refused),)
        papers = self._papers(documents)
        if content is None:
            return self._store_named(self._judge.judge_submissions(papers, place, day, kind))
        own = [paper for paper in papers if paper.content == content]
        said = self._judge.judge_for_place(own, place, day, kind)
        judged = zip(own, said, strict=True)
        return self._store_named(Submission(p.position, p.content, j) for p, j in judged)

    def day_received(self, delivery: Delivery) -> date:
        """The day it reached us, by the board's clock."""
        return delivery.received.astimezone(self._zone).date()

    def _decide(self, delivery: Delivery) -> JudgedDelivery:
        raw = self._vault.read_original(delivery.content)
        if delivery.is_file:
            return JudgedDelivery(self._of_file(delivery, raw))
        mail = self._mailroom.read_mail(delivery, raw)
        if refused := self._sandbox_judge.find_refusal_of_message(raw, mail.message):
            place = place_of_mail(mail)
            whole = refused_part(delivery.content, refused, place, mail.message)
            return JudgedDelivery((whole,))
        day = self.day_received(delivery)
        why, notes = read_automatic_mail(mail, self._register.threads, day)
        if is_never_answered(mail, lambda: self._brings_a_return(mail, day)):
            settlement = settle_unanswered(delivery, mail, why, self._register.people, day)
        else:
            settlement = self._mailed(delivery, mail)
        return replace(settlement, notes=(*settlement.notes, *notes, *self._back(mail, day)))

    def _back(self, mail: Mail, day: date) -> Iterator[AbsenceEnded]:
        """Who was away is back, by a proven message of their own."""
        for place in mail.about.places if mail.is_by_proven_person else ():
            if place.contact is not None and self._register.notes.find_absence(
                place.contact.id, day
            ):
                yield AbsenceEnded(place.contact.id, day)

    def _of_file(self, delivery: Delivery, raw: bytes) -> tuple[DeliveryPart, ...]:
        place, documents = self._owners.place_of_file(delivery), list[Attachment]()
        astray = isinstance(place, UncertainPlace) and place.reason != SetApartReason.CASE_UNCLEAR
        if not astray:
            documents = self._in_file(delivery, raw)
        if refused := self._refusal_of_file(raw, documents):
            return (refused_part(delivery.content, refused, place),)
        if isinstance(place, UncertainPlace) and astray:
            whole = set_apart_submission(delivery.content, place)
            return (DeliveryPart(unplaced_origin(), (whole,)),)
        papers, day = self._papers(documents), self.day_received(delivery)
        if isinstance(place, UncertainPlace):
            places = self._register.people.places_of_agency(delivery.agency or "")
            about = AttributionContext(places)
            whole = with_possible_places(set_apart_submission(delivery.content, place), places)
            called = delivery.name or ""
            return self._sorting.sort_documents(papers, about, place, day, file_name=called) or (
                DeliveryPart(unplaced_origin(), (whole,)),
            )
        return (
            DeliveryPart(origin_of_place(place), self._judge.judge_submissions(papers, place, day)),
        )

    def _refusal_of_file(self, raw: bytes, documents: Iterable[Attachment]) -> Finding | None:
        return self._sandbox_judge.find_refusal([raw, *(one.content for one in documents)])

    def _in_file(self, delivery: Delivery, raw: bytes) -> list[Attachment]:
        return unpack_documents(raw, self._sandbox_judge, file_ending(delivery.name or "")) or [
            Attachment(raw, "")
        ]

    def _mailed(self, delivery: Delivery, mail: Mail) -> JudgedDelivery:
        place = place_of_mail(mail)
        papers = self._papers(mail.documents)
        day = self.day_received(delivery)
        if isinstance(place, UncertainPlace):
            return self._unplaced(delivery, mail, papers, place)
        if mail.asks_for_check:
            return JudgedDelivery(notes=(self._rehearsed(mail, papers, place, day),))
        part = self._judge.weigh_covering_note(
            self._judge.judge_submissions(papers, place, day), place, mail.message
        )
        worded = tuple[Submission, ...]()
        if not papers or part_says_more(part):
            worded = self._words.submit_text(mail, place, day, part.submissions)
        besides = self._besides(delivery, mail, place, (*part.submissions, *worded))
        # What is an entry of its own is not told once more.
        origin = replace(part.origin, says_more=part.origin.says_more and not worded)
        return JudgedDelivery((DeliveryPart(origin, (*part.submissions, *worded, *besides)),))

    def _message(
        self, delivery: Delivery, mail: Mail, place: AgencyPlace, day: date
    ) -> tuple[Submission, ...]:
        """What a message without a document comes to, in the place a person gave it."""
        words = self._words.submit_text(mail, place, day, ())
        return (*words, *self._besides(delivery, mail, place, words))

    def _brings_a_return(self, mail: Mail, day: date) -> bool:
        """Whether there is something in a machine's mail to log. With an absence note, people send
        leaflets and notices: it is a return only where it is known as one."""
        if mail.message.automatic != "absence":
            return bool(mail.documents)
        return any(self._judge.is_a_return(each, day) for each in self._papers(mail.documents))

    def _unplaced(
        self, delivery: Delivery, mail: Mail, papers: list[DeliveryDocument], why: UncertainPlace
    ) -> JudgedDelivery:
        """Set apart as a whole; unless the documents tell of themselves which of the sender's
        own cases each is of."""
        if mail.is_for_others:
            return JudgedDelivery(stays=True)
        day, parts = self.day_received(delivery), tuple[DeliveryPart, ...]()
        if why.reason == SetApartReason.CASE_UNCLEAR and not mail.asks_for_check:
            incomplete = set_apart_submission(delivery.content, INCOMPLETE_MAIL)
            besides = [incomplete] if mail.is_incomplete else []
            about = (mail.about, why, day, mail.message, besides)
            parts = self._sorting.sort_documents(papers, *about)
            parts = parts or self._words.requests_for_each(mail, day)
        if not parts:
            whole = self._whole(delivery, mail, why)
            whole = self._sorting.describe_held(whole, papers, mail, day)
            whole = replace(whole, encrypted=mail.message.sealed_attachment is not None)
            parts = (DeliveryPart(unplaced_origin(mail.message), (whole,)),)
        return JudgedDelivery(parts)

    def _whole(self, delivery: Delivery, mail: Mail, why: UncertainPlace) -> Submission:
        """A message as a whole. Of one whose sender is proven and whose case is not certain, where
        it could be of; and, where nothing is attached, what it is in itself."""
        if mail.tells_of_sealed:
            of = UncertainPlace(why.reason, references_of(mail.named))
            return with_possible_places(set_apart_submission(delivery.content, of), mail.named)
        if why.reason != SetApartReason.CASE_UNCLEAR:
            return self._held(set_apart_submission(delivery.content, why), mail)
        whole = with_possible_places(set_apart_submission(delivery.content, why), mail.about.places)
        if mail.documents or mail.asks_for_check:
            return whole
        day = self.day_received(delivery)
        letter = (
            self._words.text_as_letter(mail, day)
            if mail.place_without_document.reason in LETTER_REASONS
            else []
        )
        kinds = (self._judge.recognise_document(p, day)[0] for p in self._papers(letter))
        words = f"{mail.message.subject}\n{mail.message.own_words}"
        names = find_named_kinds(words, self._kinds)
        several = bool(concerned_places(words, mail.about.places, self._kinds))
        reason, kind = mail.place_without_document.reason, next(kinds, None)
        left = read_leaving_notice(mail, self._register.people, self.day_received(delivery))
        if self._words.tells_of_scope(mail, alone=kind is None):
            kind = SCOPE_ALERT
        whole = replace(whole, reason=reason, kind=kind, names=names, leaving=left)
        return replace(whole, several=several)

    def _held(self, whole: Submission, mail: Mail) -> Submission:
        """What is set apart since its sender is not proven: what it tells that cannot wait."""
        danger = mail.tells_of_danger
        if whole.verdict != "hold" or not (danger or self._words.tells_of_scope(mail)):
            return whole
        named = self._sorting.named_cases(mail.evidence)
        kind = SCOPE_ALERT if SCOPE_ALERT in self._kinds else None
        return replace(whole, kind=kind, candidates=named, danger=danger)

    def _besides(
        self, delivery: Delivery, mail: Mail, place: AgencyPlace, documents: Sequence[Submission]
    ) -> Iterator[Submission]:
        """What there is to say of the message itself, beside its documents."""
        alone = all(j.kind == SCOPE_ALERT for one in documents for j in one.judgements)
        backs = () if mail.documents else self._taken_back(mail, place, alone=alone)
        if documents and not (mail.documents or backs):
            return
        if self._register.entries.is_known_content(place.agency_id, delivery.content):
            if not mail.documents:
                yield Submission(0, delivery.content)
        elif backs:
            yield replace(set_apart_submission(delivery.content, TAKING_BACK), names=backs)
        elif not mail.documents:
            leaving = read_leaving_notice(mail, self._register.people, self.day_received(delivery))
            whole = set_apart_submission(delivery.content, mail.place_without_document)
            yield self._words.add_topics(replace(whole, leaving=leaving), mail, place)
        elif "removed" in mail.message.trouble:
            yield set_apart_submission(
                delivery.content, UncertainPlace(SetApartReason.REMOVED_ON_THE_WAY)
            )
        elif mail.is_incomplete and not any(says_incomplete(d.judgements) for d in documents):
            yield set_apart_submission(delivery.content, INCOMPLETE_MAIL)

    def _taken_back(self, mail: Mail, place: AgencyPlace, *, alone: bool) -> tuple[str, ...]:
        """The kinds, of those accepted, that a message may take back: a nil return before all
        else; else those that it names, or all that are owed: what somebody told us of besides, as
        of the scope, only by name. Where the message is no return itself, only its words count."""
        if mail.place_without_document.reason not in TAKING_BACK_REASONS:
            return ()
        entries = self._register.entries.entries_of_agency(place.agency_id)
        accepted = {e.kind for e in entries if e.standing_verdict == "accept" and e.kind}
        settling = {kind.id for kind in self._kinds.all if kind.settles_pack} & accepted
        if not accepted or not may_take_back(mail.message, nil=bool(settling) and alone):
            return ()
        words = f"{mail.message.subject}\n{mail.message.own_words}"
        named = accepted.intersection(find_named_kinds(words, self._kinds))
        owed = {kind for kind in accepted if self._kinds[kind].chased}
        return tuple(sorted(settling or named or owed))

    def _rehearsed(
        self, mail: Mail, papers: list[DeliveryDocument], place: AgencyPlace, day: date
    ) -> Rehearsal:
        said = [j for document in self._judge.judge_for_place(papers, place, day) for j in document]
        told = tuple(j for j in said if j.verdict != "hold")
        return Rehearsal(origin_of_place(place, mail.message), told, unsaid=len(said) - len(told))

    def _papers(self, documents: Iterable[Attachment]) -> list[DeliveryDocument]:
        """The documents in their order; the same bytes twice in one delivery are one."""
        found = {self._vault.keyed_hash(document.content): document for document in documents}
        self._read.update(found)
        return [DeliveryDocument(n, *each) for n, each in enumerate(found.items(), 1)]

    def _store_named(self, found: Iterable[Submission]) -> tuple[Submission, ...]:
        """Keep what is about to be logged; of what is not, the delivery has the only copy."""
        named, read, self._read = tuple(found), self._read, {}
        for content in {one.content for one in named} & read.keys():
            self._vault.store_original(read[content].content)
        return named
