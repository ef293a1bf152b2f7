"""What the words of a mail say besides that it brings documents, and what that means for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from config.kind import Kinds
from config.mail_words import MAIL_WORDS, SMALL_TALK, covering_words
from config.time_request_words import return_name_patterns
from handlers.checks.form.letter_sentences import split_sentences
from handlers.findings import Judgement
from handlers.in_order_parts import with_later_findings
from handlers.judging import arrival
from handlers.register.submissions import DeliveryPart, Submission
from handlers.values.normalise import fold_text
from handlers.values.time_requests import spell_out_returns
from intake.message.body import is_boilerplate_line, unquoted_lines
from intake.message.message import Message

NoteSays = Literal["", "more", "unfinished"]

MAX_SENTENCES = 200  # sentences
_GREETING = re.compile(
    r"^\W*(?i:dear|hi(?:ya)?|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|"
    r"annwyl|bore da|prynhawn da|helo|shwmae|to whom it may concern)\b"
    r"(?:[ ,/&-]+(?:(?i:and|both|all|there|team|sir|madam|or|colleagues?)\b|[A-Z][\w'’.-]*))*"
    r"\s*[,:;!.–-]*\s*"
)
_CHILD = re.compile(r"\b(?:Child(?:ren)?|Baby|Family|Adult) [A-Z]{1,2}\d{0,3}\b")
_WHOSE = re.compile(
    r"\b(?:behalf of|from|signed by|completed by|prepared by|approved by|written by|cc|copied to|"
    r"thank you|thanks|regards)\s*,?\s+(?:(?:[A-Z][\w'’.&-]*|of|and|the|for)[ ,]*)+"
)
_FIGURE = re.compile(r"\d")
_ADDRESS = re.compile(r"@|://|\bwww\.|\.(?:uk|com|org|net|wales|cymru|example)\b", re.I)
_POSTSCRIPT = re.compile(
    r"^\W*(?:p\. ?s\b|ps\b|p\. ?p\. ?s\b|n\. ?b\b|nb\b)\W*|^[*†] ?(?=[A-Z])", re.I
)
_OF_THE_FAMILY = re.compile(
    r"\b(?:mother|father|mum|dad|step ?father|step ?mother|siblings?|nil return|draft|"
    r"we (?:did|found|know)\b(?! not))\b"
)


def read_covering_note(message: Message, names: Collection[str] = ()) -> NoteSays:
    """What a mail says besides bringing something. `names` are those of the agency and of its
    people, which stand for nothing else."""
    own = [line for line in message.own_words.splitlines() if line.strip()]
    rest = _beside(own, message.body_text)
    if any(_is_right_one(one) for one in own):
        own = [one for one in own if not (_is_right_one(one) or _is_of_another(one))]
    told = [*own, *rest]
    if any(covering_words().unfinished.search(fold_text(one)) for one in (*told, message.subject)):
        return "unfinished"
    known = frozenset(word for name in names for word in fold_text(name).split())
    lines = [" ".join(line.split()) for line in unquoted_lines(message.body_text)]
    more = (
        any(not _covered(one, lines, known) for one in own[:MAX_SENTENCES])
        or len(own) > MAX_SENTENCES
    )
    return "more" if more or any(not is_covering_sentence(one, known) for one in rest) else ""


def _is_right_one(sentence: str) -> bool:
    """Whether it says that the right document comes now, and nothing else."""
    said = fold_text(_without_greeting(sentence))
    return covering_words().the_right_one.fullmatch(said) is not None


def _is_of_another(sentence: str) -> bool:
    """Whether it says that another document was the wrong one, and nothing else."""
    said = fold_text(_without_greeting(sentence))
    return covering_words().of_another.fullmatch(said) is not None


def _covered(sentence: str, lines: Collection[str], names: frozenset[str]) -> bool:
    """Whether it is, or is made of whole lines that are each: long lines of a signature look like
    one that is wrapped."""
    if is_covering_sentence(sentence, names):
        return True
    rest = " ".join(sentence.split())
    while own := next((line for line in lines if rest.startswith(line)), ""):
        if not is_covering_sentence(own, names):
            return False
        rest = rest[len(own) :].strip()
    return not rest


def may_take_back(message: Message, *, nil: bool) -> bool:
    """Whether its words may take back what was accepted; `nil` says that it was a nil return."""
    text = " ".join(map(fold_text, message.own_words.splitlines()))
    return bool(
        covering_words().back.search(text) or (nil and covering_words().of_nil.search(text))
    )


def claims_nil_return(words: str) -> bool:
    """Whether a sender's own words are a nil return themselves, whatever they say besides: one that
    is nearly one is looked at as one, and asks for no more time."""
    said = (_without_greeting(line) for line in split_sentences(words.splitlines()))
    first = next((plain for line in said if (plain := fold_text(line))), "")
    return covering_words().claims_nil.match(first) is not None and "?" not in words


def speaks_of_identifier(message: Message, names: Collection[str] = ()) -> bool:
    """Whether a sentence that brings nothing speaks of the identifier on a document."""
    known = frozenset(word for name in names for word in fold_text(name).split())
    own = [line for line in message.own_words.splitlines() if line.strip()]
    return any(
        covering_words().identifying.search(fold_text(one)) and not is_covering_sentence(one, known)
        for one in own[:MAX_SENTENCES]
    )


def is_covering_sentence(sentence: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence says nothing but that something comes with the mail."""
    rest = _ONE_OR_MORE.sub("s", _without_greeting(sentence))
    plain = _PLAIN_NO.sub(r"\1", fold_text(rest))
    if not plain or any(
        known.fullmatch(plain + end) for known in covering_words().sentences for end in ("", " ")
    ):
        return True
    return _is_bare(_CHILD.sub(" ", rest), names) or is_contact_line(rest, plain)


_ONE_OR_MORE = re.compile(r"(?<=[a-z])\(s\)", re.IGNORECASE)  # "document(s)"
_PLAIN_NO = re.compile(r"\b(tel|telephone|phone|mobile|mob|fax|ref|reference)(?: no| number)\b")


def _without_greeting(sentence: str) -> str:
    found = _GREETING.match(sentence)
    if found is None or not covering_words().telling.isdisjoint(fold_text(found[0]).split()):
        return sentence
    return sentence[found.end() :]


def _is_bare(text: str, names: frozenset[str]) -> bool:
    """Every word is one of those that only bring something, a figure, or a name where one is said
    to be."""
    if _names_of(text):
        text = _WHOSE.sub(lambda found: f" {found[0].split()[0]} ", text)
    text = fold_text(text)
    for phrase in covering_words().phrases:
        text = phrase.sub(" ", text)
    known = covering_words().words | names
    return all(
        w in known or w.removesuffix("s") in known or _FIGURE.search(w) for w in text.split()
    )


def _names_of(text: str) -> bool:
    """Whether the names in it are nobody's of whom the mail may tell something."""
    said = (word for found in _WHOSE.finditer(text) for word in fold_text(found[0]).split())
    return covering_words().telling.isdisjoint(said)


def is_contact_line(text: str, plain: str) -> bool:
    """Whether it is a line of a signature: a name, a post, a place, numbers and addresses."""
    words = [word for word in re.split(r"[\s,;|/()·•–-]+", text) if re.search(r"\w", word)]
    if not words or not covering_words().telling.isdisjoint(plain.split()):
        return False
    stops = text.rstrip().endswith((".", "!", "?")) and not _ADDRESS.search(text)
    if stops and len(words) < 3 and len(words[-1].rstrip(".")) > 1:
        return False
    return all(_of_contact(word) for word in words)


def _of_contact(word: str) -> bool:
    if word[:1].isupper() or _FIGURE.search(word) or _ADDRESS.search(word):
        return True
    return fold_text(word) in covering_words().contact


def _beside(own: Collection[str], text: str) -> list[str]:
    """What stands under the signature, or reads like a footer, and may be the sender's word."""
    said = " ".join(" ".join(own).split())
    lines = (" ".join(line.split()) for line in unquoted_lines(text))
    return [_POSTSCRIPT.sub("", x) for x in lines if _may_be_theirs(x) and x not in said]


def _may_be_theirs(line: str) -> bool:
    postscript = _POSTSCRIPT.match(line) is not None and not is_boilerplate_line(line)
    return postscript or _OF_THE_FAMILY.search(fold_text(line)) is not None


Submissions = tuple[Submission, ...]
_RULES = {"more": "mail-says-more", "unfinished": "mail-says-unfinished"}


def add_note_findings(documents: Submissions, said: NoteSays, kinds: Kinds) -> Submissions:
    """The documents' judgements, a person asked where what the mail says may be against them."""
    if not said:
        return documents
    return tuple(
        replace(one, judgements=tuple(_weighed(j, said, kinds) for j in one.judgements))
        for one in documents
    )


IDENTIFIER_RULES = frozenset({"identifier-unknown", "child-unclear"})


def with_identifier_told(documents: Submissions) -> Submissions:
    """The documents of a mail that speaks of the identifier: a letter that asked for it is answered
    by that, and does not ask the same again."""
    return tuple(
        replace(one, judgements=tuple(map(_identifier_told, one.judgements))) for one in documents
    )


def _identifier_told(judgement: Judgement) -> Judgement:
    told = arrival.file_finding("identifier-told")
    return replace(
        judgement,
        findings=tuple(
            replace(told, where=f.where) if f.rule in IDENTIFIER_RULES else f
            for f in judgement.findings
        ),
    )


def has_untold_note(documents: Submissions, said: NoteSays) -> bool:
    """Whether what the mail says is asked about with none of its documents, or not with all."""
    return bool(said) and _asked(documents) < sum(max(1, len(d.judgements)) for d in documents)


def part_says_more(part: DeliveryPart) -> bool:
    """Whether the mail was found to say more, in whatever way that is told."""
    return part.origin.says_more or _asked(part.submissions) > 0


def _asked(documents: Submissions) -> int:
    found = (f.rule for d in documents for j in d.judgements for f in j.findings)
    return sum(rule in _RULES.values() for rule in found)


def _weighed(judgement: Judgement, said: NoteSays, kinds: Kinds) -> Judgement:
    kind = kinds.get(judgement.kind)
    settles = kind is not None and kind.settles_pack
    if judgement.verdict == "hold" or (said == "more" and not settles):
        return judgement
    return with_later_findings(judgement, (arrival.file_finding(_RULES[said]),), kind)


MAX_SMALL_TALK_WORDS = 40  # words, without those of a signature
MAX_SMALL_TALK_LINES = 40
_WORD = re.compile(r"(?=['-]*\w)[\w'-]+|\?|https?:")


def _either(words: Iterable[str]) -> str:
    """The longest first, so that none is read as the beginning of another."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_REFERENCE = re.compile(r"(?:[a-z]{1,2}|scr|sar|cspr)\d{1,4}")  # of a case, as people write it
_PARTING = re.compile(rf"\b(?:{_either(MAIL_WORDS.partings)})\b")
_HANDED_ON = re.compile(
    rf"\b(?:{_either(MAIL_WORDS.handed_on)})(?: (?:it|this|these|them|that|all|both))*(?: on)?"
    rf" (?:to|with|among) (?:{_either(MAIL_WORDS.handed_to)})\b"
)
_TAG = re.compile(r"^\s*[\[({][^\])}]{1,30}[\])}]\s*")
_FAREWELLS = "|".join(sorted(map(re.escape, MAIL_WORDS.others.farewells), key=len)[::-1])
_FAREWELL = re.compile(rf"^\W*(?:{_FAREWELLS})(?:\W+|$)", re.I)
_THANKS = MAIL_WORDS.thanks | SMALL_TALK.thanks
_TALK = _THANKS | SMALL_TALK.topics | SMALL_TALK.around


def is_small_talk(subject: str, words: str) -> bool:
    """Whether a message is: `words` are its sender's own. Nothing at all is not."""
    lines = [line for line in words.splitlines() if _WORD.search(line)]
    said = list(_talk(lines))
    if not said or len(lines) > MAX_SMALL_TALK_LINES or not _is_talk(said):
        return False
    return _says_nothing(subject)


def _talk(lines: Iterable[str]) -> Iterator[str]:
    """The words of the lines that are no part of a signature. Nothing is one before a word was
    said."""
    begun = False
    for line in lines:
        found = _said(line)
        if begun and not _THANKS.issuperset(found) and _is_of_a_signature(line):
            continue
        begun = begun or bool(found)
        yield from found


def _is_talk(said: list[str]) -> bool:
    if len(said) > MAX_SMALL_TALK_WORDS:
        return False
    after_no = [after for word, after in pairwise([*said, ""]) if word == "no"]
    if not MAIL_WORDS.not_denied.issuperset(after_no):
        return False
    said = [word for word in said if not _REFERENCE.fullmatch(word)]
    return _THANKS.issuperset(said) or (
        _TALK.issuperset(said) and not SMALL_TALK.topics.isdisjoint(said)
    )


def _said(line: str) -> list[str]:
    lower = line.lower().replace("’", "'")
    if lower.startswith(MAIL_WORDS.greetings) and len(lower.split()) <= 6:
        return []
    asks = ["?"] if lower.startswith(MAIL_WORDS.asking) else []
    return asks + _WORD.findall(_HANDED_ON.sub(" ", _PARTING.sub(" ", lower)))


def _is_of_a_signature(line: str) -> bool:
    line = _FAREWELL.sub("", line)
    plain = fold_text(line)
    if not plain:  # a farewell alone
        return True
    ends = (plain, f"{plain} ")
    if any(known.fullmatch(end) for known in covering_words().sentences for end in ends):
        return True
    matters = not SMALL_TALK.matters.isdisjoint(plain.split())
    if "?" in line or (matters and not (_ADDRESS.search(line) or _is_a_number(line))):
        return False
    return is_contact_line(line, plain)


def _is_a_number(line: str) -> bool:
    """Whether it has the figures of a telephone's: a day has fewer."""
    return len(_FIGURE.findall(line)) > 8


def _says_nothing(subject: str) -> bool:
    """Whether a subject is of the thread, a case's reference, or small talk as well."""
    said = _TAG.sub("", subject.lower()).strip()
    if said.startswith(SMALL_TALK.replies):
        return True
    return all(
        word in _TALK or word in SMALL_TALK.subjects or _FIGURE.search(word)
        for word in _WORD.findall(said)
    )


def without_thanks(words: str) -> str:
    """What a message says besides thanks, and news that a return comes on well: whatever they name,
    they ask for nothing. "" where it says no more than that, and bears a name."""
    said = [line for line in split_sentences(words.splitlines()) if _WORD.search(line)]
    left = [line for line in said if not _thanks_for(line)]
    if len(left) == len(said):
        return words
    more = any(_said(line) and not _is_of_a_signature(line) for line in left)
    return "\n".join(left) if more else ""


def _thanks_for(sentence: str) -> bool:
    """Whether it thanks, and every other word of it says for what; or how that comes on."""
    if "?" in sentence:
        return False
    said = fold_text(
        return_name_patterns().names.sub(
            " ", spell_out_returns(fold_text(_GREETING.sub("", sentence)))
        )
    ).split()
    known = SMALL_TALK.thanking | SMALL_TALK.thanked_for
    if not SMALL_TALK.thanking.isdisjoint(said) and known.issuperset(said):
        return True
    known = SMALL_TALK.coming_on | SMALL_TALK.coming_on_with | SMALL_TALK.thanking
    return not SMALL_TALK.coming_on.isdisjoint(said) and known.issuperset(said)
