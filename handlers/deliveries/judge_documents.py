"""Documents judged for a place in the register, or to find out whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.kind import Kinds
from handlers.context import Context
from handlers.findings import Finding, Judgement
from handlers.judging import arrival
from handlers.judging.arrival import Question
from handlers.judging.in_sandbox import Confined
from handlers.register.agencies import Place
from handlers.register.register import Register
from handlers.register.standing import held_against
from handlers.register.submissions import Lot, Origin, Submission
from handlers.senders import covering_note
from handlers.senders.attribution import DocumentEvidence, Unplaced
from handlers.senders.covering_note import heeded, is_left_to_tell
from handlers.senders.sender_proof import questioned
from handlers.vouching import more_found
from intake.message.message import Attachment, Message
from intake.unregistered_senders import domain_of

CONTAINERS = frozenset({"zip", "eml", "msg", "tnef"})


def documents_in(raw: bytes, confined: Confined, declared: str = "") -> list[Attachment]:
    """The file itself, or what a container gives up: nothing, when that is no document. `declared`
    is the ending of the file's name."""
    whole = Attachment(raw, confined.sniff(raw), declared)
    return list(confined.open(raw).documents) if whole.sniffed in CONTAINERS else [whole]


def origin_of(place: Place, message: Message | None = None, *, says_more: bool = False) -> Origin:
    """`message` is None for a dropped file."""
    return Origin(
        case_id=place.case_id,
        reference=place.reference,
        agency_id=place.agency_id,
        code=place.code,
        contact_id=place.contact.id if place.contact else None,
        thread=message.message_id if message else "",
        automatic=message.automatic if message else "",
        domain=domain_of(message.sender) if message else "",
        says_more=says_more,
    )


def nobodys(message: Message | None = None) -> Origin:
    """The origin of what belongs to nobody yet."""
    if message is None:
        return Origin()
    return Origin(automatic=message.automatic, domain=domain_of(message.sender))


def apart(content: str, why: Unplaced, position: int = 0) -> Submission:
    """What has this content is set apart: the delivery as a whole, or the document at a
    `position`."""
    return Submission(
        position, content, verdict=why.verdict, reason=why.reason, candidates=why.candidates
    )


def could_be(whole: Submission, places: Iterable[Place]) -> Submission:
    """With those of its proven sender's places that it could be of."""
    own = (place for place in places if place.reference in whole.candidates)
    return replace(
        whole, places=tuple((p.agency_id, p.contact.id if p.contact else None) for p in own)
    )


Said = tuple[Judgement, ...]

# What damage on the way leaves, where nothing of a document is left.
SHAPELESS = frozenset({"unknown", "empty", "text", "html"})
# Formats that end with a list of all that is in them, each part with its sum: whole or unreadable.
TELL_THEMSELVES = frozenset({"docx", "docm", "xlsx"})


# The rules by which a document says that it was not read whole.
NOT_WHOLE = frozenset({"cut-short", "unreadable", *arrival.NOT_OPENED.values()})


def says_not_whole(said: Iterable[Judgement]) -> bool:
    return any(finding.rule in NOT_WHOLE for one in said for finding in one.findings)


def said_of(document: Attachment, context: Context, confined: Confined) -> Said:
    """What one document comes to. One that was not opened is not read; nor one that did not come
    whole, unless it says of itself that nothing of it is missing."""
    if document.closed:
        return arrival.not_opened(document.closed)
    if document.damaged and document.sniffed in SHAPELESS:
        return arrival.judged("unreadable")
    if document.damaged and document.sniffed not in TELL_THEMSELVES:
        return arrival.judged("cut-short")
    question = Question(context, document.declared, document.sniffed)
    said = confined.judge(document.content, question)
    unread = any(finding.rule == "unreadable" for one in said for finding in one.findings)
    return arrival.judged("cut-short") if document.damaged and unread else said


def also_accepted(said: Said) -> Said:
    """What a file comes to whose very bytes stand accepted in another review."""
    elsewhere = [arrival.finding("accepted-elsewhere")]
    return tuple(more_found(j, elsewhere) if j.verdict != "hold" else j for j in said)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a delivery. `position` counts them from 1, `content` is its mark."""

    position: int
    content: str
    document: Attachment


class Desk:
    """Judges papers."""

    def __init__(self, register: Register, confined: Confined, kinds: Kinds) -> None:
        self._register = register
        self._confined = confined
        self._kinds = kinds

    def submitted(
        self,
        papers: Sequence[Paper],
        place: Place,
        day: date,
        assume: str | None = None,
        about: Collection[str] = (),
    ) -> tuple[Submission, ...]:
        """One submission a paper; what this agency has sent before is not judged again. `about` are
        the kinds that a letter of ours asked for, which it answers."""
        known = [self._register.entries.known(place.agency_id, p.content) for p in papers]
        fresh = [paper for paper, before in zip(papers, known, strict=True) if not before]
        found = dict(zip(fresh, self.judged(fresh, place, day, assume, about), strict=True))
        return tuple(Submission(p.position, p.content, found.get(p, ())) for p in papers)

    def heeded(self, documents: tuple[Submission, ...], place: Place, message: Message) -> Lot:
        """The lot of documents that came by mail, what the mail itself says weighed."""
        said = covering_note.says(message, self._names(place))
        documents = heeded(questioned(documents, message), said, self._kinds)
        origin = origin_of(place, message, says_more=is_left_to_tell(documents, said))
        return Lot(origin, documents)

    def _names(self, place: Place) -> tuple[str, ...]:
        """What the agency and whoever sent it are called, which says nothing."""
        agency = self._register.cases.facts(place.reference, place.code).agency
        sender = (place.contact.name,) if place.contact else ()
        return (place.reference, agency.name, agency.code, *agency.abbreviations, *sender)

    def judged(
        self,
        papers: Iterable[Paper],
        place: Place,
        day: date,
        assume: str | None = None,
        about: Collection[str] = (),
    ) -> list[Said]:
        """What each paper comes to for this place, taken to be of one kind if that is assumed."""
        facts = self._register.cases.facts(place.reference, place.code)
        sender = place.contact.name if place.contact else ""
        nouns = tuple(kind.noun for kind in self._kinds.all if kind.id in about)
        context = Context(day, facts.case, facts.agency, assume, sender, nouns)
        said = [self._known(paper, self._said(paper, context), place) for paper in papers]
        return held_against(self._register.standing(place, day), said, self._kinds)

    def evidence(self, paper: Paper, day: date) -> DocumentEvidence:
        """What a paper says of whose it is, to whoever does not know that yet."""
        return self._evidence(self._said(paper, Context(day)))

    def _evidence(self, judgements: Said) -> DocumentEvidence:
        clues = [judgement.clues for judgement in judgements]
        said = (c.child_identifier for c in clues if c.child_identifier)
        stamps = (self._register.stamps.read(c.issued) for c in clues)
        return DocumentEvidence(next(said, ""), next((s for s in stamps if s is not None), None))

    def likeness(self, paper: Paper, day: date) -> tuple[str | None, DocumentEvidence]:
        """The kind of return it reads like, and what it says of whose it is."""
        said = self._said(paper, Context(day))
        kinds = (judgement.kind for judgement in said)
        return next((kind for kind in kinds if kind is not None), None), self._evidence(said)

    def is_a_return(self, paper: Paper, day: date) -> bool:
        """Whether a paper is known as some return, or is one that a person has to see."""
        said = self._said(paper, Context(day))
        return any(j.kind is not None or j.verdict == "hold" for j in said)

    def _said(self, paper: Paper, context: Context) -> Said:
        return said_of(paper.document, context, self._confined)

    def _known(self, paper: Paper, said: Said, place: Place) -> Said:
        """With what its stamp says, and whether the very same file was accepted elsewhere."""
        said = self._stamped(said, place)
        if not self._register.entries.accepted_elsewhere(place.case_id, paper.content):
            return said
        return also_accepted(said)

    def _stamped(self, said: Said, place: Place) -> Said:
        """A template issued for another case or agency is danger, as its words would be."""
        return tuple(more_found(j, self._misplaced(j, place)) for j in said)

    def _misplaced(self, judgement: Judgement, place: Place) -> Iterator[Finding]:
        stamp = self._register.stamps.read(judgement.clues.issued)
        if stamp is None or stamp.is_for(place.reference, place.code):
            return
        elsewhere = stamp.reference.casefold() != place.reference.casefold()
        yield arrival.finding("another-case" if elsewhere else "another-agency")
