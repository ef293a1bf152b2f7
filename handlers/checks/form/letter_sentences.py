"""The sentences of a letter between its head and its foot, and its labelled lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.kind_shape import Denial
from config.label_words import NON_SIGNATORY_LABELS, SHORTENED_TITLES
from handlers.checks.form.form_text import FormPassage
from handlers.fields.drawn_lines import DRAWN_IN_LETTER
from handlers.values.day_words import MONTH_STEM_PATTERN, WEEKDAY_PATTERN
from handlers.values.normalise import fold_text

MAX_LETTER_LINES = 400  # lines; a letter has fewer
MAX_TOP_LINES = 40  # lines in which a salutation may stand
MIN_BROKEN_LENGTH = 60  # characters from which a line may go on below without a lower-case letter

_SALUTATION = re.compile(r"\W*(?:dear|hi|hello|good (?:morning|afternoon)|to whom)\b.{0,60}$", re.I)
_CLOSE = re.compile(
    r"\W*(?:yours? (?:sincerely|faithfully|truly|ever)|(?:with )?(?:my |our )?(?:kind|best|kindest|"
    r"warm|very best) ?(?:regards|wishes)|regards|best wishes|sincerely|faithfully|many thanks|"
    r"thanks|thank you|kr|cheers|all the best)\W*$",
    re.I,
)
_SIGNED = re.compile(r"\W*(?:signed\b.{0,40}|for and on behalf of\b.{0,60})\W*$", re.I)
_FULL_STOP = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[^a-z])")
_PARTED = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+(?=[^a-z])|(?<=;)\s+|\s[–—]\s")
_SHORTENED = re.compile(
    rf"\b(?:{'|'.join(SHORTENED_TITLES)}|miss|st|nos?|e\.g|i\.e|d\.o\.b|ref|tel|approx|hon)\.$",
    re.I,
)
_ENDED = (".", "!", "?", ":", ";")
_BREAKS_OFF = frozenset(
    {"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to"}
)
_SAYS_SOMETHING = frozenset(
    {"is", "are", "was", "were", "be", "been", "has", "have", "had", "i", "we", "you", "it", "they"}
    | {"our", "my", "your", "there", "all", "any", "both", "no", "none", "not", "never", "nobody"}
    | {"neither", "nothing", "confirm", "confirms", "searched", "checked", "known"}
)


@dataclass(frozen=True, slots=True)
class LetterParts:
    """A document's lines in three parts."""

    head: tuple[FormPassage, ...]
    body: tuple[FormPassage, ...]
    foot: tuple[FormPassage, ...]


def begins_or_ends_letter(line: str) -> bool:
    """Whether a line is a greeting, or the close above whoever signs."""
    return any(sign.fullmatch(line.strip()) for sign in (_SALUTATION, _CLOSE))


def split_letter(passages: Sequence[FormPassage]) -> LetterParts:
    kept = [p for p in passages[:MAX_LETTER_LINES] if not p.struck]
    begins = next((i for i, p in enumerate(kept[:MAX_TOP_LINES]) if _SALUTATION.match(p.text)), -1)
    ends = [i for i, p in enumerate(kept) if i > begins and _CLOSE.match(p.text)] or [
        i for i, p in enumerate(kept) if i > begins and _SIGNED.match(p.text)
    ][:1]
    if not ends and (moved := _end_to_its_place(kept, begins)):
        return moved
    last = ends[-1] if ends else len(kept)
    return LetterParts(
        tuple(kept[: begins + 1]), tuple(kept[begins + 1 : last]), tuple(kept[last:])
    )


MAX_BOXED_END_LINES = 5  # lines of an end that stands in a box above the greeting


def _end_to_its_place(kept: Sequence[FormPassage], begins: int) -> LetterParts | None:
    """The letter with its end at its foot, where a text box has that before the greeting."""
    ends = [i for i, p in enumerate(kept[: max(begins, 0)]) if _CLOSE.match(p.text)]
    if not ends:
        return None
    last = min(ends[-1] + MAX_BOXED_END_LINES, begins)
    head, foot = (*kept[: ends[-1]], *kept[last : begins + 1]), kept[ends[-1] : last]
    return LetterParts(head, tuple(kept[begins + 1 :]), tuple(foot))


def split_sentences(lines: Sequence[str]) -> Iterator[str]:
    """Each sentence of some lines, one that a line's end broke made whole. What a semicolon or a
    dash parts is read by itself."""
    yield from _split(lines, _PARTED)


def read_sentences(lines: Sequence[str]) -> Iterator[str]:
    """The same as a reader counts them: no semicolon and no dash ends one."""
    yield from _split(lines, _FULL_STOP)


def _split(lines: Sequence[str], parted: re.Pattern[str]) -> Iterator[str]:
    for text in _joined(lines):
        held = ""
        for piece in parted.split(text):
            held = f"{held} {piece}".strip()
            if not _SHORTENED.search(held):
                yield held
                held = ""
        if held:
            yield held


def _joined(lines: Sequence[str]) -> Iterator[str]:
    whole = ""
    for line in lines:
        if whole and goes_on_below(whole, line):
            whole = f"{whole} {line}"
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def goes_on_below(above: str, line: str) -> bool:
    """Whether a line only breaks off, by how the next begins or how far it runs."""
    if above.rstrip().endswith(_ENDED):
        return False
    if line[:1].isupper() and _stands_alone(above):
        return False
    return line[:1].islower() or len(above.split("\n")[-1]) >= MIN_BROKEN_LENGTH


def _stands_alone(line: str) -> bool:
    """Whether a long line can only be an address or a title: a sentence says something in its
    first line, or breaks off in a small word."""
    words = fold_text(line).split()
    return bool(words) and words[-1] not in _BREAKS_OFF and _SAYS_SOMETHING.isdisjoint(words)


@lru_cache(maxsize=1024)
def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases among folded words, whatever commas stand between them."""
    plain = sorted({fold_text(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    words = "|".join(phrase.replace(" ", ",? ") for phrase in plain)
    return re.compile(rf"\b(?:{words or '(?!)'})\b")


MAX_SIGNED_LINE_LENGTH = 240  # characters of a line somebody signs in

# A label is parted from what stands beside it by a colon, or by a line of dots to write on.
LABELLED_LINE = re.compile(
    rf"^\W*(?P<label>[A-Za-z][A-Za-z/'’() -]{{0,50}}?)\s*(?::|{DRAWN_IN_LETTER})"
    rf"(?:\s*{DRAWN_IN_LETTER}:?)?\s*(?P<value>.*?)(?:\s*{DRAWN_IN_LETTER}\s*)?$",
    re.S,
)
_ASKED = re.compile(r"^\W*(?P<label>[A-Za-z][^?:]{8,160}\?)\s*:?\s*(?P<value>\S.{0,60})$", re.S)


def labelled_lines(passages: Sequence[FormPassage]) -> Iterator[tuple[str, str, int]]:
    """Each "Label: value" with its place, whatever the label; a table's row of two cells, too."""
    cells: dict[int, list[str]] = {}
    for passage in passages:
        if passage.table:
            cells.setdefault(passage.position, []).append(passage.text)
    for position, row in cells.items():
        if len(row) == 2:
            yield row[0].rstrip(" :?"), row[1], position
    for passage in passages:
        text = "" if passage.table else passage.text[:MAX_SIGNED_LINE_LENGTH]
        label = _ASKED.match(text) or LABELLED_LINE.match(text)
        if label is not None and label["value"]:
            yield label["label"], label["value"], passage.position


def merge_row_cells(passages: Sequence[FormPassage]) -> list[FormPassage]:
    """Lines, the cells of a table's row as one: "From: A. Person". A row whose first cell has
    several lines has those, and the others, each as it stands."""
    out: list[FormPassage] = []
    first = Counter(p.position for p in passages if p.cell == 1)
    for passage in passages:
        above = out[-1] if out else None
        apart = above is None or not passage.table or above.position != passage.position
        if above is None or apart or first[passage.position] > 1:
            out.append(passage)
            continue
        joint = " " if above.text.rstrip().endswith(":") else ": "
        joint = (
            " | " if LABELLED_LINE.match(above.text + joint) is None or "|" in above.text else joint
        )
        text = f"{above.text}{joint}{passage.text}"
        out[-1] = FormPassage(text, passage.position, passage.table)
    return out


def asks_for_maker(label: str) -> bool:
    """ "Responding officer", "Author": whoever fills it in, and nobody's role."""
    words = fold_text(label).split()
    return words[0] in (
        "responding",
        "reporting",
        "author",
        "named",
        "name",
        "lead",
        "signing",
    ) or (words[-1] in ("by", "author", "representative"))


def is_not_signing_label(label: str) -> bool:
    folded = fold_text(label)
    return folded in NON_SIGNATORY_LABELS or any(
        folded.startswith(f"{word} ") for word in ("to", "cc", "re")
    )


MAX_BARE_LENGTH = 1_200  # characters of a sentence

_MONTH = rf"(?:{MONTH_STEM_PATTERN})[a-z]*"
_DAY = (
    rf"{WEEKDAY_PATTERN} |\d+(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d+)?|"
    r"\d+ \d+ \d+"
)
# The day of a letter that is answered, or of a search, limits nothing.
_ANSWERED = re.compile(
    rf"\b(letter|e ?mail|request|enquiry|correspondence|message|telephone call|call)"
    rf"(?: which was| that was)?(?: dated| of| on| sent on| received on| from| received| sent)*"
    rf"(?: the)? (?:{_DAY})+"
)
_ASKED_BARE = re.compile(
    r"\b(ask(?:ed|ing)?|establish|see|determine|ascertain|identify|find out|check(?:ed)?|"
    r"search(?:ed)?|confirm|know|enquir(?:ed|y|ing)|request(?:ed|ing)?)((?: \w+){0,3}?)"
    r" (?:whether|if)\b[^,]*?(?=,| and |$)"
)
_THEN = (
    r"(?:past|previous(?:ly)?|former(?:ly)?|historic(?:al|ally)?|archived?|closed|inactive|dead|"
    r"dormant|old|legacy|deducted|paper|manual|written|microfiche|in the past|ever)"
)
_NOW = (
    r"(?:now|current(?:ly)?|present(?:ly)?|live|open|active|existing|new|electronic(?:ally)?|"
    r"computer(?:ised)?|digital|typed)"
)
_PAIR = re.compile(
    rf"\b(?:both )?(?:{_NOW},? (?:and|or|nor) {_THEN}|{_THEN},? (?:and|or|nor) {_NOW})\b"
)
# "Whether as victim, witness or otherwise"; ", either permanently or as temporary residents".
_WHICHEVER = re.compile(
    r",? whether(?: as)? [^.;]{3,80}? or (?:otherwise|not|elsewhere|any other capacity)\b,?|"
    r", either (?:\w+ ){1,4}or (?:\w+ ?){1,4}$"
)
_SORT = "(?:patient|tenant|client|pupil|waiting|electronic|computer|paper|card|whole|entire)"
_LIST = "(?:lists?|books?|rolls?|caseloads?|registers?|files?|records?|systems?|databases?|index)"
_YOURS = (
    "(?:letter|list|sheet|form|e ?mail|request|schedule|table|attachment|appendix|template|"
    "genogram|note|message)"
)
_HELP = "(?:care|help|treatment|advice|support)"
_TOLD = "named|listed|identified|mentioned|given|supplied|shown|set out|detailed"
_ALIKE = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b(?:no one|not one)\b(?! (?:service|system))", "nobody"),
        (r"\bnobody of (?=th|us|our)", "none of "),
        (r"\bevery (?:single )?one of\b", "all of"),
        (r"\bany one of\b", "any of"),
        (r"\bat no (?:time|point|stage)\b", "never"),
        (r"\b(?:gone|went|been|going) (?:carefully |right |all )?through\b", "searched"),
        (r"\blook(?:ed|ing|s)? after\b", "cared for"),
        (
            r"\b(?:ran|run|put|compared|matched|screened)((?: \w+){1,6}? (?:through|against|with) "
            r"(?!the (?:health|social|school|other)))",
            r"searched\1",
        ),
        (r"\b(?:under|in) (?:the|our) care\b(?: of)?", "treated by"),
        (rf"\b(?:provided|given|offered) (?:any )?(?:\w+ )?{_HELP} (?:to|for)\b", "treated"),
        (
            rf"\b({_TOLD}) (?:on|in|with) (?:your|the|this) (?:\w+ ){{0,2}}?{_YOURS}\b"
            r"(?: (?:that |which )?you (?:have )?\w+)?",
            r"\1",
        ),
        (r"\bof (?:any|whatever) (?:description|nature|form)\b", ""),
        (r"\b(?:either|any) parent\b", "parents"),
        (r"\bwaiting lists?\b", "list"),
        (r"\b(in|at|on|to|by|with|of) one of our\b", r"\1 any of our"),
        (rf"\bon (?:our|the|its|this)(?: {_SORT})* {_LIST}\b", "recorded"),
        (r"\b(?:on|in|among|amongst) (?:it|either|any of them|any of these)\b", "recorded"),
        (r"\b(been|become|made)(?: ever)? (?:the |a )?subjects? (?:of|to)\b", r"\1 under"),
        (r"\bon behalf of,? (?=(?:any|the|this|a)\b)", "for "),
    )
)
# What a search came to, said without "no".
_BLANK = re.compile(
    r"\b(?:(?:drew|drawn|draws) (?:a )?(?:complete )?blanks?|"
    r"(?:(?:with|gave|came|come|been|was|were|proved|is|are|all) )+(?:back )?(?:a |as |all )?"
    r"(?:negative|nil|blank)(?: results?| returns?| traces?| outcomes?)?)\b"
)
_SAYS = (
    r"(?:confirm|state|report|certify|advise|inform|say|tell|declare|assure|verify|affirm|"
    r"respond)s?"
)
_ASSERTS = re.compile(
    rf"\b(?:(?:can|do|hereby|therefore|also|now|wish|write|am|are|is|able|writing|pleased|happy|glad|"
    rf"have|would|like|to|formally|each|both|all|in a position) )*(?:{_SAYS}|let)(?: you know)?"
    rf"(?: (?:\w+ly|you|back|the board|the panel|to|it))*,? that\b"
)


def normalise_sentence(sentence: str, denial: Denial, subjects: Sequence[str]) -> str:
    """A sentence as its sense is read from it."""
    pieces = (fold_text(piece) for piece in re.split(r"[,:()]", sentence[: 2 * MAX_BARE_LENGTH]))
    text = ", ".join(piece for piece in pieces if piece)
    for name in subjects:
        text = re.sub(rf"\b{re.escape(fold_text(name))}\b", "subject", text)
    text = _PAIR.sub(" ", phrase_pattern(denial.aside).sub(" ", text))
    for pattern, plain in _ALIKE:
        text = pattern.sub(plain, text)
    people = {*denial.one, *denial.everybody}
    text = _WHICHEVER.sub(lambda m: " " if people.isdisjoint(m[0].split()) else m[0], text)
    if not {*denial.searches}.isdisjoint(text.replace(",", "").split()):
        text = _BLANK.sub("found no trace", text)
    text = _ANSWERED.sub(r"\1", text)
    return _ASKED_BARE.sub(r"\1\2 whether", " ".join(text.split()))


def strip_assertion(text: str) -> str:
    """ "We are able to confirm that nobody" as "we nobody": who says it says it all the same."""
    return " ".join(_ASSERTS.sub(" ", text).split())
