"""The check on a return that reports nothing: whether it says so of all, and takes nothing back.

Does: has the body of the form or letter read by `involvement.py`, and notes a rule for whatever
makes the statement a question; `statement-missing` only where nothing in it speaks of the matter.
Trusts: the kind's TOML; the register for the agency's name and the subjects.
Never touches: who signed, and when.
Known limits: those of `involvement.py` and `sentences.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from config.shape import Denial, FormShape
from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.finding import Finding, Where
from handlers.findings import Findings
from handlers.form.accounted import Account, account_of, says_it_of_all
from handlers.form.entered import BESIDE, UNFINISHED, denied_in_answer, entered_beside, says_none
from handlers.form.involvement import DOUBT, INVOLVED, MOST, SOME, UNCLEAR, Involvement, Reader
from handlers.form.labelled import labelled_lines
from handlers.form.passage import Passage
from handlers.form.sentences import Letter, letter_of, sentences
from handlers.form.sheet import Sheet
from handlers.form.understood import ANY_AGENCY
from handlers.form.who_says import says_who, without_who
from handlers.typed.fold import fold

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
