"""`make demo`'s path, as it runs where there is no terminal."""

from __future__ import annotations

from pathlib import Path

from tests.board import scr_intake


def test_the_demonstration_shows_the_whole_job(tmp_path: Path) -> None:
    ended = scr_intake("demo", "--folder", tmp_path)
    assert ended.status == 0, ended.err
    for heading in ("The case now", "One acknowledgement", "One rejection", "One chaser"):
        assert heading in ended.out
    assert "could not" not in ended.out
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
    assert ended.json["held"] == 1
