"""The text of a mail, and what of it its sender says in words of their own."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from config.mail_words import MAIL_WORDS
from intake.decoding import clean_text, decode_text
from intake.message.mime import MimeLeaf

_KINDS = frozenset({"text/plain", "text/html", "text/enriched", "text/x-amp-html"})
_SNIFFED = frozenset({"text", "html", "empty", "unknown", "eml"})

_UNSHOWN = (
    ("<!--", "-->"),
    ("<style", "</style>"),
    ("<script", "</script>"),
    ("<head>", "</head>"),
)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/td|/th|hr)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINES = re.compile(r"\s*\n\s*")
_LINKED = re.compile(r"<(?:a|area|form)\b[^<>]*>", re.I)
_LEADS = re.compile(r"\b(?:href|action)\s*=\s*[\"']?([^\s\"'<>]+)", re.I)
_LONGEST_TAG = 8_000
_CID = re.compile(r"\bcid:([^\s\"'<>()]{1,250})", re.I)


def is_body_part(leaf: MimeLeaf, sniffed: str) -> bool:
    """Whether a leaf is text of the mail: declared so, unnamed, not attached, and truly text.

    A bare document labelled text/plain is not (failure mode 29): `sniffed` comes first.
    """
    declared = leaf.kind in _KINDS and not leaf.headers.file_name
    return declared and leaf.headers.disposition != "attachment" and sniffed in _SNIFFED


def decode_leaf_text(leaf: MimeLeaf, longest: int) -> str:
    """The leaf as text, HTML tags and all: for links and content ids."""
    return decode_text(leaf.content[: longest * 4], leaf.headers.type_parameter("charset"))


def extract_body_text(leaves: Iterable[MimeLeaf], longest: int) -> str:
    """The plain text parts; where there are none with words in them, the HTML ones."""
    bodies = tuple(leaves)
    plain = _joined((b for b in bodies if b.kind != "text/html"), longest)
    return plain or _joined((b for b in bodies if b.kind == "text/html"), longest)


def shown_content_ids(texts: Iterable[str]) -> frozenset[str]:
    """The content ids that the texts refer to, without angle brackets."""
    return frozenset(match[1] for text in texts for match in _CID.finditer(text))


def html_to_text(markup: str) -> str:
    """HTML as text: a line for each block, entities read, style and script left out."""
    for opening, closing in _UNSHOWN:
        markup = "".join(_outside(markup, opening, closing))
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", markup)))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def html_text_with_links(markup: str) -> str:
    """HTML as text, with each link's address where the link stands."""
    return html_to_text(_LINKED.sub(_address, markup))


def _address(tag: re.Match[str]) -> str:
    found = _LEADS.search(tag[0][:_LONGEST_TAG])
    return f" {found[1]} " if found else " "


def _outside(markup: str, opening: str, closing: str) -> Iterator[str]:
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    at = 0
    while (start := lower.find(opening, at)) >= 0:
        yield markup[at:start]
        end = lower.find(closing, start)
        if end < 0:
            return
        at = end + len(closing)
    yield markup[at:]


def _joined(bodies: Iterable[MimeLeaf], longest: int) -> str:
    text = ""
    for leaf in bodies:
        if len(text) >= longest:
            break
        raw = decode_leaf_text(leaf, longest)
        words = html_to_text(raw) if leaf.kind == "text/html" else raw.strip()
        text = f"{text}\n{words}" if text and words else text or words
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n"), longest)


_OTHERS = MAIL_WORDS.others
WRAPPED_LINE_LENGTH = 55  # characters; a shorter line ends what it says
_MOST_WORDS = 6  # in a line of a signature
_LONGEST_QUOTING = 200  # "On ... wrote:", which may be wrapped


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


# Each from the beginning of a word: "interview our author" has no "view our".
_NOT_OWN = re.compile(rf"(?<!\w)(?:{_any_of((*_OTHERS.banners, *_OTHERS.footers)).pattern})")
_CLAIMED = re.compile(rf"\b(?:{'|'.join(map(re.escape, MAIL_WORDS.claims))})\b")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+")
# Some gateways print nothing but this, in a line of its own or before the first words.
_TAG_OWN_WORDS = re.compile(
    r"^[\[(*<{ ]*(?:external|ext|caution|warning)(?: e-?mail| sender| mail)?[\])*>}: ]*"
)


def sender_own_text(text: str, name: str = "") -> str:
    """A mail's text without what is quoted in it and without its signature; the whole of it, where
    nothing would be left. `name` is the sender's, as a mail program shows it."""
    lines = list(_unquoted(text.splitlines()))
    signed = _signature(lines, name)
    own = "\n".join(lines[:signed]).strip()
    return own or "\n".join(lines).strip()


def sender_own_sentences(text: str, name: str = "") -> str:
    """The sentences of it that are the sender's own, one a line."""
    return "\n".join(
        said
        for said in _sentences(sender_own_text(text, name))
        if not _NOT_OWN.search(said.lower())
    )


def sender_written_text(text: str) -> str:
    """A mail's text as its sender wrote it, signature and all: without what is quoted, and without
    the lines that gateways and organisations print."""
    kept = (line.strip() for line in _unquoted(text.splitlines()))
    return "\n".join(line for line in kept if not _NOT_OWN.search(line.lower())).strip()


def unquoted_lines(text: str) -> list[str]:
    """The lines of a mail's text that are not quoted, what organisations print into it and all."""
    return [line.strip() for line in _unquoted(text.splitlines()) if line.strip()]


def is_boilerplate_line(line: str) -> bool:
    """Whether a line is one that a gateway or an organisation prints into every mail."""
    return _NOT_OWN.search(line.lower()) is not None


def claims_a_document(words: str) -> bool:
    """Whether words of the sender's own say that a document comes with them."""
    return _CLAIMED.search(words.lower()) is not None


def unquoted_markup(markup: str) -> str:
    """HTML up to where a signature or what is quoted begins, unless nothing is before that."""
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    marks = (*_OTHERS.quoted_markup, *_OTHERS.signed_markup)
    starts = [at for at in (lower.find(mark) for mark in marks) if at >= 0]
    if not starts:
        return markup
    before = markup[: markup.rfind("<", 0, min(starts)) + 1].removesuffix("<")
    return before if re.sub(r"<[^<>]*>|&nbsp;|\s", "", before) else markup


def _unquoted(lines: Sequence[str]) -> Iterator[str]:
    """Lines marked with ">" are left out; from the head of a quoted mail on, everything is."""
    for number, line in enumerate(lines):
        said = line.strip().lower()
        if said.startswith(">"):
            continue
        if said.startswith(_OTHERS.quoted):
            return
        if _introduces(said, lines[number + 1 : number + 3]):
            if not any(after.lstrip().startswith(">") for after in lines[number + 1 : number + 6]):
                return
            continue
        if not said.endswith(_OTHERS.quoted_by):
            yield line


def _introduces(said: str, after: Sequence[str]) -> bool:
    """Whether a line, wrapped or not, is the "On ... wrote:" before somebody else's words."""
    if said.endswith(_OTHERS.quoted_by):
        return len(said) > len("x wrote:") and any(c.isdigit() for c in said)
    if not said.startswith(("on ", "am ", "le ", "ar ", "op ")):
        return False
    whole = " ".join((said, *(line.strip().lower() for line in after)))[:_LONGEST_QUOTING]
    return any(c.isdigit() for c in said) and any(f"{m} " in f"{whole} " for m in _OTHERS.quoted_by)


def _signature(lines: Sequence[str], name: str) -> int:
    """The number of the line with which the signature begins, or of all lines."""
    names = _names(name)
    said = False  # whether there is anything that a signature could be under
    for number, line in enumerate(lines):
        plain = _plain(line)
        if line.rstrip() in ("--", "-- ", "---", "__") and said:
            return number
        ends = plain in names or (plain in _OTHERS.farewells and _signs(lines[number + 1 :]))
        if said and ends:
            return number
        said = said or bool(plain)
    return len(lines)


def _signs(after: Sequence[str]) -> bool:
    """Whether what follows a farewell is a name, rather than the message."""
    follows = next((line.strip() for line in after if line.strip()), "")
    short = len(follows.split()) <= _MOST_WORDS and not follows.endswith((".", ":", "?"))
    return short and not claims_a_document(follows)


def _names(name: str) -> set[str]:
    """A shown name both ways round: "One, Author" signs as "Author One"."""
    last, comma, first = name.partition(",")
    both = {_plain(name), _plain(f"{first} {last}")} if comma else {_plain(name)}
    return both - {""}


def _plain(line: str) -> str:
    folded = unicodedata.normalize("NFKC", line).casefold()
    return " ".join(folded.strip(" \t,.!-*_").split())


def _sentences(text: str) -> Iterator[str]:
    """Sentences, wrapped lines put together; a short line ends one."""
    said: list[str] = []
    for line in (*text.splitlines(), ""):
        line = (
            _TAG_OWN_WORDS.sub("", line.strip(), count=1)
            if _TAG_OWN_WORDS.match(line.strip().lower())
            else line
        )
        if line.strip():
            said.append(line.strip())
        if said and len(line.strip()) < WRAPPED_LINE_LENGTH:
            yield from _SENTENCE.split(" ".join(said))
            said = []
