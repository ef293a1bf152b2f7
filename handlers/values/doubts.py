"""Says whether a sentence added to a signed form makes doubtful what the form says.

The words are those of `config/signed_form_doubt_words.toml`, in their order. It errs towards a
question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from config.word_lists import DOUBTS
from handlers.values.normalise import fold_text
from handlers.values.phrases import PhraseLists

HEADING = 4  # words: "Approval and sign off"
_SENTENCE = re.compile(r"(?<=\w\w)[.!?]+(?:\s+|$)|[!?]+(?:\s+|$)|\n")
_PARTS = re.compile(r"[()\[\];:]|\s[\u2013\u2014-]+\s")
# A word with a capital that does not open the sentence, or that opens it before another or behind
# the label of a letter's head ("please ask for: Ann Hill").
_NAME = re.compile(
    r"(?:(?<=[\w,] )|(?<=for: )|(?<=by: )|(?<=to: ))[A-Z][\w'\u2019.-]*"
    r"|^\W*[A-Z][\w'\u2019-]+(?= [A-Z])"
)
# A reference, as letters print it: "KB/SCR/12", "kb/jt", "N31".
_CODE = re.compile(
    r"(?<![\w/])(?:(?:[A-Z\d]+|[a-z]{1,3})(?:/(?:[A-Z\d]+|[a-z]{1,3}))+|[A-Z]{1,4}\d+)(?![\w/])"
)
_CLAUSE = re.compile(r"[()\[\];:,]|\s[\u2013\u2014-]+\s")
NOUN = 5  # words behind an adjective among which its noun is
_NO_WORD = ""
STEM, TELLING = 5, 4  # letters by which a word is another's, and of one that tells a statement

DOUBT_LISTS = PhraseLists(DOUBTS)
_has, _found, _without = DOUBT_LISTS.has, DOUBT_LISTS.found, DOUBT_LISTS.without


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


@lru_cache(maxsize=1024)
def doubtful(sentence: str, *, beside: bool = False, aside: bool = False) -> bool:
    """Whether a sentence doubts, denies, puts off, limits or makes a condition of what the form
    says. `beside` the words of a statement it is about them, whatever else it names, and may limit
    them; what stands `aside`, in the margin of a page or among names, is not unless it speaks of
    approving."""
    whole = fold_text(sentence).split()
    words = _unsettled(whole, _without("harmless", whole))
    words = words if beside else _without_belief(whole, words)
    if _has("doubts", words) or (beside and _has("limits", words)):
        return True
    if _has("perhaps", words) and not _is_plain(sentence):
        elsewhere = aside or (not beside and _has("elsewhere", whole))
        return not elsewhere or _has("approving", words)
    return False


def _without_belief(whole: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """The words without those of belief, where all that is believed is that the report is a good
    one: "I consider it to be a fair account"."""
    if not _has("believed", words) or not _has("sound", whole):
        return words
    if _has("believed_less", _without("believed", whole)):
        return words
    return _without("believed_to_be", _without("believed", words))


@lru_cache(maxsize=1024)
def unusual(sentence: str) -> bool:
    """Whether a whole sentence is of no ordinary kind, whatever it says."""
    whole = fold_text(sentence).split()
    if len(whole) <= HEADING or not (is_whole(sentence) or _has("approvals", whole)):
        return False
    if any(_has(name, whole) for name in ("ordinary", "elsewhere", "harmless")):
        return False
    return not _is_plain(sentence)


def _is_plain(sentence: str) -> bool:
    """Whether nothing is in a sentence but what heads a letter, leads up to the statements or ends
    a form, names, references and numbers. "Will Hope" may be no name."""
    names = set(fold_text(" ".join(_NAME.findall(sentence) + _CODE.findall(sentence))).split())
    left = _without("plain", fold_text(sentence).split())
    return not _has("perhaps", left) and all(
        word in names or word[:1].isdigit() for word in left if word
    )


def says_still_open(comment: str) -> bool:
    """Whether a comment on an answer says that what is answered is not so yet. It errs towards
    what is ordinary, since comments tell of all that a report is about."""
    return any(map(_is_open, sentences(comment)))


def _is_open(sentence: str) -> bool:
    whole = fold_text(sentence).split()
    if not _has("still_open", whole) or _has("reported", whole):
        return False
    words = _unsettled(whole, _undescribed(sentence, _without("not_open", whole)))
    behind = max(_found("done_by", words), default=0)
    return _has("still_open", words[behind:])


def _undescribed(sentence: str, words: Sequence[str]) -> Sequence[str]:
    """Those of a sentence's words that are no adjective of what it says was described: "the pending
    restructure is dealt with". What the report itself waits for is no such thing."""
    if not _has("describing", words) or not _has("described", fold_text(sentence).split()):
        return words
    ends = set(accumulate(len(fold_text(part).split()) for part in _CLAUSE.split(sentence)))
    about = {
        at
        for at in _found("describing", words)
        if at + 1 not in ends and _holds_noun(words[at + 1 : at + NOUN])
    }
    return [_NO_WORD if at in about else word for at, word in enumerate(words)]


def _holds_noun(after: Sequence[str]) -> bool:
    """Whether words behind an adjective have a noun in them that is none of the report's own."""
    joined = _has("waited_for", after[:1]) or _begins("described", after)
    return bool(after) and not (joined or _has("own_matters", after))


def says_against_yes(comment: str) -> bool:
    """Whether a comment beside "Yes" denies or limits it, or makes an exception: "Not really",
    "Apart from appendix 2". It errs towards what is ordinary."""
    said = sentences(comment)
    opening = fold_text(said[0]).split() if said else []
    return _begins("limiting_comment", opening) or any(map(_is_against, said))


def _is_against(sentence: str) -> bool:
    parts = [fold_text(part).split() for part in _CLAUSE.split(sentence)]
    if any(map(_only_limits, filter(None, parts[:1]))):
        return True
    whole = fold_text(sentence).split()
    if _has("reported", whole):
        return False
    words = _without("not_limiting", whole)
    return _has("against_yes", words) or any(_begins("limiting_start", part) for part in parts)


def _only_limits(words: Sequence[str]) -> bool:
    """Whether they are no more than an answer: "To some extent"."""
    return _has("limiting", words) and all(_has("limited", (word,)) for word in words)


_SHORT_REASON = 8  # words


def is_remark(comment: str) -> bool:
    """Whether a comment beside "Yes" may be more than support of it, a place to look or a short
    reason, such as "RA works in another division"."""
    return any(
        _has("remarkable", words) or (len(words) > _SHORT_REASON and not _has("supporting", words))
        for words in (fold_text(sentence).split() for sentence in sentences(comment))
        if words
    )


def negates(text: str) -> bool:
    """Whether any word denies or excepts something."""
    return _has("negators", fold_text(text).split())


def denies(text: str, wording: str = "") -> bool:
    """Whether words do no more than say "No" to what they stand beside: "No, section 5 is missing",
    "We do not confirm this"; or deny it in the words of its own `wording`."""
    parts = [part for part in _PARTS.split(text) if fold_text(part)]
    openings = [parts[0].split(",")[0]] if parts else []
    own = tuple(fold_text(wording).split())
    return any(
        _denies(_without_reason(fold_text(part).split()), own) for part in (*openings, *parts)
    )


def _denies(words: Sequence[str], own: Sequence[str]) -> bool:
    kept = [word for word in words if not _has("fillers", (word,))]
    stems = {word[:STEM] for word in own}
    if not all(word[:STEM] in stems or _has("answering", (word,)) for word in kept):
        return False
    telling = {word[:STEM] for word in own if len(word) >= TELLING}
    pairs = pairwise(kept)
    turned = any(_has("deniers", (no,)) and word[:STEM] in telling for no, word in pairs)
    return turned or _has("denials", kept) or (len(kept) == 1 and _has("deniers", kept))


def _without_reason(words: Sequence[str]) -> Sequence[str]:
    return words[: next(_found("reasons", words), len(words))]


def goes_on(sentence: str) -> bool:
    """Whether it opens with a word that joins it to what stands before it: "which", "but"."""
    return _has("joining", fold_text(sentence).split()[:1])


def is_whole(sentence: str) -> bool:
    """Whether it is more than a heading, an address or somebody's name and job."""
    return _has("whole", fold_text(sentence).split())


def names_draft(line: str) -> bool:
    """Whether a line tells of a draft: "0.1 Draft"."""
    return _has("drafts", fold_text(line).split())


def is_finished(line: str) -> bool:
    """Whether a line tells of a version that is no draft any more."""
    words = fold_text(line).split()
    return _has("finished", words) and not _has("doubts", words) and "not" not in words


def _unsettled(whole: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Those of the words that stand behind what says that all before it is settled, or all."""
    at = next(_found("settled", whole), None)
    return words if at is None or _has("unsettled", words[:at]) else words[at:]


def _begins(name: str, words: Sequence[str]) -> bool:
    return next(_found(name, words), None) == 0
