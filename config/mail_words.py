"""Words that mail is read by, as data: auto-replies, sealed mail, covering notes, requests for
time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AbsenceWords:
    """How the subject of an absence note begins; what one `says` anywhere and ends with, but for
    words that begin as one of `then`."""

    begins: tuple[str, ...]
    says: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AutomaticMarks:
    """What programs put into the headers and subjects of what they send."""

    headers: frozenset[str]
    when_empty: frozenset[str]  # marks only of a message that brings no return
    precedence: frozenset[str]
    undelivered: tuple[str, ...]
    receipts: tuple[str, ...]
    receipt_says: tuple[str, ...]
    recalls: tuple[str, ...]
    recall_says: tuple[str, ...]
    tags: frozenset[str]  # before a subject, by a gateway or a person


@dataclass(frozen=True, slots=True)
class QuotedTextWords:
    """What in a message is not its sender's own word."""

    footers: tuple[str, ...]  # words of a sentence that every message of an organisation carries
    banners: tuple[str, ...]  # words of a gateway's warning
    quoted: tuple[str, ...]  # how a line begins that somebody else's words follow
    quoted_by: tuple[str, ...]  # how one ends
    quoted_markup: tuple[str, ...]
    signed_markup: tuple[str, ...]
    farewells: frozenset[str]
    texts: tuple[str, ...]  # names of what mail programs attach
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UrlPattern:
    """A host with its sub-domains, and how the path has to begin."""

    host: str
    path: str = "/"

    def matches_url(self, host: str, path: str) -> bool:
        own = host == self.host or host.endswith("." + self.host)
        return own and path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class SharingServices:
    """Where a document is that a message only points at."""

    sealed: tuple[UrlPattern, ...]
    sealed_begin: tuple[str, ...]
    sealed_paths: tuple[str, ...]
    sealed_endings: frozenset[str]
    sealed_files: tuple[str, ...]
    sealed_waits: tuple[str, ...]  # what the notice of one says, whoever's it is
    sealed_opens: tuple[str, ...]
    shared: tuple[UrlPattern, ...]
    sharepoint: tuple[UrlPattern, ...]
    sharepoint_files: tuple[str, ...]
    sharepoint_says: tuple[str, ...]  # of a page, that what is sent is there
    dashes: tuple[UrlPattern, ...]
    by_host: tuple[tuple[UrlPattern, str], ...]  # and the parameter that has it
    by_base64: tuple[tuple[UrlPattern, str], ...]


@dataclass(frozen=True, slots=True)
class MachineNotices:
    """What programs say that somebody has to act on."""

    left: tuple[str, ...]
    challenge: tuple[str, ...]
    quarantine: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeavingWords:
    """How people say that they leave, that somebody else does, and who takes over or is to be
    written to; and words in capitals that begin a sentence and no name. `ended` says that somebody
    leaves where it stands right behind their name, `in_place_of` whose place is taken, `author` and
    `commissioner` what people of a role are called. `last_day` says when that is, `gone` that it
    has been, `instead` what whoever takes over is to be sent: with them registered it is done."""

    themselves: tuple[str, ...]
    others: tuple[str, ...]
    ended: tuple[str, ...]
    in_place_of: tuple[str, ...]
    author: tuple[str, ...]
    commissioner: tuple[str, ...]
    last_day: tuple[str, ...]
    gone: tuple[str, ...]
    new_contact: tuple[str, ...]
    write_to: tuple[str, ...]
    takes_over: tuple[str, ...]
    no_name: tuple[str, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeveralReviewsWords:
    """What says that a message is for several reviews, and what says the contrary before it."""

    words: tuple[str, ...]
    contrary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemovedFileWords:
    """What a gateway leaves in the place of a file: how its name begins, what it says, and how a
    line in the message begins that says so."""

    files: tuple[str, ...]
    says: tuple[str, ...]
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailWords:
    """All of it, in lower case."""

    absences: AbsenceWords
    marks: AutomaticMarks
    others: QuotedTextWords
    services: SharingServices
    removed: RemovedFileWords
    machines: MachineNotices
    leaving: LeavingWords
    several_reviews: SeveralReviewsWords
    claims: tuple[str, ...]  # words that say a document comes with the message
    partings: tuple[str, ...]
    handed_on: tuple[str, ...]
    handed_to: tuple[str, ...]
    asking: tuple[str, ...]
    on_paper: tuple[str, ...]
    not_denied: frozenset[str]  # what "no" may stand before in them
    thanks: frozenset[str]  # all the words of a message that only thanks
    greetings: tuple[str, ...]  # how a line begins that only greets
    webmail: frozenset[str]  # domains


def _read(path: Path) -> MailWords:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    absent = (words for language in raw["absent"].values() for words in language)
    return MailWords(
        absences=AbsenceWords(
            _lower(absent), _lower(raw["away"]["says"]), _lower(raw["away"]["then"])
        ),
        marks=_marks(raw),
        others=_others(raw["claims"], raw["asides"]),
        services=_services(raw["sealed"], raw["shared"], raw["rewritten"]),
        removed=RemovedFileWords(**{name: _lower(words) for name, words in raw["removed"].items()}),
        machines=MachineNotices(**{name: _lower(words) for name, words in raw["machines"].items()}),
        leaving=LeavingWords(**{name: _lower(words) for name, words in raw["leaving"].items()}),
        several_reviews=SeveralReviewsWords(
            _lower(raw["several_reviews"]["words"]), _lower(raw["several_reviews"]["contrary"])
        ),
        claims=_lower(raw["claims"]["words"]),
        thanks=frozenset(_lower(raw["thanks"]["words"])),
        partings=_lower(raw["thanks"]["partings"]),
        handed_on=_lower(raw["thanks"]["handed_on"]),
        handed_to=_lower(raw["thanks"]["handed_to"]),
        asking=_lower(raw["thanks"]["asking"]),
        on_paper=_lower(raw["paper"]["ways"]),
        not_denied=frozenset(_lower(raw["thanks"]["not_denied"])),
        greetings=_lower(raw["thanks"]["greetings"]),
        webmail=frozenset(_lower(raw["webmail"]["domains"])),
    )


def _marks(raw: dict[str, dict[str, list[str]]]) -> AutomaticMarks:
    automatic = raw["automatic"]
    return AutomaticMarks(
        headers=frozenset(_lower(automatic["headers"])),
        when_empty=frozenset(_lower(automatic["when_empty"])),
        precedence=frozenset(_lower(automatic["precedence"])),
        undelivered=_lower(raw["undelivered"]["subjects"]),
        receipts=_lower(raw["receipt"]["subjects"]),
        receipt_says=_lower(raw["receipt"]["says"]),
        recalls=_lower(raw["recall"]["subjects"]),
        recall_says=_lower(raw["recall"]["says"]),
        tags=frozenset(_lower(raw["tags"]["words"])),
    )


def _others(claims: dict[str, list[str]], asides: dict[str, list[str]]) -> QuotedTextWords:
    return QuotedTextWords(
        footers=_lower(claims["footers"]),
        banners=_lower(claims["banners"]),
        quoted=_lower(claims["quoted"]),
        quoted_by=_lower(claims["quoted_by"]),
        quoted_markup=_lower(claims["quoted_markup"]),
        signed_markup=_lower(claims["signed_markup"]),
        farewells=frozenset(_lower(claims["farewells"])),
        texts=_lower(asides["texts"]),
        pictures=_lower(asides["pictures"]),
    )


def _services(
    sealed: dict[str, list[str]], shared: dict[str, list[str]], rewritten: dict[str, list[str]]
) -> SharingServices:
    return SharingServices(
        sealed=_addresses(sealed["hosts"]),
        sealed_begin=_lower(sealed["hosts_begin"]),
        sealed_paths=_lower(sealed["paths"]),
        sealed_files=_lower(sealed["files"]),
        sealed_endings=frozenset(_lower(sealed["endings"])),
        sealed_waits=_lower(sealed["waits"]),
        sealed_opens=_lower(sealed["opens"]),
        shared=_addresses(shared["hosts"]),
        sharepoint=_addresses(shared["sharepoint"]),
        sharepoint_files=_lower(shared["sharepoint_files"]),
        sharepoint_says=_lower(shared["says"]),
        dashes=_addresses(rewritten["dashes"]),
        by_host=_parameters(rewritten["host"]),
        by_base64=_parameters(rewritten["base64"]),
    )


def _addresses(written: Iterable[str]) -> tuple[UrlPattern, ...]:
    return tuple(map(_address, written))


def _address(written: str) -> UrlPattern:
    host, _, path = written.lower().partition("/")
    return UrlPattern(host, f"/{path}")


def _parameters(written: Iterable[str]) -> tuple[tuple[UrlPattern, str], ...]:
    pairs = (each.split() for each in written)
    return tuple((_address(host), parameter.lower()) for host, parameter in pairs)


def _lower(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


MAIL_WORDS = _read(Path(__file__).with_suffix(".toml"))


@dataclass(frozen=True, slots=True)
class CoveringWords:
    """All of it, in lower case and without punctuation."""

    words: frozenset[str]
    phrases: tuple[re.Pattern[str], ...]
    sentences: tuple[re.Pattern[str], ...]
    contact: frozenset[str]
    telling: frozenset[str]
    unfinished: re.Pattern[str]
    of_another: re.Pattern[str]
    the_right_one: re.Pattern[str]
    back: re.Pattern[str]
    of_nil: re.Pattern[str]
    claims_nil: re.Pattern[str]
    identifying: re.Pattern[str]


_OF_MENDED = ("mended", "better", "done", "thing", "number")


@cache
def covering_words() -> CoveringWords:
    """Read when the first message is: their patterns take as long to make as all other words."""
    raw = tomllib.loads(Path(__file__).with_name("covering_words.toml").read_text(encoding="utf-8"))
    parts = {f"{{{name}}}": raw[name] for name in ("any", "days", *_OF_MENDED)}
    to_come = [_filled(one, parts) for one in raw["to_come"]]
    return CoveringWords(
        words=frozenset(raw["words"]),
        phrases=tuple(re.compile(rf"\b(?:{_filled(one, parts)})\b") for one in raw["phrases"]),
        sentences=tuple(re.compile(_filled(one, parts)) for one in raw["sentences"]),
        contact=frozenset(raw["contact"]),
        telling=frozenset(raw["telling"]),
        of_another=_whole(raw["of_another"], parts),
        the_right_one=_whole(raw["the_right_one"], parts),
        unfinished=re.compile(rf"{_any_of(raw['unfinished']).pattern}|\b(?:{'|'.join(to_come)})\b"),
        back=_any_of(raw["back"]),
        of_nil=_any_of(raw["of_nil"]),
        claims_nil=re.compile(
            f"{_any_of(raw['claims_nil']).pattern}(?! {_any_of(raw['not_yet_nil']).pattern})"
        ),
        identifying=_any_of(raw["identifying"]),
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


def _whole(patterns: Iterable[str], parts: dict[str, str]) -> re.Pattern[str]:
    """Any of these, as a sentence."""
    return re.compile("|".join(f"(?:{_filled(one, parts)})" for one in patterns))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """All of it, in lower case."""

    topics: frozenset[str]
    around: frozenset[str]
    thanks: frozenset[str]
    thanking: frozenset[str]
    thanked_for: frozenset[str]
    coming_on: frozenset[str]
    coming_on_with: frozenset[str]
    matters: frozenset[str]
    replies: tuple[str, ...]
    subjects: frozenset[str]


def _read_small_talk(path: Path) -> SmallTalk:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    replies = tuple(raw.pop("replies"))
    return SmallTalk(replies=replies, **{name: frozenset(words) for name, words in raw.items()})


SMALL_TALK = _read_small_talk(Path(__file__).with_name("small_talk.toml"))
