"""`make demo`'s path, as it runs where there is no terminal."""

from __future__ import annotations

from pathlib import Path

from tests.board import scr_intake


def test_the_demonstration_shows_the_whole_job(tmp_path: Path) -> None:
    ended = scr_intake("demo", "--folder", tmp_path)
    assert ended.status == 0, ended.err
    for heading in ("The case now", "One acknowledgement", "One rejection", "One chaser",
                    "What the administrator is told", "She replies, and is answered"):  # fmt: skip
        assert heading in ended.out
    assert "could not" not in ended.out
    said = " ".join(ended.out.split())
    assert "Done: assign N12 SCH chronology. N12, SCH: chronology accepted." in said
    assert "To delete it all: rm -r" in said and "double-click it" in said
    sent = tmp_path / "board" / "sent"
    assert str(sent) in ended.out.replace("\n", "")
    assert len(list(sent.glob("*-digest.eml"))) == 1


def test_what_the_demonstration_leaves_can_be_worked_on(tmp_path: Path) -> None:
    scr_intake("demo", "--folder", tmp_path)
    settings = tmp_path / "board" / "scr-intake.toml"
    ended = scr_intake("--config", settings, "--at", "2010-04-20T10:00", "status", "--json")
    chronologies = [agency["returns"][0] for agency in ended.json["cases"][0]["agencies"]]
    states = {row["state"] for row in chronologies}
    assert states == {"accepted", "awaited"}
    assert ended.json["held"] == 0, "the stranger's was assigned by the reply"
