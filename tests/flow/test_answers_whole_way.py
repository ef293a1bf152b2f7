"""The administrator settles what the digest asks from a mailbox of a real server: Postfix takes the
mail in and sends the answer out, Dovecot keeps it, the service is a process of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.flow.post import until
from tests.flow.test_whole_way import QUIET, World, refusing, server, world  # noqa: F401

ASKS = "We cannot send the IMR by 28 May, could we have until 11 June? Our author is ill."
INSIDE = {"X_MS_Exchange_Organization_AuthAs": "Internal"}
DIGEST, ANSWERED = "2010-03-16T08:05", "2010-03-16T09:10"


@pytest.fixture
def desk(world: World) -> Iterator[World]:  # noqa: F811
    """A board whose administrator has a mailbox of their own, and believes its server's word."""
    file = world.board.folder / "scr-intake.toml"
    said = 'inside_mail = { header = "X-MS-Exchange-Organization-AuthAs", value = "Internal" }\n'
    text = file.read_text().replace("administrator@board.example", admin(world))
    file.write_text(text.replace("answers ", f"{said}answers ", 1).replace('"keyed"', '"proven"'))
    with world.at_work(QUIET):
        world.arrive(build.mail(world.surgery, world.us, "N12", ASKS, ()), world.surgery)
        until(lambda: world.judged() == 1)
    with world.at_work(DIGEST):
        until(lambda: any("1 needs you" in str(x["Subject"]) for x in world.letters(admin(world))))
    yield world


def admin(world: World) -> str:  # noqa: F811
    return f"admin-{world.name}@board.example"


def answers(world: World) -> list[EmailMessage]:  # noqa: F811
    return [x for x in world.letters(admin(world)) if x["X-SCR-Intake"] == "confirmation"]


def link(world: World, label: str) -> tuple[str, str]:  # noqa: F811
    """Subject and body of a link of the digest."""
    told: Any = json.loads(world.board.run("digest", "--json", at=ANSWERED).out)
    found = next(
        x["mailto"] for ask in told["asks"] for x in ask["links"] if x["label"].startswith(label)
    )
    return subject_and_body(str(found))


def shown_link(letter: EmailMessage, label: str) -> tuple[str, str]:
    """Subject and body of a link that a letter shows."""
    page = letter.get_body(("html",))
    assert page is not None
    found = re.search(rf'href="(mailto:[^"]+)"[^>]*>\s*{label}', page.get_content())
    assert found is not None, label
    return subject_and_body(unescape(found[1]))


def subject_and_body(mailto: str) -> tuple[str, str]:
    _, _, rest = mailto.partition("?subject=")
    subject, _, body = rest.partition("&body=")
    return unquote(subject), unquote(body)


def test_a_link_of_the_digest_is_pressed_and_answered_and_a_forged_one_is_not(
    desk: World,
) -> None:
    subject, body = link(desk, "more time until 11 June")
    forged = build.mail(admin(desk), desk.us, subject, body, ())
    hers = build.mail(admin(desk), desk.us, f"RE: {subject}", body, (), **INSIDE)
    with desk.at_work(ANSWERED):
        desk.arrive(forged, admin(desk))
        until(lambda: desk.judged() == 2)
        assert desk.board.returns("GP", at=ANSWERED)["imr"]["due"] == "2010-05-28"
        assert answers(desk) == []
        desk.arrive(hers, admin(desk))
        until(lambda: len(answers(desk)) == 1)
    answer = " ".join(letter_plain_text(answers(desk)[0]).split())
    assert "Done: more time until Friday 11 June 2010." in answer
    assert desk.board.returns("GP", at=ANSWERED)["imr"]["due"] == "2010-06-11"
    with desk.at_work("2010-03-16T10:00"):
        until(lambda: any("more time" in str(x["Subject"]) for x in desk.letters(desk.surgery)))


def test_an_original_leaves_by_mail_over_a_proven_server_to_her_alone_and_is_in_the_audit_log(
    desk: World,
) -> None:
    file = desk.board.folder / "scr-intake.toml"
    text, line = file.read_text(), '# originals     = "folder"'
    assert line in text
    file.write_text(text.replace(line, 'originals = "mail"'))
    subject, body = link(desk, "details")
    with desk.at_work(ANSWERED):
        desk.arrive(build.mail(admin(desk), desk.us, subject, body, (), **INSIDE), admin(desk))
        until(lambda: len(answers(desk)) == 1)
        subject, body = shown_link(answers(desk)[0], "send me")
        hers = build.mail(admin(desk), desk.us, subject, body, (), Cc="pat@board.example", **INSIDE)
        desk.arrive(hers, admin(desk))
        until(lambda: len(answers(desk)) == 2)
    answer = answers(desk)[-1]
    assert str(answer["To"]).endswith(f"<{admin(desk)}>") and answer["Cc"] is None
    (paper,) = answer.iter_attachments()
    assert paper.get_filename() == "entry-1.txt"
    assert ASKS.encode() in paper.get_content()
    told = desk.board.run("audit", "log", "N12", at=ANSWERED).out
    assert "A copy of entry 1 was handed to The Administrator, who asked for it by mail." in told
