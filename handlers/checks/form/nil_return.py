"""The check on a return that reports nothing: whether it says so of all, and takes nothing
back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from config.kind_shape import Denial, FormShape
from config.rules import VALUE_REFUSALS
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import (
    LetterParts,
    labelled_lines,
    phrase_pattern,
    split_letter,
    split_sentences,
)
from handlers.checks.form.letter_signature import names_the_maker, split_signature_line, strip_maker
from handlers.checks.form.nil_account import (
    AccountLine,
    NilAccount,
    account_for_return,
    denies_for_all,
)
from handlers.checks.form.nil_marks import is_draft_mark, is_unfilled
from handlers.checks.form.nil_mending import UNFINISHED_RULE, NilMends
from handlers.checks.form.nil_sentences import (
    DOUBT_RULE,
    INVOLVED_RULE,
    LIMITED_RULE,
    MAX_SENTENCES,
    SOME_RULE,
    UNCLEAR_RULE,
    DenialReader,
    Involvement,
)
from handlers.checks.form.nil_words import ANY_AGENCY_NAMES, names_of_review
from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.findings import Finding, FindingPlace, Findings
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.normalise import fold_text

BESIDE_RULE = "statement-beside"
MIN_SENTENCE_WORDS = 8  # words from which a value that ends in a full stop is a sentence
MAX_TITLE_WORDS = 6  # words beside "Nil return:"

_NOTHING = re.compile(
    r"(?:no|none|nil|nobody|n|0|zero|not? applicable|n a|na|nothing|never|not known|unknown|no one)"
    r"(?: (?:known|found|held|further|to add|to report|at all|whatsoever|whatever|recorded|record|"
    r"records|involvement|contact|trace|time|any|of|kind|past|or|present|ever|none of them|nobody|"
    r"(?:now|currently) or (?:in the past|previously|formerly|ever)|then or now)){0,8}$"
)


def rules_of_entered_values(
    passages: Sequence[FormPassage], shape: FormShape, denied: Iterable[str] = ()
) -> Iterator[str]:
    """The rules that what is entered calls for. `denied` are values that are statements."""
    denial = shape.denial
    if denial is None:
        return
    own = {fold_text(words) for field in shape.fields for words in (field.label, *field.also)}
    searched = {
        fold_text(words)
        for field in shape.fields
        if field.key == "records"
        for words in (field.label, *field.also)
    }
    for label, value, _ in labelled_lines([p for p in passages if not p.struck]):
        folded = fold_text(label)
        of_search = folded in searched or not set(folded.split()).isdisjoint(denial.searches)
        if of_search and not folded.startswith("date") and _short_of_all(value, denial):
            yield UNFINISHED_RULE
        if folded not in own and not _says_nothing(folded, value, denial) and value not in denied:
            yield BESIDE_RULE


def is_denied_in_answer(label: str, value: str, denial: Denial) -> bool:
    """ "Has any member of the family been known to you?" and "No"."""
    words = set(fold_text(label).split())
    relations = {*denial.known, *denial.used, *denial.held}
    about = not words.isdisjoint(relations) and not words.isdisjoint(denial.everybody)
    return about and _NOTHING.fullmatch(fold_text(value)) is not None


def is_empty_statement(label: str, value: str, denial: Denial) -> bool:
    """ "Comments: none": nothing is said, of the family or of anything."""
    relations = {*denial.known, *denial.used, *denial.held, *denial.everybody, *denial.one}
    relations |= {*denial.titles, denial.field, "nil", "no", "response", "statement", "involvement"}
    return (
        relations.isdisjoint(fold_text(label).split())
        and _NOTHING.fullmatch(fold_text(value)) is not None
    )


def _short_of_all(value: str, denial: Denial) -> bool:
    plain = fold_text(value)
    put = read_postponed_value(value) is not None or plain in ("none", "nil", "no", "not yet")
    return put or phrase_pattern(denial.short_of).search(plain) is not None


def _says_nothing(label: str, value: str, denial: Denial) -> bool:
    """A blank, a reference, an address, whoever signs, a sentence read elsewhere, or "none"."""
    plain, words = fold_text(value), value.split()
    if not plain or _NOTHING.fullmatch(plain) or phrase_pattern(denial.neutral).search(label):
        return True
    if value.rstrip().endswith((".", "!", "?")) and len(words) >= MIN_SENTENCE_WORDS:
        return True
    if "nil" in label.split() and len(words) <= MAX_TITLE_WORDS and not _dates(plain):
        return True  # "Nil return: Serious Case Review", "Nil return: yes"
    if not set(label.split()).isdisjoint(denial.searches) and not _dates(plain):
        # "Searches made: ..."; of whom is asked below
        return set(label.split()).isdisjoint(denial.everybody) or "all" in plain.split()
    if label == "contact" and not _dates(plain):
        return True
    found = {piece.sort for piece in split_signature_line(value[:240], frozenset())}
    return (
        bool(found)
        and not _dates(plain)
        and found <= {"name", "role", "place"}
        and next(iter(found)) != "place"
    )


def _dates(plain: str) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b|\d \d+ \d", plain) is not None and "to date" not in plain


UNSURE_RULE, NOTED_RULE = "statement-unsure", "statement-noted"
# By these whoever signs is asked for, who may stand in a line that was not understood.
SIGNING_RULES = frozenset(
    f"{key}-{what}" for key in ("name", "role", "date") for what in ("missing", "unclear")
)
NOBODY_SENTENCE = "No member of the family is or has been known to us."
OPEN_QUESTION_RULES = frozenset(
    {INVOLVED_RULE, UNCLEAR_RULE, DOUBT_RULE}
)  # what a question says before it is answered
ENTERED_RULES = frozenset({BESIDE_RULE, UNFINISHED_RULE})  # what may be said by no sentence
SAID_RULES = frozenset({"statement-missing"})  # by which a sentence that denies is asked for
MAX_LINES_TOLD = 12  # lines that are told one by one; of more the whole is told
MIN_HEAD_WORDS = 8  # words from which a line of the head may be a sentence
MIN_FOOT_WORDS = 6  # and one of the foot
MAX_SHORT_LETTER = 12  # sentences of a letter that are followed word by word
MAX_NAME_LINE_WORDS = 8  # words of a line that may be a name the agency goes by

_STOPS = (".", "!", "?")


def check_denial(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """The rules of the kind's denial: of each sentence that is not wholly understood what it may
    say, at its place. Of one that is understood there is no doubt."""
    denial = sheet.shape.denial
    entry = sheet.fields_by_key.get(denial.field) if denial else None
    if denial is None or entry is None:
        return
    read, answers, reader = _read(sheet, context, denial)
    account = account_for_return(sheet, context, answers)
    if account.is_understood:
        return
    missing = f"{entry.field_key}-missing"
    if not read.denied and not read.rules and not account.denied and notes.includes_rule(missing):
        notes.add(missing, entry.finding_place)
    whole = AccountLine("", entry.field.label, False)
    told = [
        one
        for one in _doubts(account, reader, read, sheet.shape)
        if not is_draft_mark(one[1].text)  # by `check_marks`
    ]
    if not (told or account.denied or account.unknown_lines):
        told = [(rule, whole) for rule in read.rules]
    mends, looked = NilMends(denial, account.denied), set[tuple[AccountLine, str]]()
    for rule, said in sorted(told, key=lambda one: _order_told(account, *one)):
        look = reader.words_of_doubt(said.text, rule)
        if notes.includes_rule(rule) and (not look or (said, look) not in looked):
            looked.add((said, look))  # "until 2008" is told once
            where = FindingPlace(section=said.place or entry.field.label)
            mending = mends.mend_at(rule, said)
            if look:
                mending["besides"] = VALUE_REFUSALS["denial"]["look"].fix.format(look=look)
            notes.add(rule, where, None, "", **mending)


def _order_told(account: NilAccount, rule: str, said: AccountLine) -> tuple[int, bool]:
    """By place, so that what is told of one stands together."""
    at = account.said.index(said) if said in account.said else len(account.said)
    return at, rule != LIMITED_RULE


def _doubts(
    account: NilAccount, reader: DenialReader, read: Involvement, shape: FormShape
) -> Iterator[tuple[str, AccountLine]]:
    """Each rule that something not understood calls for, with what it is; wordless, the whole."""
    located = set[str]()
    for said in account.unknown_lines:
        entered = rules_of_entered_values([FormPassage(said.text, 0)], shape)
        pieces = [strip_maker(one) for one in split_sentences([said.text])]
        found = list(reader.read_sentences(pieces).rules)
        sought = SOME_RULE if reader.searches_for_some(said.text) else ""
        found += [sought] if sought and sought not in found else []
        for rule in (*found, *entered):
            if rule in (UNCLEAR_RULE, SOME_RULE) and rule not in (*read.rules, sought):
                continue  # a line of the foot, say, or one of whose rest another line tells
            located.add(rule)
            yield rule, said
    for rule in read.rules:
        if rule not in located and (
            rule in ENTERED_RULES or (rule == SOME_RULE and not account.denied)
        ):
            yield rule, AccountLine("", "", False)


def check_accounted(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`statement-unsure` and `statement-noted` of all that nothing else is told of, whatever stands
    against the return besides: it is accepted only where all that stands in it is understood."""
    denial = sheet.shape.denial
    entry = sheet.fields_by_key.get(denial.field) if denial else None
    if denial is None or entry is None:
        return
    read, answers, reader = _read(sheet, context, denial)
    account = account_for_return(sheet, context, answers)
    found = notes.collect_findings()
    if sheet.traits.may_hold_ink and any(map(_stands_against, found)):
        return  # what is on paper was made out in part
    if not account.is_understood and notes.includes_rule(UNSURE_RULE):
        told = frozenset(said for _, said in _doubts(account, reader, read, sheet.shape))
        places = {said.place for said in told if said.place}  # a place has one order
        left = [o for o in account.unknown_lines if o not in told and o.place not in places]
        unread = any(one.rule in SIGNING_RULES for one in found)
        told_entered = _entered_and_told(sheet, found)
        whole = not (told or account.unknown_lines or any(map(_stands_against, found)))
        whole = whole or len(left) > MAX_LINES_TOLD
        denied = account.denied or bool(told) or any(f.rule in SAID_RULES for f in found)
        mends = NilMends(denial, denied)
        for said in (AccountLine("", entry.field.label, False),) if whole else left:
            marked = is_draft_mark(said.text) or is_unfilled(said.text)
            skipped = unread and (said.in_foot or not said.text.endswith(_STOPS))
            if not (marked or skipped or any(text in said.text for text in told_entered)):
                where = FindingPlace(section=said.place)
                words = mends.mend_at(UNSURE_RULE, said)
                notes.add(UNSURE_RULE, where, None, "", **words)
    for place in account.noted if notes.includes_rule(NOTED_RULE) else ():
        notes.add(NOTED_RULE, FindingPlace(section=place))


def _entered_and_told(sheet: FormSheet, found: Sequence[Finding]) -> list[str]:
    """What is entered in blanks that are told of: "as above", "w/c 3/5/10"."""
    rules = [one.rule for one in found]
    asked = (e for e in sheet.entries if any(r.startswith(f"{e.field_key}-") for r in rules))
    return [e.filled.text for e in asked if e.filled and e.filled.text.strip()]


def _stands_against(finding: Finding) -> bool:
    """All but that a message does not name its agency, which is known from whoever sent it."""
    return finding.severity != "advice" and finding.rule != "agency-missing"


def read_involvement(sheet: FormSheet, context: Context) -> Involvement:
    """What the whole return says of it."""
    denial = sheet.shape.denial
    return _read(sheet, context, denial)[0] if denial else Involvement(False)


def _read(
    sheet: FormSheet, context: Context, denial: Denial
) -> tuple[Involvement, tuple[int, ...], DenialReader]:
    """The same, with the places of the questions that are answered "No", and its reader."""
    other = {e.filled.position for e in sheet.entries if e.filled and e.field_key != denial.field}
    passages = [
        p for p in sheet.passages if p.position not in other or _is_sentence(p, MIN_HEAD_WORDS)
    ]
    reader = _reader(denial, split_letter(passages), context.agency, context.case)
    answers = _answers(passages, denial, reader)
    lines = labelled_lines(passages)
    none = {
        position for label, value, position in lines if is_empty_statement(label, value, denial)
    }
    letter = split_letter([p for p in passages if p.position not in {*answers, *none}])
    searched = [
        e.entered_text for e in sheet.entries if e.field_key == "records" and e.entered_text
    ]
    read = reader.read_sentences(
        [
            *(strip_maker(text) for text in _said_in(letter) if not names_the_maker(text)),
            *(f"Checked {text}" for text in searched),
            *(NOBODY_SENTENCE for _ in answers),
        ]
    )
    statements = [
        v for _, v, _ in labelled_lines(sheet.passages) if reader.read_sentences([v]).denied
    ]
    statements += [a for _, a in answers.values()]
    beside = rules_of_entered_values(sheet.passages, sheet.shape, statements)
    whole = Involvement(read.denied, tuple(dict.fromkeys((*read.rules, *beside))))
    return whole, tuple(answers), reader


def _answers(
    passages: Sequence[FormPassage], denial: Denial, reader: DenialReader
) -> dict[int, tuple[str, str]]:
    """The questions of a form whether anybody is known that are answered "No", by their places;
    not those that ask of less than all."""
    found = {}
    for label, value, position in labelled_lines([p for p in passages if not p.struck]):
        open_ = is_denied_in_answer(label, value, denial)
        if open_ and set(reader.read_sentences([f"{label}."]).rules) <= OPEN_QUESTION_RULES:
            found[position] = (label, value)
    return found


def denies_involvement(passages: Sequence[FormPassage], shape: FormShape) -> bool:
    """Whether a document denies anything, for whoever does not know yet what it is."""
    if shape.denial is None:
        return False
    letter = split_letter(passages)
    if any(p.text.rstrip().endswith("?") and not p.table for p in letter.body):
        return False  # a letter that asks is no return
    said = list(islice(_said_in(letter), MAX_SENTENCES))
    if _reader(shape.denial, letter, None, None).denies_involvement(said):
        return True
    return denies_for_all(said[:MAX_SHORT_LETTER], ANY_AGENCY_NAMES)


def _said_in(letter: LetterParts) -> Iterator[str]:
    """The body's sentences, and any in its head or its foot: "PS: ..."."""
    yield from (p.text for p in letter.head if _is_sentence(p, MIN_HEAD_WORDS))
    yield from split_sentences([p.text for p in letter.body])
    for passage in letter.foot:
        if _is_sentence(passage, MIN_FOOT_WORDS):
            yield from split_sentences([passage.text])


def _is_sentence(passage: FormPassage, least: int) -> bool:
    words = fold_text(passage.text).split()
    noted = bool(words) and words[0] in ("ps", "nb", "note", "pps")
    noted = noted or words[:2] == ["p", "s"]
    return noted or (len(words) >= least and passage.text.rstrip().endswith(_STOPS))


def _reader(
    denial: Denial, letter: LetterParts, agency: AgencyFacts | None, case: CaseFacts | None
) -> DenialReader:
    """With the words by which the agency and the review go, in the register and the letterhead."""
    lines = [*letter.head, *letter.foot]
    names = [
        p.text
        for p in lines
        if len(p.text.split()) <= MAX_NAME_LINE_WORDS and not _is_sentence(p, MIN_HEAD_WORDS)
    ]
    if agency is not None:
        names += [agency.name, agency.code, *agency.abbreviations]
    if case is not None:
        names += [case.reference, case.child_identifier]
    subjects = tuple(s.name for s in case.subjects if fold_text(s.name)) if case else ()
    own = frozenset(word for name in names for word in fold_text(name).split())
    called = names_of_review(agency, None).agency
    phrases = tuple(" ".join(words) for words in called if len(words) > 1)
    return DenialReader(denial, own - _telling(denial), subjects, phrases)


def _telling(denial: Denial) -> frozenset[str]:
    """Words that tell something wherever they stand: "Other Patients' Surgery" excuses none."""
    return frozenset((*denial.one, *denial.everybody, *denial.known, *denial.used, "other", "only"))
