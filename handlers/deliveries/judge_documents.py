"""Documents judged for a place in the register, or to find out whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.kind import Kinds
from handlers.context import Context
from handlers.findings import Finding, Judgement
from handlers.in_order_parts import with_later_findings
from handlers.judging import arrival
from handlers.judging.arrival import JudgingRequest
from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.agencies import AgencyPlace
from handlers.register.agency_standing import check_against_standing
from handlers.register.register import Register
from handlers.register.submissions import DeliveryPart, Origin, Submission
from handlers.senders import covering_note
from handlers.senders.attribution import DocumentEvidence, UncertainPlace
from handlers.senders.covering_note import add_note_findings, has_untold_note
from handlers.senders.mail import Mail
from handlers.senders.sender_proof import question_altered_mail
from handlers.values.time_requests import find_named_kinds
from intake.message.message import Attachment, Message
from intake.unregistered_senders import domain_of_sender

CONTAINER_FORMATS = frozenset({"zip", "eml", "msg", "tnef"})


def unpack_documents(
    raw: bytes, sandbox_judge: SandboxJudge, declared: str = ""
) -> list[Attachment]:
    """The file itself, or what a container gives up: nothing, when that is no document. `declared`
    is the ending of the file's name."""
    whole = Attachment(raw, sandbox_judge.sniff_format(raw), declared)
    return (
        list(sandbox_judge.open_container(raw).documents)
        if whole.sniffed in CONTAINER_FORMATS
        else [whole]
    )


def origin_of_place(
    place: AgencyPlace, message: Message | None = None, *, says_more: bool = False
) -> Origin:
    """`message` is None for a dropped file."""
    return Origin(
        case_id=place.case_id,
        reference=place.reference,
        agency_id=place.agency_id,
        code=place.code,
        contact_id=place.contact.id if place.contact else None,
        thread=message.message_id if message else "",
        automatic=message.automatic if message else "",
        domain=domain_of_sender(message.sender) if message else "",
        says_more=says_more,
    )


def unplaced_origin(message: Message | None = None) -> Origin:
    """The origin of what belongs to nobody yet."""
    if message is None:
        return Origin()
    return Origin(automatic=message.automatic, domain=domain_of_sender(message.sender))


def set_apart_submission(content: str, why: UncertainPlace, position: int = 0) -> Submission:
    """What has this content is set apart: the delivery as a whole, or the document at a
    `position`."""
    return Submission(
        position, content, verdict=why.verdict, reason=why.reason, candidates=why.candidates
    )


def with_possible_places(whole: Submission, places: Iterable[AgencyPlace]) -> Submission:
    """With those of these places, its sender's, that it could be of."""
    own = (place for place in places if place.reference in whole.candidates)
    return replace(
        whole, places=tuple((p.agency_id, p.contact.id if p.contact else None) for p in own)
    )


Judgements = tuple[Judgement, ...]

# What damage on the way leaves, where nothing of a document is left.
SHAPELESS_FORMATS = frozenset({"unknown", "empty", "text", "html"})
# Formats that end with a list of all that is in them, each part with its sum: whole or unreadable.
SELF_CHECKING_FORMATS = frozenset({"docx", "docm", "xlsx"})


# The rules by which a document says that nothing of it could be read, and a person has it.
UNREAD_RULES = frozenset(
    {
        *("protected", "sealed", "too-much", "format-not-read", "not-converted", "no-converter"),
        *("no-ocr", "adobe-form", "zip-protected"),
    }
)
# The rules by which a document says that it was not read whole.
INCOMPLETE_RULES = frozenset({"cut-short", "unreadable", *arrival.NOT_OPENED_RULES.values()})


def says_incomplete(said: Iterable[Judgement]) -> bool:
    return any(finding.rule in INCOMPLETE_RULES for one in said for finding in one.findings)


def judge_attachment(
    document: Attachment, context: Context, sandbox_judge: SandboxJudge
) -> Judgements:
    """The judgements of one document. A document in a container that could not be opened is not
    read. A document that did not arrive whole is read only where its format shows by itself
    whether it ends too early."""
    if document.closed:
        return arrival.judge_closed_container(document.closed)
    if document.damaged and document.sniffed in SHAPELESS_FORMATS:
        return arrival.judge_whole_file("unreadable")
    if document.damaged and document.sniffed not in SELF_CHECKING_FORMATS:
        return arrival.judge_whole_file("cut-short")
    request = JudgingRequest(context, document.declared, document.sniffed)
    said = sandbox_judge.judge_in_sandbox(document.content, request)
    unread = any(finding.rule == "unreadable" for one in said for finding in one.findings)
    return arrival.judge_whole_file("cut-short") if document.damaged and unread else said


def add_accepted_elsewhere(said: Judgements) -> Judgements:
    """What a file comes to whose very bytes stand accepted in another review."""
    elsewhere = [arrival.file_finding("accepted-elsewhere")]
    return tuple(with_later_findings(j, elsewhere) if j.verdict != "hold" else j for j in said)


def with_likely_kind(
    documents: tuple[Submission, ...], message: Message, kinds: Kinds
) -> tuple[Submission, ...]:
    """The documents; the one of them that could not be read, with the one return that its message
    names and none of the others is."""
    unread = [one for one in documents if one.judgements and all(map(_is_unread, one.judgements))]
    if len(unread) != 1:
        return documents
    others = {j.kind for one in documents for j in one.judgements}
    named = find_named_kinds(f"{message.subject}\n{message.own_words}", kinds)
    left = [kind for kind in named if kind not in others and kinds[kind].in_pack]
    if len(left) != 1:
        return documents
    said = tuple(
        replace(j, clues=replace(j.clues, likely=tuple(left))) for j in unread[0].judgements
    )
    return tuple(replace(one, judgements=said) if one is unread[0] else one for one in documents)


def _is_unread(judgement: Judgement) -> bool:
    return (
        judgement.kind is None
        and judgement.verdict == "refer"
        and not judgement.clues.likely
        and any(finding.rule in UNREAD_RULES for finding in judgement.findings)
    )


@dataclass(frozen=True, slots=True)
class DeliveryDocument:
    """One document of a delivery. `position` counts them from 1, `content` is its mark."""

    position: int
    content: str
    document: Attachment


class DocumentJudge:
    """Has documents judged in the sandbox, and adds what the register knows of their agency."""

    def __init__(self, register: Register, sandbox_judge: SandboxJudge, kinds: Kinds) -> None:
        self._register = register
        self._sandbox_judge = sandbox_judge
        self._kinds = kinds

    def judge_submissions(
        self,
        papers: Sequence[DeliveryDocument],
        place: AgencyPlace,
        day: date,
        assume: str | None = None,
        about: Collection[str] = (),
    ) -> tuple[Submission, ...]:
        """One submission a paper; what this agency has sent before is not judged again, unless it
        was sent back on an earlier day: then it counts anew where it comes to something else.
        `about` are the kinds that a letter of ours asked for, which it answers."""
        entries, of = self._register.entries, place.agency_id
        back = [p for p in papers if entries.is_sent_back(of, p.content, day)]
        fresh = [p for p in papers if p in back or not entries.is_known_content(of, p.content)]
        found = dict(
            zip(fresh, self.judge_for_place(fresh, place, day, assume, about), strict=True)
        )
        for paper in back:
            if entries.findings_of_content(of, paper.content) == tuple(
                one.findings for one in found[paper]
            ):
                del found[paper]
        return tuple(Submission(p.position, p.content, found.get(p, ())) for p in papers)

    def weigh_covering_note(
        self, documents: tuple[Submission, ...], place: AgencyPlace, message: Message
    ) -> DeliveryPart:
        """The part of the documents that came by mail, what the mail itself says weighed."""
        names = self._names(place)
        said = covering_note.read_covering_note(message, names)
        if covering_note.speaks_of_identifier(message, names):
            documents = covering_note.with_identifier_told(documents)
        documents = add_note_findings(question_altered_mail(documents, message), said, self._kinds)
        documents = with_likely_kind(documents, message, self._kinds)
        origin = origin_of_place(place, message, says_more=has_untold_note(documents, said))
        return DeliveryPart(origin, documents)

    def _names(self, place: AgencyPlace) -> tuple[str, ...]:
        """What the agency and whoever sent it are called, which says nothing."""
        agency = self._register.cases.judging_facts(place.reference, place.code).agency
        sender = (place.contact.name,) if place.contact else ()
        return (place.reference, agency.name, agency.code, *agency.abbreviations, *sender)

    def judge_for_place(
        self,
        papers: Iterable[DeliveryDocument],
        place: AgencyPlace,
        day: date,
        assume: str | None = None,
        about: Collection[str] = (),
    ) -> list[Judgements]:
        """What each paper comes to for this place, taken to be of one kind if that is assumed."""
        facts = self._register.cases.judging_facts(place.reference, place.code)
        sender = place.contact.name if place.contact else ""
        nouns = tuple(kind.noun for kind in self._kinds.all if kind.id in about)
        days = self._register.owed.days_due(place.agency_id)
        due = tuple((kind.noun, days[kind.id]) for kind in self._kinds.all if kind.id in days)
        context = Context(day, facts.case, facts.agency, assume, sender, nouns, due)
        said = [self._known(paper, self._said(paper, context), place) for paper in papers]
        return check_against_standing(self._register.agency_standing(place, day), said, self._kinds)

    def document_evidence(self, paper: DeliveryDocument, day: date) -> DocumentEvidence:
        """What a paper says of whose it is, to whoever does not know that yet."""
        return self._evidence(self._said(paper, Context(day)))

    def _evidence(self, judgements: Judgements) -> DocumentEvidence:
        clues = [judgement.clues for judgement in judgements]
        said = (c.child_identifier for c in clues if c.child_identifier)
        stamps = (self._register.stamps.read_stamp(c.issued) for c in clues)
        return DocumentEvidence(next(said, ""), next((s for s in stamps if s is not None), None))

    def recognise_document(
        self, paper: DeliveryDocument, day: date
    ) -> tuple[str | None, DocumentEvidence]:
        """The kind of return it reads like, and what it says of whose it is."""
        said = self._said(paper, Context(day))
        kinds = (judgement.kind for judgement in said)
        return next((kind for kind in kinds if kind is not None), None), self._evidence(said)

    def kinds_of_all(
        self, papers: Sequence[DeliveryDocument], mail: Mail, day: date
    ) -> tuple[str, ...]:
        """The kinds of return that all of a message's documents are known as, where it brings
        nothing else and says no more than that; none where one may be something else."""
        names = [name for place in mail.about.places for name in self._names(place)]
        if mail.is_incomplete or covering_note.read_covering_note(mail.message, names):
            return ()
        found = [self._kinds.get(j.kind) for p in papers for j in self._said(p, Context(day))]
        known = [kind.id for kind in found if kind is not None and kind.chased]
        return tuple(dict.fromkeys(known)) if len(known) == len(found) else ()

    def is_a_return(self, paper: DeliveryDocument, day: date) -> bool:
        """Whether a paper is known as some return, or is one that a person has to see."""
        said = self._said(paper, Context(day))
        return any(j.kind is not None or j.verdict == "hold" for j in said)

    def _said(self, paper: DeliveryDocument, context: Context) -> Judgements:
        return judge_attachment(paper.document, context, self._sandbox_judge)

    def _known(self, paper: DeliveryDocument, said: Judgements, place: AgencyPlace) -> Judgements:
        """With what its stamp says, and whether the very same file was accepted elsewhere."""
        said = self._stamped(said, place)
        if not self._register.entries.is_accepted_elsewhere(place.case_id, paper.content):
            return said
        return add_accepted_elsewhere(said)

    def _stamped(self, said: Judgements, place: AgencyPlace) -> Judgements:
        """A template issued for another case or agency is danger, as its words would be."""
        return tuple(with_later_findings(j, self._misplaced(j, place)) for j in said)

    def _misplaced(self, judgement: Judgement, place: AgencyPlace) -> Iterator[Finding]:
        stamp = self._register.stamps.read_stamp(judgement.clues.issued)
        if stamp is None or stamp.is_issued_for(place.reference, place.code):
            return
        elsewhere = stamp.reference.casefold() != place.reference.casefold()
        yield arrival.file_finding("another-case" if elsewhere else "another-agency")
