"""Recognises mail that no person wrote, by the first mark of a program that it carries.

A return inside an automatic mail is still registered (failure mode 69), and
X-Auto-Response-Suppress is no mark: Outlook sets it on mail that people write (failure mode 67).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from config.mail_words import MAIL_WORDS
from intake.decoding import decode_encoded_words, fold_to_one_line
from intake.headers.header_block import Headers
from intake.message.mime import MimeLeaf

_MARKS_OF = MAIL_WORDS.marks


def _begins(words: Iterable[str], after: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}){after}", re.I)


_ABSENT = _begins(MAIL_WORDS.absences.begins)
# "Author One is out of the office." and no more; or until when.
_AWAY = re.compile(
    rf"(?:{'|'.join(map(re.escape, MAIL_WORDS.absences.says))})"
    rf"(?=[\s.!,;:()-]*(?:\Z|\d|(?:{'|'.join(map(re.escape, MAIL_WORDS.absences.then))})\b))",
    re.I,
)
_UNDELIVERED = _begins(_MARKS_OF.undelivered)
_RECEIPT = _begins(_MARKS_OF.receipts, r" ?(?::|\Z| - | from| for)")
_RECEIPT_SAYS = re.compile("|".join(map(re.escape, _MARKS_OF.receipt_says)), re.I)
_RECALL = _begins(_MARKS_OF.recalls, "")
_RECALL_SAYS = re.compile("|".join(map(re.escape, _MARKS_OF.recall_says)), re.I)
_READ_HERE = 2_000  # characters of a text, for what a receipt says

_DAEMON = re.compile(r"(?:^|[<\s\"])(?:mailer-daemon|postmaster)@|^\s*mailer-daemon\s*$", re.I)
_RETURNED_BY = re.compile(r"^\s*<?\s*mailer-daemon(?:@|>|\s*$)", re.I)
_IN_BRACKETS = re.compile(r"[\[({<*]{1,3}([^\[\](){}<>*]{1,40})[\])}>*]{1,3}[\s:-]*")
_MOST_TAGS = 5


def automatic_mark(headers: Headers, leaves: Iterable[MimeLeaf]) -> str:
    """A key of AUTOMATIC, or "" for mail that carries no mark of a program."""
    kinds = frozenset(leaf.kind for leaf in leaves)
    return next((name for name, is_marked in _MARKS if is_marked(headers, kinds)), "")


def automatic_by_words(headers: Headers, text: str = "") -> str:
    """A key of AUTOMATIC, or "", by what it says and by what rules leave: for mail that brings no
    return. `text` is what is known of its text."""
    subject = _subject(headers)
    return next((name for name, says in _WORDS if says(headers, subject, text)), "")


MarkPredicate = Callable[[Headers, frozenset[str]], bool]


def _is_delivery_report(headers: Headers, kinds: frozenset[str]) -> bool:
    reports = {"message/delivery-status", "message/global-delivery-status"}
    return bool(kinds & reports) or _report_type(headers) == "delivery-status"


def _says_it_failed(headers: Headers, _: frozenset[str]) -> bool:
    return "x-failed-recipients" in headers


def _is_from_a_mail_server(headers: Headers, _: frozenset[str]) -> bool:
    senders = (*headers.values_of("from"), *headers.values_of("sender"))
    returned = any(_RETURNED_BY.match(value) for value in headers.values_of("return-path"))
    return returned or any(_DAEMON.search(value) for value in senders)


def _is_ours(headers: Headers, _: frozenset[str]) -> bool:
    return "x-scr-intake" in headers


def _is_receipt(headers: Headers, kinds: frozenset[str]) -> bool:
    receipts = {"message/disposition-notification", "message/global-disposition-notification"}
    typed = bool(kinds & receipts) or _report_type(headers) == "disposition-notification"
    return typed or (_has_no_return(headers) and bool(_RECEIPT.match(_subject(headers))))


def _is_absence(headers: Headers, kinds: frozenset[str]) -> bool:
    """Some mark of a program, and the words of an absence; an old Exchange's own mark."""
    if "x-post-messageclass" in headers:
        return True
    marked = any(is_so(headers, kinds) for is_so in _ANSWERS)
    return marked and _says_absent(headers, _subject(headers), "")


def _is_auto_submitted(headers: Headers, _: frozenset[str]) -> bool:
    return any(word not in ("", "no") for word in _submitted(headers))


def is_automatic_answer(headers: Headers) -> bool:
    """Whether it says of itself that a program wrote it to answer a mail (RFC 3834)."""
    return "auto-replied" in _submitted(headers)


def _submitted(headers: Headers) -> list[str]:
    """RFC 3834: the word before any ";" or comment."""
    said = (
        re.split(r"[;(\s]", v.strip(), maxsplit=1)[0] for v in headers.values_of("auto-submitted")
    )
    return [word.lower() for word in said]


def _says_auto_reply(headers: Headers, _: frozenset[str]) -> bool:
    said = any(
        value.lower() not in ("no", "false")
        for name in _MARKS_OF.headers
        for value in headers.values_of(name)
    )
    return said or _precedence(headers) in _MARKS_OF.precedence


def _is_list(headers: Headers, _: frozenset[str]) -> bool:
    listed = any(name.startswith("list-") for name, _ in headers.fields)
    return listed or _precedence(headers) == "list" or "mailing-list" in headers


def _is_bulk(headers: Headers, _: frozenset[str]) -> bool:
    return _precedence(headers) in ("bulk", "junk")


def _wants_no_answer(headers: Headers, _: frozenset[str]) -> bool:
    return _has_no_return(headers)


_ANSWERS: tuple[MarkPredicate, ...] = (
    _is_auto_submitted,
    _says_auto_reply,
    _is_list,
    _is_bulk,
    _wants_no_answer,
)

# Bounces first, since many carry the marks of an automatic reply too. An empty return path comes
# last: Exchange sends absences and receipts with one.
_MARKS: tuple[tuple[str, MarkPredicate], ...] = (
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


def _says_absent(headers: Headers, subject: str, _: str) -> bool:
    untagged = strip_subject_tags(subject)
    return any(_ABSENT.match(said) or _AWAY.search(said) for said in {subject, untagged})


def _says_undelivered(headers: Headers, subject: str, _: str) -> bool:
    return bool(_UNDELIVERED.match(strip_subject_tags(subject)))


def _says_read(headers: Headers, subject: str, text: str) -> bool:
    """A person's subject may begin with "Read:": its text has to say so too."""
    said = _RECEIPT.match(strip_subject_tags(subject))
    return bool(said) and _RECEIPT_SAYS.search(text[:_READ_HERE]) is not None


def _says_recalled(headers: Headers, subject: str, text: str) -> bool:
    said = _RECALL.match(strip_subject_tags(subject))
    return bool(said) and _RECALL_SAYS.search(text[:_READ_HERE]) is not None


def _went_by_a_rule(headers: Headers, subject: str, _: str) -> bool:
    return any(name in headers for name in _MARKS_OF.when_empty)


_WORDS: tuple[tuple[str, Callable[[Headers, str, str], bool]], ...] = (
    ("absence", _says_absent),
    ("bounce", _says_undelivered),
    ("receipt", _says_read),
    ("recall", _says_recalled),
    ("auto-reply", _went_by_a_rule),
)


def strip_subject_tags(subject: str) -> str:
    """A subject without what gateways put before it: "[EXTERNAL] ", "OFFICIAL: "."""
    for _ in range(_MOST_TAGS):
        before = subject
        bracketed = _IN_BRACKETS.match(subject)
        if bracketed and bracketed[1].strip().lower() in _MARKS_OF.tags:
            subject = subject[bracketed.end() :]
        word, colon, rest = subject.partition(":")
        if colon and word.strip().lower() in _MARKS_OF.tags:
            subject = rest.lstrip()
        if subject == before:
            break
    return subject


def _report_type(headers: Headers) -> str:
    return (
        headers.type_parameter("report-type").lower()
        if headers.content_type == "multipart/report"
        else ""
    )


def _precedence(headers: Headers) -> str:
    names = ("precedence", "x-precedence", "preferences", "preference")
    return next((v.lower() for name in names if (v := headers.first_value(name))), "")


def _has_no_return(headers: Headers) -> bool:
    return any(re.sub(r"\s", "", value) == "<>" for value in headers.values_of("return-path"))


def _subject(headers: Headers) -> str:
    return fold_to_one_line(decode_encoded_words(headers.first_value("subject")), 200)
