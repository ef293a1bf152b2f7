"""The registry of checks: which rules each may raise, what those tell against and vouch for.

A letter calls a part in order only where every rule that it rests on was asked and none tells
against it. The confined worker imports this module: no files and no pydantic here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.kind import PACK_ALSO_SENT_RULE, Kind
from config.kind_parts import EVERYTHING, WHERE_IT_STANDS, part_keys_of

_KEY = re.compile(r"\{([\w ]+)\}")


@dataclass(frozen=True, slots=True)
class RaisableRule:
    """A rule that a check may raise. "{date}-missing" is one rule for each date the kind has.

    A letter calls none of the parts that it `spoils` in order beside it. `placeholders` are the
    words in braces that its sentences may use; the check fills them in. A part is vouched for only
    in a kind that has every rule that spoils it, but for the `optional` ones.
    """

    rule: str
    spoils: tuple[str, ...] = ()
    placeholders: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One check, and the rules that it may raise.

    It `looks_at` one part of a kind (a key of `config/kind_parts.py`), and does not run in a kind
    without that part. In a kind with it, `needs_all_rules` asks that each of its rules be there. A
    form's or a report's check `has_check_function`, called after it (`check_front_sheet` for
    "front sheet"); the few without one are raised by the judge before all others, or by the
    register.
    """

    name: str
    looks_at: str
    raises: tuple[RaisableRule, ...]
    needs_all_rules: bool = False
    has_check_function: bool = True


_ALL_ENTRIES = ("dates", "order", "times", "agency", "source")
_DATES, _TIMES = ("dates", "order"), ("times", "order")

TABLE_CHECK_SPECS: tuple[CheckSpec, ...] = (
    CheckSpec("headings", "columns", (
        RaisableRule("heading-changed", ("headings",), "how heading place"),
        RaisableRule("heading-missing", (EVERYTHING,), "what place"),
        RaisableRule("heading-added", ("headings",), "what place"),
    )),
    CheckSpec("entries", "columns", (
        RaisableRule("no-rows", _ALL_ENTRIES, optional=True),
        RaisableRule("merged-across", _ALL_ENTRIES),
        RaisableRule("merged-down", _ALL_ENTRIES, optional=True),
        RaisableRule("row-cells", _ALL_ENTRIES),
        RaisableRule("row-continues", _ALL_ENTRIES, "heading", optional=True),
        RaisableRule("columns-shifted", _ALL_ENTRIES, "what found heading"),
        RaisableRule("columns-swapped", _ALL_ENTRIES, "found heading", optional=True),
        RaisableRule("separator-row"),
        RaisableRule("struck-out", _ALL_ENTRIES, "what"),
        RaisableRule("struck-in-part"),
        RaisableRule("ditto"),
    )),
    CheckSpec("beside", "columns", (
        RaisableRule("table-unread", _ALL_ENTRIES),
        RaisableRule("entries-outside", _ALL_ENTRIES),
        RaisableRule("front-agency-other", ("agency",), "your_agency"),
        RaisableRule("draft", _ALL_ENTRIES),
        RaisableRule("placeholder-left", ("agency",), optional=True),
        RaisableRule("hidden-text", _ALL_ENTRIES, "what"),
    )),
    CheckSpec("missing", "columns", (
        RaisableRule("{date}-missing", _DATES),
        RaisableRule("{time}-missing", ("times",), optional=True),
        RaisableRule("{agency}-missing", ("agency",), "your_agency"),
        RaisableRule("{source}-missing", ("source",)),
        RaisableRule("{other column}-missing"),
    )),
    CheckSpec("notes", "columns", (RaisableRule("not-final", ("source",)),)),
    CheckSpec("details", "columns", (
        RaisableRule("details-suspected", (), "what", optional=True),
    )),
    CheckSpec("dates", "date", (
        RaisableRule("date-invalid", _DATES, "says fix"),
        RaisableRule("date-future", _DATES),
        RaisableRule("date-uncertain", ("dates",), optional=True),
    )),
    CheckSpec("chronicle", "date", (
        RaisableRule("date-outside-period", ("dates",), "first last", optional=True),
        RaisableRule("order", ("order",), "place"),
        RaisableRule("order-throughout", ("order",), "count total"),
    )),
    CheckSpec("times", "time", (
        RaisableRule("time-invalid", _TIMES, "says fix"),
        RaisableRule("time-missing", ("times",), optional=True),
        RaisableRule("time-style", ("times",), optional=True),
        RaisableRule("time-estimated", ("times",), optional=True),
    )),
    CheckSpec("agencies", "agency", (RaisableRule("agency-other", ("agency",), "your_agency"),)),
    CheckSpec("subjects", "subject", (
        RaisableRule("subject-unknown"), RaisableRule("subjects-of-another", (), "count total"),
    )),
    CheckSpec("ages", "age", (
        RaisableRule("age-missing"), RaisableRule("age-odd"), RaisableRule("age-conflict"),
    )),
    CheckSpec("yes or no", "yes or no", (RaisableRule("{yes or no}", (), "says fix"),)),
    CheckSpec("leftovers", "columns", (RaisableRule("tracked-changes"),)),
)  # fmt: skip

REPORT_CHECK_SPECS: tuple[CheckSpec, ...] = (
    CheckSpec("template", "sections", (
        RaisableRule("blank-template", (EVERYTHING,), optional=True),
    ), has_check_function=False),
    CheckSpec("sections", "sections", (
        RaisableRule("section-missing", ("sections", "genogram"), "heading"),
        RaisableRule("section-unclear", ("sections", "genogram"), "heading"),
        RaisableRule("section-empty", ("sections", "genogram"), "heading"),
        RaisableRule("section-reworded", ("sections",), "heading", optional=True),
        RaisableRule("section-order", ("sections",), "heading", optional=True),
    )),
    CheckSpec("front sheet", "front sheet", (
        RaisableRule("front-sheet-title", ("front sheet",)),
        RaisableRule("front-sheet-{front words}", ("front sheet",)),
        RaisableRule("front-sheet-{front field}", ("front sheet",)),
        RaisableRule("front-sheet-unclear", ("front sheet",), optional=True),
        RaisableRule("front-sheet-date-invalid", ("front sheet",), "says fix", optional=True),
        RaisableRule("front-sheet-date-future", ("front sheet",), "value", optional=True),
    )),
    CheckSpec("prompts", "prompts", (
        RaisableRule("prompts-missing", ("sections",), "missing", optional=True),
    )),
    CheckSpec("genogram", "genogram", (RaisableRule("genogram-missing", ("genogram",)),)),
    CheckSpec("focus", "analysis", (
        RaisableRule("focus-unmatched", ("sections",), "issues", optional=True),
    )),
    CheckSpec("recommendations", "vague phrases", (
        RaisableRule("vague-recommendation", ("sections", "plan"), optional=True),
    )),
    CheckSpec("plan", "plan", (
        RaisableRule("plan-missing", ("plan",)),
        RaisableRule("plan-column-missing", ("plan",), "column"),
        RaisableRule("plan-column-unclear", ("plan",), "column"),
        RaisableRule("plan-unclear", ("plan",)),
        RaisableRule("plan-{plan column}-missing", ("plan",)),
        RaisableRule("plan-timescale-vague", ("plan",), optional=True),
    )),
    CheckSpec("sign off", "sign off", (
        RaisableRule("sign-off-missing", ("signing off", "sections"), "missing person mend"),
        RaisableRule("sign-off-unclear", ("signing off", "sections"), "missing person mend"),
        RaisableRule("sign-off-date", ("signing off",), "says fix person"),
        RaisableRule("sign-off-image", ("signing off",), "person", optional=True),
        RaisableRule("sign-off-unproven", ("signing off",), "why", optional=True),
        RaisableRule("sign-off-same-person", ("signing off",), optional=True),
    )),
    CheckSpec("placeholders", "sections", (
        RaisableRule("placeholder-left", (WHERE_IT_STANDS,), "place"),
    )),
    CheckSpec("unfinished", "sections", (
        RaisableRule("not-final", (EVERYTHING,), "place", optional=True),
    )),
    CheckSpec("names", "anonymised", (
        RaisableRule("names-suspected", (), "what place", optional=True),
    )),
    CheckSpec("key", "key words", (RaisableRule("personnel-key-missing"),)),
    CheckSpec("layout", "layout", (RaisableRule("{layout}"),)),
    CheckSpec("leftovers", "sections", (
        RaisableRule("tracked-changes", (EVERYTHING,), "count", optional=True),
        RaisableRule("comments-left", (), "count", optional=True),
        RaisableRule("hidden-text", (EVERYTHING,), "what", optional=True),
    )),
)  # fmt: skip

# What a copy in ink says cannot be read, whichever check comes upon it.
HANDWRITING_RULE = RaisableRule("handwriting", (EVERYTHING,))

FORM_CHECK_SPECS: tuple[CheckSpec, ...] = (
    CheckSpec("template", "fields", (
        RaisableRule("blank-template", (EVERYTHING,), optional=True),
    ), has_check_function=False),
    CheckSpec("statements", "statements", (
        RaisableRule("statement-missing", ("statements",), "state place wording"),
        RaisableRule("statement-reworded", ("statements",), "found wording"),
        HANDWRITING_RULE,
    ), needs_all_rules=True),
    CheckSpec("declaration", "exact statements", (
        RaisableRule("declaration-reworded", ("statements",), "found wording", optional=True),
    )),
    CheckSpec("denial", "denial", (
        RaisableRule("{denied}-missing"),
        RaisableRule("statement-unclear"), RaisableRule("statement-involved"),
        RaisableRule("{qualifier}"),
        RaisableRule("statement-beside"),
    ), needs_all_rules=True),
    CheckSpec("criteria", "criteria", (
        RaisableRule("criterion-missing", ("answers",)),
        RaisableRule("criterion-reworded", ("answers",), "found"),
        RaisableRule("criteria-unread", ("answers",)),
        RaisableRule("criterion-added", ("answers",), optional=True),
        HANDWRITING_RULE,
    ), needs_all_rules=True),
    CheckSpec("answers", "criteria", (
        RaisableRule("answer-missing", ("answers",), "choices"),
        RaisableRule("answer-double", ("answers",), "choices"),
        RaisableRule("answers-missing", ("answers",), "choices"),
        RaisableRule("answers-unread", ("answers",), "choices"),
        RaisableRule("answer-unclear", ("answers",)),
        RaisableRule("answer-not-applicable", ("answers",)),
        HANDWRITING_RULE,
    ), needs_all_rules=True),
    CheckSpec("reservations", "criteria", (
        RaisableRule("answer-{answer}", ("answers",), optional=True),
        RaisableRule("comment-missing", ("answers",), optional=True),
        RaisableRule("comment-beside", (), "answer criteria", optional=True),
    )),
    CheckSpec("filled", "fields", (
        RaisableRule("{signature}-missing", ("signature",)),
        RaisableRule("{date}-missing", ("dates",)),
        RaisableRule("{other field}-missing"),
        RaisableRule("{date}-unclear", ("dates",), optional=True),
        RaisableRule("{other field}-unclear", (), "your_agency", optional=True),
        HANDWRITING_RULE,
    )),
    CheckSpec("ink", "fields", (HANDWRITING_RULE,)),
    CheckSpec("dates", "date", (
        RaisableRule("{date}-invalid", ("dates",), "says fix"),
        RaisableRule("{date}-future", ("dates",), "value"),
        RaisableRule("{date}-early", ("dates",), "value", optional=True),
    )),
    CheckSpec("child", "child", (
        RaisableRule("{child}-missing"), RaisableRule("{child}-other"),
        RaisableRule("{child}-unclear"),
    )),
    CheckSpec("placeholders", "placeholders", (
        RaisableRule("placeholder-left", (WHERE_IT_STANDS,)),
    )),
    # A small return is read by a person anyway, and of a nil return all must be accounted for.
    CheckSpec("hidden", "signature", (
        RaisableRule("hidden-text", (EVERYTHING,), "what", optional=True),
    )),
    # What a small return asks a person reads anyway.
    CheckSpec("final", "declared", (
        RaisableRule("not-final", (EVERYTHING,), optional=True),
    )),
    CheckSpec("comments", "declared", (
        RaisableRule("comments-left", (EVERYTHING,), "count", optional=True),
    )),
    CheckSpec("altered", "signature", (RaisableRule("signature-altered", ("signature",)),)),
    CheckSpec("manner", "signature", (
        RaisableRule("{signature}-typed", ("signature",), "who why", optional=True),
        RaisableRule("{signature}-image", ("signature",), "who why", optional=True),
        RaisableRule("{signature}-scan", ("signature",), "who why", optional=True),
        RaisableRule("{signature}-digitally", ("signature",), "who why", optional=True),
        RaisableRule("{signature}-unproven", ("signature",), "who why", optional=True),
    )),
    CheckSpec("signer", "name", (
        RaisableRule("signed-by-another", ("signature",), optional=True),
    )),
    CheckSpec("office", "senior", (RaisableRule("{role}-junior"),)),
    CheckSpec("author", "signatory", (
        RaisableRule("signatory-is-author", ("signature",), optional=True),
    )),
    CheckSpec("always", "always", (
        RaisableRule("{always}", (), "asked"),
    ), has_check_function=False),
    CheckSpec("marks", "denial", (
        RaisableRule("statement-draft"), RaisableRule("statement-unfilled"),
        RaisableRule("statement-unsigned"),
    )),
    CheckSpec("accounted", "denial", (
        RaisableRule("statement-unsure"), RaisableRule("statement-noted"),
    )),
    # What the register adds, which holds the report that a form is about.
    CheckSpec("contradictions", "contradictions", (
        RaisableRule("answer-contradicts", ("answers",), "shows"),
    ), needs_all_rules=True, has_check_function=False),
    CheckSpec("change since it was signed", "about", (
        RaisableRule("changed-since-signed", ("dates", "statements"), optional=True),
    ), has_check_function=False),
    # Also added by the register.
    CheckSpec("report date", "about", (
        RaisableRule("date-before-report", ("dates",), "before", optional=True),
    )),
)  # fmt: skip

# What the register asks of any kind that settles the pack.
PACK_CHECK = CheckSpec(
    "pack",
    "settles the pack",
    (RaisableRule(PACK_ALSO_SENT_RULE, (EVERYTHING,), optional=True),),
    has_check_function=False,
)

# What is said of a file itself (`config/arrivals.toml`): beside these nothing in it is vouched for.
UNVOUCHABLE_FILE_RULES = frozenset({
    "dangerous", "unreadable", "empty", "too-much", "out-of-time", "protected", "sealed",
    "message-altered",
    "not-recognised", "not-recognised-near", "format-not-read", "chronology-format", "cut-short",
    "another-case", "another-agency", "not-converted", "no-converter", "no-ocr", "adobe-form",
    "made-out", "mail-says-unfinished", "zip-protected", "zip-nested", "zip-too-big", "zip-damaged",
    "container-closed", "infected", "not-scanned",
})  # fmt: skip

CHECKS_BY_SHAPE: Mapping[str, tuple[CheckSpec, ...]] = {
    "table": (*TABLE_CHECK_SPECS, PACK_CHECK),
    "report": (*REPORT_CHECK_SPECS, PACK_CHECK),
    "form": (*FORM_CHECK_SPECS, PACK_CHECK),
}


def applicable_checks(kind: Kind) -> Iterator[CheckSpec]:
    """The checks that have something to look at in a return of this kind."""
    made = part_keys_of(kind)
    return (check for check in CHECKS_BY_SHAPE[kind.shape.type] if made.get(check.looks_at))


def active_check_names(kind: Kind) -> frozenset[str]:
    """The names of the checks that run: those with a rule in the kind."""
    made = part_keys_of(kind)
    return frozenset(
        check.name
        for check in applicable_checks(kind)
        if any(
            kind.includes_rule(rule)
            for each in check.raises
            for rule in expand_rule_pattern(each.rule, made)
        )
    )


def raisable_rules(kind: Kind) -> Mapping[str, RaisableRule]:
    """Every rule that a check may raise of a return of this kind, though the kind lack it."""
    made = part_keys_of(kind)
    return {
        rule: each
        for check in applicable_checks(kind)
        for each in check.raises
        for rule in expand_rule_pattern(each.rule, made)
    }


def expand_rule_pattern(pattern: str, made: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """ "{date}-missing" for each date that the kind has."""
    key = _KEY.search(pattern)
    if key is None:
        yield pattern
        return
    yield from (pattern.replace(key[0], name) for name in made.get(key[1], ()))


def is_part_checked(part: str, kind: Kind, may: Mapping[str, RaisableRule]) -> bool:
    """Whether all that the part rests on is asked in this kind, and something is; `may` is what
    `raisable_rules` says of the kind, looked up once for all its parts."""
    on = [each for each in may.items() if not each[1].optional]
    asked = all(kind.includes_rule(rule) for rule, each in on if _concerns(each, part))
    return asked and any(part in each.spoils for _, each in on)


def _concerns(each: RaisableRule, part: str) -> bool:
    return not {part, EVERYTHING, WHERE_IT_STANDS}.isdisjoint(each.spoils)
