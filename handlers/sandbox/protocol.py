"""What travels between the service, its fork server and a child: orders, parts, replies,
outcomes and their bounds."""

from __future__ import annotations

import json
import os
import re
import struct
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_args

from config.explained_error import ExplainedError


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """`memory_bytes` is address space, the preloaded code included (about 100 MB).

    A reply is all that comes back, attachments included; its `value_bytes` are the part that is
    parsed as JSON. The longest chronology met (10,000 rows) takes two seconds and 31 MB.
    """

    wall_seconds: float = 60.0
    cpu_seconds: int = 30
    memory_bytes: int = 1 << 30
    reply_bytes: int = 96 << 20
    value_bytes: int = 4 << 20


READY, NOT_READY = b"ready", b"not ready"

# TASK comes with the descriptor of a channel to the new child. A KILL may come too late.
TASK_COMMAND, KILL_COMMAND = b"T", b"K"

# How a child ends. Any other status, or a signal, is a breakdown.
DONE_STATUS, LESS_CONFINED_STATUS, ORPHANED_STATUS = 0, 71, 72


@dataclass(frozen=True, slots=True)
class ForkServerOrders:
    """`path` holds folders to import from besides the installation; `setup` is a pickle, so
    that its modules are imported only once `path` is in place."""

    limits: WorkerLimits
    tasks: Mapping[str, str]
    path: tuple[str, ...]
    setup: bytes


_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 18

ReceiveFunction = Callable[
    [int], bytes
]  # at most so many bytes, waiting for the first; none at the end


class MalformedReply(ValueError):
    """What came back is not a row of parts."""


def pack_parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes to send, in pieces: lengths and contents in turn."""
    for part in parts:
        yield _LENGTH.pack(len(part))
        yield part


def write_parts(descriptor: int, parts: Iterable[bytes]) -> None:
    """Write all of them to a blocking descriptor. Raises OSError."""
    for piece in pack_parts(parts):
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest) :]


def read_part(receive: ReceiveFunction) -> bytes:
    """The next part, by way of `receive`. Raises EOFError when the other end has gone."""
    (length,) = _LENGTH.unpack(_exactly(receive, _LENGTH.size))
    return _exactly(receive, length)


def split_parts(received: bytes | bytearray, most: int) -> list[memoryview]:
    """A whole reply as its parts, at most `most` of them. Raises MalformedReply."""
    rest = memoryview(received)
    parts: list[memoryview] = []
    while rest:
        if len(rest) < _LENGTH.size or len(parts) == most:
            raise MalformedReply
        (length,) = _LENGTH.unpack(rest[: _LENGTH.size])
        rest = rest[_LENGTH.size :]
        if length > len(rest):
            raise MalformedReply
        parts.append(rest[:length])
        rest = rest[length:]
    return parts


def _exactly(receive: ReceiveFunction, length: int) -> bytes:
    out = bytearray()
    while len(out) < length:
        chunk = receive(min(_CHUNK, length - len(out)))
        if not chunk:
            raise EOFError
        out += chunk
    return bytes(out)


LimitName = Literal["memory", "processor", "nesting", "answer"]

_BOUNDS: dict[LimitName, str] = {
    "memory": "memory",
    "processor": "processor time",
    "nesting": "depth of nesting",
    "answer": "size of the answer",
}


class DocumentUnreadable(ExplainedError):
    sentence = "The document could not be read."

    def __str__(self) -> str:
        return self.sentence


class ReadingTimedOut(DocumentUnreadable):
    sentence = "Reading the document took longer than is allowed."


class DeliveryOutOfTime(DocumentUnreadable):
    sentence = "The time for all documents of a delivery ran out before this one was read."


class LimitExceeded(DocumentUnreadable):
    sentence = "Reading the document needed more than is allowed."

    def __init__(self, bound: LimitName) -> None:
        super().__init__(bound)
        self.bound = bound

    def __str__(self) -> str:
        return f"{super().__str__()[:-1]}: {_BOUNDS[self.bound]}."


class ChildDied(DocumentUnreadable):
    sentence = "The process reading the document broke down."

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how  # a signal's name, an exit status, or what was wrong with the reply

    def __str__(self) -> str:
        return f"{super().__str__()[:-1]}: {self.how}."


class UnforeseenFault(DocumentUnreadable):
    sentence = "The program met something in the document that it was not written for."

    def __init__(self, type_name: str, places: tuple[str, ...]) -> None:
        super().__init__(type_name, places)
        self.type_name = type_name  # the exception's type, never its message
        self.places = places  # "module:line" of our own code, outermost first

    def __str__(self) -> str:
        where = " < ".join(reversed(self.places)) or "no line of our own"
        return f"{super().__str__()[:-1]}: {self.type_name} at {where}."


class WorkerUnavailable(ExplainedError):
    sentence = "The confined worker is not there, so nothing can be read now."

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"{self.sentence[:-1]}: {self.why}."


class WorkerLost(WorkerUnavailable):
    """The worker ended in the middle of one document, each time: perhaps by that document's doing,
    so a try was made of it, and the next one is not kept waiting."""

    def __init__(self) -> None:
        super().__init__("it ended in the middle of a document, each time")


class WorkerStopped(WorkerUnavailable):
    """The service is to stop: nothing more is read."""

    def __init__(self) -> None:
        super().__init__("the service is to stop")


MAX_FRAMES = 12


def error_places(error: BaseException, own: Set[str]) -> list[str]:
    """The innermost `MAX_FRAMES` frames that belong to the packages in `own`, outermost first."""
    found = [
        f"{module}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (module := str(frame.f_globals.get("__name__", ""))).partition(".")[0] in own
    ]
    return found[-MAX_FRAMES:]


def error_type_name(error: BaseException) -> str:
    """`ValueError`, `zipfile.BadZipFile`."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"{module}{kind.__name__}"


MAX_BLOBS = 1000

_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,5}")
_PLACE = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){0,6}:\d{1,5}")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SandboxReply:
    """`value` is decoded JSON, still to be checked by whoever asked; `blobs` are plain bytes."""

    value: Any
    blobs: tuple[bytes, ...] = ()


def encode_answer(outcome: Any) -> list[bytes]:
    """The reply for what a task returned: a value, or (value, [bytes, ...]).

    Raises TypeError or ValueError when the task returned anything else.
    """
    value, blobs = outcome if isinstance(outcome, tuple) else (outcome, [])
    if not all(isinstance(blob, bytes) for blob in blobs):
        raise TypeError
    return [_json({"value": value}), *blobs]


def encode_over_limit(bound: LimitName) -> list[bytes]:
    """The reply when the document needed more than is allowed."""
    return [_json({"over": bound})]


def encode_fault(error: BaseException, own: Set[str]) -> list[bytes]:
    """The reply for any other exception: its type and its places in the packages `own`."""
    return [_json({"unforeseen": error_type_name(error), "places": error_places(error, own)})]


def decode_reply(received: bytes | bytearray, limits: WorkerLimits) -> SandboxReply:
    """The child's answer.

    Raises LimitExceeded, UnforeseenFault, or ChildDied for anything out of shape.
    """
    try:
        head, *blobs = split_parts(received, MAX_BLOBS + 1)
    except ValueError:
        raise ChildDied("its reply was out of shape") from None
    if len(head) > limits.value_bytes:
        raise LimitExceeded("answer")
    said = _parsed(head)
    if said.keys() == {"value"}:
        return SandboxReply(said["value"], tuple(bytes(blob) for blob in blobs))
    raise _outcome(said)


def _outcome(said: dict[str, Any]) -> DocumentUnreadable:
    if said.keys() == {"over"} and said["over"] in get_args(LimitName):
        return LimitExceeded(said["over"])
    if said.keys() == {"unforeseen", "places"} and _is_a_type(said["unforeseen"]):
        return UnforeseenFault(said["unforeseen"], _checked_places(said["places"]))
    return ChildDied("its reply was out of shape")


def _parsed(head: memoryview) -> dict[str, Any]:
    try:
        said = json.loads(str(head, "utf-8"), parse_constant=_no_constant)
        json.dumps(said, ensure_ascii=False).encode()  # half a surrogate pair cannot be stored
    except (ValueError, RecursionError):
        raise ChildDied("its reply was not JSON") from None
    return said if isinstance(said, dict) else {}


def _no_constant(_: str) -> NoReturn:
    raise MalformedReply  # NaN and Infinity are not JSON


def _json(value: Any) -> bytes:
    # Lone surrogates, which a hostile header can bring, become question marks.
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _is_a_type(name: object) -> bool:
    return isinstance(name, str) and len(name) <= _LONGEST_NAME and bool(_TYPE.fullmatch(name))


def _checked_places(said: object) -> tuple[str, ...]:
    """Only what looks like "handlers.readers.word.reader:12" gets through."""
    found = said if isinstance(said, list) else []
    return tuple(
        place
        for place in found[:MAX_FRAMES]
        if isinstance(place, str) and len(place) <= _LONGEST_NAME and _PLACE.fullmatch(place)
    )
