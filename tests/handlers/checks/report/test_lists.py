"""Lists of versions, of staff, of whom a copy went to: in a report they are nobody's blanks, no
plan and no signature, wherever they stand."""

from __future__ import annotations

from handlers.document import Paragraph
from tests import combinations
from tests.handlers.checks.report.conftest import good_sign_off, table
from tests.handlers.fields.test_front_matter import KNOWN

SIGNED = {"versions", "issues", "issued", "short-forms", "family", "records"}
LISTS = {name: [tuple(row) for row in texts] for name, (sort, texts) in KNOWN.items()
         if sort in SIGNED}  # fmt: skip


def test_a_list_that_stands_anywhere_in_a_good_report_is_no_question(draft):
    for name, rows in combinations.every(3, LISTS.items()):
        made, told = table(9, *rows), []
        for key in ("introduction", "recommendations", "signing-off"):
            kept = draft.bodies[key]
            for body in ([*kept, *made], [*made, *kept]):
                draft.bodies[key] = body
                told += [(key, f.rule) for f in draft.judged().findings if f.severity != "advice"]
            draft.bodies[key] = kept
        assert told == [], name


def test_a_list_beside_the_blanks_fills_none_of_them(draft):
    draft.replace_front("Author: Author One", "Author:")
    draft.replace_front("Date: 28 May 2010", "Date:")
    unsigned = [para if para.text[:4] != "Sign" else Paragraph("Signed:    Date:")
                for para in good_sign_off()[:4]]  # fmt: skip
    front, rest = draft.front, good_sign_off()[4:]
    for name, rows in combinations.every(3, LISTS.items()):
        made = table(9, *rows)
        for at in (0, len(front)):
            draft.front = [*front[:at], *made, *front[at:]]
            for signed in ([*made, *unsigned, *rest], [*unsigned, *made, *rest]):
                draft.bodies["signing-off"] = signed
                found = draft.judged().findings
                # A list whose last version is a draft is a question of its own.
                told = sorted(
                    f.rule for f in found if f.severity != "advice" and f.rule != "not-final"
                )
                rules = ["front-sheet-author", "front-sheet-date", "sign-off-missing"]
                assert told == rules, (name, at)
