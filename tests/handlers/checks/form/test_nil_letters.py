"""Whole nil letters and memos, as people of many agencies write them: good ones are asked nothing,
and one with an exception, a doubt or a limit is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handlers.checks.form.judge import judge_form
from handlers.checks.form.nil_words import names_of_review, sorts_of_sentence
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.document import Block, Paragraph, Traits
from handlers.findings import Finding
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import kind, table

SUBJECTS = (Subject("Child J"), Subject("Mother"), Subject("Father"))
CASE = CaseFacts("N31", "N31/J", (date(2007, 6, 1), date(2010, 1, 20)), (), SUBJECTS)
NURSERY = AgencyFacts("NUR", "Little Ferns Nursery", ("NUR",), ())


def part(heading: str, parted: str = "\n---\n") -> list[str]:
    text = Path(__file__).with_name("nil_letters.txt").read_text(encoding="utf-8")
    return text.split(f"\n# {heading}\n")[1].split("\n\n#")[0].strip().split(parted)


def asked(letter: str) -> list[Finding]:
    head, *lines = letter.split("\n")
    code, name, abbreviations = head.split("|")
    called = tuple(filter(None, (code, *abbreviations.split(","))))
    rows = [tuple(line[2:].split("|")) for line in lines if line.startswith("||")]
    blocks: list[Block] = [*table(1, *rows)] if rows else []
    blocks += [Paragraph(line) for line in lines if not line.startswith("||")]
    context = Context(date(2010, 6, 20), CASE, AgencyFacts(code, name, called, ()))
    found = judge_form(blocks, Traits(), kind("nil_return"), context).findings
    return [f for f in found if f.severity != "advice"]


@each_case("letter", part("good"))
def test_a_good_letter_is_asked_nothing(letter: str) -> None:
    assert asked(letter) == []


@each_case("letter", part("bad"))
def test_one_that_takes_something_back_is_asked(letter: str) -> None:
    found = asked(letter)
    assert found and {f.severity for f in found} == {"question"}


@each_case("sentence", part("in doubt", "\n"))
def test_a_sentence_that_leaves_a_doubt_is_not_understood(sentence: str) -> None:
    assert not sorts_of_sentence(sentence, names_of_review(NURSERY, CASE))


def test_an_agencys_own_name_is_never_what_to_look_for() -> None:
    """ "Little" is a limit, but not in a name."""
    letter = next(one for one in part("good") if one.startswith("NUR|Little Ferns"))
    doubted = letter.replace("Nothing was found", "As far as we know nothing was found")
    assert "little" not in " ".join(f.message.lower() for f in asked(doubted))


def test_what_is_denied_of_one_besides_takes_nothing_back() -> None:
    """Alone it is asked about at its place."""
    head = "GP|Meadow Lane Surgery|\nMeadow Lane Surgery\nhomes by the water\n20 May 2010\n"
    foot = "\nYours sincerely\nJane Holt\nPractice Manager"
    one = "Child J is not known to us."
    whole = "No member of the family is or has been known to this surgery."
    assert asked(f"{head}Dear Administrator\n{whole} {one}{foot}") == []
    (told,) = asked(f"{head}Dear Administrator\n{one}{foot}")
    assert (told.rule, told.where.section) == ("statement-some", "paragraph 1 after the greeting")


def test_all_that_one_sentence_leaves_in_doubt_is_told_at_once() -> None:
    letter = next(one for one in part("bad") if "As far as we can tell Child J" in one)
    place = "paragraph 1 after the greeting, sentence 1"
    told = {f.rule for f in asked(letter) if f.where.section == place}
    assert told == {"statement-doubt", "statement-some"}
