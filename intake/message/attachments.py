"""Finds what may be a document among a mail's parts, whatever it is packed in.

Mails in the mail, zips, winmail.dat and .msg are opened a few levels deep; what a mail within the
mail says of its sender is not read (failure mode 30). A container that gives up nothing stands for
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from config.mail_words import MAIL_WORDS
from intake import decoding
from intake.decoding import file_ending
from intake.message import body, clutter, file_type, links, mime, outlook_formats, smime
from intake.message.compound import InvalidCompoundFile
from intake.message.file_type import is_encrypted_p7m, sniff_format
from intake.message.message import Attachment
from intake.message.mime import MimeLeaf, ReadingBudget

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


def find_attachments(
    leaves: Iterable[MimeLeaf],
    budget: ReadingBudget,
    inside: str = "",
    depth: int = 0,
    name: str = "",
) -> Iterator[Attachment]:
    """What the leaves of one mail hold, in order. Troubles go to `budget`. `name` is the sender's,
    as it is shown."""
    sniffed = [(leaf, _sniffed(leaf)) for leaf in leaves]
    texts = [_text(leaf, budget) for leaf, kind in sniffed if _has_links(leaf, kind)]
    _tell_links(sniffed, budget, name)
    shown = body.shown_content_ids(texts)
    for leaf, kind in sniffed:
        if leaf.kind == "message/partial":
            budget.note_trouble("partial")
        if body.is_body_part(leaf, kind):
            for file in decoding.uuencoded_files(leaf.content):
                yield from _opened(_in_text(file, inside), budget, depth)
            continue
        is_shown = leaf.headers.first_value("content-id").strip(" <>") in shown
        if links.is_removal_notice(leaf.headers.file_name, kind, leaf.content):
            budget.note_trouble("removed")
            continue
        if not (_is_aside(leaf, kind) or clutter.is_program_clutter(leaf, kind, is_shown)):
            yield from _opened(_attached(leaf, kind, inside, is_shown, budget), budget, depth)


def _tell_links(sniffed: list[tuple[MimeLeaf, str]], budget: ReadingBudget, name: str) -> None:
    """Sealed messages are looked for in all that is not quoted or a signature, and in what is
    called as they are; shared files in the sender's own words alone."""
    bodies = [
        unquoted_body_text(leaf, budget) for leaf, kind in sniffed if body.is_body_part(leaf, kind)
    ]
    pages = [_text(leaf, budget) for leaf, kind in sniffed if _is_page(leaf, kind)]
    named = any(
        _is_sealed_file(leaf) if _is_page(leaf, kind) else is_sealed_format(kind, _ending(leaf))
        for leaf, kind in sniffed
    )
    if named or links.has_sealed_link(
        (*(body.sender_own_text(text, name) for text in bodies), *pages)
    ):
        budget.note_trouble("sealed-link")
    elif links.has_sealed_notice(body.sender_own_sentences(text, name) for text in bodies):
        budget.note_trouble("sealed-notice")
    if any(links.has_removal_notice(body.sender_own_text(text, name)) for text in bodies):
        budget.note_trouble("removed")
    if links.has_shared_link(body.sender_own_sentences(text, name) for text in bodies):
        budget.note_trouble("share-link")


def unquoted_body_text(leaf: MimeLeaf, budget: ReadingBudget) -> str:
    """The text of a body, without what HTML marks as quoted, and with its links in it."""
    raw = _text(leaf, budget)
    if leaf.kind != "text/html":
        return raw
    return body.html_text_with_links(body.unquoted_markup(raw))


def _is_page(leaf: MimeLeaf, kind: str) -> bool:
    return kind == "html" and not body.is_body_part(leaf, kind)


def _ending(leaf: MimeLeaf) -> str:
    return file_ending(leaf.headers.file_name)


def is_sealed_format(kind: str, ending: str) -> bool:
    """Whether only the program of a sealing service opens it, by its name."""
    return kind == "unknown" and ending in MAIL_WORDS.services.sealed_endings


def _is_sealed_file(leaf: MimeLeaf) -> bool:
    return leaf.headers.file_name.lower().startswith(MAIL_WORDS.services.sealed_files)


def _attached(
    leaf: MimeLeaf, kind: str, inside: str, shown: bool, budget: ReadingBudget
) -> Attachment:
    name = leaf.headers.file_name
    offered = bool(name) or leaf.headers.disposition == "attachment"
    found = Attachment(leaf.content, kind, file_ending(name), leaf.damaged, inside, offered=offered)
    return _placed(found, name, shown, budget)


def _in_text(file: decoding.UuencodedFile, inside: str) -> Attachment:
    """A file that stands in the text of a mail itself."""
    kind = sniff_format(file.content)
    return Attachment(
        file.content, kind, file_ending(file.name), file.damaged, inside, offered=True
    )


def open_container(content: bytes, budget: ReadingBudget) -> Iterator[Attachment]:
    """What a file that came by itself holds, a zip or a mail, as if it had been attached."""
    yield from _opened(Attachment(content, sniff_format(content), offered=True), budget, depth=0)


def _sniffed(leaf: MimeLeaf) -> str:
    name = sniff_format(leaf.content)
    return "eml" if leaf.kind in _FORWARDED and name in ("text", "html", "unknown") else name


def _has_links(leaf: MimeLeaf, name: str) -> bool:
    return body.is_body_part(leaf, name) or name == "html"


def _text(leaf: MimeLeaf, budget: ReadingBudget) -> str:
    return body.decode_leaf_text(leaf, budget.limits.body_chars)


def _is_aside(leaf: MimeLeaf, name: str) -> bool:
    if name == "p7m" and leaf.kind in smime.SIGNATURE_TYPES:
        return True
    if name == "tnef":
        return outlook_formats.tnef_attachments(leaf.content) == ([], True)
    return leaf.kind in _ASIDES and name in _WORDY


def _placed(found: Attachment, name: str, shown: bool, budget: ReadingBudget) -> Attachment:
    most = budget.limits.picture_bytes
    picture = clutter.is_decoration(found.content, found.sniffed, name, shown, most)
    return replace(found, inline_picture=picture)


def _opened(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    """What a container holds, or the attachment itself when it is none or holds nothing."""
    for trouble in _troubles_of(found):
        budget.note_trouble(trouble)
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


def _closed(found: Attachment, why: str, budget: ReadingBudget) -> Attachment:
    """The container itself, for a person, with why it was not opened."""
    budget.note_trouble(why)
    return replace(found, closed=why)


def _troubles_of(found: Attachment) -> Iterator[str]:
    if found.sniffed in ("rpmsg", "pgp") or (
        found.sniffed == "p7m" and is_encrypted_p7m(found.content)
    ):
        yield "encrypted"
    elif found.sniffed == "p7m":
        yield "signed"


def _mail(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    inner = smime.parse_entity(found.content, budget)
    if inner is not None:
        inner = smime.unwrap_signed(inner, budget)
        leaves = mime.walk_leaves(inner.headers, inner.body, budget)
        yield from find_attachments(leaves, budget, "message", depth)


def _signed(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    """A signature is another wrapping of the same mail: it does not count as "inside"."""
    inner = None if is_encrypted_p7m(found.content) else smime.inner_message(found.content, budget)
    if inner is not None:
        leaves = mime.walk_leaves(inner.headers, inner.body, budget)
        yield from find_attachments(leaves, budget, found.inside, depth)


def _zip(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    if found.inside == "zip":
        yield _closed(found, "zip-nested", budget)
        return
    room = budget.limits.unpacked_bytes - budget.unpacked
    try:
        members = file_type.read_zip_members(found.content, budget.limits.zip_members, room)
    except file_type.ZipNotOpened as closed:
        yield _closed(found, closed.trouble, budget)
        return
    for name, content in members:
        budget.reserve_bytes(len(content))
        inner = Attachment(
            content, sniff_format(content), file_ending(name), inside="zip", offered=True
        )
        yield from _opened(inner, budget, depth)


def _winmail(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    """winmail.dat is the sender's own mail in another wrapping: it does not count as "inside"."""
    files, whole = outlook_formats.tnef_attachments(found.content)
    if not whole and not files:
        yield _closed(found, "container-damaged", budget)
    elif not whole:
        budget.note_trouble("container-damaged")
    for file in files:
        kind = sniff_format(file.content)
        inner = Attachment(
            file.content, kind, file_ending(file.name), inside=found.inside, offered=True
        )
        yield from _opened(_placed(inner, file.name, False, budget), budget, depth)


def _msg(found: Attachment, budget: ReadingBudget, depth: int) -> Iterator[Attachment]:
    limits = budget.limits
    room = limits.unpacked_bytes - budget.unpacked
    empty = True
    try:
        for file in outlook_formats.msg_attachments(
            found.content, limits.attachments, room, limits.containers
        ):
            if not budget.reserve_bytes(len(file.content)):
                return
            if file.lost:
                budget.note_trouble("container-damaged")
                continue
            empty = False
            kind = sniff_format(file.content)
            inner = Attachment(
                file.content, kind, file_ending(file.name), inside="message", offered=True
            )
            yield from _opened(_placed(inner, file.name, file.shown, budget), budget, depth)
    except InvalidCompoundFile:
        budget.note_trouble("container-damaged")
        if empty:
            yield _closed(found, "container-damaged", budget)


ContainerOpener = Callable[[Attachment, ReadingBudget, int], Iterator[Attachment]]

_OPENERS: dict[str, ContainerOpener] = {
    "eml": _mail,
    "zip": _zip,
    "tnef": _winmail,
    "p7m": _signed,
    "msg": _msg,
}
