"""Links to where a document really is, and notes that a gateway leaves in place of a file it
took out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from urllib.parse import unquote

from config.mail_words import MAIL_WORDS, UrlPattern
from intake.message.body import html_to_text

_SERVICES = MAIL_WORDS.services

# Only the scheme is consumed, so that a link inside a link is met too. Some programs write one of
# the two slashes of the inner one.
_LINK = re.compile(
    r"https?:/{1,2}(?=(?:[^\s/\"'<>@?#]{1,100}@)?([a-z0-9.-]{1,253})(?::\d{1,5})?(/[^\s\"'<>?#]{0,200})?"
    r"(\?[^\s\"'<>#]{0,2000})?)",
    re.I,
)
_MOST = 2_000
_UNWRAPPED = 3  # how often percent signs are undone


def has_sealed_link(texts: Iterable[str]) -> bool:
    """Whether some text has a link to a sealed message."""
    return any(_is_sealed(host, path) for text in texts for host, path in _links(text))


def has_sealed_notice(words: Iterable[str]) -> bool:
    """Whether a sender's own words read like the notice of a sealed message, of whatever service:
    that one waits, how to come to it, and a link."""
    return any(says_sealed_waits(said) and _LINK.search(said) is not None for said in words)


def says_sealed_waits(said: str) -> bool:
    """Whether a text says that a sealed message waits, and how to come to it. Services leave the
    link to a button, or tell people to go to their mailbox by themselves."""
    lowered = " ".join(said.lower().split())
    return any(phrase in lowered for phrase in _SERVICES.sealed_waits) and any(
        phrase in lowered for phrase in _SERVICES.sealed_opens
    )


def has_shared_link(words: Iterable[str]) -> bool:
    """Whether a sender's own words, one sentence a line, lead to a file on a sharing site."""
    return any(
        _is_shared(host, path, f"{before} {sentence}".lower())
        for said in words
        for before, sentence in pairwise(("", *said.splitlines()))
        for host, path in _links(sentence)
    )


def _is_sealed(host: str, path: str) -> bool:
    return (
        host.startswith(_SERVICES.sealed_begin)
        or any(address.matches_url(host, path) for address in _SERVICES.sealed)
        or any(piece in path for piece in _SERVICES.sealed_paths)
    )


def _is_shared(host: str, path: str, sentence: str) -> bool:
    """A page of a SharePoint site is one where the sentence says that it has what is sent."""
    if _holds(_SERVICES.shared, host, path):
        return True
    return _holds(_SERVICES.sharepoint, host, path) and (
        any(piece in path for piece in _SERVICES.sharepoint_files)
        or any(words in sentence for words in _SERVICES.sharepoint_says)
    )


def _links(text: str) -> Iterator[tuple[str, str]]:
    """(host, path) of each link, those inside another link included."""
    written = text
    for _ in range(_UNWRAPPED):
        text = unquote(text)
    count = 0
    for said in dict.fromkeys((written, text)):
        for match in _LINK.finditer(said):
            count += 1
            if count > _MOST:
                return
            host, path = match[1].lower().rstrip("."), (match[2] or "/").lower()
            yield host, path
            yield from _unwrapped(host, path, match[3] or "")


def _unwrapped(host: str, path: str, query: str) -> Iterator[tuple[str, str]]:
    """What a link pointed at before a filter wrote it anew."""
    if _holds(_SERVICES.dashes, host, path):
        yield from _plain_links(unquote(_parameter(query, "u").translate(_DASHES)))
    for address, name in _SERVICES.by_host:
        if address.matches_url(host, path) and (inner := _parameter(query, name)):
            yield unquote(inner).lower(), "/"
    for address, name in _SERVICES.by_base64:
        if address.matches_url(host, path):
            yield from _plain_links(_from_base64(unquote(_parameter(query, name))))


_DASHES = str.maketrans("-_", "%/")


def _holds(addresses: Iterable[UrlPattern], host: str, path: str) -> bool:
    return any(address.matches_url(host, path) for address in addresses)


def _plain_links(text: str) -> Iterator[tuple[str, str]]:
    for match in _LINK.finditer(text[:2_000]):
        yield match[1].lower().rstrip("."), (match[2] or "/").lower()


def _parameter(query: str, name: str) -> str:
    for pair in query.lstrip("?").replace("&amp;", "&").split("&"):
        key, _, value = pair.partition("=")
        if key.lower() == name:
            return value
    return ""


def _from_base64(text: str) -> str:
    packed = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


MAX_NOTICE_BYTES = 20_000  # bytes of a notice; what is longer is somebody's text
SHORT_NOTICE_CHARS = 3_000  # characters, from which on its words alone are not enough
NOTICE_LINES = 12  # lines of a message in which a gateway speaks
_WORDS = MAIL_WORDS.removed
_STRIPPED = " \t*#[({<>-=|!_:"


def is_removal_notice(name: str, sniffed: str, content: bytes) -> bool:
    """Whether an attached text or page stands where a gateway took a file out."""
    if sniffed not in ("text", "html") or len(content) > MAX_NOTICE_BYTES:
        return False
    named = name.strip().lower().startswith(_WORDS.files)
    text = content.replace(b"\0", b"").decode("utf-8", "replace")
    said = " ".join((html_to_text(text) if sniffed == "html" else text).lower().split())
    says = any(words in said for words in _WORDS.says)
    return (says and (named or len(said) < SHORT_NOTICE_CHARS)) or (
        named and len(said) < SHORT_NOTICE_CHARS
    )


def has_removal_notice(text: str) -> bool:
    """Whether one of the first lines of a message is a gateway's word that it took a file out."""
    lines = [line.strip(_STRIPPED).lower() for line in text.splitlines() if line.strip()]
    return any(
        line.startswith(_WORDS.begins) and any(words in line for words in _WORDS.says)
        for line in lines[:NOTICE_LINES]
    )
