"""What the words of a mail mean for the documents that came with it.

Does: puts a question to each return that would settle its agency's pack, where the mail says more
than that it is attached; and to every document, where the mail may say that it is not to be used.
Trusts: `covering.py` for what the words say.
Never touches: the words themselves: a person reads them.
Known limits: the words of a mail are weighed for all its documents alike.
"""

from __future__ import annotations

from dataclasses import replace

from config.kind import Kinds
from handlers.finding import Judgement
from handlers.judging import arrival
from handlers.post.covering import Says
from handlers.register.entry import Lot, Submission
from handlers.vouching import more_found

Submissions = tuple[Submission, ...]
_RULES = {"more": "mail-says-more", "unfinished": "mail-says-unfinished"}


def heeded(documents: Submissions, said: Says, kinds: Kinds) -> Submissions:
    """The documents' judgements, a person asked where what the mail says may be against them."""
    if not said:
        return documents
    return tuple(
        replace(one, judgements=tuple(_weighed(j, said, kinds) for j in one.judgements))
        for one in documents
    )


def is_left_to_tell(documents: Submissions, said: Says) -> bool:
    """Whether what the mail says is asked about with none of its documents, or not with all."""
    return bool(said) and _asked(documents) < sum(max(1, len(d.judgements)) for d in documents)


def says_more(lot: Lot) -> bool:
    """Whether the mail was found to say more, in whatever way that is told."""
    return lot.origin.says_more or _asked(lot.submissions) > 0


def _asked(documents: Submissions) -> int:
    found = (f.rule for d in documents for j in d.judgements for f in j.findings)
    return sum(rule in _RULES.values() for rule in found)


def _weighed(judgement: Judgement, said: Says, kinds: Kinds) -> Judgement:
    kind = kinds.get(judgement.kind)
    settles = kind is not None and kind.settles_pack
    if judgement.verdict == "hold" or (said == "more" and not settles):
        return judgement
    return more_found(judgement, (arrival.finding(_RULES[said]),), kind)
