"""What an administrator types on a telephone, in answer to a digest with ten kinds of ask: what is
clear is done, what is not is asked about, and nothing is done that was not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.kind_loading import load_kinds
from handlers.orders.digest_text import parse_digest
from handlers.orders.grammar import (
    GrammarContext,
    begins_as_order,
    folded_label,
    kind_names,
    read_order,
)
from handlers.orders.order import Order, OrderQuestion
from handlers.orders.several import read_several
from tests.each_case import each_case

TEN_KINDS = """Needs you (10)
1. N12, Meadow Lane Surgery: an evaluation statement; the signature is a picture.
[accept · send back: as found · send me · details]
2. N12, Shire Police: a document; nobody could tell which return it is.
[assign N12 POL IMR · assign N12 POL QA form · file · details]
3. N12, Vale Housing: "When is the panel, please?"
[answer: your words · yes: send them what they owe · file · details]
4. N12, Shire NHS Trust: asks for more time: IMR, 28 May to 11 June.
[more time until 11 June, and the QA form with it · more time until another date · no · details]
5. N12, Probation: a letter to the chair's office is drafted, since it is so late.
[release · cancel · details]
6. N12, City Hospital: asks for more time: chronology (to 5 May) and IMR (28 May to 11 June).
[more time until 11 June for the IMR · yes: to all as asked · no · details]
7. "Thank you for your letter of Monday." (from somebody not registered)
[file · register sender · send me · details]
8. N12, Shire Police: news about the scope of the review.
[seen · answer: your words · details]
9. N12, Shire Police: the staff whom they wish to interview.
[accept · cleared · send me · details]
10. N12, Meadow Lane Surgery: may take back the chronology.
[yes: it takes that back · file · details]
Digest D-7F3K-Q2
"""
ABOUT = replace(
    GrammarContext(parse_digest(TEN_KINDS), date(2010, 5, 26), kind_names(load_kinds())),
    labels={
        (number, folded_label(label)): order
        for number, label, order in (
            (4, "more time until 11 June, and the QA form with it", "more time until 11 June"),
            (6, "yes: to all as asked", "yes"),
            (3, "yes: send them what they owe", "yes"),
            (10, "yes: it takes that back", "yes"),
        )
    },
)
JUNE, MAY, END = "more time 2010-06-11", "more time 2010-05-31", "more time 2010-06-30"


def heard(line: str) -> str:
    """The order as it was read, or that it is asked about."""
    said = read_order(line, ABOUT) or begins_as_order(line, ABOUT, in_signature=False)
    if isinstance(said, Order):
        return " ".join(filter(None, [str(said.number), said.word, said.rest, said.kind]))
    return "asked" if isinstance(said, OrderQuestion) else "kept as words"


@each_case(
    ("line", "order"),
    [
        ("1 accept, lovely", "1 accept"),
        ("1 - please accept, thanks", "1 accept"),
        ("2 \u2013 please file, thanks", "2 file"),
        ("1 yes, accept it please", "1 accept"),
        ("1 ok accept", "1 accept"),
        ("1 just accept this one", "1 accept"),
        ("1 can you accept please", "1 accept"),
        ("1 accept (looks fine)", "1 accept"),
        ("1 Accept \U0001f44d", "1 accept"),
        ("1 accept it\u2019s fine", "1 accept"),
        ("1 approve please", "1 accept"),
        ("9 accept. Perfect!", "9 accept"),
        ("9 cleared, all good", "9 cleared"),
        ("1 send back, the signature is missing", "1 send back the signature is missing"),
        ("1 send it back: signature missing", "1 send back signature missing"),
        ("1 please send back - page 2 is blank", "1 send back page 2 is blank"),
        ("1 send back as found", "1 send back as found"),
        ("1 send me the original please", "1 send me"),
        ("2 assign N12 POL IMR please", "2 assign N12 POL IMR"),
        ("2 assign N12 POL qa form thanks", "2 assign N12 POL qa form"),
        ("3 answer: it is on 3 June, at 10", "3 answer it is on 3 June, at 10"),
        ("3 yes send them what they owe", "3 yes"),
        ("4 more time until 11 June please, he is ill", f"4 {JUNE}"),
        ("4 more time until 11 June, they are short of staff", f"4 {JUNE}"),
        ("4 more time until 11 June because the author is off sick", f"4 {JUNE}"),
        ("4 more time to 11 June", f"4 {JUNE}"),
        ("4 more time until 11 June and the QA form with it", f"4 {JUNE}"),
        ("4 more time until 11 June, and the QA form with it", f"4 {JUNE}"),
        ("4 11 June is fine", f"4 {JUNE}"),
        ("4. 11 June is fine, thanks", f"4 {JUNE}"),
        ("4 30/6 ok", f"4 {END}"),
        ("4 yes until 11 June", f"4 {JUNE}"),
        ("4 yes, 11 June is ok", f"4 {JUNE}"),
        ("4 agree to 11 June for the IMR only", f"4 {JUNE} imr"),
        ("4 ok to 11 June", f"4 {JUNE}"),
        ("4 give them until 31 May", f"4 {MAY}"),
        ("4 extend to Friday 11 June please", f"4 {JUNE}"),
        ("4 until 11 June", f"4 {JUNE}"),
        ("4 yes please", "4 yes"),
        ("4 no, sorry", "4 no"),
        ("4 no thanks, not this time", "4 no"),
        ("4 no, we need it by then", "4 no"),
        ("4 no, sorry, the panel meets on the 20th", "4 no"),
        ("4 no: the panel meets on 3 June", "4 no the panel meets on 3 June"),
        ("4 no - it is needed for the panel", "4 no it is needed for the panel"),
        ("4 ok", "4 yes"),
        ("4 agreed", "4 yes"),
        ("4 that's fine", "4 yes"),
        ("4 yes that's fine, 11 June it is", f"4 {JUNE}"),
        ("4 yes please, that is all right", "4 yes"),
        ("6 yes for the IMR", "6 yes imr"),
        ("5 release it please", "5 release"),
        ("5 cancel that letter, thanks", "5 cancel"),
        ("6 yes to all as asked", "6 yes"),
        ("6 yes: to all as asked, thank you", "6 yes"),
        ("6 more time until 11 June for the IMR only", f"6 {JUNE} imr"),
        ("6 11 June for the IMR is fine", f"6 {JUNE} imr"),
        ("6 more time for the IMR until 11 June", f"6 {JUNE} imr"),
        ("7 file, thanks only", "7 file"),
        ("7 file it, just a thank you", "7 file"),
        ("7 file - no need to reply", "7 file"),
        ("8 seen, ta", "8 seen"),
        ("10 yes it takes that back", "10 yes"),
        ("10 details please", "10 details"),
    ],
)
def test_what_is_clear_is_done(line: str, order: str) -> None:
    assert heard(line) == order


@each_case(
    "line",
    [
        "1 accept but tell them about the picture",
        "1 accept, the signature is missing",
        "1 accept I think",
        "1 ok",
        "1 yes no",
        "1 please don't accept",
        "1 accept or send back: unsigned",
        "1 can you accept?",
        "1 send back, it isn't signed, or is it?",
        "1 send back, 2 file",
        "4 11 June",
        "4 11 June is too late",
        "4 11 June is not fine",
        "4 11 June?",
        "4 is 11 June ok?",
        "4 more time until 11 June, tell him it is the last",
        "4 more time until 11 June, the IMR can wait until 18",
        "4 more time until 11 June, the chronology sooner",
        "4 more time until 11 June if the chair agrees",
        "4 more time until 11 June or 18 June",
        "4 more time until 11 June as they want a week",
        "4 more time till half-term",
        "4 ok for a week or so",
        "4 give them a bit longer",
        "4 no, 4 June instead",
        "4 yes but only until 4 June",
        "4 agree to 11 June for the novel only",
        "4 agree to 11 June for both",
        "4 give them until then",
        "4 no, that's fine",
        "4 no problem",
        "4 no worries, they can have it",
        "4 no, only until 4 June",
        "4 no, accept it",
        "4 no, as they have until 4 June",
        "4 no, we said so?",
        "4 no: ok",
        "4 ok?",
        "4 not ok",
        "4 ok for a week",
        "1 agreed",
        "6 yes to the novel",
        "6 11 June for the IMR is fine, 5 May for the chronology",
        "2 assign to the police",
        "3 tell them it is on 3 June",
        "1 11 June is fine",
        "5 cancel, release the other one",
        "all fine by me, accept the lot",
    ],
)
def test_what_is_doubtful_is_asked_about_or_kept_as_words(line: str) -> None:
    assert heard(line) in ("asked", "kept as words")


@each_case(
    ("line", "orders"),
    [
        ("4, 6: yes", [(4, "yes"), (6, "yes")]),
        ("4 and 6 yes", [(4, "yes"), (6, "yes")]),
        ("4, 6 and 10 - yes please", [(4, "yes"), (6, "yes"), (10, "yes")]),
        ("2 & 7 file, thanks", [(2, "file"), (7, "file")]),
        ("4 yes, 6 no", [(4, "yes"), (6, "no")]),
        ("4 yes. 6 no.", [(4, "yes"), (6, "no")]),
        ("4-6 yes", []),
        ("4 to 6 yes", []),
        ("4 and 6 yes but not 10", []),
        ("4 and 6 yes, 10 perhaps", []),
        ("4, 6 more time until 11 June", []),
        ("4, 4: yes", []),
        ("4 and 99 yes", []),
        ("4 yes 6 no", []),
        ("1, 2 send back: unsigned", []),
    ],
)
def test_one_line_may_answer_several_numbers_that_it_names(
    line: str, orders: list[tuple[int, str]]
) -> None:
    assert [(one.number, one.word) for one in read_several(line, ABOUT)] == orders


def test_a_reason_behind_a_day_is_kept() -> None:
    said = read_order("4 more time until 11 June please, he is ill.", ABOUT)
    assert isinstance(said, Order) and said.aside == "he is ill"
