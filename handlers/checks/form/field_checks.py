"""Checks a form's blanks: filled in, a real day, not in the future, no template text.

A rule that the kind leaves out is not looked for. On a scan an empty blank may hold ink, so there
it is a question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from config.rules import VALUE_REFUSALS, Severity
from handlers.checks.form.answers import NO_ANSWER
from handlers.checks.form.contact_details import lacks_contact_details
from handlers.checks.form.field_answer import SIGNING_FIELDS, FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import split_letter
from handlers.checks.form.letter_signature import find_letter_date
from handlers.checks.form.signature_checks import (
    is_signed_digitally,
    is_stood_in,
    unnamed_signature,
)
from handlers.checks.form.unread_beside import (
    HANDWRITING_RULE,
    is_in_a_sentence,
    rule_of_unread,
)
from handlers.context import Context
from handlers.document import describe_hidden
from handlers.fields.people import (
    is_no_signature,
    look_of_text,
    split_pieces,
)
from handlers.findings import FindingPlace, Findings
from handlers.values.agency_names import agency_name_to_enter, compare_with_sender
from handlers.values.blanks_not_filled import is_hedged_value, is_to_come
from handlers.values.dates import date_refusal_words, read_signing_day
from handlers.values.normalise import quote_if_harmless
from handlers.values.template_words import found_in, instead_in, left_in, mask_in

# What stands after its label on a line that a letter asks to add.
EXAMPLE_VALUES = {
    "signature": "A. Person", "date": "28/05/2010", "name": "A. Person", "role": "Chief Executive",
}  # fmt: skip


def check_filled(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`KEY-missing`, or `handwriting` once for a copy whose ink cannot be read."""
    bare = [e for e in sheet.entries if _is_bare(e, sheet, notes)]
    for entry in sheet.entries:
        rule = f"{entry.field_key}-missing"
        if _told_apart(entry, sheet, context, notes):
            continue
        if _empty(entry, sheet) and notes.includes_rule(rule):
            told = entry.no_value
            if entry.unclear and not told:
                unclear = f"{entry.field_key}-unclear"
                known = notes.includes_rule(unclear)
                own = agency_name_to_enter(context.agency)
                heavy: Severity | None = None if known else "question"
                notes.add(
                    unclear if known else rule, entry.finding_place, heavy, "", your_agency=own
                )
                continue
            if not told and _may_be_pictured(entry, sheet):
                notes.add(rule, entry.finding_place, "question")
                continue
            if (
                not told
                and notes.includes_rule(HANDWRITING_RULE)
                and (unread := rule_of_unread(entry, sheet, notes))
            ):
                words = _unsure(unread, sheet, _unlined(sheet, notes, entry))
                notes.add(unread, entry.finding_place, None, "", who="", why="", **words)
                continue
            words = _lines_to_add(bare) if entry in bare else {}
            look = "" if told else _own_words_there(entry, sheet)
            words = _to_replace(look, rule, notes) if look else words
            says = told.says if told else words.pop("says", "")
            add_missing_finding(rule, entry.finding_place, sheet, notes, told=says, **words)
        elif not notes.includes_rule(rule) or not notes.includes_rule(HANDWRITING_RULE):
            continue
        elif entry.another:
            notes.add(HANDWRITING_RULE, entry.finding_place, None, "", **_said("first-of-two"))
        elif (_half_there(entry) or is_stood_in(entry, sheet)) and HANDWRITING_RULE not in notes:
            notes.add(HANDWRITING_RULE, entry.finding_place, None, "", **_half_said(entry, sheet))


def _told_apart(entry: FieldAnswer, sheet: FormSheet, context: Context, notes: Findings) -> bool:
    """Whether the blank is told in words of its own: a day that is still to come, which
    `check_dates` tells, "as above", an agency that may be several, "TBC" left beside an answer."""
    if entry.not_settled and notes.includes_rule(f"{entry.field_key}-invalid"):
        return True
    if entry.over_name and not is_signed_digitally(entry, sheet):
        rule = HANDWRITING_RULE
        if notes.includes_rule(f"{entry.field_key}-missing") and notes.includes_rule(rule):
            notes.add(rule, entry.finding_place, None, "", **_said("name-below"))
            return True
    if _is_dated_above(entry, sheet) and (rule := _rule_of_doubt(entry, notes)):
        notes.add(rule, entry.finding_place, None, "", **_said("day-above"))
        return True
    if entry.points_back and (rule := _rule_of_doubt(entry, notes)):
        words = _said("points-back")
        if rule != HANDWRITING_RULE:
            del words["instead_fix"]  # which says how to give it in a reply
        notes.add(rule, entry.finding_place, None, "", **words)
        return True
    if _of_nobody(entry, context) and notes.includes_rule(f"{entry.field_key}-unclear"):
        own = agency_name_to_enter(context.agency)
        notes.add(f"{entry.field_key}-unclear", entry.finding_place, None, "", your_agency=own)
        return True
    if lacks_contact_details(entry, sheet) and notes.includes_rule(f"{entry.field_key}-missing"):
        words = _said("no-contact")
        notes.add(f"{entry.field_key}-missing", entry.finding_place, None, "", **words)
        return True
    if _left_beside(entry, sheet) and notes.includes_rule(f"{entry.field_key}-missing"):
        notes.add(
            f"{entry.field_key}-missing", entry.finding_place, "advice", "", **_said("left-beside")
        )
        return True
    return False


def _is_dated_above(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether nothing asks for the day of signing, and a day stands above on a line as letters have
    it: it may be that day."""
    if entry.field.reads_as != "date" or entry.filled is not None or entry.is_answered:
        return False
    if entry.field.said_by or not sheet.shape.statements:
        return False
    signed = [e.filled.position for e in sheet.signing_fields if e.filled]
    above = [p for p in sheet.passages if p.position < min(signed, default=0) and not p.table]
    return find_letter_date(split_letter(above)) is not None


def _rule_of_doubt(entry: FieldAnswer, notes: Findings) -> str:
    """The rule by which one is asked what stands in a blank; "" where the kind has none."""
    rules = (f"{entry.field_key}-unclear", HANDWRITING_RULE)
    asked = notes.includes_rule(f"{entry.field_key}-missing")
    return next((rule for rule in rules if asked and notes.includes_rule(rule)), "")


def _left_beside(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether "TBC" still stands under the label of a blank that was answered on another line."""
    others = (b for b in sheet.blanks if b.terms[0].key == entry.field_key and b != entry.filled)
    whole = not (_empty(entry, sheet) or entry.another or _half_there(entry))
    return whole and any(is_to_come(other.text) for other in others)


def _to_replace(look: str, rule: str, notes: Findings) -> dict[str, str]:
    """The words for a blank in which the form's own, `look`, were left."""
    words = VALUE_REFUSALS["form"]["own-words"]
    fix = notes.fix_for_rule(rule)
    more = {"instead_fix": f"{fix} {words.fix}"} if fix else {}
    return {"says": words.says.format(look=look), **more}


def _own_words_there(entry: FieldAnswer, sheet: FormSheet) -> str:
    """The form's own words that were left in a blank, "dd/mm/yyyy"; "" for none."""
    if entry.filled is None:
        return ""
    at = entry.filled.position
    texts = [p.text for p in sheet.passages if p.position == at and not p.struck]
    alone = sum(e.filled is not None and e.filled.position == at for e in sheet.entries) == 1
    look = ""
    if entry.field.reads_as == "date":
        look = next((mask for text in texts if (mask := mask_in(text))), "")
    if not look and alone:
        phrases = sheet.shape.placeholders
        look = next((one for text in texts for one in left_in(text, phrases, prose=False)), "")
    return look.lstrip("[<")


def _of_nobody(entry: FieldAnswer, context: Context) -> bool:
    """Whether the agency is named in a word that may be several agencies': "GP"."""
    named = entry.entered_text if entry.field.reads_as == "agency" else ""
    return compare_with_sender(named, context.agency) == "unclear"


def _is_bare(entry: FieldAnswer, sheet: FormSheet, notes: Findings) -> bool:
    """Whether a form is signed without a line for this, and nothing else there may give it."""
    asked = entry.field.reads_as in SIGNING_FIELDS and not entry.field.said_by
    if entry.filled is not None or not asked or not _empty(entry, sheet):
        return False
    unread = notes.includes_rule(HANDWRITING_RULE) and rule_of_unread(entry, sheet, notes)
    return not (entry.unclear or unread or _may_be_pictured(entry, sheet))


def _lines_to_add(bare: Sequence[FieldAnswer]) -> dict[str, str]:
    """The words for the blanks that have no line, the same for all of them: whoever adds one adds
    them all. That nobody signed on the only one says that blank's own rule."""
    shown = [f'"{e.field.label}: {EXAMPLE_VALUES[e.field.reads_as]}"' for e in bare]
    if len(bare) == 1:
        return {} if bare[0].field.reads_as == "signature" else _said("no-line", line=shown[0])
    return _said("no-lines", lines=_listed(shown))


def _unsure(rule: str, sheet: FormSheet, unlined: Sequence[FieldAnswer] = ()) -> dict[str, str]:
    """The words for a typed form, in which nothing was filled in by hand. `unlined` are the blanks
    that have no line, to be asked for together."""
    if rule != HANDWRITING_RULE or sheet.traits.on_paper or any(one.picture for one in sheet.loose):
        return {}
    if not unlined:
        return _said("unsure")
    lines = _listed([f'"{e.field.label}: {EXAMPLE_VALUES[e.field.reads_as]}"' for e in unlined])
    absent = _listed([f"no {word}" for word in _absent(unlined, sheet)])
    return _said("unsigned-lines" if absent else "unsure-lines", lines=lines, absent=absent)


def _unlined(sheet: FormSheet, notes: Findings, entry: FieldAnswer) -> list[FieldAnswer]:
    """The blanks that stand on no line and are asked about as this one is; none where it does."""
    asked = [e for e in sheet.signing_fields if e.filled is None and _empty(e, sheet)]
    unread = [e for e in asked if not e.field.said_by and rule_of_unread(e, sheet, notes)]
    return unread if entry in unread else []


def _absent(unlined: Sequence[FieldAnswer], sheet: FormSheet) -> list[str]:
    """What is evidently not among the lines without a label: a date where none looks like one, a
    signature where there is one name at most."""
    if any(is_in_a_sentence(e, sheet) for e in unlined):
        return []
    there = Counter[str](look_of_text(p) for one in sheet.loose for p in split_pieces(one.text))
    least = {"signature": ("name", 2), "date": ("date", 1)}
    asked = (e.field.reads_as for e in unlined)
    return [word for word in asked if word in least and there[least[word][0]] < least[word][1]]


def _listed(lines: Sequence[str]) -> str:
    *first, last = lines or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def _said(key: str, **words: str) -> dict[str, str]:
    told = VALUE_REFUSALS["form"][key]
    return {"instead": told.says.format(**words), "instead_fix": told.fix.format(**words)}


def _half_said(entry: FieldAnswer, sheet: FormSheet) -> dict[str, str]:
    """The words for a blank that is filled, and not by whom."""
    how = unnamed_signature(entry) or ("for-another" if is_stood_in(entry, sheet) else "")
    return _said(how) if how and not sheet.traits.on_paper else _unsure(HANDWRITING_RULE, sheet)


def _half_there(entry: FieldAnswer) -> bool:
    """Something is entered, and it is said, too, that it is still to come; or it is the "X" or the
    "pp" that marks where somebody is to sign, or a day or a job where a name should be."""
    if unnamed_signature(entry):
        return True
    if entry.field.reads_as == "signature" and is_no_signature(entry.entered_text):
        return True
    return entry.field.reads_as in SIGNING_FIELDS and is_hedged_value(entry.entered_text)


def _may_be_pictured(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Of a letter, whose head and signature may be pictures: the agency's name where there is one,
    and the signatory's where no name stands in words."""
    if entry.filled is not None or not entry.field.said_by or not sheet.pictured:
        return False
    unnamed = not any(e.is_answered for e in sheet.entries if e.field.reads_as == "name")
    reads_as = entry.field.reads_as
    return reads_as == "agency" or (reads_as in ("name", "role") and unnamed)


def _empty(entry: FieldAnswer, sheet: FormSheet) -> bool:
    if entry.field.reads_as == "child":
        return False  # `child_identifier.py` weighs that one
    if sheet.shape.denial is not None and entry.field_key == sheet.shape.denial.field:
        return False  # `nil_return.py` weighs that one
    signed = entry.field.reads_as == "signature" and is_signed_digitally(entry, sheet)
    return not entry.is_answered and not signed


def add_missing_finding(
    rule: str,
    where: FindingPlace,
    sheet: FormSheet,
    notes: Findings,
    cause: str = "",
    told: str = "",
    **words: str,
) -> None:
    """What is not in the text may still be on the paper, unless words there say that it is not:
    `told` is their sentence. `cause` and `words` are as for `Findings.add`."""
    if told or not (sheet.traits.may_hold_ink and notes.includes_rule(HANDWRITING_RULE)):
        notes.add(rule, where, None, cause, **{"instead": told, **words})
    elif HANDWRITING_RULE not in notes:
        notes.add(HANDWRITING_RULE)


def check_ink(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`handwriting` for a picture where a name, a role or a date should be."""
    drawn = (e for e in sheet.entries if e.filled and e.filled.picture and not e.entered_text)
    if HANDWRITING_RULE not in notes and any(e.field.reads_as != "signature" for e in drawn):
        notes.add(HANDWRITING_RULE)


def check_dates(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`KEY-invalid` with {says} and {fix} of the refusal; `KEY-future` with {value}; `KEY-early`,
    with {value}, before the end of what is reviewed, which nobody can have reported on yet."""
    period = context.case.period if context.case else None
    for entry in sheet.entries:
        invalid, future = f"{entry.field_key}-invalid", f"{entry.field_key}-future"
        if entry.not_settled:
            words = VALUE_REFUSALS["date"]["not-settled"]
            notes.add(invalid, entry.finding_place, says=words.says, fix=words.fix)
            continue
        if entry.field.reads_as != "date" or not entry.entered_text:
            continue
        reading = read_signing_day(entry.entered_text, period, context.today)
        if reading.value is None:
            says, fix = date_refusal_words(reading, entry.entered_text)
            notes.add(invalid, entry.finding_place, says=says, fix=fix)
        elif reading.value > context.today:
            notes.add(future, entry.finding_place, value=quote_if_harmless(entry.entered_text))
        elif period and reading.value < period[1]:
            early = f"{entry.field_key}-early"
            notes.add(early, entry.finding_place, value=quote_if_harmless(entry.entered_text))


def check_hidden(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`hidden-text` with {what}: words that nobody sees on the page, and that were not read."""
    if what := describe_hidden(sheet.traits):
        notes.add("hidden-text", what=what)


def check_comments(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`comments-left` with {count}: "is 1 comment", "are 3 comments". None of the board's own."""
    if left := sheet.traits.comments:
        notes.add("comments-left", count=f"are {left:,} comments" if left > 1 else "is 1 comment")


def check_placeholders(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`placeholder-left`, in a blank by its label, in the grid by its criterion, elsewhere by its
    table where it has one; once for each place.

    A blank or an answer that holds nothing but template text counts as empty, and is told as such.
    """
    told: set[FindingPlace] = set()
    for passage in sheet.passages:
        if passage.struck or not _has_template_text(passage.text, sheet):
            continue
        where = _of_template(passage, sheet)
        if where is not None and where not in told:
            told.add(where)
            phrases = sheet.shape.placeholders
            look = '" and "'.join(left_in(passage.text, phrases, prose=False))
            template = VALUE_REFUSALS["template"]["needed"]
            said = template.says.format(look=look)
            blank = next((e for e in sheet.entries if e.finding_place == where), None)
            own = f"{blank.field_key}-missing" if blank else ""
            fix = notes.fix_for_rule(own) if own and notes.severity_of(own) == "fault" else ""
            fix = fix or instead_in(passage.text, phrases, prose=False)
            fix = fix or (template.fix if where.section else "")
            notes.add("placeholder-left", where, None, "", instead=said, instead_fix=fix)


def is_template_told(passage: FormPassage, sheet: FormSheet) -> bool:
    """Whether what is left in a line of the template, or a blank in it, is told by its own rule."""
    beside = [e for e in sheet.entries if e.filled and e.filled.position == passage.position]
    return any(e.is_blank for e in beside) or _has_template_text(passage.text, sheet)


def _of_template(passage: FormPassage, sheet: FormSheet) -> FindingPlace | None:
    """Where template text is told of, None where it is told of as an empty blank."""
    asked = next((a for a in sheet.asked if a.line and passage.position in a.line.positions), None)
    if asked is not None:
        return asked.finding_place if asked.answer != NO_ANSWER and not asked.answer.says else None
    beside = [e for e in sheet.entries if e.filled and e.filled.position == passage.position]
    own = next(
        (e for e in beside if not e.is_blank and _has_template_text(e.entered_text, sheet)), None
    )
    if own is not None:
        return own.finding_place
    return None if any(e.is_blank for e in beside) else FindingPlace(table=passage.table or None)


def _has_template_text(text: str, sheet: FormSheet) -> bool:
    found = found_in(text, sheet.shape.placeholders, prose=False)
    return any(sure for _, sure in found)
