"""The main job from end to end: documents in, entries and letters out."""

from __future__ import annotations

from datetime import date

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])
POLICE = build.make_chronology(build.STORIES["POL"])
AUTHOR = "author@meadowlane.example"


def test_a_good_chronology_dropped_is_accepted_and_its_author_thanked(loaded: Board) -> None:
    loaded.drop("GP", GP)
    assert loaded.once().status == 0
    row = loaded.returns("GP")["chronology"]
    assert (row["state"], row["received"], row["accepted"]) == (
        "accepted",
        "2010-04-01",
        "2010-04-01",
    )
    (letter,) = loaded.answers(AUTHOR)
    assert "accepted, thank you" in letter["Subject"]
    assert letter_plain_text(letter).startswith("Dear Author One")


def test_without_a_case_loaded_by_rehearsal_time_only_the_answer_is_sent(board: Board) -> None:
    """The record begins after the rehearsal's day, so that day has no digest to tell."""
    board.load(at="2026-11-23T10:00")
    board.drop("GP", GP)
    board.once()
    assert [x["To"].addresses[0].addr_spec for x in board.sent()] == [AUTHOR]


def test_a_broken_chronology_is_rejected_naming_every_fault_by_row_and_column(
    loaded: Board,
) -> None:
    broken = build.with_cell(GP, 14, "Date", "31/06/2007")
    broken = build.with_cell(broken, 22, "Source of Information", "")
    broken = build.with_cell(broken, 23, "Source of Information", "")
    broken = build.with_cell(broken, 40, "Time", "eve")
    loaded.drop("GP", broken)
    loaded.once()
    assert loaded.returns("GP")["chronology"]["state"] == "rejected"
    (letter,) = loaded.answers(AUTHOR)
    assert "action needed by 16 April" in letter["Subject"]
    text = letter_plain_text(letter)
    assert "Please make the 3 changes below" in text
    assert "1. Row 14, Date. 31/06/2007 is not a day in the calendar." in text
    assert "Rows 22 and 23, Source of Information. Nothing is entered." in text
    assert "Row 40, Time." in text


def test_running_once_again_changes_nothing(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.drop("POL", build.with_cell(POLICE, 5, "Date", "Feb 2009"))
    loaded.once()
    before = loaded.status(), [bytes(x) for x in loaded.sent()]
    assert loaded.once().out == "Nothing to do.\n"
    assert (loaded.status(), [bytes(x) for x in loaded.sent()]) == before


def test_several_documents_in_one_message_are_judged_apart_and_answered_by_one_letter(
    loaded: Board,
) -> None:
    signed = {"signed": "Commissioner One", "dated": date(2010, 3, 31)}
    loaded.mail(
        build.mail(
            AUTHOR,
            "scr-returns@board.example",
            "N12",
            "Attached.",
            [
                ("a.docx", build.with_cell(GP, 14, "Date", "2009")),
                ("b.docx", build.make_qa_form(**signed)),
                ("c.docx", build.make_statement(**signed)),
            ],
        )
    )
    loaded.once()
    states = {kind: row["state"] for kind, row in loaded.returns("GP").items()}
    assert states["chronology"] == "rejected"
    assert states["qa_form"] == states["evaluation_statement"] == "accepted"
    (letter,) = loaded.answers(AUTHOR)
    text = letter_plain_text(letter)
    assert "Chronology: needs changes" in text
    assert "QA form: accepted" in text
    assert "Evaluation Statement: accepted" in text
    assert "IMR                    still to come" in text


def test_a_message_is_answered_to_its_sender_under_what_it_sent(loaded: Board) -> None:
    raw = build.mail(
        "commissioner@meadowlane.example",
        "scr-returns@board.example",
        "Our chronology",
        "Attached.",
        [("x.docx", GP)],
    )
    loaded.mail(raw)
    loaded.once()
    (letter,) = loaded.answers("commissioner@meadowlane.example")
    sent_id = next(
        line.split(b":", 1)[1].strip().decode()
        for line in raw.splitlines()
        if line.lower().startswith(b"message-id:")
    )
    assert letter["In-Reply-To"] == sent_id
    assert letter["Auto-Submitted"] == "auto-replied"


def test_the_same_file_again_is_one_entry_thanked_once_more(loaded: Board) -> None:
    """Failure mode 25, promise 2."""
    loaded.drop("GP", GP)
    loaded.once()
    loaded.drop("GP", GP, "another name.docx")
    loaded.once(at="2010-04-06T10:00")
    _, second = loaded.answers(AUTHOR)
    assert "received again" in second["Subject"]
    assert loaded.returns("GP")["chronology"]["accepted"] == "2010-04-01"


def test_a_mended_version_is_accepted_and_both_dates_are_kept(loaded: Board) -> None:
    loaded.drop("GP", build.with_cell(GP, 14, "Date", "2009"))
    loaded.once()
    loaded.drop("GP", GP)
    loaded.once(at="2010-04-06T10:00")
    row = loaded.returns("GP")["chronology"]
    assert (row["received"], row["accepted"]) == ("2010-04-01", "2010-04-06")


def test_an_unknown_sender_is_held_and_never_answered(loaded: Board) -> None:
    """Failure mode 72."""
    loaded.mail(
        build.mail("someone@elsewhere.example", "b@board.example", "N12", "Hello", [("c.docx", GP)])
    )
    assert loaded.once().status == 1
    assert loaded.status()["held"] == 1
    assert not loaded.answers("someone@elsewhere.example")
    assert {x["To"].addresses[0].addr_spec for x in loaded.sent()} <= {
        "administrator@board.example",
        "author@meadowlane.example",
        "author@shirepolice.example",
    }


def test_automatic_mail_is_recorded_and_never_answered(loaded: Board) -> None:
    """Failure modes 65 and 66."""
    loaded.mail(build.out_of_office(AUTHOR, "scr-returns@board.example"))
    loaded.once()
    assert loaded.status()["deliveries"]["judged"] == 1
    assert not loaded.answers(AUTHOR)


def test_a_document_for_two_possible_cases_is_a_question_never_a_guess(loaded: Board) -> None:
    from tests.board import CASE

    second = CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"')
    assert loaded.load(second).status == 0
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"], reference=""))
    assert loaded.once().status == 1
    states = [
        row["state"]
        for case in loaded.status()["cases"]
        for agency in case["agencies"]
        for row in agency["returns"]
    ]
    assert set(states) == {"awaited"}


def test_a_folder_for_the_case_below_the_agencys_says_which_case_it_is(loaded: Board) -> None:
    from tests.board import CASE

    loaded.load(CASE.replace('"N12"', '"N13"').replace('"N12/A"', '"N13/A"'))
    folder = loaded.folder / "drop" / "GP" / "N13"
    folder.mkdir()
    (folder / "c.docx").write_bytes(build.make_chronology(build.STORIES["GP"], reference="N13"))
    loaded.once()
    n12, n13 = loaded.status()["cases"]
    assert n12["agencies"][0]["returns"][0]["state"] == "awaited"
    assert n13["agencies"][0]["returns"][0]["state"] == "accepted"


def test_another_reviews_reference_in_the_boards_own_shape_is_held_by_post_and_by_check(
    loaded: Board,
) -> None:
    """Failure mode 123: whether or not that review is one of the cases here."""
    settings = loaded.folder / "scr-intake.toml"
    shape = '[board]\nreference = "LMN-#"\n'
    settings.write_text(settings.read_text().replace("[board]\n", shape, 1))
    other = build.make_chronology(build.STORIES["GP"], reference="LMN-7")
    path = loaded.drop("GP", other)
    service = "scr-returns@board.example"
    loaded.mail(build.mail(AUTHOR, service, "Our return for LMN-8", "Here.", [("a.docx", GP)]))
    checked = loaded.run("check", path, "--case", loaded.folder / "case.toml", "--agency", "GP")
    assert "would be held" in checked.out
    loaded.once()
    assert not loaded.answers(AUTHOR)
    assert loaded.status()["cases"][0]["agencies"][0]["returns"][0]["state"] == "awaited"


def test_a_late_return_is_chased_once_on_the_next_working_day(loaded: Board) -> None:
    """Failure mode 80c: Monday 19 April is one working day after the due date."""
    loaded.once(at="2010-04-19T09:30")
    loaded.once(at="2010-04-19T15:30")
    (chaser,) = [x for x in loaded.sent(AUTHOR) if "late" in x["Subject"]]
    assert "which was due on Friday 16 April" in letter_plain_text(chaser)
    assert chaser["Auto-Submitted"] == "auto-generated"


def test_what_was_taken_from_the_folder_lies_in_done_under_its_own_name(loaded: Board) -> None:
    path = loaded.drop("GP", GP, "Our chronology.docx")
    loaded.once()
    assert not path.exists()
    done = loaded.folder / "drop" / "GP" / "done" / "2010-04-01" / "Our chronology.docx"
    assert done.read_bytes() == GP


def test_the_digest_comes_each_working_morning_also_when_nothing_happened(loaded: Board) -> None:
    loaded.once(at="2010-03-03T08:00")
    loaded.once(at="2010-03-03T12:00")
    loaded.once(at="2010-03-06T10:00")  # a Saturday
    (digest,) = loaded.sent("administrator@board.example")
    assert digest["Subject"].endswith("Wednesday 3 March: nothing needs you")


def signed(day: date) -> dict[str, object]:
    return {"signed": "Commissioner One", "dated": day}


def gp_imr(dated: date) -> bytes:
    return build.make_imr(
        agency="Meadow Lane Surgery",
        author="Author One",
        commissioner="Commissioner One",
        dated=dated,
    )


def rules_told(board: Board, kind: str) -> set[str]:
    """The rules of the latest entry of a kind, read from the register itself."""
    from commands.composition.app import open_application
    from commands.global_options import GlobalOptions

    with open_application(GlobalOptions(board.folder / "scr-intake.toml", None)) as app:
        (place,) = app.register.people.places_of_agency("GP")
        entries = app.register.entries.entries_of_agency(place.agency_id)
        latest = [entry for entry in entries if entry.kind == kind][-1]
        return {finding.rule for finding in latest.told.findings}


def test_a_qa_form_that_calls_a_late_report_punctual_is_a_question(loaded: Board) -> None:
    loaded.drop("GP", gp_imr(date(2010, 6, 1)), "imr.docx")
    loaded.once(at="2010-06-02T10:00")
    loaded.drop("GP", build.make_qa_form(**signed(date(2010, 6, 2))), "qa.docx")
    loaded.once(at="2010-06-03T10:00")
    assert "answer-contradicts" in rules_told(loaded, "qa_form")
    assert loaded.returns("GP")["qa_form"]["state"] == "referred"


def test_a_qa_form_of_a_punctual_report_is_simply_accepted(loaded: Board) -> None:
    loaded.drop("GP", gp_imr(date(2010, 5, 1)), "imr.docx")
    loaded.once(at="2010-05-04T10:00")
    loaded.drop("GP", build.make_qa_form(**signed(date(2010, 5, 4))), "qa.docx")
    loaded.once(at="2010-05-05T10:00")
    assert loaded.returns("GP")["qa_form"]["state"] == "accepted"


def test_a_statement_signed_before_the_report_beside_it_is_a_question(loaded: Board) -> None:
    statement = build.make_statement(**signed(date(2010, 5, 3)))
    loaded.mail(
        build.mail(
            AUTHOR,
            "scr-returns@board.example",
            "N12",
            "Attached.",
            [("a.docx", statement), ("b.docx", gp_imr(date(2010, 5, 4)))],
        )
    )
    loaded.once(at="2010-05-05T10:00")
    assert "date-before-report" in rules_told(loaded, "evaluation_statement")
