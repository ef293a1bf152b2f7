"""Mail that no person wrote, so that none is answered.

Does: names the first mark of a program that a mail carries, from a table read top to bottom.
Trusts: nothing. A forged mark costs a sender an answer and nothing more.
Never touches: attachments: a real return inside an automatic mail is still registered (failure
mode 69).
Known limits: an absence with no header, in words that `config/mail_words.toml` does not hold, is
taken for a person's. The caps on letters stand behind that. X-Auto-Response-Suppress asks *us*
not to answer automatically and is set by Outlook on mail that people write: no mark (failure
mode 67).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from config.mail_words import MAIL_WORDS
from intake.message.headers import Headers
from intake.message.parts import Leaf
from intake.message.text import one_line, without_encoded_words

_ABSENT = re.compile(rf"(?:{'|'.join(map(re.escape, MAIL_WORDS.absent))})(?!\w)", re.I)
_DAEMON = re.compile(r"(?:^|[<\s\"])(?:mailer-daemon|postmaster)@|^\s*mailer-daemon\s*$", re.I)
_RECEIPT_SUBJECT = re.compile(r"(?:read|not read|gelesen|lu) ?: ", re.I)


def automatic(headers: Headers, leaves: Iterable[Leaf]) -> str:
    """A key of AUTOMATIC, or "" for mail that a person seems to have written."""
    kinds = frozenset(leaf.kind for leaf in leaves)
    return next((name for name, is_marked in _MARKS if is_marked(headers, kinds)), "")


Mark = Callable[[Headers, frozenset[str]], bool]


def _is_delivery_report(headers: Headers, kinds: frozenset[str]) -> bool:
    reports = {"message/delivery-status", "message/global-delivery-status"}
    return bool(kinds & reports) or _report_type(headers) == "delivery-status"


def _says_it_failed(headers: Headers, _: frozenset[str]) -> bool:
    return "x-failed-recipients" in headers


def _is_from_a_mail_server(headers: Headers, _: frozenset[str]) -> bool:
    return any(_DAEMON.search(value) for value in headers.all("from"))


def _is_ours(headers: Headers, _: frozenset[str]) -> bool:
    return "x-scr-intake" in headers


def _is_receipt(headers: Headers, kinds: frozenset[str]) -> bool:
    receipts = {"message/disposition-notification", "message/global-disposition-notification"}
    typed = bool(kinds & receipts) or _report_type(headers) == "disposition-notification"
    return typed or (_has_no_return(headers) and bool(_RECEIPT_SUBJECT.match(_subject(headers))))


def _is_absence(headers: Headers, _: frozenset[str]) -> bool:
    return "x-post-messageclass" in headers or bool(_ABSENT.match(_subject(headers)))


def _is_auto_submitted(headers: Headers, _: frozenset[str]) -> bool:
    """RFC 3834: the word before any ";" or comment, and not "no"."""
    words = (re.split(r"[;(\s]", v.strip(), maxsplit=1)[0] for v in headers.all("auto-submitted"))
    return any(word.lower() not in ("", "no") for word in words)


def _says_auto_reply(headers: Headers, _: frozenset[str]) -> bool:
    names = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-mail-autoreply")
    said = any(value.lower() not in ("no", "false") for n in names for value in headers.all(n))
    return said or _precedence(headers) in ("auto_reply", "auto-reply")


def _is_list(headers: Headers, _: frozenset[str]) -> bool:
    listed = any(name.startswith("list-") for name, _ in headers.fields)
    return listed or _precedence(headers) == "list" or "mailing-list" in headers


def _is_bulk(headers: Headers, _: frozenset[str]) -> bool:
    return _precedence(headers) in ("bulk", "junk")


def _wants_no_answer(headers: Headers, _: frozenset[str]) -> bool:
    return _has_no_return(headers)


# Bounces first, since many carry the marks of an automatic reply too. An empty return path comes
# last: Exchange sends absences and receipts with one.
_MARKS: tuple[tuple[str, Mark], ...] = (
    ("bounce", _is_delivery_report),
    ("bounce", _says_it_failed),
    ("bounce", _is_from_a_mail_server),
    ("own-loop", _is_ours),
    ("receipt", _is_receipt),
    ("absence", _is_absence),
    ("auto-reply", _is_auto_submitted),
    ("auto-reply", _says_auto_reply),
    ("list", _is_list),
    ("bulk", _is_bulk),
    ("bounce", _wants_no_answer),
)


def _report_type(headers: Headers) -> str:
    return headers.parameter("report-type").lower() if headers.kind == "multipart/report" else ""


def _precedence(headers: Headers) -> str:
    return headers.first("precedence").lower()


def _has_no_return(headers: Headers) -> bool:
    return any(re.sub(r"\s", "", value) == "<>" for value in headers.all("return-path"))


def _subject(headers: Headers) -> str:
    return one_line(without_encoded_words(headers.first("subject")), 200)
