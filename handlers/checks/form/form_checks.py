"""Checks on the answers, and that the form is still the board's form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.english import join_with_and, join_with_or
from config.rules import VALUE_REFUSALS, Severity
from handlers.checks.form.answers import NO_ANSWER, refuse_comment
from handlers.checks.form.criteria import CriterionMatch
from handlers.checks.form.field_checks import add_missing_finding
from handlers.checks.form.form_sheet import FormSheet
from handlers.checks.form.statements import StatementStanding
from handlers.checks.form.unread_beside import HANDWRITING_RULE
from handlers.checks.form.wording import CHANGE_PHRASES, describe_change
from handlers.context import Context
from handlers.findings import MIN_PLACES_CHECKED, FindingPlace, Findings
from handlers.values.blanks_not_filled import read_no_value, read_postponed_value
from handlers.values.days_ahead import is_due_ahead
from handlers.values.doubts import is_remark, says_against_yes, says_still_open
from handlers.values.normalise import fold_text, fold_without_spaces, text_similarity
from handlers.values.template_words import found_in
from handlers.values.unwritten_comments import leaves_place_open, puts_answer_off

MIN_LIKENESS_CALLED_REWORDED = 0.5  # of a line to the wording in whose place it stands
QUESTIONED_STATES = frozenset({"answered otherwise", "left unticked", "box left empty", "added to"})


def check_criteria(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`criterion-missing` and `criterion-reworded`, by the criterion's number; `criterion-added` by
    the row; where none was found and something else stands there, `criteria-unread` once."""
    missing = [asked for asked in sheet.asked if asked.line is None]
    changed = [asked for asked in sheet.asked if asked.reworded]
    if (rule := _as_a_whole(sheet, len(missing), len(changed))) and notes.includes_rule(rule):
        notes.add(rule)
        return
    for added in sheet.added if notes.includes_rule("criterion-added") else ():
        said = added.answer == sheet.shape.answers[0]
        notes.add("criterion-added", added.where, None if said else "question")
    for asked in sheet.asked:
        if asked.line is None:
            words = _wording(asked, "criterion-missing") if len(missing) < len(sheet.asked) else {}
            add_missing_finding(
                "criterion-missing", asked.finding_place, sheet, notes, asked.finding_cause, **words
            )
        elif asked.reworded:
            words = _wording(asked, "criterion-reworded")
            words = words if len(changed) < len(sheet.asked) else {}
            notes.add(
                "criterion-reworded",
                asked.finding_place,
                None,
                asked.finding_cause,
                found=_found(asked),
                **words,
            )


def _wording(asked: CriterionMatch, rule: str) -> dict[str, str]:
    """The fix with the criterion's own words, which an author may not have any more."""
    fix = VALUE_REFUSALS["form"][rule].fix
    return {"instead_fix": fix.format(wording=asked.criterion.text.rstrip("."))}


def _found(asked: CriterionMatch) -> str:
    """What was done to the wording of a criterion."""
    if not asked.found:
        return CHANGE_PHRASES["struck out"]
    return describe_change(asked.criterion.text, asked.found)


def _as_a_whole(sheet: FormSheet, missing: int, changed: int) -> str:
    """The rule for a grid that could not be read; a grid that is not there misses each."""
    if len(sheet.asked) < MIN_PLACES_CHECKED:
        return ""
    if sheet.traits.on_paper and missing + changed >= MIN_PLACES_CHECKED:
        return "criteria-unread"
    if missing < len(sheet.asked):
        return ""
    return "criteria-unread" if sheet.spare >= MIN_PLACES_CHECKED or sheet.pictured else ""


def check_statements(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`statement-missing` with {state}, "missing" or "struck out in part", with the {place} to put
    the {wording} back to; `statement-reworded` with {found} and {wording}, unless
    `check_declaration` raises its own rule for it."""
    for standing in sheet.standings:
        where = FindingPlace(section=standing.name)
        words = {"wording": standing.wording.rstrip("."), **_instead(standing)}
        if standing.state == "reworded" and not _exact(standing, sheet, notes):
            notes.add("statement-reworded", where, None, "", found=_altered(standing), **words)
        elif standing.state in QUESTIONED_STATES:
            notes.add("statement-reworded", where, None, "", found="", **words)
        elif standing.state == "missing":
            place = _place_for(standing, sheet)
            if found := _elsewhere(standing, sheet):
                told = VALUE_REFUSALS["statement"]["stands elsewhere"]
                says = told.says.format(where=found)
                fix = told.fix.format(place=place, wording=words["wording"])
                notes.add("statement-missing", where, "question", "", instead=says, instead_fix=fix)
                continue
            add_missing_finding(
                "statement-missing", where, sheet, notes, state="missing", place=place, **words
            )
        elif standing.state not in ("stands", "reworded"):
            place = _place_for(standing, sheet)
            notes.add(
                "statement-missing", where, None, "", state=standing.state, place=place, **words
            )


def _elsewhere(standing: StatementStanding, sheet: FormSheet) -> str:
    """Where a statement stands that is not in the running text; "" where it is not there either."""
    wording, traits = fold_without_spaces(standing.wording), sheet.traits
    sides = {
        "in the page header or footer": traits.margins,
        "in a footnote or endnote": traits.footnotes,
        "in a comment": traits.remarks,
    }
    return next(
        (w for w, texts in sides.items() if wording in fold_without_spaces(" ".join(texts))), ""
    )


def _instead(standing: StatementStanding) -> dict[str, str]:
    """The words of its own that a way to stand has."""
    words = VALUE_REFUSALS["statement"].get(standing.state)
    return {"instead": words.says, "instead_fix": words.fix} if words else {}


def _place_for(standing: StatementStanding, sheet: FormSheet) -> str:
    """Where a statement goes, by the nearest thing that is printed on the form: the statement
    after it or before it, else the word beside which it is signed."""
    at = sheet.standings.index(standing)
    called = dict(
        zip((s.name for s in sheet.standings), sheet.shape.statement_places, strict=False)
    )
    here = [one.name in called and one.state == "stands" for one in sheet.standings]
    if any(here[at + 1 : at + 2]):
        return f"above {called[sheet.standings[at + 1].name]}"
    if any(here[at - 1 : at] if at else ()) and at + 1 < len(here):
        return f"below {called[sheet.standings[at - 1].name]}"
    signed = next((e for e in sheet.entries if e.field.reads_as == "signature"), None)
    if signed is None:
        return "in its place"
    printed = signed.filled.label_words if signed.filled else ""
    return f'above the word "{printed[:1].upper()}{printed[1:] or signed.field.label}"'


def check_declaration(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`declaration-reworded` with {found} and the {wording} to put back. Of what is hardly like it
    nobody can say that it is the declaration in other words: it is told as not found."""
    for standing in sheet.standings:
        if standing.state == "reworded" and _exact(standing, sheet, notes):
            wording = standing.wording.rstrip(".")
            where, said = FindingPlace(section=standing.name), {"wording": wording}
            if text_similarity(standing.wording, standing.found) < MIN_LIKENESS_CALLED_REWORDED:
                told = VALUE_REFUSALS["statement"]["not found"]
                said |= {"instead": told.says, "instead_fix": told.fix.format(wording=wording)}
            notes.add("declaration-reworded", where, None, "", found=_altered(standing), **said)


def _altered(standing: StatementStanding) -> str:
    """What was done to the wording of a statement."""
    return describe_change(standing.wording, standing.found)


def _exact(standing: StatementStanding, sheet: FormSheet, notes: Findings) -> bool:
    """Whether another wording of it is evidence. What was read from paper may be read wrongly."""
    exact = standing.name in sheet.shape.exact_statements
    return exact and not sheet.traits.on_paper and notes.includes_rule("declaration-reworded")


# Comments beside "Yes" that say that there is nothing to say, whole.
NOTHING_TO_REMARK = frozenset(
    {"no comment", "no comments", "no further comment", "no further comments"}
    | {"no issues", "no issues identified", "no concerns", "no gaps", "nothing to add"}
    | {"author not involved in the case", "author not involved in case"}
)
PUTS_OFF_KINDS = ("to-come", "draft")  # what a comment says that is no comment yet
CONTROL_CLASS = "control"  # the class of words that a list shows before anything is chosen
ANSWER_UNCLEAR_RULE, NOT_APPLICABLE_RULE = "answer-unclear", "answer-not-applicable"


def answers_by_criterion(sheet: FormSheet) -> tuple[tuple[int, str], ...]:
    """Each criterion's number and its answer, where it has exactly one ("yes")."""
    return tuple(
        (asked.criterion.number, fold_without_spaces(asked.answer.single_choice))
        for asked in sheet.asked
        if asked.answer.single_choice is not None
    )


def check_answers(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """One answer to each criterion. {choices} is "Yes, No or Partially".

    Where not one of them has an answer, the grid is untouched, or it was not read.
    """
    lined = [asked for asked in sheet.asked if asked.line is not None]
    rule = "" if len(lined) < MIN_PLACES_CHECKED else _as_a_whole_marking(lined, sheet)
    if rule and notes.includes_rule(rule):
        choices = join_with_or(sheet.shape.answers)
        column = all(map(_in_one_column, lined))
        words = _entered(rule, choices, column=column)
        prompt = _is_prompt(lined[0].answer.says)
        words |= _chosen(lined[0], sheet, sure=prompt) if rule == "answers-missing" else {}
        notes.add(rule, None, None, "", choices=choices, **words)
        return
    # A page on which one row was not understood may have been cut up wrongly in the next.
    doubtful = sheet.traits.on_paper and any(one.answer.state == "unclear" for one in lined)
    for asked in lined:
        if doubtful and asked.answer == NO_ANSWER:
            notes.add(ANSWER_UNCLEAR_RULE, asked.finding_place, cause=asked.finding_cause)
        elif asked.answer.single_choice is None:
            _note(asked, sheet, notes)
        elif way := _taken_back(asked, sheet, context.today):
            told = VALUE_REFUSALS["form"][way]
            says = told.says.format(answer=asked.answer.single_choice)
            where, cause = asked.finding_place, asked.finding_cause
            notes.add(ANSWER_UNCLEAR_RULE, where, None, cause, instead=says, instead_fix=told.fix)


def _taken_back(asked: CriterionMatch, sheet: FormSheet, today: date) -> str:
    """How the comment beside "Yes" may take it back, by its refusal's name; "" for not at all."""
    if asked.answer.single_choice != sheet.shape.answers[0]:
        return ""
    comment = asked.comment
    if says_still_open(comment) or is_due_ahead(comment, today) or puts_answer_off(comment):
        return "answer-put-off"
    if leaves_place_open(comment):
        return "answer-place-open"
    return "answer-limited" if says_against_yes(asked.comment) else ""


def _as_a_whole_marking(lined: Sequence[CriterionMatch], sheet: FormSheet) -> str:
    """The rule for a grid in which no answer at all was found."""
    states = {asked.answer.state for asked in lined}
    if any(asked.answer.single_choice for asked in lined) or states == {"not applicable"}:
        return ""
    if states <= {"pictured", "none"} and (sheet.traits.may_hold_ink or "pictured" in states):
        return ""  # told as what may be ink
    if states == {"none"} and any(a.answer.says and not _is_prompt(a.answer.says) for a in lined):
        return ""
    blank = states == {"none"} and not any(asked.comment for asked in lined)
    # What is shaded or coloured on paper is not read.
    return "answers-missing" if blank and not sheet.traits.on_paper else "answers-unread"


def _is_prompt(says: str) -> bool:
    told = read_no_value(says)
    return told is not None and told.kind == CONTROL_CLASS


def _note(asked: CriterionMatch, sheet: FormSheet, notes: Findings) -> None:
    choices = join_with_or(sheet.shape.answers)
    answer, where, cause = asked.answer, asked.finding_place, asked.finding_cause
    column = _in_one_column(asked)
    if answer.state == "read":
        words = _entered("answer-double", choices, column=column) | _comment_to_come(asked)
        notes.add("answer-double", where, None, cause, choices=choices, **words)
    elif answer.state == "pictured" and notes.includes_rule(HANDWRITING_RULE):
        if HANDWRITING_RULE not in notes:
            notes.add(HANDWRITING_RULE)
    elif answer.state == "unclear" and answer.hedged:
        told = VALUE_REFUSALS["form"]["answer-hedged"]
        notes.add(ANSWER_UNCLEAR_RULE, where, None, cause, instead=told.says, instead_fix=told.fix)
    elif answer.state in ("unclear", "pictured"):
        notes.add(
            ANSWER_UNCLEAR_RULE,
            where,
            None,
            cause,
            **_entered(ANSWER_UNCLEAR_RULE, choices, column=column),
            **_comment_to_come(asked),
        )
    elif answer.state == "not applicable" and asked.comment:
        notes.add(NOT_APPLICABLE_RULE, where, cause=cause)
    else:
        no = read_no_value("n/a" if answer.state == "not applicable" else answer.says)
        words = _entered("answer-missing", choices, column=column)
        if no:
            words.pop("instead", None)
        prompt = no is not None and _is_prompt(answer.says)
        says = no.says if no and not prompt else ""
        words |= {} if says else _chosen(asked, sheet, sure=prompt)
        words |= _comment_to_come(asked)
        add_missing_finding(
            "answer-missing", where, sheet, notes, cause, says, choices=choices, **words
        )


def _comment_to_come(asked: CriterionMatch) -> dict[str, str]:
    """What is told of a comment that puts off what has no one answer either: once that is given, it
    would be asked about."""
    no = read_postponed_value(asked.comment)
    if not (says_still_open(asked.comment) or (no and no.kind in PUTS_OFF_KINDS)):
        return {}
    words = VALUE_REFUSALS["form"]["comment-to-come"]
    return {"besides": words.says, "besides_fix": words.fix}


def _chosen(asked: CriterionMatch, sheet: FormSheet, *, sure: bool = False) -> dict[str, str]:
    """The words for an answer that is chosen from a list, and was not."""
    replies = asked.line.replies if asked.line else ()
    if not sure and not any(r.whole is not None and r.whole.prompted for r in replies):
        return {}
    words, choices = VALUE_REFUSALS["form"]["choose"], join_with_or(sheet.shape.answers)
    return {"instead": words.says, "instead_fix": words.fix.format(choices=choices)}


def _in_one_column(asked: CriterionMatch) -> bool:
    """Whether the criterion has one cell for its whole answer, and no words or boxes to tick."""
    replies = asked.line.replies if asked.line else ()
    cells = [reply for reply in replies if reply.whole is not None or reply.spots]
    return bool(cells) and all(reply.whole is not None and not reply.spots for reply in cells)


def _entered(rule: str, choices: str, *, column: bool) -> dict[str, str]:
    """The words of a rule for a form on which an answer is entered, not ticked."""
    own = VALUE_REFUSALS["one-column"].get(rule) if column else None
    if own is None:
        return {}
    return {"instead": own.says, "instead_fix": own.fix.format(choices=choices)}


def check_reservations(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """The answers that the board wants to hear of, and whether a comment explains them; and once,
    for the administrator, the criteria with comments beside "Yes" that may say more."""
    _note_remarks(sheet, context.today, notes)
    for asked in sheet.asked:
        if asked.answer.single_choice is None:
            continue
        rule = f"answer-{fold_without_spaces(asked.answer.single_choice)}"
        if notes.includes_rule(rule):
            words = _with_reason(asked, sheet, notes.severity_of(rule))
            notes.add(rule, asked.finding_place, None, asked.finding_cause, **words)
            if _holds_template(asked, sheet):
                continue  # `check_placeholders` tells it
            if not asked.comment:
                notes.add("comment-missing", asked.finding_place, cause=asked.finding_cause)
            elif told := refuse_comment(asked.comment, sheet.shape.answers):
                where, cause = asked.finding_place, asked.finding_cause
                words = {"instead": told.says, "instead_fix": told.fix}
                notes.add("comment-missing", where, None, cause, **words)


def _holds_template(asked: CriterionMatch, sheet: FormSheet) -> bool:
    """Whether the template's own text was left in the comment."""
    return any(sure for _, sure in found_in(asked.comment, sheet.shape.placeholders, prose=False))


def _with_reason(
    asked: CriterionMatch, sheet: FormSheet, severity: Severity | None
) -> dict[str, str]:
    """The words for an answer that is asked about, where the comment beside it gives a reason."""
    reason = asked.comment and refuse_comment(asked.comment, sheet.shape.answers) is None
    if severity != "question" or not reason:
        return {}
    words = VALUE_REFUSALS["form"]["answer-with-reason"]
    says = words.says.format(answer=asked.answer.single_choice)
    return {"instead": says, "instead_fix": words.fix}


def _note_remarks(sheet: FormSheet, today: date, notes: Findings) -> None:
    yes = sheet.shape.answers[0] if sheet.shape.answers else ""
    remarks = [
        str(asked.criterion.number)
        for asked in sheet.asked
        if asked.answer.single_choice == yes
        and is_remark(asked.comment)
        and fold_text(asked.comment) not in NOTHING_TO_REMARK
        and not (_taken_back(asked, sheet, today) or _holds_template(asked, sheet))
    ]
    if remarks and notes.includes_rule("comment-beside"):
        criteria = join_with_and(remarks)
        notes.add("comment-beside", None, None, "", answer=yes, criteria=criteria)
