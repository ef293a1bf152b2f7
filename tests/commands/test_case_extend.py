"""More time for a review: a decision with who agreed it in writing, and the clock that it moves."""

from __future__ import annotations

from tests.board import CASE, Board, Ended

MILESTONES = 'milestones = [{ what = "the first panel meeting", on = 2010-05-03 }]\n'
DATED = CASE.replace("complete_by ", f"{MILESTONES}complete_by ")


def extend(board: Board, to: str, *more: str, at: str = "2010-04-01T10:00") -> Ended:
    words = ("--agreed-by", "The Chair, by letter of 1 April", "--reason", "The court", "--yes")
    return board.run("case", "extend", "N12", "--to", to, *words, *more, at=at)


def shown(board: Board, at: str = "2010-04-01T10:30") -> str:
    return board.run("case", "show", "N12", at=at).out


def test_the_review_gets_more_time_and_the_record_says_who_agreed(loaded: Board) -> None:
    before = loaded.run("case", "show", "N12", "--json").json
    done = extend(loaded, "2010-12-01")
    assert done.status == 0, done.err
    assert "to be complete by Wednesday 1 December 2010; it was Wednesday 1 September" in done.out
    assert "No letter tells of this." in done.out
    assert "To be complete by Wednesday 1 December 2010: 244 days left." in shown(loaded)
    log = loaded.run("audit", "log", "N12").out
    assert "prolong until Wednesday 1 December 2010" in log
    assert "The court (agreed by The Chair, by letter of 1 April)" in log
    assert loaded.run("audit", "verify").status == 0
    after = loaded.run("case", "show", "N12", "--json").json
    assert (before["complete_by"], after["complete_by"]) == ("2010-09-01", "2010-12-01")
    assert before["agencies"] == after["agencies"]


def test_a_later_load_leaves_it_alone_unless_it_changes_the_day(loaded: Board) -> None:
    extend(loaded, "2010-12-01")
    assert loaded.load(CASE.replace("Response to injuries", "Responses")).status == 0
    assert "1 December 2010" in shown(loaded)
    assert loaded.load(CASE.replace("2010-09-01", "2010-10-01")).status == 0
    assert "1 October 2010" in shown(loaded)


def test_it_only_ever_gets_longer_and_never_ends_in_the_past(loaded: Board) -> None:
    assert "an extension ends after that" in extend(loaded, "2010-09-01").err
    assert "is past" in extend(loaded, "2010-10-01", at="2010-11-01T10:00").err
    loaded.run("case", "close", "N12", "--reason", "Published", "--yes")
    assert "N12 is closed" in extend(loaded, "2010-12-01").err


def test_nobody_has_agreed_who_is_not_named(loaded: Board) -> None:
    refused = extend(loaded, "2010-12-01", "--agreed-by", " ")
    assert "should say who agreed to it in writing" in refused.err


def test_status_and_the_case_show_the_clock_and_its_milestones(board: Board) -> None:
    assert board.load(DATED).status == 0
    for words in (("status",), ("case", "show", "N12"), ("case", "list")):
        said = board.run(*words, at="2010-04-01T10:00").out
        assert "To be complete by Wednesday 1 September 2010: 153 days left." in said
        assert "Before that: the first panel meeting, Monday 3 May 2010 (in 32 days)." in said
    said = board.run("status", "--json").json["cases"][0]
    assert said["milestones"] == [{"what": "the first panel meeting", "on": "2010-05-03"}]


def test_past_its_day_it_is_said_first(loaded: Board) -> None:
    first = shown(loaded, "2010-09-02T10:00").splitlines()[0]
    assert first == "Should have been complete by Wednesday 1 September 2010, 1 day ago."


def test_a_milestone_that_is_marked_done_is_told_no_more(board: Board) -> None:
    assert board.load(DATED).status == 0
    late = board.run("digest", "--preview", "--all", at="2010-05-05T09:00")
    assert "the first panel meeting was to be on Monday 3 May 2010" in " ".join(late.out.split())
    done = board.load(DATED.replace("2010-05-03 }", "2010-05-03, done = true }"))
    assert "the milestones have changed" in done.out
    after = board.run("digest", "--preview", "--all", at="2010-05-05T09:00")
    assert "panel meeting" not in after.out


def test_milestones_are_checked_with_the_rest(board: Board) -> None:
    twice = (
        'milestones = [{ what = "Panel", on = 2010-05-03 }, { what = "panel", on = 2009-05-03 }]\n'
    )
    refused = board.load(CASE.replace("complete_by ", f"{twice}complete_by "))
    assert refused.status == 1
    assert "milestones 1, what" in refused.err and "is used more than once" in refused.err
    assert "milestones 2, on" in refused.err and "is before the decision" in refused.err


def test_a_milestone_is_marked_done_by_the_command_that_its_line_prints(board: Board) -> None:
    """It stays so when the case file, which says nothing of that, is loaded again."""
    assert board.load(DATED).status == 0
    at = "2010-05-05T10:00"
    command = "scr-intake case milestone N12 --done 2010-05-03"
    assert command in board.run("digest", "--preview", "--all", at=at).out
    done = board.run(*command.split()[1:], at=at)
    assert done.out == "N12: the first panel meeting, Monday 3 May 2010: done.\n", done.err
    assert "first panel" not in board.run("digest", "--preview", "--all", at=at).out
    again = board.run(*command.split()[1:], at=at)
    assert (again.status, "no milestone on Monday 3 May 2010" in again.err) == (1, True)
    assert board.load(DATED).out == "N12: nothing has changed.\n"
    assert "first panel" not in shown(board, at)
    undone = DATED.replace("on = 2010-05-03", "on = 2010-05-03, done = false")
    assert board.load(undone).status == 0
    assert "first panel" in shown(board, at)
    assert "was marked done" in board.run("audit", "log", "N12").out
    assert board.run("audit", "verify").status == 0
