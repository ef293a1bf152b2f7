"""The parser, hardened, in the three ways the reader uses it.

Does: parses a part without resolving entities, loading a DTD or touching the network; streams
the elements asked for as each is closed; says whether a part declares a document type.
Trusts: libxml2, inside the confined worker. Its own limits (256 levels deep, 10 MB in one text)
stay on, and the reader's recursion leans on the first.
Never touches: anything outside the bytes it is given.
Known limits: a part that is malformed before its root element and holds no document type is not
told apart from a sound one by `declares_doctype`; whoever reads it will meet the fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from lxml import etree

from handlers.word.refusals import Damaged, Refusal, TooBig

Element = etree._Element

_DOCTYPE = b"<!DOCTYPE"
# A part that opens with its root element, in UTF-8, as all that Word writes does.
_OPENS_WITH_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=(?:\"1.0\"|'1.0')(?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*<[A-Za-z][^<>]*>"
)


def whole(content: bytes) -> Element:
    """The root of a part read in one piece. Raises Damaged, or TooBig beyond libxml2's limits."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise _refusal(fault) from None


class Stream:
    """Elements with one of `tags`, each once it is closed, from content fed piece by piece.

    Raises Damaged, or TooBig beyond libxml2's limits. What has been read must be let go by the
    reader; the tree grows otherwise.
    """

    def __init__(self, tags: Iterable[str], *, opened: bool = False) -> None:
        self._parser = etree.XMLPullParser(
            events=("start",) if opened else ("end",),
            tag=tuple(tags) or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )

    def feed(self, piece: bytes) -> Iterator[tuple[str, Element]]:
        """Pairs of event and element."""
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as fault:
            raise _refusal(fault) from None
        # Only the start of a namespace would come as something else than an element.
        return cast("Iterator[tuple[str, Element]]", self._parser.read_events())

    def close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError as fault:
            raise _refusal(fault) from None


def declares_doctype(pieces: Iterable[bytes]) -> bool:
    """True if the part has a document type declaration. Reads no further than its root element;
    where nothing can stand before that, the parser need not be asked."""
    stream, fed = None, bytearray()
    for piece in pieces:
        if stream is None and _DOCTYPE not in piece and _OPENS_WITH_ROOT.match(piece):
            return False
        stream = stream or Stream((), opened=True)
        fed += piece
        try:
            for _, root in stream.feed(piece):
                return root.getroottree().docinfo.internalDTD is not None
        except Refusal:
            break
    return _DOCTYPE in fed.replace(b"\0", b"")  # in UTF-16, every other byte is NUL


def _refusal(fault: etree.XMLSyntaxError) -> Refusal:
    code: int = fault.code  # type: ignore[attr-defined]  # missing from the stubs
    return TooBig() if code == etree.ErrorTypes.ERR_RESOURCE_LIMIT else Damaged()
