"""Every rule of the overview report and the executive summary, shown by one change to each.

Does: lists the rows, which the two kinds share but for one.
Trusts: `tests/handlers/checks/report/test_public_reports.py` for sound reports.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.kind_shape import ReportShape
from tests.builders import with_comment
from tests.builders_marks import with_hidden_words
from tests.builders_package import Element, edited, w, xml
from tests.handlers.checks.report.test_public_reports import SUMMARY, TITLES, WHOLE
from tests.handlers.rules.shown import KINDS, Shown, Table
from tests.plain_reports import report

Sections = Mapping[str, tuple[str, ...]]

# Where a paragraph more does no other harm, and which heading can be worded otherwise.
ROOM = {"overview_report": "Analysis", "executive_summary": "3. CASE SUMMARY"}
ADVICE = {
    "overview_report": "Conclusions and Recommendations",
    "executive_summary": "5. RECOMMENDATIONS",
}
REWORDED = {"overview_report": "The Facts of the Case", "executive_summary": "Summary of the Case"}
LAST = "7. Members of the Serious Case Review Panel"
SOUND: Mapping[str, Sections] = {
    **WHOLE,
    "executive_summary": dict(zip([*list(SUMMARY)[:-1], LAST], SUMMARY.values(), strict=True)),
}


def printed(kind: str, sections: Sections) -> bytes:
    return report(TITLES[kind], ("Serious Case Review", "Child N"), sections)


def template(kind: str) -> bytes:
    shape = KINDS[kind].shape
    assert isinstance(shape, ReportShape)
    return printed(kind, {section.heading: section.guidance for section in shape.sections})


def tracked(docx: bytes) -> bytes:
    """Its last words are an insertion not yet accepted."""

    def change(root: Element) -> None:
        run = [r for r in root.iter(w("r")) if "".join(r.itertext()).strip()][-1]
        mark = xml('<w:ins w:id="1" w:author="Author One" w:date="2010-05-01T09:00:00Z"/>')
        run.addprevious(mark)
        mark.append(run)

    return edited(docx, change)


def rows(kind: str) -> Iterator[Shown]:
    sound = SOUND[kind]
    room, advice = ROOM[kind], ADVICE[kind]

    def more(heading: str, words: str) -> bytes:
        return printed(kind, {**sound, heading: (*sound[heading], words)})

    def under(heading: str, words: tuple[str, ...]) -> bytes:
        return printed(kind, {**sound, heading: words})

    second = list(sound)[1]
    yield Shown("blank-template", template(kind))
    yield Shown("section-missing", printed(kind, {h: t for h, t in sound.items() if h != room}))
    yield Shown("section-empty", under(room, ()))
    yield Shown(
        "section-unclear",
        printed(kind, {"What is known of it" if h == room else h: t for h, t in sound.items()}),
    )
    yield Shown(
        "section-reworded",
        printed(kind, {REWORDED[kind] if h == SECOND[kind] else h: t for h, t in sound.items()}),
    )
    yield Shown("section-order", printed(kind, {second: sound[second], **sound}))
    if kind == "overview_report":
        yield Shown("prompts-missing", under("Analysis", ("The visits were in time.",)))
    yield Shown("vague-recommendation", more(advice, "Staff need to be reminded of the policy."))
    yield Shown("placeholder-left", more(room, "[Insert the account here]"))
    yield Shown("not-final", more(room, "More here please."))
    yield Shown("names-suspected", more(room, "Mrs Patel telephoned the surgery."))
    yield Shown("tracked-changes", tracked(printed(kind, sound)))
    yield Shown("hidden-text", with_hidden_words(printed(kind, sound)))
    yield Shown("comments-left", with_comment(printed(kind, sound)))


SECOND = {"overview_report": "The Facts", "executive_summary": "3. CASE SUMMARY"}
TABLES = tuple(Table(kind, printed(kind, SOUND[kind]), tuple(rows(kind))) for kind in SOUND)
