"""The check on a return that reports nothing: whether it says so of all, and takes nothing
back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from config.kind_shape import Denial, FormShape
from handlers.checks.form.form_text import Passage
from handlers.checks.form.letter_sentences import (
    Letter,
    any_of,
    labelled_lines,
    letter_of,
    sentences,
)
from handlers.checks.form.letter_signature import pieces_of, says_who, without_who
from handlers.checks.form.nil_remainder import Account, account_of, says_it_of_all
from handlers.checks.form.nil_sentences import (
    DOUBT,
    INVOLVED,
    MOST,
    SOME,
    UNCLEAR,
    Involvement,
    Reader,
)
from handlers.checks.form.nil_words import ANY_AGENCY
from handlers.checks.form.sheet import Sheet
from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.findings import Finding, Findings, Where
from handlers.values.normalise import fold
from handlers.values.placeholders import put_off

BESIDE, UNFINISHED = "statement-beside", "statement-unfinished"
SENTENCE = 8  # words from which a value that ends in a full stop is a sentence
TITLE = 6  # words beside "Nil return:"
DRAFT = 6  # words of a line that calls the document a draft

_NOTHING = re.compile(
    r"(?:no|none|nil|nobody|n|0|zero|not? applicable|n a|na|nothing|never|not known|unknown|no one)"
    r"(?: (?:known|found|held|further|to add|to report|at all|whatsoever|whatever|recorded|record|"
    r"records|involvement|contact|trace|time|any|of|kind|past|or|present|ever)){0,8}$"
)


def entered_beside(
    passages: Sequence[Passage], shape: FormShape, denied: Iterable[str] = ()
) -> Iterator[str]:
    """The rules that what is entered calls for. `denied` are values that are statements."""
    denial = shape.denial
    if denial is None:
        return
    if any(_is_draft(p.text) for p in passages if not p.struck):
        yield BESIDE
    own = {fold(words) for field in shape.fields for words in (field.label, *field.also)}
    searched = {
        fold(words)
        for field in shape.fields
        if field.key == "records"
        for words in (field.label, *field.also)
    }
    for label, value, _ in labelled_lines([p for p in passages if not p.struck]):
        folded = fold(label)
        of_search = folded in searched or not set(folded.split()).isdisjoint(denial.searches)
        if of_search and not folded.startswith("date") and _short_of_all(value, denial):
            yield UNFINISHED
        if folded not in own and not _says_nothing(folded, value, denial) and value not in denied:
            yield BESIDE


def denied_in_answer(label: str, value: str, denial: Denial) -> bool:
    """ "Has any member of the family been known to you?" and "No"."""
    words = set(fold(label).split())
    relations = {*denial.known, *denial.used, *denial.held}
    about = not words.isdisjoint(relations) and not words.isdisjoint(denial.everybody)
    return about and _NOTHING.fullmatch(fold(value)) is not None


def says_none(label: str, value: str, denial: Denial) -> bool:
    """ "Comments: none": nothing is said, of the family or of anything."""
    relations = {*denial.known, *denial.used, *denial.held, *denial.everybody, *denial.one}
    relations |= {*denial.titles, denial.field, "nil", "no", "response", "statement", "involvement"}
    return relations.isdisjoint(fold(label).split()) and _NOTHING.fullmatch(fold(value)) is not None


def _is_draft(text: str) -> bool:
    words = fold(text).split()
    return "draft" in words and len(words) <= DRAFT


def _short_of_all(value: str, denial: Denial) -> bool:
    plain = fold(value)
    put = put_off(value) is not None or plain in ("none", "nil", "no", "not yet")
    return put or any_of(denial.short_of).search(plain) is not None


def _says_nothing(label: str, value: str, denial: Denial) -> bool:
    """A blank, a reference, an address, whoever signs, a sentence read elsewhere, or "none"."""
    plain, words = fold(value), value.split()
    if not plain or _NOTHING.fullmatch(plain) or any_of(denial.neutral).search(label):
        return True
    if value.rstrip().endswith((".", "!", "?")) and len(words) >= SENTENCE:
        return True
    if "nil" in label.split() and len(words) <= TITLE and not _dates(plain):
        return True  # "Nil return: Serious Case Review", "Nil return: yes"
    if not set(label.split()).isdisjoint(denial.searches) and not _dates(plain):
        # "Searches made: ..."; of whom is asked below
        return set(label.split()).isdisjoint(denial.everybody) or "all" in plain.split()
    if label == "contact" and not _dates(plain):
        return True
    found = {piece.sort for piece in pieces_of(value[:240], frozenset())}
    return (
        bool(found)
        and not _dates(plain)
        and found <= {"name", "role", "place"}
        and next(iter(found)) != "place"
    )


def _dates(plain: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b|\d \d+ \d", plain) is not None and "to date" not in plain


UNSURE, NOTED = "statement-unsure", "statement-noted"
NOBODY = "No member of the family is or has been known to us."
LEFT_OPEN = frozenset({INVOLVED, UNCLEAR, DOUBT})  # what a question says before it is answered
ENTERED = frozenset({BESIDE, UNFINISHED})  # what may be said by no sentence
HEAD = 8  # words from which a line of the head may be a sentence
FOOT = 6  # and one of the foot
SHORT_LETTER = 12  # sentences of a letter that are followed word by word
SHORT = 8  # words of a line that may be a name the agency goes by

_STOPS = (".", "!", "?")


def check_denial(sheet: Sheet, context: Context, notes: Findings) -> None:
    """The rules of the kind's denial: of each sentence that is not wholly understood what it may
    say, at its place. Of one that is understood there is no doubt."""
    denial = sheet.shape.denial
    entry = sheet.by_key.get(denial.field) if denial else None
    if denial is None or entry is None:
        return
    read, answers, reader = _read(sheet, context, denial)
    account = account_of(sheet, context, answers)
    if account.understood:
        return
    missing = f"{entry.key}-missing"
    if not read.denied and not read.rules and not account.denied and notes.asks(missing):
        notes.add(missing, entry.where)
    told = list(_doubts(account, reader, read))
    for rule, place in told or [(rule, entry.field.label) for rule in read.rules]:
        if notes.asks(rule):
            notes.add(rule, Where(section=place or entry.field.label))


def _doubts(account: Account, reader: Reader, read: Involvement) -> Iterator[tuple[str, str]]:
    """Each rule that something not understood calls for, with its place; "" for the whole."""
    located = set[str]()
    for said in account.unknown:
        for rule in reader.read([without_who(said.text)]).rules:
            if rule == UNCLEAR and UNCLEAR not in read.rules:
                continue  # a line of the foot, say, which the reader leaves alone
            located.add(rule)
            yield rule, said.place
    for rule in read.rules:
        if rule not in located and (rule in ENTERED or (rule == SOME and not account.denied)):
            yield rule, ""


def check_accounted(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`statement-unsure` and `statement-noted`, of a return that nothing else stands against: it
    is accepted only where all that stands in it is understood."""
    denial = sheet.shape.denial
    entry = sheet.by_key.get(denial.field) if denial else None
    if denial is None or entry is None or any(_stands_against(one) for one in notes.all()):
        return
    _, answers, _ = _read(sheet, context, denial)
    account = account_of(sheet, context, answers)
    if not account.understood and notes.asks(UNSURE):
        for place in [one.place for one in account.unknown] or [entry.field.label]:
            notes.add(UNSURE, Where(section=place))
    if account.noted and notes.asks(NOTED):
        notes.add(NOTED, Where(section=entry.field.label))


def _stands_against(finding: Finding) -> bool:
    """All but that a message does not name its agency, which is known from whoever sent it."""
    return finding.severity != "advice" and finding.rule != "agency-missing"


def involvement_on(sheet: Sheet, context: Context) -> Involvement:
    """What the whole return says of it."""
    denial = sheet.shape.denial
    return _read(sheet, context, denial)[0] if denial else Involvement(False)


def _read(
    sheet: Sheet, context: Context, denial: Denial
) -> tuple[Involvement, tuple[int, ...], Reader]:
    """The same, with the places of the questions that are answered "No", and its reader."""
    other = {e.filled.position for e in sheet.entries if e.filled and e.key != denial.field}
    passages = [p for p in sheet.passages if p.position not in other or _is_sentence(p, HEAD)]
    reader = _reader(denial, letter_of(passages), context.agency, context.case)
    answers = _answers(passages, denial, reader)
    lines = labelled_lines(passages)
    none = {position for label, value, position in lines if says_none(label, value, denial)}
    letter = letter_of([p for p in passages if p.position not in {*answers, *none}])
    searched = [e.text for e in sheet.entries if e.key == "records" and e.text]
    read = reader.read(
        [
            *(without_who(text) for text in _said_in(letter) if not says_who(text)),
            *(f"Checked {text}" for text in searched),
            *(NOBODY for _ in answers),
        ]
    )
    statements = [v for _, v, _ in labelled_lines(sheet.passages) if reader.read([v]).denied]
    statements += [a for _, a in answers.values()]
    beside = entered_beside(sheet.passages, sheet.shape, statements)
    whole = Involvement(read.denied, tuple(dict.fromkeys((*read.rules, *beside))))
    return whole, tuple(answers), reader


def _answers(
    passages: Sequence[Passage], denial: Denial, reader: Reader
) -> dict[int, tuple[str, str]]:
    """The questions of a form whether anybody is known that are answered "No", by their places;
    not those that ask of less than all."""
    found = {}
    for label, value, position in labelled_lines([p for p in passages if not p.struck]):
        open_ = denied_in_answer(label, value, denial)
        if open_ and set(reader.read([f"{label}."]).rules) <= LEFT_OPEN:
            found[position] = (label, value)
    return found


def denies(passages: Sequence[Passage], shape: FormShape) -> bool:
    """Whether a document denies anything, for whoever does not know yet what it is."""
    if shape.denial is None:
        return False
    letter = letter_of(passages)
    if any(p.text.rstrip().endswith("?") and not p.table for p in letter.body):
        return False  # a letter that asks is no return
    said = list(islice(_said_in(letter), MOST))
    if _reader(shape.denial, letter, None, None).denies(said):
        return True
    return says_it_of_all(said[:SHORT_LETTER], ANY_AGENCY)


def _said_in(letter: Letter) -> Iterator[str]:
    """The body's sentences, and any in its head or its foot: "PS: ..."."""
    yield from (p.text for p in letter.head if _is_sentence(p, HEAD))
    yield from sentences([p.text for p in letter.body])
    for passage in letter.foot:
        if _is_sentence(passage, FOOT):
            yield from sentences([passage.text])


def _is_sentence(passage: Passage, least: int) -> bool:
    words = fold(passage.text).split()
    noted = bool(words) and words[0] in ("ps", "nb", "note", "pps")
    noted = noted or words[:2] == ["p", "s"]
    return noted or (len(words) >= least and passage.text.rstrip().endswith(_STOPS))


def _reader(
    denial: Denial, letter: Letter, agency: AgencyFacts | None, case: CaseFacts | None
) -> Reader:
    """With the words by which the agency and the review go, in the register and the letterhead."""
    lines = [*letter.head, *letter.foot]
    names = [p.text for p in lines if len(p.text.split()) <= SHORT and not _is_sentence(p, HEAD)]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    if case is not None:
        names += [case.reference, case.child_identifier]
    subjects = tuple(s.name for s in case.subjects if fold(s.name)) if case else ()
    own = frozenset(word for name in names for word in fold(name).split())
    return Reader(denial, own - _telling(denial), subjects)


def _telling(denial: Denial) -> frozenset[str]:
    """Words that tell something wherever they stand: "Other Patients' Surgery" excuses none."""
    return frozenset((*denial.one, *denial.everybody, *denial.known, *denial.used, "other", "only"))
