"""A message that in effect asks for more time, in words of its own, and one that asks something.

Does: tells from the sender's own sentences that a return will be late, or whether another day will
do; and, of an answer to a reminder, that it asks anything at all. Pure.
Trusts: nothing; the days that returns are due on are passed in.
Never touches: what is granted: a person decides. Thanks and small talk are asked about before.
Known limits: English. Lunch, meetings and calls have days too: a sentence about one says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from handlers.form.sentences import sentences
from handlers.typed.fold import fold

MOST, LONGEST = 60, 600  # sentences, and characters of one
_RETURN = (
    r"(?:chronolog(?:y|ies)|imr|individual management review|management review|qa form|"
    r"quality assurance form|evaluation statement|action plan|report|forms?|paperwork|documents?|"
    r"returns?|deadlines?|submission)"
)
_OF_RETURNS = re.compile(rf"\b{_RETURN}\b")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
_WHEN = (
    rf"(?:{_WEEKDAY}|\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}} {_MONTH}|{_MONTH} \d|\d{{1,2}} \d{{1,2}}|"
    r"(?:next|following|end of(?: the)?|another|extra|few|couple of|two|three|four|after|further|"
    rf"a) (?:more )?(?:working )?(?:days?|weeks?|fortnights?|months?|half term|easter|holidays?|"
    rf"bank holiday|{_MONTH})|fortnight|half term|tomorrow|week or (?:so|two))"
)
_NOT_ABLE = (
    r"(?:wont|will not|not going to|unable to|cannot|cant|not be able to|wont be able to|"
    r"struggl\w+(?: to)?|unlikely to|unlikely|never going to|"
    r"(?:dont|do not) (?:think|believe|expect)|doubt(?: if| that| whether)?|"
    r"no (?:way|chance|hope)|not going to be able to|behind with|"
    r"havent|have not|not yet|isnt|is not|not|hard pressed to)"
)
_DOING = (
    r"(?:make|meet|manage|get|have|finish\w*|complet\w*|do|done|ready|hit|send|submit\w*|started|"
    r"deliver|turn (?:it|this) round|with you|together)"
)
_BY = rf"(?:{_WHEN}|deadline|due date|on time|in time|the date|this week|by then|your date)"
# What will be late, whatever is asked.
_LATE = re.compile(
    rf"\b{_NOT_ABLE}\b.{{0,50}}\b{_DOING}\b.{{0,60}}\b{_BY}|"
    rf"\b{_NOT_ABLE} (?:make|meet|hit) (?:it|this|that|{_WHEN}|the \w+)|"
    r"\b(?:no|little|not much) (?:chance|hope|prospect|way)\b.{0,30}"
    r"\b(?:before|by|until|till|this)\b|"
    r"\b(?:will|going to|gonna|likely to|bound to|might|may|ill|well) be "
    r"(?:a (?:bit|little|few days|week) |rather |slightly |very )?(?:late|delayed|overdue)\b|"
    r"\b(?:running|be running) (?:late|behind)\b|\brun over\b|\bmiss (?:the|your|this|that|fri)\w*|"
    r"\b(?:need|needs|require|want|like|appreciate|use|have|get|ask(?:ing)? for|request\w*|grant|"
    r"chance of|possibility of|allow|give|gain) (?:us |me |you |for )?(?:a |an |some |any |just )?"
    r"(?:little |bit |short |few |couple |of |more |extra |additional |further |another |longer |"
    r"brief |two |three |one |\d )*(?:more time|extra time|longer|extension|leeway|flexibility|"
    r"breathing space|grace|(?:days?|weeks?|fortnight|month)(?: or (?:so|two))?(?: more| longer|"
    r" extra| grace)?)\b(?! (?:ago|of leave|off|away|until|leave))"
)
# Whether another day would do.
_ANOTHER = re.compile(
    rf"\b(?:is|would|will|could|can|may|might|does|any chance|ok if|okay if|all right if|if)\b"
    rf".{{0,70}}\b{_WHEN}.{{0,50}}\b(?:ok|okay|alright|all right|do|acceptable|fine|suit|possible|"
    rf"work|instead|enough|too late)\b|"
    rf"\b(?:can|could|may|might|would|will) (?:it|this|that|we|i|you|the|our|my|they)\b.{{0,60}}\b"
    rf"(?:wait|hang on|hold|sit|be left|leave it|have until|have till|give (?:us|me)|extend\w*|"
    rf"postpone\w*|push\w*|move\w*|shift\w*|put (?:it )?(?:back|off)|defer\w*|delay\w*|send (?:it|"
    rf"this|them)|let you have|get (?:it|this|them) to you|submit|come in|follow|"
    rf"drop it)\b.{{0,60}}\b(?:{_WHEN}|back|until|till|later|off|out)\b|"
    r"\b(?:flexibility|leeway|slack|movement|wriggle room|wiggle room|room for manoeuvre|give) "
    r"(?:on|with|in|about|over) (?:the |that |this |those |your )?"
    r"(?:\d|date|deadline|timescale|fri)|"
    rf"{_WHEN}(?: week)?\b.{{0,40}}\b(?:hope|if) (?:thats|that is|its|it is) (?:ok|okay|alright|"
    r"all right|fine|acceptable)\b|"
    rf"\b(?:problem|disaster|trouble|end of the world) if\b.{{0,60}}"
    rf"\b(?:{_WHEN}|late|later|week)\b|"
    r"\bhow (?:fixed|firm|hard|strict|set in stone) (?:is|are)\b|"
    r"\b(?:set in stone|hard deadline|what happens if (?:we|i) (?:are|am|miss|were))\b"
)
# When they mean to send it: asks for more time where that is later than it is due.
_PROMISED = re.compile(
    rf"\b(?:manage|get|have|send|let you have|with you|ready|finish\w*|complet\w*|do|realistic\w*|"
    rf"aim\w*|expect\w*|hop\w+|looking at|more like|probably|likely|by|submit)\b.{{0,50}}{_WHEN}|"
    rf"{_WHEN}.{{0,40}}\b(?:realistic\w*|more likely|at the earliest|more like it|looks? likely)\b"
)
# "Tuesday week. Hope that's all right."
_HOPED = re.compile(
    rf"\b{_WHEN}\b.{{0,80}}\b(?:hope|trust)(?: this| that| it)?(?: s| is|s|ll| will)? (?:be )?"
    r"(?:ok|okay|alright|all right|fine|acceptable)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:lunch|coffee|drinks?|dinner|meet|meets|meeting|panel|call|ring|phone|telephone|speak|chat|"
    r"catch up|visit|training|course|conference|interview|party|leaving do|meeting room|car park|"
    r"building|switchboard|invoice|bill|parking|minutes|awards?)\b"
)
_ASKS = re.compile(
    r"\b(?:please (?:can|could|may|would|will|let|advise|confirm|tell|clarify|send)|(?:can|could|"
    r"would|will|may|might) (?:you|we|i|it|this|they|the|somebody|someone)|wondering|wonder if|"
    r"is (?:it|there|this)|do (?:we|i|you)|does|should (?:we|i)|what|which|how|where|who|when|why)"
    r"\b"
)


def asks_for_time(words: str, *, named: bool, later: bool = False) -> bool:
    """Whether it does. `named` says that it is about a return, by its name or as the answer to a
    reminder; `later` that a day in it is later than that return is due."""
    late = another = False
    for said in _of_returns(words):
        is_late, other_day = _LATE.search(said), _ANOTHER.search(said)
        if (named or _OF_RETURNS.search(said)) and (is_late or other_day):
            return True
        if later and named and _PROMISED.search(said):
            return True
        late, another = late or is_late is not None, another or other_day is not None
    return (late and another) or (named and _HOPED.search(fold(words)) is not None)


def asks_something(words: str) -> bool:
    """Whether it asks anything of us."""
    asking = (one for one in _sentences(words) if "?" in one or _ASKS.match(fold(one)))
    return any(_is_of_returns(fold(one)) for one in asking)


def _of_returns(words: str) -> Iterator[str]:
    """Each sentence, without those about lunch, meetings and calls."""
    folded = (fold(one.replace("'", "").replace("’", "")) for one in _sentences(words))
    return filter(_is_of_returns, folded)


def _is_of_returns(said: str) -> bool:
    return not _NOT_OURS.search(said) or _OF_RETURNS.search(said) is not None


def _sentences(words: str) -> Iterator[str]:
    return (one[:LONGEST] for one in islice(sentences(words.splitlines()), MOST))
