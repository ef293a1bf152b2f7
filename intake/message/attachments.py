"""From leaves to attachments: what may be a document, whatever it is packed in.

Does: sniffs every leaf, leaves out what is text of the mail or an aside of mail programs, and
opens mails in the mail, zips, winmail.dat and .msg, a few levels deep.
Trusts: nothing. What a mail within the mail says of its sender is not even read (failure mode 30).
Never touches: a file name beyond its ending.
Known limits: a container that gives up nothing stands for itself, so that a person sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from config.mail_words import MAIL_WORDS
from intake import decoding
from intake.decoding import ending
from intake.message import body, clutter, file_type, links, mime, outlook_formats, smime
from intake.message.compound import NotCompound
from intake.message.file_type import sealed, sniff
from intake.message.message import Attachment
from intake.message.mime import Budget, Leaf

_FORWARDED = frozenset({"message/rfc822", "message/global"})
_WORDY = frozenset({"text", "html", "empty", "unknown", "eml"})
# What mail programs add for one another, when it is not a document after all.
_ASIDES = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "text/rfc822-headers"}
    | {"message/disposition-notification", "message/global-disposition-notification"}
    | {"message/feedback-report", "message/external-body", "application/pgp-encrypted"}
    | {"application/pgp-signature", "text/calendar", "text/vcard", "text/x-vcard"}
    | {"text/directory", "application/ics", "text/enriched", "application/applefile"}
)


def attachments(
    leaves: Iterable[Leaf], budget: Budget, inside: str = "", depth: int = 0, name: str = ""
) -> Iterator[Attachment]:
    """What the leaves of one mail hold, in order. Troubles go to `budget`. `name` is the sender's,
    as it is shown."""
    sniffed = [(leaf, _sniffed(leaf)) for leaf in leaves]
    texts = [_text(leaf, budget) for leaf, kind in sniffed if _has_links(leaf, kind)]
    _tell_links(sniffed, budget, name)
    shown = body.shown_pictures(texts)
    for leaf, kind in sniffed:
        if leaf.kind == "message/partial":
            budget.tell("partial")
        if body.is_body(leaf, kind):
            for file in decoding.files(leaf.content):
                yield from _opened(_in_text(file, inside), budget, depth)
            continue
        is_shown = leaf.headers.first("content-id").strip(" <>") in shown
        if links.is_notice(leaf.headers.file_name, kind, leaf.content):
            budget.tell("removed")
            continue
        if not (_is_aside(leaf, kind) or clutter.is_a_program_s(leaf, kind, is_shown)):
            yield from _opened(_attached(leaf, kind, inside, is_shown, budget), budget, depth)


def _tell_links(sniffed: list[tuple[Leaf, str]], budget: Budget, name: str) -> None:
    """Sealed messages are looked for in all that is not quoted or a signature, and in what is
    called as they are; shared files in the sender's own words alone."""
    bodies = [own_markup(leaf, budget) for leaf, kind in sniffed if body.is_body(leaf, kind)]
    pages = [_text(leaf, budget) for leaf, kind in sniffed if _is_page(leaf, kind)]
    named = any(_is_sealed_file(leaf) for leaf, kind in sniffed if _is_page(leaf, kind))
    if named or links.sealed((*(body.own_part(text, name) for text in bodies), *pages)):
        budget.tell("sealed-link")
    elif links.sealed_somewhere(body.own_words(text, name) for text in bodies):
        budget.tell("sealed-notice")
    if any(links.is_told_in(body.own_part(text, name)) for text in bodies):
        budget.tell("removed")
    if links.shared(body.own_words(text, name) for text in bodies):
        budget.tell("share-link")


def own_markup(leaf: Leaf, budget: Budget) -> str:
    """The text of a body, without what HTML marks as quoted, and with its links in it."""
    raw = _text(leaf, budget)
    if leaf.kind != "text/html":
        return raw
    return body.linked_words(body.unquoted_markup(raw))


def _is_page(leaf: Leaf, kind: str) -> bool:
    return kind == "html" and not body.is_body(leaf, kind)


def _is_sealed_file(leaf: Leaf) -> bool:
    return leaf.headers.file_name.lower().startswith(MAIL_WORDS.services.sealed_files)


def _attached(leaf: Leaf, kind: str, inside: str, shown: bool, budget: Budget) -> Attachment:
    name = leaf.headers.file_name
    offered = bool(name) or leaf.headers.disposition == "attachment"
    found = Attachment(leaf.content, kind, ending(name), leaf.damaged, inside, offered=offered)
    return _placed(found, name, shown, budget)


def _in_text(file: decoding.Encoded, inside: str) -> Attachment:
    """A file that stands in the text of a mail itself."""
    kind = sniff(file.content)
    return Attachment(file.content, kind, ending(file.name), file.damaged, inside, offered=True)


def opened(content: bytes, budget: Budget) -> Iterator[Attachment]:
    """What a file that came by itself holds, a zip or a mail, as if it had been attached."""
    yield from _opened(Attachment(content, sniff(content), offered=True), budget, depth=0)


def _sniffed(leaf: Leaf) -> str:
    name = sniff(leaf.content)
    return "eml" if leaf.kind in _FORWARDED and name in ("text", "html", "unknown") else name


def _has_links(leaf: Leaf, name: str) -> bool:
    return body.is_body(leaf, name) or name == "html"


def _text(leaf: Leaf, budget: Budget) -> str:
    return body.raw_text(leaf, budget.limits.body_chars)


def _is_aside(leaf: Leaf, name: str) -> bool:
    if name == "p7m" and leaf.kind in smime.SIGNATURES:
        return True
    if name == "tnef":
        return outlook_formats.tnef_attachments(leaf.content) == ([], True)
    return leaf.kind in _ASIDES and name in _WORDY


def _placed(found: Attachment, name: str, shown: bool, budget: Budget) -> Attachment:
    most = budget.limits.picture_bytes
    picture = clutter.is_decoration(found.content, found.sniffed, name, shown, most)
    return replace(found, inline_picture=picture)


def _opened(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    """What a container holds, or the attachment itself when it is none or holds nothing."""
    for trouble in _troubles_of(found):
        budget.tell(trouble)
    opener = _OPENERS.get(found.sniffed)
    if opener is None:
        yield found
        return
    if depth >= budget.limits.containers:
        yield _closed(found, "too-deep", budget)
        return
    empty = True
    for inner in opener(found, budget, depth + 1):
        empty = False
        yield replace(inner, damaged=inner.damaged or found.damaged)
    if empty:
        yield found


def _closed(found: Attachment, why: str, budget: Budget) -> Attachment:
    """The container itself, for a person, with why it was not opened."""
    budget.tell(why)
    return replace(found, closed=why)


def _troubles_of(found: Attachment) -> Iterator[str]:
    if found.sniffed in ("rpmsg", "pgp") or (found.sniffed == "p7m" and sealed(found.content)):
        yield "encrypted"
    elif found.sniffed == "p7m":
        yield "signed"


def _mail(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    inner = smime.entity(found.content, budget)
    if inner is not None:
        inner = smime.unwrapped(inner, budget)
        leaves = mime.leaves(inner.headers, inner.body, budget)
        yield from attachments(leaves, budget, "message", depth)


def _signed(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    """A signature is another wrapping of the same mail: it does not count as "inside"."""
    inner = None if sealed(found.content) else smime.inside(found.content, budget)
    if inner is not None:
        leaves = mime.leaves(inner.headers, inner.body, budget)
        yield from attachments(leaves, budget, found.inside, depth)


def _zip(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    if found.inside == "zip":
        yield _closed(found, "zip-nested", budget)
        return
    room = budget.limits.unpacked_bytes - budget.unpacked
    try:
        members = file_type.members(found.content, budget.limits.zip_members, room)
    except file_type.NotUnzipped as closed:
        yield _closed(found, closed.trouble, budget)
        return
    for name, content in members:
        budget.room_for(len(content))
        inner = Attachment(content, sniff(content), ending(name), inside="zip", offered=True)
        yield from _opened(inner, budget, depth)


def _winmail(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    """winmail.dat is the sender's own mail in another wrapping: it does not count as "inside"."""
    files, whole = outlook_formats.tnef_attachments(found.content)
    if not whole and not files:
        yield _closed(found, "container-damaged", budget)
    elif not whole:
        budget.tell("container-damaged")
    for file in files:
        kind = sniff(file.content)
        inner = Attachment(file.content, kind, ending(file.name), inside=found.inside, offered=True)
        yield from _opened(_placed(inner, file.name, False, budget), budget, depth)


def _msg(found: Attachment, budget: Budget, depth: int) -> Iterator[Attachment]:
    limits = budget.limits
    room = limits.unpacked_bytes - budget.unpacked
    empty = True
    try:
        for file in outlook_formats.msg_attachments(
            found.content, limits.attachments, room, limits.containers
        ):
            if not budget.room_for(len(file.content)):
                return
            if file.lost:
                budget.tell("container-damaged")
                continue
            empty = False
            kind = sniff(file.content)
            inner = Attachment(
                file.content, kind, ending(file.name), inside="message", offered=True
            )
            yield from _opened(_placed(inner, file.name, file.shown, budget), budget, depth)
    except NotCompound:
        budget.tell("container-damaged")
        if empty:
            yield _closed(found, "container-damaged", budget)


Opener = Callable[[Attachment, Budget, int], Iterator[Attachment]]

_OPENERS: dict[str, Opener] = {
    "eml": _mail,
    "zip": _zip,
    "tnef": _winmail,
    "p7m": _signed,
    "msg": _msg,
}
