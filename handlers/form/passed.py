"""What was in order on a form, in words that finish "Everything else is in order: ...".

Does: names the parts of the form with no finding against them.
Trusts: the findings.
Never touches: the document.
Known limits: advice against a part keeps it off the list too: praise and advice do not mix.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.finding import Finding
from handlers.form.sheet import Sheet


def passed_on(sheet: Sheet, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Short noun phrases: "all 17 answers", "the statements", "the signature and the date"."""
    named = {finding.where.section for finding in findings}
    about = {finding.rule.split("-")[0] for finding in findings}
    read = "handwriting" not in {finding.rule for finding in findings}
    out = []
    if sheet.standings and "statement" not in about and read:
        out.append("the statements")
    if sheet.asked and not about & {"criterion", "answer"} and read:
        out.append(f"all {len(sheet.asked)} answers")
    return (*out, *_blanks(sheet, named))


def _blanks(sheet: Sheet, named: set[str | None]) -> list[str]:
    fine = [e for e in sheet.entries if e.field.label not in named and e.filled and e.text]
    signed = [e for e in fine if e.field.reads_as == "signature"]
    dated = [e for e in fine if e.key == "date"]
    both = " and ".join(
        phrase for entries, phrase in ((signed, "the signature"), (dated, "the date")) if entries
    )
    return [both] if both else []
