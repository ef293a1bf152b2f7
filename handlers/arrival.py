"""What is said of a file itself: unreadable, protected, dangerous, of no known kind.

Does: turns what happened to a file before any return was found in it into a Judgement.
Trusts: nothing from inside the file; every word comes from `config/arrivals.toml`.
Never touches: the file.
Known limits: formats that the service does not read yet are a question for a person.
"""

from __future__ import annotations

from config.arrivals import ARRIVALS
from config.kind import Kind
from handlers.block import DANGERS
from handlers.finding import Finding, Judgement, Where

# How a format is called in a sentence; the words of intake/message/sniff.py.
FORMATS: dict[str, str] = {
    "doc": "an older Word document (.doc)",
    "rtf": "a rich text file",
    "odt": "an OpenDocument text",
    "pdf": "a PDF",
    "xlsx": "a spreadsheet",
    "jpeg": "a picture",
    "png": "a picture",
    "tiff": "a picture",
    "gif": "a picture",
    "zip": "a zip file",
    "eml": "a forwarded message",
    "msg": "an Outlook message",
    "tnef": "a message in Outlook's own wrapping",
    "p7m": "a sealed message",
    "html": "a web page",
    "text": "plain text",
}
PROTECTED = frozenset({"ole-encrypted", "rpmsg", "pgp"})


def finding(rule: str, **words: str) -> Finding:
    """A finding about the file as a whole."""
    law = ARRIVALS[rule]
    return Finding(rule, law.severity, law.says.format(**words), law.fix.format(**words), Where())


def judged(rule: str, kind: Kind | None = None, **words: str) -> tuple[Judgement, ...]:
    """The whole file came to this one thing."""
    return (Judgement(kind.id if kind else None, 0.0, (finding(rule, **words),)),)


def unopened(format: str, assumed: Kind | None) -> tuple[Judgement, ...]:
    """A format with no reader here. A chronology has to be Word: that one is a fault."""
    if format in PROTECTED:
        return judged("protected", assumed)
    if format == "empty":
        return judged("empty", assumed)
    name = FORMATS.get(format, "a kind of file")
    if format == "xlsx" or (assumed is not None and assumed.id == "chronology"):
        return judged("chronology-format", assumed, format=name)
    return judged("format-not-read", assumed, format=name)


def dangerous(dangers: tuple[str, ...] | list[str]) -> Finding:
    """One finding for all that makes a file dangerous."""
    why = "; ".join(DANGERS[word] for word in dangers if word in DANGERS)
    return finding("dangerous", why=why or DANGERS["package"])


def not_recognised(nearest: Kind | None) -> tuple[Judgement, ...]:
    """A question that names the nearest kind, where there is one."""
    if nearest is None:
        return judged("not-recognised")
    return judged("not-recognised-near", nearest=nearest.noun)
