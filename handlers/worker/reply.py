"""What a child says when it has done: an answer, or how it could not.

Does: writes a reply in the child as parts (JSON, then blobs) and reads it in the service.
Trusts: nothing in `read`. A child may have been taken over by its document, so a reply is
bounded, is JSON and never a pickle, and each word in it has to have an expected shape.
Never touches: what the value means; the caller checks that.
Known limits: a captured child can still lie within these shapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Set
from dataclasses import dataclass
from typing import Any, NoReturn, get_args

from handlers.worker.limits import Limits
from handlers.worker.outcomes import Bound, CouldNotRead, Died, OverLimit, Unforeseen
from handlers.worker.parts import Malformed, cut
from handlers.worker.places import DEEPEST, places, type_name

MOST_BLOBS = 1000

_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,5}")
_PLACE = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){0,6}:\d{1,5}")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is decoded JSON, still to be checked by whoever asked; `blobs` are plain bytes."""

    value: Any
    blobs: tuple[bytes, ...] = ()


def answered(outcome: Any) -> list[bytes]:
    """The reply for what a task returned: a value, or (value, [bytes, ...]).

    Raises TypeError or ValueError when the task returned anything else.
    """
    value, blobs = outcome if isinstance(outcome, tuple) else (outcome, [])
    if not all(isinstance(blob, bytes) for blob in blobs):
        raise TypeError
    return [_json({"value": value}), *blobs]


def over(bound: Bound) -> list[bytes]:
    """The reply when the document needed more than is allowed."""
    return [_json({"over": bound})]


def unforeseen(error: BaseException, own: Set[str]) -> list[bytes]:
    """The reply for any other exception: its type and its places in the packages `own`."""
    return [_json({"unforeseen": type_name(error), "places": places(error, own)})]


def read(received: bytes | bytearray, limits: Limits) -> Answer:
    """The child's answer. Raises OverLimit, Unforeseen, or Died for anything out of shape."""
    try:
        head, *blobs = cut(received, MOST_BLOBS + 1)
    except ValueError:
        raise Died("its reply was out of shape") from None
    if len(head) > limits.value_bytes:
        raise OverLimit("answer")
    said = _parsed(head)
    if said.keys() == {"value"}:
        return Answer(said["value"], tuple(bytes(blob) for blob in blobs))
    raise _outcome(said)


def _outcome(said: dict[str, Any]) -> CouldNotRead:
    if said.keys() == {"over"} and said["over"] in get_args(Bound):
        return OverLimit(said["over"])
    if said.keys() == {"unforeseen", "places"} and _is_a_type(said["unforeseen"]):
        return Unforeseen(said["unforeseen"], _checked_places(said["places"]))
    return Died("its reply was out of shape")


def _parsed(head: memoryview) -> dict[str, Any]:
    try:
        said = json.loads(str(head, "utf-8"), parse_constant=_no_constant)
        json.dumps(said, ensure_ascii=False).encode()  # half a surrogate pair cannot be stored
    except (ValueError, RecursionError):
        raise Died("its reply was not JSON") from None
    return said if isinstance(said, dict) else {}


def _no_constant(_: str) -> NoReturn:
    raise Malformed  # NaN and Infinity are not JSON


def _json(value: Any) -> bytes:
    # Lone surrogates, which a hostile header can bring, become question marks.
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _is_a_type(name: object) -> bool:
    return isinstance(name, str) and len(name) <= _LONGEST_NAME and bool(_TYPE.fullmatch(name))


def _checked_places(said: object) -> tuple[str, ...]:
    """Only what looks like "handlers.word.reader:12" gets through."""
    found = said if isinstance(said, list) else []
    return tuple(
        place
        for place in found[:DEEPEST]
        if isinstance(place, str) and len(place) <= _LONGEST_NAME and _PLACE.fullmatch(place)
    )
