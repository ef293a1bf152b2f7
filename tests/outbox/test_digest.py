"""The digest: once each working day, worst first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from lxml import html

from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.digest.digest import DigestDay, draft_digest, is_digest_due
from outbox.digest.timeline import build_timeline
from outbox.digest.timeline_picture import plot_timeline
from outbox.samples.days import BUSY_DAY, HEALTHY, QUIET_DAY, sample_terms
from outbox.samples.drafts import ADMINISTRATOR
from outbox.writing.digest_facts import DigestFacts, Need
from outbox.writing.letter_text import letter_html, letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests.outbox.conftest import BOARD, LONDON

KINDS = load_kinds()
TERMS = sample_terms(ADMINISTRATOR)
TUESDAY = datetime(2010, 4, 20, 8, 0, tzinfo=LONDON)
BEGAN = TUESDAY - timedelta(days=9)


def row(id: int, kind: str, due: date, state: str = "awaited") -> ReturnRow:
    late = due < TUESDAY.date() and state in ("awaited", "rejected")
    return ReturnRow(id, kind, due, 1, state, None, None, late)  # type: ignore[arg-type]


def case(id: int, *returns: ReturnRow, state: str = "open") -> CaseRow:
    agencies = (AgencyRow(id, "GP", "Meadow Lane Surgery", returns),)
    return CaseRow(id, f"N{id}", state, date(2010, 9, 1), agencies)


LATE, SOON, LATER = date(2010, 4, 16), date(2010, 4, 23), date(2010, 5, 28)
DAY = replace(QUIET_DAY, cases=(case(12, row(1, "chronology", LATE)),))


def facts(day: DigestDay, *, whole: bool = False) -> DigestFacts:
    found = draft_digest(day, TERMS, whole=whole).facts
    assert isinstance(found, DigestFacts)
    return found


def letter(day: DigestDay, *, whole: bool = False) -> EmailMessage:
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    drafted = draft_digest(day, TERMS, whole=whole)
    return parse_letter(writer.write(drafted, "<a@board.example>", day.now))


def headings(day: DigestDay, words: Sequence[str], *, whole: bool = False) -> list[str]:
    """The words, in the order in which the digest says them."""
    text = letter_plain_text(letter(day, whole=whole))
    return sorted((word for word in words if word in text), key=text.index)


# When


@pytest.mark.parametrize(
    "now",
    [
        TUESDAY - timedelta(minutes=1),
        datetime(2010, 4, 18, 9, tzinfo=LONDON),  # a Sunday
        datetime(2010, 4, 5, 9, tzinfo=LONDON),  # Easter Monday
    ],
)
def test_it_comes_on_working_days_and_not_before_its_time(now: datetime) -> None:
    assert not is_digest_due(now, now - timedelta(days=30), TERMS)
    assert is_digest_due(TUESDAY, BEGAN, TERMS)


def test_the_first_one_waits_for_the_morning_after_the_record_began() -> None:
    began = TUESDAY + timedelta(minutes=5)
    assert not is_digest_due(TUESDAY + timedelta(hours=1), began, TERMS)
    assert is_digest_due(TUESDAY + timedelta(days=1), began, TERMS)


def test_there_is_one_a_day() -> None:
    later = replace(DAY, now=TUESDAY + timedelta(hours=5))
    assert draft_digest(DAY, TERMS).key == draft_digest(later, TERMS).key == "digest/2010-04-20"


# What


def test_the_worst_comes_first() -> None:
    """Issue 7, point 5: the order of it."""
    order = [
        "Needs you (3)",
        "Overdue: 2.",
        "N12   ",
        "Overdue (2)",
        "For your information (1)",
        "Since Monday 19 April",
        "All else is well",
        "check number 7f3a-92c1",
    ]
    assert headings(BUSY_DAY, order) == order


def test_the_whole_of_it_has_the_lists_apart() -> None:
    order = [
        "Needs you (3)",
        "Overdue (2)",
        "Letters that did not go (1)",
        "Not written to, and why (1)",
        "N12   ",
    ]
    assert headings(BUSY_DAY, order, whole=True) == order


def test_what_the_service_itself_lacks_is_not_lost_below_much_that_waits() -> None:
    health = replace(HEALTHY, free=0.04, backed_up=None)
    found = facts(replace(DAY, needs=WAITING, health=health), whole=True).needs
    assert found.count == len(WAITING) + 2
    assert "4% free" in found.shown[0].says
    assert "never a backup" in found.shown[-1].says, "which can wait for them"


def test_what_is_the_operators_is_not_asked_of_the_administrator() -> None:
    health = replace(HEALTHY, free=0.04, backed_up=None, began=TUESDAY - timedelta(days=60))
    found = facts(replace(DAY, health=health))
    assert found.needs.count == 0 and found.headline == "nothing needs you"
    assert found.trouble == "Not well, and for the operator to see to: the disk."
    assert found.operator == ("There was never a backup.",), "which can wait, and is told once"
    assert "The disk is only 4% free." in found.health
    assert "Ask the operator" not in letter_plain_text(letter(replace(DAY, health=health)))


def test_each_thing_that_needs_somebody_ends_with_its_one_command() -> None:
    text = letter_plain_text(letter(BUSY_DAY, whole=True))
    for command in ("show 42", "show 41", "doctor", "letters retry 31"):
        assert text.count(f"     scr-intake {command}\n") == 1


@pytest.mark.parametrize(
    ("needs", "unsent", "headline"),
    [
        (0, 0, "nothing needs you"),
        (1, 0, "1 needs you"),
        (3, 1, "4 need you"),
        (0, 2, "2 need you"),
    ],
)
def test_the_subject_says_how_much_there_is_to_do(needs: int, unsent: int, headline: str) -> None:
    one = Need("N12, Shire Police: IMR; waits for you to look.", "scr-intake show 1")
    day = replace(DAY, needs=[one] * needs, unsent=[one] * unsent)
    assert facts(day).headline == headline
    assert str(letter(day)["Subject"]).endswith(f"Tuesday 20 April: {headline}")


def test_a_quiet_day_is_one_screen_and_still_comes() -> None:
    text = letter_plain_text(letter(QUIET_DAY))
    before, _, _ = text.partition("N12   ")
    assert len(before.splitlines()) <= 5
    assert len(text.splitlines()) <= 24
    assert text.startswith("Nothing needs you today.")


def test_a_board_without_a_case_gets_one_too() -> None:
    made = draft_digest(replace(QUIET_DAY, cases=()), TERMS)
    assert (made.pictures, made.attachments) == ((), ())
    assert "All is well with" in letter_plain_text(letter(replace(QUIET_DAY, cases=())))


def test_who_was_not_chased_is_told_with_why() -> None:
    """Failure mode 70."""
    waits = Need("N12, Shire Police: IMR. They ask for more time.", "scr-intake show 41")
    text = letter_plain_text(letter(replace(DAY, suppressed=[waits]), whole=True))
    assert f"Not written to, and why (1)\n  1. {waits.says}\n     {waits.command}\n" in text


def test_it_carries_the_records_head_as_an_outside_witness() -> None:
    """Failure mode 85, promise 8."""
    found = facts(replace(DAY, record=(9, "7f" * 32)))
    assert (found.entries, found.seal) == ("9", "7f7f-7f7f-7f7f-7f7f")


def test_what_is_well_is_one_line_and_what_is_not_is_asked_for_above() -> None:
    well = facts(replace(DAY, health=HEALTHY))
    assert [line[:11] for line in well.health] == ["All is well"]
    low = facts(replace(DAY, health=replace(HEALTHY, free=0.04)), whole=True)
    assert "4% free" in low.needs.shown[0].says
    assert low.health[0] == "Not well: the disk; see above."


# With pictures, and without


def test_each_open_case_is_shown_in_time_where_its_words_say_the_same() -> None:
    (picture,) = draft_digest(BUSY_DAY, TERMS).pictures
    assert picture.says in " ".join(letter_plain_text(letter(BUSY_DAY)).split())
    assert f'alt="{picture.says.replace(chr(39), "&#39;")}"' in letter_html(letter(BUSY_DAY))


def test_the_html_says_every_word_of_the_text_and_no_other() -> None:
    """A picture says its alt text; lists number themselves; a link is underlined, and its words
    stand in brackets where nothing is."""
    body = html.document_fromstring(letter_html(letter(BUSY_DAY))).find("body")
    assert body is not None
    said = body.xpath(".//text()[normalize-space()] | .//img/@alt")
    marks = re.compile(r"^ *(\d+\.|-) |[\[\]]", re.M)
    assert " ".join(said).split() == marks.sub("", letter_plain_text(letter(BUSY_DAY))).split()


def test_a_picture_draws_no_word_that_the_digest_does_not_say() -> None:
    said = letter_plain_text(letter(BUSY_DAY)).casefold()
    for drawn in plot_timeline(
        build_timeline(BUSY_DAY.cases[0], KINDS, TUESDAY.date())
    ).drawn_words:
        assert drawn.casefold() in said or drawn == "needs changes"


def test_a_case_on_hold_has_its_table_and_no_picture_and_a_closed_one_neither() -> None:
    held = replace(DAY, cases=(case(12, row(1, "imr", LATER), state="on hold"),))
    assert draft_digest(held, TERMS).pictures == ()
    assert "N12 (on hold)   " in letter_plain_text(letter(held))
    shut = replace(DAY, cases=(case(12, row(1, "imr", LATER), state="closed"),))
    assert "N12" not in letter_plain_text(letter(shut))


def test_the_dates_are_attached_for_the_calendar() -> None:
    (attached,) = letter(BUSY_DAY).iter_attachments()
    assert attached.get_filename() == "deadlines.ics"
    assert attached.get_payload(decode=True).count(b"BEGIN:VEVENT") == 16  # type: ignore[union-attr]


def test_the_same_day_makes_the_same_bytes() -> None:
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    once, again = (
        writer.write(draft_digest(BUSY_DAY, TERMS), "<a@board.example>", TUESDAY) for _ in range(2)
    )
    assert once == again


# Much at once

MANY = [case(n, row(n, "chronology", LATER)) for n in range(1, 201)]
WAITING = [Need(f"N{n}, Shire Police: IMR; held.", f"scr-intake show {n}") for n in range(1, 41)]


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    text = letter_plain_text(letter(replace(DAY, needs=WAITING, cases=MANY)))
    assert "Needs you (40)" in text
    assert "And 20 more. They come as these are settled" in text
    assert "And 192 more. Say Status and a case's reference in a mail" in text
    assert "scr-intake" not in text


def test_the_whole_of_it_cuts_nothing() -> None:
    notes = [f"N12, Agency {n}: note." for n in range(30)]
    day = replace(BUSY_DAY, needs=WAITING, notes=notes, unsent=WAITING, suppressed=WAITING)
    text = " ".join(letter_plain_text(letter(day, whole=True)).split())
    assert all(note in text for note in notes)
    assert text.count("scr-intake show 40") == 3
    assert "more." not in text


def test_of_many_cases_the_late_and_soon_due_are_shown_and_drawn_first() -> None:
    cases = [*MANY, case(900, row(900, "imr", SOON)), case(901, row(901, "imr", LATE))]
    made = draft_digest(replace(DAY, cases=cases), TERMS)
    assert [picture.says.split()[0] for picture in made.pictures] == ["N901", "N900"]
    assert [shown.table[0].split()[0] for shown in made.facts.cases.shown][:2] == ["N901", "N900"]  # type: ignore[attr-defined]
