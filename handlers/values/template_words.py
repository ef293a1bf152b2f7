"""Finds the words that a template prints where something is to be entered, and what they ask for.

Examples are "[Insert event]" and "on DD/MM/YYYY". Of what may be an author's own it says that it is
not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from config.label_words import ORGANISATION_WORDS
from config.not_yet_in_blanks import TEMPLATE_INSTRUCTIONS, InstructionSubject
from config.rules import VALUE_REFUSALS
from handlers.values.normalise import fold_text

_BRACKETS = re.compile(r"\[([^\[\]<>]{3,200})\]|<([^\[\]<>]{3,200})>")
_ENDS = re.compile(r"[\]>.\n\t]")
_SHOUTING = re.compile(r"[A-Z][A-Z'’/ -]*(?![a-z])\b")
_MASK = re.compile(r"\b[dD]{2}[/. -][mM]{2}[/. -](?:20)?[yY]{2,4}(?!\w)")
_MASK_ENTERED = re.compile(rf"(?:^|[:\t\n._…])\s*[\[<(]?({_MASK.pattern})")
_LABEL = re.compile(r"(?:^|\n)([^\n:.]{1,60}):\s*[\[<]?$")
_WORD_BEFORE = re.compile(r"(\w+)\s+[\[<]?$")
_WORDS_AFTER = re.compile(r"[\]>]?((?: [A-Z][\w'’]*){1,3})")
_OPENING = ("", ":", "\t", "|", ".", "_", "(")  # before a prompt that is one
_SHOUTED = 6  # words of a line all in capitals that is a sentence
LONGEST = 60  # characters of an instruction that say what it asks for
_NAME, _AGENCY, _CHILD = "name", "agency", "child"
_OF_A_PERSON = frozenset({_NAME, "role", "date"})
_SEVERAL = frozenset({"and", "or"})
QUOTES = "\"'“”‘’«"
CLOSING = ('"', "”", "’", "»")


def instructions(text: str) -> Iterator[tuple[str, bool]]:
    """For each instruction the words to look for, and whether it is certainly one: no quotation,
    and not what an author may have put for a name taken out."""
    return ((look, sure) for _, look, sure in _instructions(text))


def _instructions(text: str) -> Iterator[tuple[int, str, bool]]:
    """The same, with the place where each begins."""
    for found in _BRACKETS.finditer(text):
        look, sure = _known_by(found[1] or found[2])
        if look:
            look = look if sure else found[0][0] + look  # "[date"
            yield found.start() + 1, look, sure and not _quoted(text[: found.start()])
    yield from _shouted(_without_brackets(text))
    for found in _MASK.finditer(text):
        before = _WORD_BEFORE.search(text[: found.start()])
        if before and before[1] in TEMPLATE_INSTRUCTIONS.before_a_day:
            yield found.start(), found[0], True


def mask_in(text: str) -> str:
    """The form for a day that stands there in place of one; not the one beside a label: "Date
    (dd/mm/yyyy)"."""
    found = _MASK_ENTERED.search(text)
    return found[1] if found else ""


def left_in(text: str, phrases: Sequence[str], *, prose: bool = True) -> list[str]:
    """The template's words by which its text is found, each once: those that are certain, where any
    are. `phrases` are its own, as for `found_in`; a kind that has none asks for none."""
    found = found_in(text, phrases, prose=prose)
    certain = [look for look, sure in found if sure]
    return list(dict.fromkeys(certain or [look for look, _ in found]))


def found_in(text: str, phrases: Sequence[str], *, prose: bool = True) -> list[tuple[str, bool]]:
    """All words by which a template's text is found, and whether each is certain; one for each
    place."""
    plain = text.replace("’", "'")
    told = [(at, one, s) for one in phrases for at, s in _standing(plain, one, prose)]
    more = _instructions(plain) if phrases else ()
    places: dict[int, tuple[str, bool]] = {}
    for at, look, sure in (*told, *more):
        places.setdefault(at, (look, sure))
    return [places[at] for at in sorted(places)]


def instead_in(
    text: str,
    phrases: Sequence[str],
    *,
    label: str = "",
    anonymous: bool = False,
    prose: bool = True,
) -> str:
    """What is to be written in the template's place, by its own words; "" where these do not say.
    The rest as for `instead_of` and `left_in`."""
    plain = text.replace("’", "'")
    looks = left_in(text, phrases, prose=prose)
    fixes = {instead_of(plain, look, label=label, anonymous=anonymous) for look in looks}
    return "".join(fixes) if len(fixes) < 2 else VALUE_REFUSALS["template"]["each"].fix


def _standing(text: str, phrase: str, prose: bool) -> Iterator[tuple[int, bool]]:
    """Each place where a phrase stands as a template prints it, and whether that is certain.

    A phrase in brackets stands anywhere. One in capitals stands apart from other capitals: in a
    text all in capitals it is a sentence's. A prompt ("Click here to enter") begins with a capital
    a line, or what follows a label; in a form, which is no `prose`, with either of the two.
    """
    opens = len(phrase) - len(phrase.lstrip("[<"))
    for found in _pattern(phrase).finditer(text):
        at = found.start() + opens
        before = text[: found.start()].rstrip()[-1:]
        after = text[found.end() :].lstrip()[:1]
        if before in QUOTES and before:
            yield at, False
        elif phrase.isupper():
            yield at, not in_a_shout(text, at) and after not in CLOSING
        elif opens or not phrase.islower() or _opens(found[0], before, prose):
            yield at, True


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase)
    if phrase.isupper():
        return re.compile(rf"(?<!\w){words}(?!\w)")
    return re.compile(words, re.I if phrase.islower() else 0)


def _opens(prompt: str, before: str, prose: bool) -> bool:
    capital, first = prompt[0].isupper(), before in _OPENING
    return capital and first if prose else capital or first


def is_instruction(text: str) -> bool:
    """Whether nothing but such instructions stands there."""
    rest = _BRACKETS.sub("", text)
    if _shouts().fullmatch(rest.strip()):
        return True
    return not fold_text(rest) and any(sure for _, sure in instructions(text))


def in_a_shout(text: str, start: int) -> bool:
    """Whether a line all in capitals goes on round what stands there: a sentence's own words."""
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return line.isupper() and len(line.split()) > _SHOUTED


def instead_of(text: str, look: str, *, label: str = "", anonymous: bool = False) -> str:
    """What to do about the instructions in a text that are known by the words `look`; "" where
    they ask for nothing known, or one of them for several things at once. What stands beside a
    name, a `label` or an organisation's word, says whose it is. `anonymous`: real names have no
    place there."""
    fixes = {_instead(text, at, look, label, anonymous) for at in _places(text, look)}
    if len(fixes) > 1:
        return VALUE_REFUSALS["template"]["each"].fix
    return fixes.pop()


def _places(text: str, look: str) -> list[int]:
    """Where the words stand, as a template prints them if they do so anywhere."""
    every = [m.start() for m in re.finditer(re.escape(look), text, re.I)]
    printed = [at for at in every if _in_brackets(text, at) or text[at : at + 1].isupper()]
    return printed or every or [0]


def _instead(text: str, at: int, look: str, label: str, anonymous: bool) -> str:
    said, end = _own_words(text, at, look)
    asked = _asked(said)
    kinds = {one.what for one in asked}
    if not asked or len(kinds & _OF_A_PERSON) > 1:
        return ""
    if len(kinds) > 1 and not _SEVERAL.isdisjoint(fold_text(said).split()):
        return ""
    if kinds == {_NAME} and _of_an_agency(text, at, end, label):
        return next(one.fix for one in TEMPLATE_INSTRUCTIONS.asks if one.what == _AGENCY)
    if anonymous and asked[0].what in (_NAME, "signature"):
        plain = asked[0].what == _NAME and asked[0].anyone
        return VALUE_REFUSALS["template"]["name" if plain else "person"].fix
    return asked[0].fix


def _own_words(text: str, at: int, look: str) -> tuple[str, int]:
    """The instruction's own words, and where they end: those in its brackets, or those in capitals
    where it is in capitals, and no more of the sentence around it."""
    if (inside := _in_brackets(text, at)) is not None:
        return inside[1] or inside[2], inside.end()
    if mask := _MASK.match(text, at):
        return mask[0], mask.end()
    if text[at : at + len(look)].isupper():
        shouted = _SHOUTING.match(text, at)
        said = shouted[0].rstrip() if shouted else look
        return said, at + len(said)
    said = _ENDS.split(text[at:].lstrip("[<")[:LONGEST], maxsplit=1)[0]
    return said, at + len(said)


def _in_brackets(text: str, at: int) -> re.Match[str] | None:
    return next((m for m in _BRACKETS.finditer(text) if m.start() <= at < m.end()), None)


def _of_an_agency(text: str, at: int, end: int, label: str) -> bool:
    """ "Name of organisation: INSERT NAME", "INSERT NAME Hospital"."""
    before = _LABEL.search(text[:at].rstrip("[<"))
    labels = (label, before[1] if before else "")
    if any(one.what == _AGENCY for words in labels for one in _asked(words)):
        return True
    after = _WORDS_AFTER.match(text, end)
    return after is not None and not ORGANISATION_WORDS.isdisjoint(fold_text(after[1]).split())


def _asked(words: str) -> list[InstructionSubject]:
    said = set(fold_text(words).split())
    return [one for one in TEMPLATE_INSTRUCTIONS.asks if not said.isdisjoint(one.words)]


def _known_by(inner: str) -> tuple[str, bool]:
    plain = fold_text(inner)
    said = f" {plain} "
    for words in TEMPLATE_INSTRUCTIONS.begins:
        if said.startswith(f" {words} "):
            return words, True
    if ends := next(
        (words for words in TEMPLATE_INSTRUCTIONS.ends if said.endswith(f" {words} ")), ""
    ):
        return ends, True
    if plain in TEMPLATE_INSTRUCTIONS.whole:
        return plain, True
    if plain in TEMPLATE_INSTRUCTIONS.perhaps:
        return plain, False
    if not TEMPLATE_INSTRUCTIONS.taken_out.isdisjoint(plain.split()):
        return "", False
    begins = (
        words for words in TEMPLATE_INSTRUCTIONS.perhaps_begins if said.startswith(f" {words} ")
    )
    return next(begins, ""), False


def _shouted(text: str) -> Iterator[tuple[int, str, bool]]:
    """ "INSERT AGENCY" anywhere; "NAME OF AGENCY" in a sentence, where it is nobody's label."""
    for found in _shouts().finditer(text):
        before, after = text[: found.start()], text[found.end() :].lstrip()[:1]
        word = _WORD_BEFORE.search(before)
        if found["named"] and (after == ":" or word is None or not word[1].islower()):
            continue
        if word is not None and word[1].isupper() and len(word[1]) > 1 and not found["named"]:
            continue  # "HOW STAFF INSERT DATES"
        if not in_a_shout(text, found.start()):
            look = found["known"] or found["named"] or found["verb"]
            yield found.start(), look, not _quoted(before) and after not in CLOSING


@lru_cache(maxsize=1)
def _shouts() -> re.Pattern[str]:
    """What such words are in capitals: a verb and what is asked for, or a name and whose it is."""
    what = "|".join(
        sorted({word.upper() for one in TEMPLATE_INSTRUCTIONS.asks for word in one.words})
    )
    verbs = [words.upper() for words in TEMPLATE_INSTRUCTIONS.shouted]
    whole = "|".join(words.upper() for words in sorted(TEMPLATE_INSTRUCTIONS.whole))
    small = r"(?: (?:THE|YOUR|A|AN|OF|FULL|NAME))*"
    return re.compile(
        rf"\b(?:(?P<known>(?:{'|'.join(verbs)}){small} (?:{what}))"
        rf"|(?P<verb>{verbs[0]}) [A-Z]{{3,}}|(?P<named>{whole}))(?!\w)"
    )


def _without_brackets(text: str) -> str:
    """The text, what stands in brackets as blanks."""
    if "[" not in text and "<" not in text:
        return text
    return _BRACKETS.sub(lambda found: " " * len(found[0]), text)


def _quoted(before: str) -> bool:
    last = before.rstrip()[-1:]
    return bool(last) and last in QUOTES
