"""Tasks for the confined worker that do what the "document" says."""

from __future__ import annotations

import os
from typing import Any

GOOD: dict[str, Any] = {"kind": "imr", "confidence": 0.5, "findings": [], "passed": []}
FINDING = {"rule": "x", "severity": "fault", "message": "m", "fix": "f", "where": {}}

LIES: dict[str, Any] = {
    "good": [GOOD],
    "nothing": [],
    "no list": GOOD,
    "no kind": [{**GOOD, "kind": "no such kind"}],
    "a verdict": [{"verdict": "accept"}],
    "a severity": [{**GOOD, "findings": [{**FINDING, "severity": "trifle"}]}],
    "a place": [{**GOOD, "findings": [{**FINDING, "where": {"row": "Jane"}}]}],
    "a digest": [{**GOOD, "clues": {"digests": [1 << 64]}}],
    "too many digests": [{**GOOD, "clues": {"digests": [1] * 20_001}}],
    "other words": [{**GOOD, "findings": [{**FINDING, "message": "Jane Canary was seen."}]}],
    "a date": [{**GOOD, "clues": {"dated": "tomorrow"}}],
}


def judge(data: bytes, argument: object, setup: object) -> object:
    return _done(data.decode())


def unpack(data: bytes, argument: object, setup: object) -> object:
    return _done(data.decode())


def _done(deed: str) -> object:
    match deed.split()[0]:
        case "crash":
            os.abort()
        case "spin":
            while True:
                pass
        case "hoard":
            return len(bytearray(1 << 30))
        case "flood":
            return "x" * (5 << 20)
        case "stumble":
            raise LookupError("a bug of ours")
    return LIES.get(deed, deed)


def sniff(data: bytes, argument: object, setup: object) -> object:
    """Honest of all but the documents that ask for a lie."""
    return {b"path": "../../etc/passwd", b"list": ["docx"]}.get(data, "docx")


def annotate(data: bytes, argument: object, setup: object) -> object:
    """A copy that is one, or is no copy at all."""
    copies = {b"none": [], b"two": [b"PK", b"PK"], b"huge": [bytes(3 << 20)], b"path": [b"path"]}
    return 1, copies.get(data) if data in copies else _done(data.decode()) and [b"PK copy"]
