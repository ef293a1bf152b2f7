"""What is asked of the worker about one document, and what is said of a file itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from config.kind import Kind
from config.kind_shape import TableShape
from config.rules import ARRIVAL_RULES, VALUE_REFUSALS
from handlers.context import Context
from handlers.document import DANGERS
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.in_order_parts import with_later_findings
from intake.signatures.signature import SignatureTrust


@dataclass(frozen=True, slots=True)
class JudgingRequest:
    """`ending` is that of the file's name, `format` as sniffed already; "" where not known.
    Without `trust` no digital signature counts. Comments in the name of the `board` are its own."""

    context: Context
    ending: str = ""
    format: str = ""
    trust: SignatureTrust | None = None
    board: str = ""


# Why a file of which nothing is wrong was not read.
UNREAD_PHRASES: dict[str, str] = {
    "size": "once opened it is larger than a return can be",
    "time": "it takes longer to open than a return should",
    "ended": "what we read files with broke down over it",
}

# How a format is called in a sentence; the words of intake/message/file_type.py.
FORMAT_PHRASES: dict[str, str] = {
    "doc": "an older Word document (.doc)",
    "rtf": "a rich text file",
    "odt": "an OpenDocument text",
    "pdf": "a PDF",
    "xlsx": "a spreadsheet",
    "xls": "a spreadsheet",
    "jpeg": "a picture",
    "png": "a picture",
    "tiff": "a picture",
    "gif": "a picture",
    "zip": "a zip file",
    "eml": "a forwarded message",
    "msg": "an Outlook message",
    "tnef": "a message in Outlook's own wrapping",
    "html": "a web page",
    "text": "plain text",
}
# Those of them that Word opens, and saves as its own at once.
OPENED_BY_WORD = frozenset({"html", "text", "rtf", "odt", "doc"})
# Why a container was not opened, as a rule of config/arrivals.toml.
NOT_OPENED_RULES: dict[str, str] = {
    "zip-encrypted": "zip-protected",
    "zip-nested": "zip-nested",
    "zip-too-big": "zip-too-big",
    "zip-damaged": "zip-damaged",
    "container-damaged": "container-closed",
    "too-deep": "container-closed",
}
PROTECTED_FORMATS = frozenset({"ole-encrypted", "rpmsg", "pgp"})
# What entries have to be copied out of; a text of another word processor can be converted.
NO_TABLE_FORMATS = frozenset({"xlsx", "xls", "pdf", "jpeg", "png", "tiff", "gif"})


def file_finding(rule: str, **words: str) -> Finding:
    """A finding about the file as a whole. Raises KeyError for a rule that is not in
    `config/arrivals.toml`."""
    law = ARRIVAL_RULES[rule]
    return Finding(
        rule, law.severity, law.says.format(**words), law.fix.format(**words), FindingPlace()
    )


def judge_whole_file(rule: str, kind: Kind | None = None, **words: str) -> tuple[Judgement, ...]:
    """The whole file came to this one thing."""
    return (Judgement(kind.id if kind else None, 0.0, (file_finding(rule, **words),)),)


def with_copy_finding(judgement: Judgement, rule: str, **words: str) -> Judgement:
    """The judgement with a finding about the copy it was made from. That rule says what becomes of
    the faults; a danger stays one."""
    softer = ARRIVAL_RULES[rule].faults_become
    found = tuple(
        replace(f, severity=softer) if softer and f.severity == "fault" else f
        for f in judgement.findings
    )
    return with_later_findings(replace(judgement, findings=found), (file_finding(rule, **words),))


def judge_unread_format(format: str, assumed: Kind | None) -> tuple[Judgement, ...]:
    """A format with no reader here. Meant as a chronology, which has to be Word, it is a fault."""
    if format in PROTECTED_FORMATS:
        return judge_whole_file("protected", assumed)
    if format == "p7m":
        return judge_whole_file("sealed", assumed)
    if format == "empty":
        return judge_whole_file("empty", assumed)
    name = FORMAT_PHRASES.get(format, "a kind of file we do not know")
    if is_unusable_chronology(format, assumed):
        return judge_whole_file("chronology-format", assumed, format=name)
    said = file_finding("format-not-read", format=name)
    if format in OPENED_BY_WORD:
        said = replace(said, fix=VALUE_REFUSALS["unread"]["save-in-word"].fix)
    return (Judgement(assumed.id if assumed else None, 0.0, (said,)),)


def judge_closed_container(closed: str) -> tuple[Judgement, ...]:
    """A container that was not opened, by a word of CLOSED in intake/message/message.py."""
    return judge_whole_file(NOT_OPENED_RULES[closed])


def is_unusable_chronology(format: str, assumed: Kind | None) -> bool:
    """Whether it is known to be meant as a chronology and in a format that entries have to be
    copied out of, whatever is in it."""
    return (
        assumed is not None and isinstance(assumed.shape, TableShape) and format in NO_TABLE_FORMATS
    )


def danger_finding(dangers: Iterable[str]) -> Finding:
    """One finding for all that makes a file dangerous."""
    words = list(dangers)
    placed = {word.partition(":")[0] for word in words if ":" in word}
    why = "; ".join(DANGERS[word] for word in words if word in DANGERS and word not in placed)
    return file_finding("dangerous", why=why or DANGERS["package"])


def judge_dangerous_file(dangers: Iterable[str], kind: Kind | None) -> tuple[Judgement, ...]:
    """A file that was not opened because of what it is made of."""
    return (Judgement(kind.id if kind else None, 0.0, (danger_finding(dangers),)),)


def hold_for_danger(dangers: Iterable[str], said: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The same returns, held for the danger: nothing else is said of them."""
    danger = danger_finding(dangers)
    return tuple(Judgement(j.kind, j.confidence, (danger,)) for j in said)


def judge_unrecognised(nearest: Kind | None) -> tuple[Judgement, ...]:
    """A question that names the nearest kind, where there is one."""
    if nearest is None:
        return judge_whole_file("not-recognised")
    return judge_whole_file("not-recognised-near", nearest=nearest.noun)


def with_advice(judgements: tuple[Judgement, ...], advice: Finding) -> tuple[Judgement, ...]:
    """The advice is about the file, so it is told once, and not of one that is held."""
    first, *rest = judgements
    if first.verdict == "hold":
        return judgements
    return (with_later_findings(first, (advice,)), *rest)
