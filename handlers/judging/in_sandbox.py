"""Asks the confined worker, and believes no more of its answers than their shape."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from pydantic import TypeAdapter, ValidationError

from config.kind import Kinds
from handlers.checks.form.requests import believable
from handlers.comments.request import Request
from handlers.context import AgencyFacts
from handlers.document import DANGERS
from handlers.findings import MOST_DIGESTS, Judgement
from handlers.judging import arrival
from handlers.judging.arrival import Question
from handlers.judging.vocabulary import Vocabulary
from handlers.readers.libreoffice.converter import CONVERTIBLE, Converter
from handlers.readers.libreoffice.folder import NoMemory, NotConfined, NotConverted, NotInstalled
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import Answer, Died, OutOfTime, OverLimit, TimedOut
from intake.message.message import SNIFFED, Garbled, Message, from_wire
from intake.message.parse import Terms
from intake.signatures.decryption_key import Seal
from intake.signatures.signature import Trust

MOST = 20  # deliveries that wait for another sitting; of more nothing is remembered

Said = tuple[Judgement, ...]


@dataclass(slots=True)
class Sitting:
    """`last` says that no other follows."""

    last: bool
    known: dict[bytes, Said] = field(default_factory=dict)

    def remembered(self, data: bytes, question: Question, judge: Callable[[], Said]) -> Said:
        """What was said before, or is now. Raises what judging raises."""
        asked = hashlib.sha256(pickle.dumps(question))
        asked.update(data)
        if (key := asked.digest()) not in self.known:
            self.known[key] = judge()
        return self.known[key]


class Sittings:
    """Those that are not over."""

    def __init__(self) -> None:
        self._known: dict[int, dict[bytes, Said]] = {}

    @contextmanager
    def of(self, delivery: int, *, last: bool) -> Iterator[Sitting]:
        """What was said is forgotten unless it ends with OutOfTime."""
        sitting = Sitting(last, self._known.pop(delivery, {}))
        try:
            yield sitting
        except OutOfTime:
            if len(self._known) < MOST:
                self._known[delivery] = sitting.known
            raise


COMMENTS_SIZE = 1 << 20  # bytes that comments may add to a document, with room to spare
_JUDGEMENTS = TypeAdapter(list[Judgement])


class Confined:
    """Judging and unpacking, each document in a process of its own."""

    def __init__(
        self,
        worker: Worker,
        kinds: Kinds,
        converter: Converter | None = None,
        authorities: tuple[bytes, ...] = (),
        seal: Seal | None = None,
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
        self._sittings = Sittings()
        self._sitting: Sitting | None = None

    @contextmanager
    def bounded(self, seconds: float, delivery: int, *, last: bool) -> Iterator[None]:
        """All that is asked meanwhile shares so many seconds. What they do not suffice for raises
        OutOfTime, and whoever comes back with the same `delivery` begins where it was left; the
        `last` time it is a question that says so."""
        with self._sittings.of(delivery, last=last) as self._sitting, self._worker.bounded(seconds):
            try:
                yield
            finally:
                self._sitting = None

    def interrupt(self) -> None:
        """End the document in hand: whoever waits gets Stopped. Safe in a signal handler."""
        self._worker.interrupt()
        self._converter.interrupt()

    def judge(self, data: bytes, question: Question) -> tuple[Judgement, ...]:
        """What the document came to. Raises OutOfTime, Unforeseen or NoWorker."""
        sitting = self._sitting
        if sitting is None:
            return self._heard(data, question)
        try:
            return sitting.remembered(data, question, lambda: self._heard(data, question))
        except OutOfTime:
            if not sitting.last:
                raise
            return arrival.judged("out-of-time", self._kinds.get(question.context.assume))

    def _heard(self, data: bytes, question: Question) -> tuple[Judgement, ...]:
        format = question.format or self.sniff(data)
        trust = self._trust(question.context.today)
        question = replace(question, trust=trust, board=self._board)
        if format in CONVERTIBLE:
            return self._converted(data, replace(question, format=format))
        return self._judged(data, replace(question, format=format))

    def sniff(self, data: bytes) -> str:
        """What a file is, a word of SNIFFED. Raises Unforeseen or NoWorker."""
        try:
            word = self._ask("sniff", data).value
        except (TimedOut, OverLimit, Died):
            return "unknown"
        return word if isinstance(word, str) and word in SNIFFED else "unknown"

    def unpack(self, raw: bytes, received: datetime | None = None) -> Message:
        """The mail, read; an unreadable one has the trouble "unreadable". No signature on it counts
        where it is not said when it was `received`. Raises Unforeseen or NoWorker."""
        trust = Trust(self._authorities, received) if received else None
        message = self._message("unpack", raw, Terms(trust=trust))
        opened = self._opened(message)
        if opened is None:
            return message
        return self._message("unpack", raw, Terms(trust=trust, opened=opened))

    def open(self, content: bytes) -> Message:
        """What a file put in a folder holds, as the attachments of a message from nobody; an
        unreadable one has the trouble "unreadable". Raises Unforeseen or NoWorker."""
        return self._message("open", content)

    def stamp(self, docx: bytes, stamp: str) -> bytes | None:
        """The document with a stamp in it; None when it is no Word document that could be read.
        Raises Unforeseen or NoWorker."""
        try:
            blobs = self._ask("stamp", docx, stamp).blobs
        except (TimedOut, OverLimit, Died):
            return None
        return blobs[0] if len(blobs) == 1 else None

    def _ask(self, task: str, data: bytes, argument: object = None) -> Answer:
        """What is asked besides the judging of a document. The last time, want of time ends it as
        any time-out does: the judging that follows says so."""
        try:
            return self._worker.ask(task, data, argument)
        except OutOfTime:
            if self._sitting is not None and self._sitting.last:
                raise TimedOut from None
            raise

    def _opened(self, message: Message) -> bytes | None:
        """What an encrypted message holds. The key stays on this side."""
        if self._seal is None or message.sealed is None:
            return None
        return self._seal.opened(message.sealed.content)

    def _message(self, task: str, raw: bytes, terms: Terms | None = None) -> Message:
        try:
            answer = self._ask(task, raw, terms)
            return from_wire(answer.value, answer.blobs)
        except (TimedOut, OverLimit, Died, Garbled):
            return Message(sender_trouble="none", trouble=("unreadable",))

    def _trust(self, day: date) -> Trust:
        """A certificate that was good at the end of the day is good for it."""
        return Trust(self._authorities, datetime.combine(day, time(23, 59), UTC))

    def annotate(self, data: bytes, request: Request) -> bytes | None:
        """A copy with comments, checked to be a Word document of a likely size; None where there
        can be none. Raises Unforeseen or NoWorker."""
        try:
            copies = self._ask("annotate", data, request).blobs
        except (TimedOut, OverLimit, Died):
            return None
        if len(copies) != 1 or len(copies[0]) > 2 * len(data) + COMMENTS_SIZE:
            return None
        return copies[0] if self.sniff(copies[0]) in ("docx", "docm") else None

    def _converted(self, data: bytes, question: Question) -> tuple[Judgement, ...]:
        """The judgement of the Word document made of it, which is as untrusted as it was."""
        name = arrival.FORMATS[question.format]
        assumed = self._kinds.get(question.context.assume)
        if dangers := self._screened(data, question.format):
            return arrival.judged_dangerous(dangers, assumed)
        try:
            docx = self._converter.to_docx(data, question.format, self._worker.seconds_left)
        except (NotInstalled, NotConfined, NoMemory):
            return arrival.judged("no-converter", assumed, format=name)
        except NotConverted:
            if self._worker.seconds_left <= 0:
                raise OutOfTime from None
            return arrival.judged("not-converted", assumed, format=name)
        said = self._judged(docx, replace(question, format="docx", ending=""))
        return arrival.advised(said, arrival.finding("converted", format=name))

    def _screened(self, data: bytes, format: str) -> list[str]:
        """What makes a document dangerous that a conversion would drop, and the file that is kept
        would not: words of DANGERS. Of one that could not be looked at, that it is."""
        try:
            said = self._worker.ask("screen", data, format).value
        except (TimedOut, OverLimit, Died):
            return ["package"]
        return [word for word in said if word in DANGERS] if isinstance(said, list) else ["package"]

    def _judged(self, data: bytes, question: Question) -> tuple[Judgement, ...]:
        try:
            said = _JUDGEMENTS.validate_python(self._worker.ask("judge", data, question).value)
        except (TimedOut, OverLimit, Died, ValidationError):
            said = []
        if self._credible(said, question.context.agency):
            return tuple(said)
        return arrival.judged("too-much", self._kinds.get(question.context.assume))

    def _credible(self, said: list[Judgement], agency: AgencyFacts | None) -> bool:
        """One judgement at least, or the document would go unanswered; of kinds that there are,
        and in our own words."""
        return bool(said) and all(
            (j.kind is None or j.kind in self._kinds)
            and _are_digests(j.clues.digests)
            and believable(j.clues.asks, self._kinds.get(j.kind))
            and self._vocabulary.holds(j, agency)
            for j in said
        )


def _are_digests(numbers: Sequence[int]) -> bool:
    """Eight bytes each, and no more of them than are kept."""
    return len(numbers) <= MOST_DIGESTS and all(0 <= number < 1 << 64 for number in numbers)
