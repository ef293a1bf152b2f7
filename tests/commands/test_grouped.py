"""Many of one thing are one line of the digest, which names them and lists them on request."""

from __future__ import annotations

from datetime import UTC

from commands.composition.app import open_application
from handlers.register.submissions import Origin
from handlers.senders.attribution import UncertainPlace
from intake.source import SourceOffer
from tests import builders as build
from tests.board import Board
from tests.builders_mail import bounce
from tests.floods import SERVICE, asked, flood, held_back, pour
from tests.known_sources import MAIL_1
from tests.plain_reports import paper
from tests.told import REASON, digest, names, needs


def test_strangers_by_the_hundred_are_a_few_lines_and_an_agencys_comes_first(
    loaded: Board,
) -> None:
    """Issue 12, point 12."""
    pour(loaded, (120, "shop.example"), (2, "meadowlane.example"), (80, "spam.example"))
    pour(loaded, (50, "news.example"))
    told = digest(loaded)
    found = needs(told)
    assert len(found) == 5
    assert "Needs you (6)" in told
    assert [each.split(";")[0] for each in found[:2]] == [
        "From meadowlane.example, where people are registered: a message from a sender nobody is"
        " registered under"
    ] * 2
    assert "show 121" in found[0] and "show 122" in found[1]
    assert [each.split(":")[0] for each in found[2:]] == [
        "From shop.example, 120 times",
        "From spam.example, 80 times",
        "From news.example, 50 times",
    ]
    assert "held, not answered; the oldest since Tuesday 30 March." in found[2]
    for each in found[2:]:
        (name,) = names(each)
        reject = f'scr-intake reject --group {name} --reason "..."'
        listed = f"{reject} To list them: scr-intake show --group {name}"
        assert each.endswith(f"{listed} Answer: file, details")


def test_a_flood_of_a_registered_domain_comes_before_any_strangers(loaded: Board) -> None:
    pour(loaded, (9, "shop.example"), (7, "meadowlane.example"))
    first, second = needs(digest(loaded))
    assert first.startswith("From meadowlane.example, where people are registered, 7 times: ")
    look = f"scr-intake show --group {names(first)[0]} To put away what is left of them: "
    assert look in first, "a look comes first"
    assert second.startswith("From shop.example, 9 times: ")


def test_what_comes_from_ever_another_domain_is_one_line_too(loaded: Board) -> None:
    with open_application(asked(loaded)) as app:
        for n in range(40):
            flood(app, 1, f"shop{n}.example")
    (only,) = needs(digest(loaded))
    assert only.startswith("From 40 domains, 40 times: ")


def test_a_handful_is_told_one_by_one(loaded: Board) -> None:
    pour(loaded, (5, "shop.example"))
    assert len(needs(digest(loaded))) == 5


def test_of_one_strangers_mail_the_domain_is_said_and_no_more(loaded: Board) -> None:
    """Issue 12, point 12."""
    for domain in ("shop.example", "news.example", "shop.example"):
        pour(loaded, (1, domain))
    found = needs(digest(loaded))
    assert [each.split(":")[0] for each in found] == [
        "From shop.example",
        "From shop.example",
        "From news.example",
    ], "those of one domain stand together"
    shown = loaded.run("show", 1).out
    assert "by mail from somebody at shop.example." in shown
    assert "@" not in shown and "@" not in found[0]


def test_the_group_is_listed_with_what_became_of_each(loaded: Board) -> None:
    pour(loaded, (6, "shop.example"))
    (name,) = names(digest(loaded))
    loaded.once()
    loaded.run("reject", 3, *REASON, "--yes")
    lines = loaded.run("show", "--group", name).out.splitlines()
    assert len(lines) == 6
    says = "a message from a sender nobody is registered under (from shop.example)"
    assert lines[2].split(maxsplit=1) == ["3", f"{says}; needs changes"]
    assert lines[3].split(maxsplit=1) == ["4", f"{says}; held: nobody is told"]


def test_what_may_be_a_return_is_listed_and_not_put_away_by_the_line(loaded: Board) -> None:
    """A sealed message holds something that somebody waits to have settled."""
    with open_application(asked(loaded)) as app:
        (place, *_) = app.register.people.places_of_agency("GP")
        origin = Origin(place.case_id, place.reference, place.agency_id, place.code)
        flood(app, 8, "", UncertainPlace("sealed-waiting"), origin)
    (line,) = [each for each in needs(digest(loaded)) if "8 times" in each]
    assert line.startswith("N12, Meadow Lane Surgery, 8 times: a sealed message waits on")
    assert "has waited for you since Tuesday 30 March, and the" in line
    look = f"scr-intake show --group {names(line)[0]} To put away what is left of them: "
    assert look in line, "which may be settled after"


def test_a_domain_that_names_a_subject_is_not_told_and_the_digest_is_written(
    loaded: Board,
) -> None:
    pour(loaded, (6, "mother.example"), (6, f"{'x' * 59}.example"))
    told = digest(loaded)
    assert "mother" not in told.lower() and "xxx" not in told
    assert told.count("From a domain that is not told here, 6 times:") == 2


def test_a_real_flood_is_told_by_what_its_mails_say(loaded: Board) -> None:
    """Through the processor, who reads the domain off each message."""
    offer = paper("Our offer")
    for n in range(6):
        loaded.mail(
            build.mail(
                f"sales{n}@Shop.Example",
                "scr-returns@board.example",
                f"Cheap {n}",
                "See attached.",
                [("offer.docx", offer)],
            )
        )
    loaded.once()
    (line,) = needs(digest(loaded))
    assert line.startswith("From shop.example, 6 times: a message from a sender nobody is")
    assert "Cheap" not in digest(loaded) and "sales" not in digest(loaded)


def test_reports_about_one_letter_are_one_line_whatever_domains_they_come_from(
    loaded: Board,
) -> None:
    loaded.once(at="2010-04-13T10:00")
    (letter,) = loaded.sent("author@meadowlane.example")
    for domain in ("a.example", "b.example", "meadowlane.example.evil.example"):
        for n in range(7):
            report = bounce(letter.as_bytes(), f"x@{domain}", SERVICE, diagnostic=f"550 {n}")
            loaded.mail(report)
    loaded.once(at="2010-04-13T11:00")
    lines = [x for x in needs(digest(loaded, "2010-04-14T08:00")) if "report" in x]
    assert len(lines) == 1, lines
    assert "21 times: a delivery report says that a letter to Author One did not arrive" in lines[0]
    assert f'scr-intake reject --group {names(lines[0])[0]} --reason "..."' in lines[0]


def test_a_flood_that_is_for_information_is_one_line_with_its_command_too(loaded: Board) -> None:
    """Mails of one agency that each say something besides what is attached."""
    words = "Chronology of {0} attached. Could you ring me about room {0} for the interviews?"
    for n in range(8):
        raw = build.mail(
            *("author@meadowlane.example", SERVICE, f"N12 {n}", words.format(n)),
            [("c.docx", paper(f"Agenda {n}"))],
        )
        loaded.mail(raw)
    loaded.once()
    _, _, below = digest(loaded).partition("For your information")
    said = " ".join(below.partition("\n\n")[0].split())
    assert said.count("N12, Meadow Lane Surgery") == 1
    assert "8 times: an e-mail says something besides that a document is attached" in said
    (name,) = names(said, "show --group")
    assert loaded.run("show", "--group", name).status == 0


def test_other_lists_of_the_same_thing_are_one_line_too(loaded: Board) -> None:
    for n in range(7):
        (loaded.folder / "drop" / f"note{n}.docx").write_bytes(b"x" * 1024)
    held_back(loaded, 14)
    with open_application(asked(loaded), working=True) as app:
        now = app.now()
        with app.register.transaction():
            for n in range(7):
                app.spool.take_delivery(MAIL_1, SourceOffer(f"bad {n}"), b"bad %d" % n, now)
            for letter in app.queue.list_letters():
                app.queue.retry_letter(letter, now)
                if letter.id > 7:
                    app.queue.call_back_letter(letter, "what it asked for has come", now)
                    continue
                app.queue.mark_sending(letter)
                app.queue.mark_sent(letter, now)
                app.database.execute_insert(
                    "INSERT INTO bounces (delivery_id, message_id, weight, noted)"
                    " VALUES (?, ?, 'late', ?)",
                    *(1, letter.message_id, now.astimezone(UTC).isoformat()),
                )
        (drop,) = app.drops
        list(drop.list_offers())
        app.strays.record_strays(drop, drop.list_strays(), now)
    told = " ".join(digest(loaded, at="2010-04-01T11:00").split())
    for line in (
        "The drop folder itself, 7 times: something of 7 KB in all, last changed at",
        "7 letters, from 1 to 7, are late, as reports about them say: they are still tried.",
        "N12, Meadow Lane Surgery: 7 letters, from 8 to 14, each the result of a check, were not"
        " sent after all: what it asked for has come.",
    ):
        assert line in told, line
