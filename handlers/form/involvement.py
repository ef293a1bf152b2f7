"""Whether a letter says that nobody of the family is known, and what it takes back.

Does: reads each sentence as who, whether denied, in what relation, with the words of the kind's
`denial`; a statement counts only when every word of its sentence is understood. Whatever names an
exception, a doubt, a limit, an unfinished search, one person alone, or contact, has its own rule.
Trusts: the kind's TOML for the words.
Never touches: findings; `check_involvement` in `handlers/form/denied.py` tells them.
Known limits: it reads words in their order, not grammar: a good statement in words it does not
know is unclear, and a person reads it (failure mode 94).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from config.shape import Denial
from handlers.form.sentences import any_of
from handlers.typed.fold import fold

EXCEPTION, DOUBT = "statement-exception", "statement-doubt"
LIMITED, SOME = "statement-limited", "statement-some"
INVOLVED, UNCLEAR = "statement-involved", "statement-unclear"
MOST = 300  # sentences; a letter has fewer, and one with more is for a person to read
LONGEST = 1_200  # characters of a sentence
FEWEST = 4  # words of a sentence that may say something without a sign of it
REACH = 25  # words that a negation reaches over

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day |\d+(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d+)?|"
    r"\d+ \d+ \d+"
)
# The day of a letter that is answered, or of a search, limits nothing.
_ANSWERED = re.compile(
    rf"\b(letter|e ?mail|request|enquiry|correspondence|message|telephone call|call)"
    rf"(?: which was| that was)?(?: dated| of| on| sent on| received on| from| received| sent)*"
    rf"(?: the)? (?:{_DAY})+"
)
_ASKED = re.compile(
    r"\b(ask(?:ed|ing)?|establish|see|determine|ascertain|identify|find out|check(?:ed)?|"
    r"search(?:ed)?|confirm|know|enquir(?:ed|y|ing)|request(?:ed|ing)?)((?: \w+){0,3}?)"
    r" (?:whether|if)\b[^,]*?(?=,| and |$)"
)
_ANYBODY = frozenset({"he", "she", "him", "her", "his", "hers", "half"})  # not by itself the family
# "Further to your letter", "named in your request": what is answered, not what is denied.
_TO_YOURS = re.compile(
    r"\b(?:further to|(?:response|reply|reference|regard) to|thank you for|thanks for|following|"
    r"regarding|receipt of|(?:named|listed|mentioned|identified|given|supplied|out|detailed)"
    r" (?:in|on|with))"
    r"(?: (?:your|the|this|that|a|recent)){1,2} (?:\w+ ?){1,2}"
)
_NOT = frozenset({"not", "didnt", "hasnt", "havent", "hadnt", "wasnt", "werent", "doesnt", "dont"})
_UNDOES = frozenset({"failed", "without", "unable", "unknown", "unregistered"})
_COURTEOUS = frozenset({"know", "notice", "attention", "service", "not"})
_WHOM = frozenset(
    {"the", "this", "them", "him", "her", "of", "family", "mother", "father", "child"}
)
_MAY = re.compile(r"\d+(?:st|nd|rd|th)? may\b|\bmay \d+")
_POSSESS = frozenset({"have", "has", "had", "hold", "holds", "is", "are", "some", "found"})
_THINGS = frozenset(
    {"list", "lists", "database", "databases", "system", "systems", "register", "registers"}
    | {"index", "archive", "archives", "rolls", "caseload", "caseloads"}
)
_ABOUT = frozenset({"named", "listed", "identified", "mentioned", "in", "your", "you", "above"})
_CLAUSE = frozenset(
    {"and", ",", "who", "which", "as", "because", "since", "so", "then", "when", "that"}
)
_RELATIVE = frozenset({"who", "which", "when"})
_SUBJECTS = frozenset(
    {"we", "i", "they", "he", "she", "it", "there", "the", "our", "this", "these", "those", "all"}
    | {"has", "have", "is", "are", "was", "were", "had", "did", "no", "none", "neither", "nor"}
    | {"nobody", "not", "any", "mother", "father", "child", "children", "his", "her", "their"}
    | {"that", "both"}
)
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "been", "did", "be", "do", "does", "can"}
    | {"could", "will", "would", "known", "registered", "seen", "saw", "involved", "treated"}
    | {"attended", "visited"}
)


@dataclass(frozen=True, slots=True)
class Involvement:
    """`denied` is whether it is said of all that they are not known; `rules` what takes it back,
    each once. With neither, nothing in it speaks of the matter."""

    denied: bool
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. `who` are its words for people."""

    denied: bool = False
    rules: tuple[str, ...] = ()
    who: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sentences. `own` are words of the agency's and the review's names, `subjects` the
    names of the review's subjects."""

    denial: Denial
    own: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()

    def read(self, sentences: Iterable[str]) -> Involvement:
        """What some sentences come to, all taken together."""
        read = list(islice(sentences, MOST + 1))
        said = [self._sentence(sentence) for sentence in read[:MOST]]
        said += [Said(rules=(UNCLEAR,))] if len(read) > MOST else []
        denials = [one for one in said if one.denied]
        rules = list(dict.fromkeys(rule for one in said for rule in one.rules))
        if denials and not rules and not self._everybody(denials, said):
            rules = [SOME]
        return Involvement(bool(denials), tuple(rules))

    def denies(self, sentences: Iterable[str]) -> bool:
        """Whether any sentence denies anything of the family, with whatever else it says."""
        said = ((text, self._sentence(text)) for text in islice(sentences, MOST))
        whole = any_of(self.denial.whole)
        return any(
            one.denied and (one.who - _ANYBODY or whole.search(fold(text))) for text, one in said
        )

    def _of_a_thing(self, text: str, words: Sequence[str]) -> bool:
        """ "We have no record of your letter": of nobody, and of what may go astray."""
        if not self.denial.things or not self._people.isdisjoint(words):
            return False
        if any_of(self.denial.whole).search(text):
            return False
        return any_of(self.denial.things).search(_TO_YOURS.sub(" ", text)) is not None

    @property
    def _people(self) -> frozenset[str]:
        return _set(self.denial.one) | _set(self.denial.everybody)

    def _everybody(self, denials: Sequence[Said], said: Sequence[Said]) -> bool:
        who = frozenset[str]().union(*(one.who for one in denials))
        if who & {"they", "them"} and not who - {"they", "them"}:
            who = frozenset[str]().union(*(one.who for one in said))
        named = who & _set(self.denial.one)
        if not named or who & (_set(self.denial.everybody) - {"they", "them"}):
            return True
        return any(named.issuperset(group) for group in self.denial.complete)

    def _sentence(self, sentence: str) -> Said:
        text = self._plain(sentence)
        words = text.replace(",", " ").split()
        if not words or self._says_nothing(text, words, sentence):
            return Said()
        if len(sentence) > LONGEST:
            return Said(rules=(UNCLEAR,))
        tokens = any_of(self.denial.whole).sub("denied", text).replace(",", " , ").split()
        track = _Track(self, tokens)
        answers = any_of(self.denial.references).search(text) is not None
        searches = not _set(self.denial.searches).isdisjoint(words)
        if track.denied and self._of_a_thing(text, words):
            return Said(rules=tuple(self._taken_back(text)) or (UNCLEAR,))
        rules = list(self._taken_back(text))
        rules += [SOME] if SOME not in rules and self._part_of_family(words) else []
        rules += [INVOLVED] if track.told else []
        if track.denied:
            rules += self._denied(words, rules)
        elif not rules and not answers and not searches and self._speaks(words):
            rules.append(UNCLEAR)
        if sentence.rstrip().endswith("?") and (track.denied or track.told):
            rules.append(DOUBT)
        who = frozenset(words) & (_set(self.denial.one) | _set(self.denial.everybody))
        return Said(track.denied, tuple(rules), who)

    def _plain(self, sentence: str) -> str:
        """Folded, its commas kept; without what says nothing either way."""
        pieces = (fold(piece) for piece in re.split(r"[,:()]", sentence[: 2 * LONGEST]))
        text = ", ".join(piece for piece in pieces if piece)
        for name in self.subjects:
            text = re.sub(rf"\b{re.escape(fold(name))}\b", "subject", text)
        text = any_of(self.denial.aside).sub(" ", text)
        text = _ANSWERED.sub(r"\1", text)
        return _ASKED.sub(r"\1\2 whether", " ".join(text.split()))

    def _says_nothing(self, text: str, words: list[str], sentence: str) -> bool:
        """Courtesies, footers, titles and headings."""
        people = _set(self.denial.one) | (_set(self.denial.everybody) - {"those", "these", "names"})
        if any_of(self.denial.boilerplate).search(text) and people.isdisjoint(words):
            return True
        greeting = any_of(self.denial.greetings).match(text)
        if greeting and people.isdisjoint(words) and not self._matters(text[greeting.end() :]):
            return True
        if " ".join(words) in map(fold, self.denial.titles):
            return True
        short = (
            len(words) <= 14
            and not sentence.rstrip(" ._…:").endswith(("!", ";"))
            and not _ends(sentence)
        )
        titled = (
            any_of(self.denial.titles[:4]).search(text) is not None and words[0] not in _SUBJECTS
        )
        return short and (titled or (_VERBS | _set(self.denial.negations)).isdisjoint(words))

    def _matters(self, rest: str) -> bool:
        """Whether a courtesy says more than one: what somebody is to the agency, or a denial."""
        signs = _set(self.denial.known) | _set(self.denial.negations) - _COURTEOUS
        return not (signs - _COURTEOUS).isdisjoint(rest.replace(",", "").split())

    def _taken_back(self, text: str) -> Iterable[str]:
        plain = text.replace(",", "")
        plain = _MAY.sub("5 5", plain)  # the month
        for qualifier in self.denial.qualifiers:
            found = any_of(qualifier.words).search(plain)
            if found and not (qualifier.rule == SOME and self._beside_one(plain)):
                yield qualifier.rule

    def _beside_one(self, plain: str) -> bool:
        """ "Neither the child nor any other member": others than one who is named as well."""
        head, other, _ = plain.partition(" other ")
        rest = any_of(self._some_but_other).search(plain)
        return bool(other) and rest is None and not _set(self.denial.one).isdisjoint(head.split())

    def _part_of_family(self, words: list[str]) -> bool:
        """ "None of the children in the family"."""
        some, all_ = _set(self.denial.one) | {"adults"}, _set(self.denial.everybody)
        return any(
            one in some and near in ("in", "of", "from", "within") and far in all_
            for one, near, _, far in zip(words, words[1:], words[2:], words[3:], strict=False)
        )

    @property
    def _some_but_other(self) -> tuple[str, ...]:
        some = next((q.words for q in self.denial.qualifiers if q.rule == SOME), ())
        return tuple(words for words in some if "other" not in words)

    def _denied(self, words: list[str], before: list[str]) -> list[str]:
        """What a denial's own words leave open."""
        if any(c.isdigit() for word in words if word not in self.own for c in word):
            return [LIMITED]
        known = _known_words(self.denial) | self.own
        words = any_of(self.denial.whole).sub("denied", " ".join(words)).split()
        others = [
            w
            for w in words
            if w not in known and not (w == "other" and self._beside_one(" ".join(words)))
        ]
        return [UNCLEAR] if others and not before else []

    def _speaks(self, words: list[str]) -> bool:
        """Whether a sentence that is no denial says something of the matter all the same."""
        signs = _set(self.denial.one) | _set(self.denial.everybody) | _set(self.denial.known)
        signs |= _set(self.denial.used) | _set(self.denial.held) | _set(self.denial.pointers)
        signs |= _set(self.denial.tells)
        signs |= _set(self.denial.negations) | _set(self.denial.turns)
        numbers = any(c.isdigit() for w in words if w not in self.own for c in w)
        return not signs.isdisjoint(words) or (numbers and len(words) >= FEWEST)


class _Track:
    """One sentence, word for word: what is denied in it, and what is told."""

    def __init__(self, reader: Reader, tokens: list[str]) -> None:
        self.denied = self.told = False
        self._denial = reader.denial
        self._open = -REACH - 1  # where the last negation stands
        self._done = False  # whether it has denied something
        self._ever = not {"ever", "never"}.isdisjoint(tokens)
        for at in range(len(tokens)):
            self._boundary(tokens, at, _set(self._denial.turns))
            self._negation(tokens[at], at)
            self._relation(tokens, at)

    def _negation(self, word: str, at: int) -> None:
        pending = self._negated(at) and not self._done
        if pending and (word in _UNDOES or word == "denied"):
            self.told = True  # "we never failed to visit", "we do not make a nil return"
        elif word == "denied":
            self.denied, self._open, self._done = True, at, True
        elif word in _set(self._denial.negations):
            self._open, self._done = at, False

    def _relation(self, tokens: list[str], at: int) -> None:
        """What somebody is to the agency, or has had of it: denied or told."""
        word = tokens[at]
        known, used = word in _set(self._denial.known), word in _set(self._denial.used)
        told = used or word in _set(self._denial.tells)
        if word == "found" and self._negated(at) and not self._done:
            self.denied = self._done = True
        elif word in _set(self._denial.held):
            self._held(tokens, at)
        elif (known or told) and self._negated(at):
            self.denied |= known or (self._ever and used)
            # "They did not attend" tells that they were asked to.
            self.told |= told and not self._ever and tokens[self._open] in _NOT
            self._done = True
        elif (known or told) and not _aside(tokens, at):
            self.told |= not _names_a_thing(tokens, at, _set(self._denial.held))

    def _negated(self, at: int) -> bool:
        return at - self._open <= REACH

    def _held(self, tokens: list[str], at: int) -> None:
        if self._negated(at):
            self.denied = self._done = True
            return
        before = tokens[max(0, at - 3) : at]
        searched = not _set(self._denial.searches).isdisjoint(before)
        if not searched and not _POSSESS.isdisjoint(before):
            self.told = True

    def _boundary(self, tokens: list[str], at: int, turns: frozenset[str]) -> None:
        """A new clause is not denied by what denied the one before."""
        word = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word in turns or (
            self._done
            and word
            in ("and", ",", "who", "which", "as", "because", "since", "so", "then", "when", "that")
            and (after in _SUBJECTS or word in ("who", "which", "when"))
        ):
            self._open = -REACH - 1


def _aside(tokens: list[str], at: int) -> bool:
    """ "As far as we know", "let me know": not whom."""
    return tokens[at] == "know" and _WHOM.isdisjoint(tokens[at + 1 : at + 2])


def _ends(sentence: str) -> bool:
    """Whether it ends as a sentence does, and not in dots to write on."""
    bare = sentence.rstrip()
    return bare.endswith(".") and not bare.endswith("..")


def _names_a_thing(tokens: list[str], at: int, held: frozenset[str]) -> bool:
    """ "Patient records", "registered list", "the patients named in your letter"."""
    near = tokens[at + 1 : at + 3]
    return any(word in held or word in _THINGS for word in near) or (
        tokens[at].endswith("s") and bool(near) and near[0] in _ABOUT
    )


@lru_cache(maxsize=64)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


@lru_cache(maxsize=8)
def _known_words(denial: Denial) -> frozenset[str]:
    """Every word that a good statement may have."""
    lists = (denial.everybody, denial.one, denial.negations, denial.known, denial.used)
    more = (denial.tells, denial.held, denial.searches, denial.turns, denial.plain)
    return frozenset(word for words in (*lists, *more) for word in words) | {"denied"}
