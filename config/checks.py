"""The checks there are: which rules each may raise, what those tell against, what they vouch for.

Does: is the one registry of checks. The judges run what stands here, under these names; a kind may
have no other rule than these; a letter calls a part in order only where every rule that it rests on
was asked and none tells against it.
Trusts: nothing: `handlers/findings.py` lets no judge raise another rule.
Never touches: documents, files, pydantic; the confined worker imports this module.
Known limits: that a check finds what it looks for is shown by `tests/handlers/rules/`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.kind import PACK_TOO, Kind
from config.kind_parts import EVERYTHING, WHERE_IT_STANDS, made_of

_KEY = re.compile(r"\{([\w ]+)\}")


@dataclass(frozen=True, slots=True)
class Raises:
    """A rule that a check may raise. "{date}-missing" is one rule for each date the kind has.

    `against` are the parts that are not in order beside it, `fills` the words that its sentences
    may leave to the check. A part rests on every rule against it but those that are `extra`: it is
    not vouched for in a kind that does not have them.
    """

    rule: str
    against: tuple[str, ...] = ()
    fills: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, the rules it may raise, and of what: it has nothing to look at in a kind
    that has none. A kind that has some must have all its rules where it `insists`."""

    name: str
    of: str
    raises: tuple[Raises, ...]
    insists: bool = False


_ALL_ENTRIES = ("dates", "order", "times", "agency", "source")
_DATES, _TIMES = ("dates", "order"), ("times", "order")

TABLE: tuple[Check, ...] = (
    Check("headings", "columns", (
        Raises("heading-changed", ("headings",), "how heading place"),
        Raises("heading-missing", (EVERYTHING,), "what"),
        Raises("heading-added", ("headings",), "what place"),
    )),
    Check("entries", "columns", (
        Raises("no-rows", _ALL_ENTRIES, extra=True),
        Raises("merged-across", _ALL_ENTRIES),
        Raises("merged-down", _ALL_ENTRIES, extra=True),
        Raises("row-cells", _ALL_ENTRIES),
        Raises("row-continues", _ALL_ENTRIES, "heading", extra=True),
        Raises("columns-shifted", _ALL_ENTRIES, "what found heading"),
        Raises("columns-swapped", _ALL_ENTRIES, "found heading", extra=True),
        Raises("separator-row"),
        Raises("struck-out", _ALL_ENTRIES, "what"),
        Raises("struck-in-part"),
        Raises("ditto"),
    )),
    Check("beside", "columns", (
        Raises("table-unread", _ALL_ENTRIES),
        Raises("entries-outside", _ALL_ENTRIES),
        Raises("front-agency-other", ("agency",), "your_agency"),
        Raises("draft", _ALL_ENTRIES),
        Raises("placeholder-left", ("agency",), extra=True),
        Raises("hidden-text", _ALL_ENTRIES, "what"),
    )),
    Check("missing", "columns", (
        Raises("{date}-missing", _DATES),
        Raises("{time}-missing", ("times",), extra=True),
        Raises("{agency}-missing", ("agency",), "your_agency"),
        Raises("{source}-missing", ("source",)),
        Raises("{other column}-missing"),
    )),
    Check("dates", "date", (
        Raises("date-invalid", _DATES, "says fix"),
        Raises("date-future", _DATES),
        Raises("date-uncertain", ("dates",), extra=True),
    )),
    Check("chronicle", "date", (
        Raises("date-outside-period", ("dates",), "first last", extra=True),
        Raises("order", ("order",), "place"),
        Raises("order-throughout", ("order",), "count total"),
    )),
    Check("times", "time", (
        Raises("time-invalid", _TIMES, "says fix"),
        Raises("time-missing", ("times",), extra=True),
        Raises("time-style", ("times",), extra=True),
        Raises("time-estimated", ("times",), extra=True),
    )),
    Check("agencies", "agency", (Raises("agency-other", ("agency",), "your_agency"),)),
    Check("subjects", "subject", (
        Raises("subject-unknown"), Raises("subjects-of-another", (), "count total"),
    )),
    Check("ages", "age", (Raises("age-missing"), Raises("age-odd"), Raises("age-conflict"))),
    Check("yes or no", "yes or no", (Raises("{yes or no}", (), "says fix"),)),
    Check("leftovers", "columns", (Raises("tracked-changes"),)),
)  # fmt: skip

REPORT: tuple[Check, ...] = (
    Check("template", "sections", (Raises("blank-template", (EVERYTHING,), extra=True),)),
    Check("sections", "sections", (
        Raises("section-missing", ("sections", "genogram"), "heading"),
        Raises("section-unclear", ("sections", "genogram"), "heading"),
        Raises("section-empty", ("sections", "genogram"), "heading"),
        Raises("section-reworded", ("sections",), "heading", extra=True),
        Raises("section-order", ("sections",), "heading", extra=True),
    )),
    Check("front sheet", "front sheet", (
        Raises("front-sheet-title", ("front sheet",)),
        Raises("front-sheet-{front words}", ("front sheet",)),
        Raises("front-sheet-{front field}", ("front sheet",)),
        Raises("front-sheet-unclear", ("front sheet",), extra=True),
        Raises("front-sheet-date-invalid", ("front sheet",), "says fix", extra=True),
        Raises("front-sheet-date-future", ("front sheet",), "value", extra=True),
    )),
    Check("prompts", "prompts", (Raises("prompts-missing", ("sections",), "missing", extra=True),)),
    Check("genogram", "genogram", (Raises("genogram-missing", ("genogram",)),)),
    Check("focus", "analysis", (Raises("focus-unmatched", ("sections",), "issues", extra=True),)),
    Check("recommendations", "vague phrases", (
        Raises("vague-recommendation", ("sections", "plan"), extra=True),
    )),
    Check("plan", "plan", (
        Raises("plan-missing", ("plan",)),
        Raises("plan-column-missing", ("plan",), "column"),
        Raises("plan-column-unclear", ("plan",), "column"),
        Raises("plan-unclear", ("plan",)),
        Raises("plan-{plan column}-missing", ("plan",)),
        Raises("plan-timescale-vague", ("plan",), extra=True),
    )),
    Check("sign off", "sign off", (
        Raises("sign-off-missing", ("signing off", "sections"), "missing person mend"),
        Raises("sign-off-unclear", ("signing off", "sections"), "missing person mend"),
        Raises("sign-off-date", ("signing off",), "says fix person"),
        Raises("sign-off-image", ("signing off",), "person", extra=True),
        Raises("sign-off-unproven", ("signing off",), "why", extra=True),
        Raises("sign-off-same-person", ("signing off",), extra=True),
    )),
    Check("placeholders", "sections", (Raises("placeholder-left", (WHERE_IT_STANDS,), "place"),)),
    Check("names", "anonymised", (Raises("names-suspected", (), "what place", extra=True),)),
    Check("key", "key words", (Raises("personnel-key-missing"),)),
    Check("layout", "layout", (Raises("{layout}"),)),
    Check("leftovers", "sections", (
        Raises("tracked-changes", (EVERYTHING,), "count", extra=True),
        Raises("comments-left", (), "count", extra=True),
        Raises("hidden-text", (EVERYTHING,), "what", extra=True),
    )),
)  # fmt: skip

# What a copy in ink says cannot be read, whichever check comes upon it.
INK = Raises("handwriting", (EVERYTHING,))

FORM: tuple[Check, ...] = (
    Check("template", "fields", (Raises("blank-template", (EVERYTHING,), extra=True),)),
    Check("statements", "statements", (
        Raises("statement-missing", ("statements",), "state place wording"),
        Raises("statement-reworded", ("statements",), "found wording"),
        INK,
    ), insists=True),
    Check("declaration", "exact statements", (
        Raises("declaration-reworded", ("statements",), "found wording", extra=True),
    )),
    Check("denial", "denial", (
        Raises("{denied}-missing"),
        Raises("statement-unclear"), Raises("statement-involved"), Raises("{qualifier}"),
        Raises("statement-beside"),
    ), insists=True),
    Check("criteria", "criteria", (
        Raises("criterion-missing", ("answers",)),
        Raises("criterion-reworded", ("answers",), "found"),
        Raises("criteria-unread", ("answers",)),
        Raises("criterion-added", ("answers",), extra=True),
        INK,
    ), insists=True),
    Check("answers", "criteria", (
        Raises("answer-missing", ("answers",), "choices"),
        Raises("answer-double", ("answers",), "choices"),
        Raises("answers-missing", ("answers",), "choices"),
        Raises("answers-unread", ("answers",), "choices"),
        Raises("answer-unclear", ("answers",)),
        Raises("answer-not-applicable", ("answers",)),
        INK,
    ), insists=True),
    Check("reservations", "criteria", (
        Raises("answer-{answer}", ("answers",), extra=True),
        Raises("comment-missing", ("answers",), extra=True),
    )),
    Check("filled", "fields", (
        Raises("{signature}-missing", ("signature",)),
        Raises("{date}-missing", ("dates",)),
        Raises("{other field}-missing"),
        Raises("{date}-unclear", ("dates",), extra=True),
        Raises("{other field}-unclear", (), "your_agency", extra=True),
        INK,
    )),
    Check("ink", "fields", (INK,)),
    Check("dates", "date", (
        Raises("{date}-invalid", ("dates",), "says fix"),
        Raises("{date}-future", ("dates",), "value"),
    )),
    Check("child", "child", (
        Raises("{child}-missing"), Raises("{child}-other"), Raises("{child}-unclear"),
    )),
    Check("placeholders", "placeholders", (Raises("placeholder-left", (WHERE_IT_STANDS,)),)),
    # A small return is read by a person anyway, and of a nil return all must be accounted for.
    Check("hidden", "signature", (Raises("hidden-text", (EVERYTHING,), "what", extra=True),)),
    # What a small return asks a person reads anyway.
    Check("final", "declared", (Raises("not-final", (EVERYTHING,), "place", extra=True),)),
    Check("altered", "signature", (Raises("signature-altered", ("signature",)),)),
    Check("manner", "signature", (
        Raises("{signature}-typed", ("signature",), "who why", extra=True),
        Raises("{signature}-image", ("signature",), "who why", extra=True),
        Raises("{signature}-scan", ("signature",), "who why", extra=True),
        Raises("{signature}-digitally", ("signature",), "who why", extra=True),
        Raises("{signature}-unproven", ("signature",), "who why", extra=True),
    )),
    Check("signer", "name", (Raises("signed-by-another", ("signature",), extra=True),)),
    Check("office", "senior", (Raises("{role}-junior"),)),
    Check("author", "signatory", (Raises("signatory-is-author", ("signature",), extra=True),)),
    Check("always", "always", (Raises("{always}", (), "asked"),)),
    Check("accounted", "denial", (Raises("statement-unsure"), Raises("statement-noted"))),
    # What the register adds, which holds the report that a form is about.
    Check("contradictions", "contradictions", (
        Raises("answer-contradicts", ("answers",), "shows"),
    ), insists=True),
    Check("report's date", "about", (
        Raises("date-before-report", ("dates",), "before", extra=True),
    )),
)  # fmt: skip

# What the register asks of any kind that settles the pack.
PACK = Check("pack", "settles the pack", (Raises(PACK_TOO, (EVERYTHING,), extra=True),))

# What is said of a file itself (`config/arrivals.toml`): beside these nothing in it is vouched for.
UNSURE = frozenset({
    "dangerous", "unreadable", "empty", "too-much", "out-of-time", "protected", "sealed",
    "message-altered",
    "not-recognised", "not-recognised-near", "format-not-read", "chronology-format", "cut-short",
    "another-case", "another-agency", "not-converted", "no-converter", "no-ocr", "adobe-form",
    "made-out", "mail-says-unfinished", "zip-protected", "zip-nested", "zip-too-big", "zip-damaged",
    "container-closed",
})  # fmt: skip

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "table": (*TABLE, PACK),
    "report": (*REPORT, PACK),
    "form": (*FORM, PACK),
}


def checks_of(kind: Kind) -> Iterator[Check]:
    """The checks that have something to look at in a return of this kind."""
    made = made_of(kind)
    return (check for check in CHECKS[kind.shape.type] if made.get(check.of))


def asked_in(kind: Kind) -> frozenset[str]:
    """The names of the checks that run: those with a rule in the kind."""
    made = made_of(kind)
    return frozenset(
        check.name
        for check in checks_of(kind)
        if any(kind.asks(rule) for each in check.raises for rule in rules_in(each.rule, made))
    )


def raisable(kind: Kind) -> Mapping[str, Raises]:
    """Every rule that a check may raise of a return of this kind, though the kind lack it."""
    made = made_of(kind)
    return {
        rule: each
        for check in checks_of(kind)
        for each in check.raises
        for rule in rules_in(each.rule, made)
    }


def rules_in(pattern: str, made: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """ "{date}-missing" for each date that the kind has."""
    key = _KEY.search(pattern)
    if key is None:
        yield pattern
        return
    yield from (pattern.replace(key[0], name) for name in made.get(key[1], ()))


def rests(part: str, kind: Kind, may: Mapping[str, Raises]) -> bool:
    """Whether all that the part rests on is asked in this kind, and something is; `may` is what
    `raisable` says of the kind, looked up once for all its parts."""
    on = [each for each in may.items() if not each[1].extra]
    asked = all(kind.asks(rule) for rule, each in on if _concerns(each, part))
    return asked and any(part in each.against for _, each in on)


def _concerns(each: Raises, part: str) -> bool:
    return not {part, EVERYTHING, WHERE_IT_STANDS}.isdisjoint(each.against)
