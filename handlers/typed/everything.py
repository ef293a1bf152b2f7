"""All that is owed, and the rest of it, as people say it: "the lot", "all four", "the other three".

Does: tells whether some words mean all of an agency's returns, or those not named beside them.
Trusts: nothing; the words are whatever somebody wrote.
Never touches: which returns those are: the register knows.
Known limits: English. "Everything" alone is all that is owed, wherever it stands.
"""

from __future__ import annotations

import re

from handlers.typed.fold import fold

THE_LOT = "everything outstanding"  # as it is kept
THE_REST = "the rest"

_THINGS = (
    r"(?:documents?|returns?|reports?|forms?|papers?|items?|pieces?|submissions?|paperwork|work)"
)
_NUMBER = r"(?:two|three|four|five|six|2|3|4|5|6)"
REST = re.compile(
    rf"\b(?:(?:all )?(?:of )?the (?:rest|remainder)|(?:all )?the others?(?: {_NUMBER})?"
    rf"(?: {_THINGS}| ones)?|(?:the )?remaining (?:{_NUMBER}|ones?)?(?: ?{_THINGS})?|"
    r"everything else|anything else|all else)\b(?! (?:hand|day|week|end|side|children|child)\b)"
)
_LOT = re.compile(
    rf"\b(?:all (?:of )?(?:this|it|them|these|those)|the (?:whole )?lot|everything|"
    rf"all (?:of )?(?:(?:the|our|your|my) )?(?:{_NUMBER}(?: {_THINGS})?|{_THINGS}|outstanding)|"
    rf"all (?:our|the) outstanding {_THINGS})\b"
)
_THANKED = re.compile(r"\b(?:thanks?|thank you|grateful)(?: \w+){0,4} for (?:all|everything)\b")


def the_rest(words: str) -> bool:
    return REST.search(fold(words)) is not None


def the_lot(words: str) -> bool:
    """Whether they mean all that is owed; what is all but something named is the rest."""
    said = _THANKED.sub(" ", REST.sub(" ", fold(words)))
    return _LOT.search(said) is not None
