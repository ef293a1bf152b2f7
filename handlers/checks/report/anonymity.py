"""Where a report seems to say who somebody really is: a name, a number, an address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from config.english import join_with_and
from config.label_words import JOB_WORDS, NAME_TITLES, ORGANISATION_WORDS, REPORT_TITLES
from handlers.checks.report.kin_names import (
    SHORTEST,
    first_names_of_family,
    names_somebody,
    stands_again,
    surnames_named,
)
from handlers.checks.report.paragraphs import count_passages, paragraphs_in_words
from handlers.checks.report.personnel_key import find_key_blocks
from handlers.checks.report.plan import place_finder
from handlers.checks.report.ranked_names import ranked_surnames
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.context import Context
from handlers.findings import FindingPlace, Findings
from handlers.values.day_words import FULL_MONTHS
from handlers.values.normalise import fold_text

PERSON_NAME = "a person's name"
SUBJECT_NAME = "the name of somebody the review is about"
_NAMING = frozenset({PERSON_NAME, SUBJECT_NAME})
NHS_NUMBER = "an NHS number"
PHONE_NUMBER = "a telephone number"
POSTAL_ADDRESS = "an address or postcode"
EMAIL_ADDRESS = "an e-mail address"

_TEN = re.compile(r"(?<![\d/.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/-])")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+44[ -]?(?:\(0\))?|\(?0)[ -]?\d[\d ()-]{7,13}\d(?![\d/-])")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b")
_STREET_WORDS = (
    "Street|Road|Avenue|Lane|Close|Drive|Court|Crescent|Gardens|Terrace|Grove|Mews|Walk|Way"
)
_STREET = re.compile(
    rf"\b(?:[Ff]lat \d+[A-Za-z]?,? )?\d{{1,3}}[A-Za-z]?,? (?!(?:{'|'.join(FULL_MONTHS)})\b)"
    r"(?:[A-Z][a-z]+ ){1,3}"
    rf"(?:{_STREET_WORDS})\b"
    r"(?! (?:Surgery|School|Centre|Clinic|Hospital|Practice|Nursery|Academy|Station))"
)
# What each of a number, a postcode and a street has in it from a figure on: most texts that have a
# figure have none of it.
_FROM_A_FIGURE = re.compile(
    r"\d(?:[\d ()-]{6,}\d|[A-Z\d]? \d[A-Z]{2}"
    rf"|\d{{0,2}}[A-Za-z]?,? (?!(?:{'|'.join(FULL_MONTHS)})\b)[A-Z])"
)
_STREETS = frozenset(_STREET_WORDS.lower().split("|"))
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TITLED = re.compile(
    rf"\b(?:{'|'.join(REPORT_TITLES)})\b"
    r"\.? (?:\d{1,6} )?(?:(?P<initials>(?:[A-Z]\.? ?){1,3})(?=[A-Z][a-z])|"
    r"(?P<first>[A-Z][a-z]+(?:-[A-Z][a-z]+)?) (?=[A-Z][a-z]))?"
    r"(?P<last>(?>(?:O['’]|Mc|Mac)?[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*))(?![\w'’]*\d)"
    r"(?! (?:et al|\((?:19|20)\d\d))"
)
# "Health visitor Jane Smith": a job, a first name and a surname, and no more capitals after them,
# which would be the name of a team or of a form.
_EMPLOYED = re.compile(
    r"\b(?i:health visitor|hv|social worker|sw|(?:staff |school |district |practice )?nurse|sister|"
    r"midwife|matron|teacher|probation officer|housing officer|police officer|support worker|"
    r"family worker|youth worker|paediatrician|consultant|registrar|inspector|superintendent|"
    r"paramedic|counsellor|psychologist|psychiatrist|therapist|caseworker|key ?worker)"
    r",? (?:\d{1,6} )?(?P<first>[A-Z][a-z]+) "
    r"(?P<last>(?>(?:O['’]|Mc|Mac)?[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*))(?![\w'’]*\d)(?! [A-Z])"
)
# A name of one of these words is no real person's: "Child N", "Baby Peter", "Mother One"; "Lord" is
# a surname as well.
_NO_REAL_NAME = (NAME_TITLES - {"lord"}) | {
    "child", "baby", "young", "person", "adult", "subject", "unborn", "sibling", "half", "step",
    "mother", "father", "mum", "dad", "brother", "sister", "uncle", "aunt", "partner", "cousin",
    "grandmother", "grandfather", "stepfather", "stepmother", "boy", "girl", "infant", "family",
    "one", "two", "three", "four", "five", "maternal", "paternal", "elder", "younger", "the", "of",
}  # fmt: skip
# Words that follow a title in an anonymised report: "Mr Father", "Dr One", "PC Alpha".
_PLACEHOLDERS = re.compile(
    "one|two|three|four|five|six|seven|eight|nine|ten|alpha|bravo|charlie|delta|echo|foxtrot|"
    "mother|father|mum|dad|child|sibling|brother|sister|grandmother|grandfather|uncle|aunt|adult|"
    "partner|stepfather|stepmother|subject|male|female|teacher|nurse|doctor|officer|worker|"
    "manager|team|health|social|support|practice|surgery|department|service|review|and|or|the|"
    "in|at|on|was|who|did|said|not|anonymous|redacted"
)


# Words that begin a sentence: "He met Mr X. However, ..." is no Mr X. However.
_OPENINGS = re.compile(
    "after|all|also|although|an?|another|as|at|because|before|both|by|child|despite|during|each|"
    "following|for|from|given|had|having|he|her|his|however|if|it|its|later|many|mr|mrs|ms|miss|"
    "most|no|none|nothing|on|once|one|our|records?|several|she|since|some|staff|such|that|the|"
    "their|then|there|these|they|this|those|to|two|until|we|what|when|where|which|while|who|why|with"
)


def find_identifying_details(
    text: str, spoken_of: Sequence[str] = (), ordinary: Collection[str] = ()
) -> Iterator[str]:
    """The kinds of thing found, each once for every time it occurs.

    `spoken_of` are names that may stand: the case's pseudonyms and names in the literature. One
    of them that is a real person's, a first name and a surname, may not.
    `ordinary` are words in small letters that the report uses: one may begin a sentence after
    "Mr X."
    """
    in_full, others = split_full_names(spoken_of)
    text, people = _without(in_full, text)
    yield from [SUBJECT_NAME] * people
    named = [PERSON_NAME for _ in _surnames(text, others, ordinary)]
    allowed = {word.casefold() for name in others for word in name.split()}
    yield from named or [PERSON_NAME] * names_somebody(text, allowed, ordinary)
    rest, nhs = _taken(_TEN, text, _is_nhs)
    yield from [NHS_NUMBER] * nhs
    rest, phones = _taken(_PHONE, rest, _is_phone)
    yield from [PHONE_NUMBER] * phones
    yield from [EMAIL_ADDRESS] * len(_EMAIL.findall(rest))
    if _POSTCODE.search(rest) or _STREET.search(rest):
        yield POSTAL_ADDRESS


def may_hold_contact(text: str) -> bool:
    """Whether anything stands there by which somebody could be rung, written to or found: quick,
    since of most texts nothing does."""
    if "@" not in text and not _FROM_A_FIGURE.search(text):
        return False
    return any(known.search(text) for known in (_TEN, _PHONE, _EMAIL, _POSTCODE, _STREET))


def split_full_names(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that are somebody's first name and surname, and the others."""
    full = tuple(name for name in names if _is_full(name))
    return full, tuple(name for name in names if name not in full)


def _is_full(name: str) -> bool:
    words = fold_text(name).split()
    plain = all(len(word) > 1 and word.isalpha() for word in words)
    return len(words) > 1 and plain and _NO_REAL_NAME.isdisjoint(words)


def _without(names: Sequence[str], text: str) -> tuple[str, int]:
    """The text without such names, with or without what stands between the first and the last of
    them; and how many there were."""
    count = 0
    for name in names:
        first, *between, last = map(re.escape, name.split())
        middle = "".join(rf"(?:\s+{word})?" for word in between)
        text, found = re.subn(rf"\b{first}{middle}\s+{last}\b", " ", text, flags=re.I)
        count += found
    return text, count


def _surnames(text: str, spoken_of: Sequence[str], ordinary: Collection[str]) -> Iterator[str]:
    """The surnames in small letters behind a title, a rank, or a job and a first name."""
    allowed = {word.casefold() for name in spoken_of for word in name.split()}
    for titled in _TITLED.finditer(text):
        last, first = titled["last"].casefold(), (titled["first"] or "").casefold()
        if {first, last} & allowed or any(map(_PLACEHOLDERS.fullmatch, (first, last))):
            continue
        ended = (titled["initials"] or "").rstrip().endswith(".")
        if not (ended and (last in ordinary or _OPENINGS.fullmatch(last))):
            yield last
    own = JOB_WORDS | ORGANISATION_WORDS
    for employed in _EMPLOYED.finditer(text):
        words = {employed["first"].casefold(), employed["last"].casefold()}
        usual = allowed.union(ordinary, own) & words
        if not (usual or any(map(_PLACEHOLDERS.fullmatch, words)) or _STREETS & words):
            yield employed["last"].casefold()
    for last in ranked_surnames(text, allowed, ordinary):
        if not (_PLACEHOLDERS.fullmatch(last) or _OPENINGS.fullmatch(last)):
            yield last


def _taken(pattern: re.Pattern[str], text: str, real: Callable[[str], bool]) -> tuple[str, int]:
    """The text without the numbers that are `real`, and how many they were."""
    found = [m for m in pattern.finditer(text) if real(re.sub(r"\D", "", m[0]))]
    for match in reversed(found):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return text, len(found)


def _is_nhs(digits: str) -> bool:
    """The tenth figure checks the first nine, weighted 10 to 2, modulus 11."""
    figures = [int(d) for d in digits]
    check = 11 - sum(f * w for f, w in zip(figures, range(10, 1, -1), strict=False)) % 11
    return len(figures) == 10 and len(set(figures)) > 1 and check % 11 == figures[9] and check != 10


def _is_phone(digits: str) -> bool:
    national = "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits
    return len(national) in (10, 11) and national[:2] in ("01", "02", "03", "07", "08")


def check_names(report: ReportDocument, findings: Findings) -> None:
    """names-suspected: `{what}`, `{place}` (" in paragraph 4 of this section", or nothing)."""
    if not report.shape.anonymised:
        return
    in_text: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    passages, place_of = list(_searched(report)), place_finder(report)
    texts = [_without_agency(passage, report) for passage, _ in passages]
    for (passage, number), told in zip(passages, _suspected(texts, report), strict=True):
        where = place_of(passage)
        if where.row is not None and told:
            findings.add("names-suspected", where, what=join_with_and(told), place="")
        for what in told if where.row is None else ():
            in_text[where.section or ""][what].append(number)
    for section, found in in_text.items():
        for numbers, whats in _together(found):
            place = f" in {paragraphs_in_words(numbers)} of this part"
            findings.add(
                "names-suspected",
                FindingPlace(section=section),
                what=join_with_and(whats),
                place=place,
            )


def _suspected(texts: Sequence[str], report: ReportDocument) -> Iterator[tuple[str, ...]]:
    """What is suspected in each of the texts: also a name that only another of them shows to be
    somebody's."""
    spoken, ordinary = _spoken(report), _ordinary(report)
    details = [tuple(find_identifying_details(text, spoken, ordinary)) for text in texts]
    allowed = {word.casefold() for name in spoken for word in name.split()}
    first_names = frozenset[str]().union(
        *(first_names_of_family(text, allowed, ordinary) for text in texts)
    )
    naming = [t for t, d in zip(texts, details, strict=True) if not _NAMING.isdisjoint(d)]
    surnames = frozenset(_surnames_again(naming, spoken, ordinary))
    for text, found in zip(texts, details, strict=True):
        again = (first_names or surnames) and stands_again(text, first_names, surnames)
        yield tuple(dict.fromkeys((*found, PERSON_NAME) if again else found))


def _surnames_again(
    naming: Sequence[str], spoken: Sequence[str], ordinary: Collection[str]
) -> Iterator[str]:
    """The surnames of whoever is named, which are looked for wherever they stand by themselves;
    not so words that the report uses in small letters or that jobs and bodies are called by."""
    others = split_full_names(spoken)[1]
    allowed = {word.casefold() for name in spoken for word in name.split()}
    usual = {*allowed, *ordinary} | JOB_WORDS | ORGANISATION_WORDS
    for text in naming:
        for last in (*_surnames(text, others, ordinary), *surnames_named(text, allowed, ordinary)):
            if last not in usual and len(last) >= SHORTEST:
                yield last


def _together(found: Mapping[str, list[int]]) -> Iterator[tuple[list[int], list[str]]]:
    """What is suspected in the same paragraphs, told at once."""
    same: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for what, numbers in found.items():
        same[tuple(numbers)].append(what)
    yield from ((list(numbers), whats) for numbers, whats in same.items())


def _searched(report: ReportDocument) -> Iterator[tuple[ReportPassage, int]]:
    """Passages to look through, each with its number among the paragraphs of its section."""
    left_out = find_key_blocks(report)
    for one in count_passages(report, report.outline.front):
        if one.passage.position not in left_out and not _signing(report, one.passage):
            yield one.passage, one.number


def _signing(report: ReportDocument, passage: ReportPassage) -> bool:
    here, sign_off = report.outline.section_at_block(passage.position), report.shape.sign_off
    return here is not None and sign_off is not None and here.section.key == sign_off.section


def _without_agency(passage: ReportPassage, report: ReportDocument) -> str:
    """The agency may name itself, and "Meadow Lane Surgery" reads like a street."""
    agency = report.context.agency
    return passage.text.replace(agency.name, " ") if agency and agency.name else passage.text


def _spoken(report: ReportDocument) -> tuple[str, ...]:
    return (*report.shape.public_names, *_pseudonyms(report.context))


def _ordinary(report: ReportDocument) -> frozenset[str]:
    """Every word the report uses in small letters."""
    return frozenset(
        word for p in report_passages(report.blocks) for word in p.text.split() if word.islower()
    )


def _pseudonyms(context: Context) -> tuple[str, ...]:
    return tuple(subject.name for subject in context.case.subjects) if context.case else ()
