"""A nil return in the words of ten agencies is accepted at once; what takes something back never
is. Failure mode 94.

The bodies were written before the grammar was widened: good ones as people write them, and bad ones
with an exception, a doubt, a part of the family, a time, or a search that is unfinished or narrow.
"""

from __future__ import annotations

from pathlib import Path

from handlers.checks.form.judge import judge_form
from handlers.context import AgencyFacts, Context
from handlers.document import Paragraph, Traits
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import CASE, CONTEXT, TODAY, kind

AGENCIES = {
    "GP": "Meadow Lane Surgery",
    "SCH": "Oakfield Primary School",
    "POL": "Shire Police",
    "PRO": "Shireshire Probation Trust",
    "HOU": "Riverside Housing Association",
    "DRG": "Turning Leaf Drug Service",
    "HOS": "Shireshire Community Health NHS Trust",
    "AMB": "Shire Ambulance Service",
    "COU": "Shireshire County Council Children's Services",
    "CHA": "Homestart Shireshire",
}
FOOTER = (
    "Tel 01632 960149  Fax 01632 960150",
    "This email and any attachments are confidential and intended solely for the addressee.",
)


def bodies_of(heading: str) -> list[str]:
    text = Path(__file__).with_name("nil_in_ten_voices.txt").read_text(encoding="utf-8")
    return text.split(f"\n# {heading}\n")[1].split("\n#")[0].strip().splitlines()


def return_of(line: str) -> Judgement:
    code, _, body = line.partition(": ")
    agency = AgencyFacts(code, AGENCIES[code], (code,), ("Author One",))
    head = (
        AGENCIES[code],
        "20 May 2010",
        "Dear Sir or Madam",
        "SCR N12 - your letter of 8 March 2010",
    )
    foot = ("Yours faithfully", "Jane Holt", "Service Manager", AGENCIES[code], *FOOTER)
    blocks = [Paragraph(text) for text in (*head, body, *foot)]
    return judge_form(blocks, Traits(), kind("nil_return"), Context(TODAY, CASE, agency))


def test_what_people_write_who_know_nobody_of_the_family_is_accepted_at_once() -> None:
    good = bodies_of("good")
    assert [line for line in good if return_of(line).verdict != "accept"] == []
    assert len(good) > 100


def test_what_says_a_little_less_or_more_is_left_to_a_person() -> None:
    left = bodies_of("left to a person")
    assert {return_of(line).verdict for line in left} == {"refer"}


def test_what_takes_something_back_is_a_question() -> None:
    bad = bodies_of("bad")
    assert [line for line in bad if return_of(line).verdict != "refer"] == []
    assert len(bad) > 140


def test_a_question_says_in_which_sentence_it_arose() -> None:
    line = "GP: Nil return. The family is not known to us. EMIS was searched where possible."
    (finding,) = (f for f in return_of(line).findings if f.severity == "question")
    assert (finding.rule, finding.where.section) == (
        "statement-doubt",
        "paragraph 1 after the greeting (headings not counted), sentence 3",
    )


def test_a_message_that_does_not_name_its_agency_is_told_of_its_doubt_all_the_same() -> None:
    """The letter to whoever sent it by mail named none."""
    said = "No member of the family is or has been known to us. The cellar flooded."
    lines = ("Dear Administrator", said, "Kind regards", "Jane Holt", "Manager", "20 May 2010")
    judgement = judge_form([Paragraph(x) for x in lines], Traits(), kind("nil_return"), CONTEXT)
    asked = [f.where.section for f in judgement.findings if f.severity == "question"]
    assert asked == ["paragraph 1 after the greeting, sentence 2"]
