"""Asks the confined worker, and believes no more of its answers than their shape."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from pydantic import TypeAdapter, ValidationError

from config.kind import Kinds
from handlers.checks.form.request_answers import is_believable
from handlers.comments.request import CommentRequest
from handlers.context import AgencyFacts
from handlers.document import DANGERS
from handlers.findings import MAX_DIGESTS, Finding, Judgement
from handlers.judging import arrival
from handlers.judging.arrival import JudgingRequest
from handlers.judging.vocabulary import Vocabulary
from handlers.readers.libreoffice.converter import CONVERTIBLE_FORMATS, Converter
from handlers.readers.libreoffice.folder import (
    ConverterNotConfined,
    ConverterNotInstalled,
    NoConversionMemory,
    NotConverted,
)
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import (
    ChildDied,
    DeliveryOutOfTime,
    LimitExceeded,
    ReadingTimedOut,
    SandboxReply,
)
from handlers.scanning.virus_scanner import ContentRefused
from intake.message.message import SNIFFED_FORMATS, GarbledMessage, Message, message_from_wire
from intake.message.parse import ReadingOptions
from intake.signatures.decryption_key import DecryptionKey
from intake.signatures.signature import SignatureTrust

MAX_WAITING_DELIVERIES = (
    20  # deliveries that wait for another session; of more nothing is remembered
)

Judgements = tuple[Judgement, ...]


@dataclass(slots=True)
class JudgingSession:
    """`last` says that no other follows."""

    last: bool
    known: dict[bytes, Judgements] = field(default_factory=dict)

    def judge_once(
        self, data: bytes, request: JudgingRequest, judge: Callable[[], Judgements]
    ) -> Judgements:
        """What was said before, or is now. Raises what judging raises."""
        asked = hashlib.sha256(pickle.dumps(request))
        asked.update(data)
        if (key := asked.digest()) not in self.known:
            self.known[key] = judge()
        return self.known[key]


class JudgingSessions:
    """Those that are not over."""

    def __init__(self) -> None:
        self._known: dict[int, dict[bytes, Judgements]] = {}

    @contextmanager
    def session_for(self, delivery: int, *, last: bool) -> Iterator[JudgingSession]:
        """What was said is forgotten unless it ends with DeliveryOutOfTime."""
        session = JudgingSession(last, self._known.pop(delivery, {}))
        try:
            yield session
        except DeliveryOutOfTime:
            if len(self._known) < MAX_WAITING_DELIVERIES:
                self._known[delivery] = session.known
            raise


MAX_COMMENTS_BYTES = 1 << 20  # bytes that comments may add to a document, with room to spare
_JUDGEMENTS = TypeAdapter(list[Judgement])


class SandboxJudge:
    """Judging and unpacking, each document in a process of its own."""

    def __init__(
        self,
        worker: Worker,
        kinds: Kinds,
        converter: Converter | None = None,
        authorities: tuple[bytes, ...] = (),
        seal: DecryptionKey | None = None,
        board: str = "",
    ) -> None:
        """`authorities` are the certificates of those who are believed about signatures; `seal`
        opens mail that was encrypted to us; comments in the name of the `board` are ours."""
        self._worker = worker
        self._kinds = kinds
        self._converter = converter or Converter()
        self._authorities = authorities
        self._seal = seal
        self._board = board
        self._vocabulary = Vocabulary(kinds)
        self._sessions = JudgingSessions()
        self._session: JudgingSession | None = None

    @contextmanager
    def delivery_time_limit(self, seconds: float, delivery: int, *, last: bool) -> Iterator[None]:
        """Everything judged within this context shares so many seconds. When they are used up,
        DeliveryOutOfTime is raised; the next attempt with the same `delivery` goes on where this
        one stopped. At the `last` attempt what is left becomes a question that says so."""
        with (
            self._sessions.session_for(delivery, last=last) as self._session,
            self._worker.time_limit(seconds),
        ):
            try:
                yield
            finally:
                self._session = None

    @property
    def worker_deaths(self) -> int:
        """How many children of this process ended before they had answered."""
        return self._worker.deaths

    def interrupt(self) -> None:
        """End the document in hand: whoever waits gets WorkerStopped. Safe in a signal handler."""
        self._worker.interrupt()
        self._converter.interrupt()

    def judge_in_sandbox(self, data: bytes, request: JudgingRequest) -> tuple[Judgement, ...]:
        """What the document came to.

        Raises DeliveryOutOfTime, UnforeseenFault or WorkerUnavailable.
        """
        session = self._session
        if session is None:
            return self._heard(data, request)
        try:
            return session.judge_once(data, request, lambda: self._heard(data, request))
        except DeliveryOutOfTime:
            if not session.last:
                raise
            return arrival.judge_whole_file("out-of-time", self._kinds.get(request.context.assume))

    def find_refusal(self, contents: Iterable[bytes]) -> Finding | None:
        """Why one of these may not be opened at all, by the virus scanner's word; None where each
        may. Raises WorkerUnavailable where nobody can say, or DeliveryOutOfTime."""
        for content in contents:
            try:
                self._worker.screen_content(content)
            except ContentRefused as why:
                return arrival.file_finding(why.rule, what=why.word)
        return None

    def find_refusal_of_message(self, raw: bytes, message: Message) -> Finding | None:
        """The same of a message: as it came, as it was decrypted, and each document in it, since
        not every scanner takes a message apart as we do. Raises what `find_refusal` does."""
        opened = self._opened(message)
        inner = [] if opened is None else [opened]
        return self.find_refusal([raw, *inner, *(one.content for one in message.documents)])

    def _heard(self, data: bytes, request: JudgingRequest) -> tuple[Judgement, ...]:
        try:
            return self._read(data, request)
        except ContentRefused as why:
            assumed = self._kinds.get(request.context.assume)
            return arrival.judge_whole_file(why.rule, assumed, what=why.word)

    def _read(self, data: bytes, request: JudgingRequest) -> tuple[Judgement, ...]:
        format = request.format or self.sniff_format(data)
        trust = self._trust(request.context.today)
        request = replace(request, trust=trust, board=self._board)
        if format in CONVERTIBLE_FORMATS:
            return self._converted(data, replace(request, format=format))
        said = self._judged(data, replace(request, format=format))
        if format == "html" and _is_not_read(said):
            return self._page(data, replace(request, format=format)) or said
        return said

    def _page(self, data: bytes, request: JudgingRequest) -> Judgements:
        """The judgement of a document that was saved as a web page; none where the page has more
        than a document has, cannot be converted, or is nothing that anybody owes."""
        try:
            pages = self._ask("page", data).blobs
            if len(pages) != 1:
                return ()
            docx = self._converter.convert_to_docx(pages[0], "html", self._worker.seconds_left)
        except (ReadingTimedOut, LimitExceeded, ChildDied):
            return ()
        except NotConverted:
            if self._worker.seconds_left <= 0:
                raise DeliveryOutOfTime from None
            return ()
        said = self._judged(docx, replace(request, format="docx", ending=""))
        if any(one.kind is None for one in said):
            return ()
        name = arrival.FORMAT_PHRASES[request.format]
        return arrival.with_advice(said, arrival.file_finding("converted", format=name))

    def sniff_format(self, data: bytes) -> str:
        """What a file is, a word of SNIFFED_FORMATS.

        Raises UnforeseenFault or WorkerUnavailable.
        """
        try:
            word = self._ask("sniff", data).value
        except (ReadingTimedOut, LimitExceeded, ChildDied, ContentRefused):
            return "unknown"
        return word if isinstance(word, str) and word in SNIFFED_FORMATS else "unknown"

    def unpack_message(self, raw: bytes, received: datetime | None = None) -> Message:
        """The mail, read; an unreadable one has the trouble "unreadable", one that the virus
        scanner does not let be opened the rule it is held by. No signature on it counts where it is
        not said when it was `received`. Raises UnforeseenFault or WorkerUnavailable."""
        trust = SignatureTrust(self._authorities, received) if received else None
        message = self._message("unpack", raw, ReadingOptions(trust=trust))
        opened = self._opened(message)
        if opened is None:
            return message
        try:
            self._worker.screen_content(opened)
        except ContentRefused as why:
            return replace(message, trouble=(*message.trouble, why.rule))
        return self._message("unpack", raw, ReadingOptions(trust=trust, opened=opened))

    def open_container(self, content: bytes) -> Message:
        """What a file put in a folder holds, as the attachments of a message from nobody; an
        unreadable one has the trouble "unreadable". Raises UnforeseenFault or WorkerUnavailable."""
        return self._message("open", content)

    def stamp_document(self, docx: bytes, stamp: str) -> bytes | None:
        """The document with a stamp in it; None when it is no Word document that could be read.
        Raises UnforeseenFault or WorkerUnavailable."""
        try:
            blobs = self._ask("stamp", docx, stamp).blobs
        except (ReadingTimedOut, LimitExceeded, ChildDied, ContentRefused):
            return None
        return blobs[0] if len(blobs) == 1 else None

    def _ask(self, task: str, data: bytes, argument: object = None) -> SandboxReply:
        """Runs a task other than judging. At the last attempt a delivery that is out of time ends
        the task as any time-out does; the judging that follows tells of it."""
        try:
            return self._worker.run_in_child(task, data, argument)
        except DeliveryOutOfTime:
            if self._session is not None and self._session.last:
                raise ReadingTimedOut from None
            raise

    def _opened(self, message: Message) -> bytes | None:
        """What an encrypted message holds. The key stays on this side."""
        if self._seal is None or message.sealed_attachment is None:
            return None
        return self._seal.decrypt_message(message.sealed_attachment.content)

    def _message(self, task: str, raw: bytes, terms: ReadingOptions | None = None) -> Message:
        try:
            answer = self._ask(task, raw, terms)
            return message_from_wire(answer.value, answer.blobs)
        except ContentRefused as why:
            return Message(sender_trouble="none", trouble=(why.rule,))
        except (ReadingTimedOut, LimitExceeded, ChildDied, GarbledMessage):
            return Message(sender_trouble="none", trouble=("unreadable",))

    def _trust(self, day: date) -> SignatureTrust:
        """A certificate that was good at the end of the day is good for it."""
        return SignatureTrust(self._authorities, datetime.combine(day, time(23, 59), UTC))

    def annotate_document(self, data: bytes, request: CommentRequest) -> bytes | None:
        """A copy with comments, checked to be a Word document of a likely size; None where there
        can be none. Raises UnforeseenFault or WorkerUnavailable."""
        try:
            copies = self._ask("annotate", data, request).blobs
        except (ReadingTimedOut, LimitExceeded, ChildDied, ContentRefused):
            return None
        if len(copies) != 1 or len(copies[0]) > 2 * len(data) + MAX_COMMENTS_BYTES:
            return None
        return copies[0] if self.sniff_format(copies[0]) in ("docx", "docm") else None

    def _converted(self, data: bytes, request: JudgingRequest) -> tuple[Judgement, ...]:
        """The judgement of the Word document made of it, which is as untrusted as it was."""
        name = arrival.FORMAT_PHRASES[request.format]
        assumed = self._kinds.get(request.context.assume)
        if dangers := self._screened(data, request.format):
            return arrival.judge_dangerous_file(dangers, assumed)
        try:
            docx = self._converter.convert_to_docx(data, request.format, self._worker.seconds_left)
        except (ConverterNotInstalled, ConverterNotConfined, NoConversionMemory):
            return arrival.judge_whole_file("no-converter", assumed, format=name)
        except NotConverted:
            if self._worker.seconds_left <= 0:
                raise DeliveryOutOfTime from None
            return arrival.judge_whole_file("not-converted", assumed, format=name)
        said = self._judged(docx, replace(request, format="docx", ending=""))
        return arrival.with_advice(said, arrival.file_finding("converted", format=name))

    def _screened(self, data: bytes, format: str) -> list[str]:
        """What makes a document dangerous that a conversion would drop, and the file that is kept
        would not: words of DANGERS. Of one that could not be looked at, that it is."""
        try:
            said = self._worker.run_in_child("screen", data, format).value
        except (ReadingTimedOut, LimitExceeded, ChildDied):
            return ["package"]
        return [word for word in said if word in DANGERS] if isinstance(said, list) else ["package"]

    def _judged(self, data: bytes, request: JudgingRequest) -> tuple[Judgement, ...]:
        try:
            said = _JUDGEMENTS.validate_python(
                self._worker.run_in_child("judge", data, request).value
            )
            if self._credible(said, request.context.agency):
                return tuple(said)
            why = "ended"
        except (ReadingTimedOut, LimitExceeded, ChildDied, ValidationError) as reason:
            why = _unread_phrase(reason)
        assumed = self._kinds.get(request.context.assume)
        return arrival.judge_whole_file("too-much", assumed, why=arrival.UNREAD_PHRASES[why])

    def _credible(self, said: list[Judgement], agency: AgencyFacts | None) -> bool:
        """One judgement at least, or the document would go unanswered; of kinds that there are,
        and in our own words."""
        return bool(said) and all(
            (j.kind is None or j.kind in self._kinds)
            and all(kind in self._kinds for kind in j.clues.likely)
            and _are_digests(j.clues.digests)
            and is_believable(j.clues.asks, self._kinds.get(j.kind))
            and self._vocabulary.contains_judgement(j, agency)
            for j in said
        )


def _is_not_read(said: Judgements) -> bool:
    """Whether a file was only told that its format is not read."""
    return [f.rule for one in said for f in one.findings] == ["format-not-read"]


def _unread_phrase(why: Exception) -> str:
    """Which of the phrases says why nothing came of a document."""
    if isinstance(why, LimitExceeded):
        return "time" if why.bound == "processor" else "size"
    return "time" if isinstance(why, ReadingTimedOut) else "ended"


def _are_digests(numbers: Sequence[int]) -> bool:
    """Eight bytes each, and no more of them than are kept."""
    return len(numbers) <= MAX_DIGESTS and all(0 <= number < 1 << 64 for number in numbers)
