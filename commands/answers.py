"""`scr-intake answers read MAIL`: how a reply to the digest would be understood."""

from __future__ import annotations

from pathlib import Path

import click

from commands.composition.clock import DEFAULT_ZONE, make_clock
from commands.composition.sources import sender_proof_policies, service_addresses
from commands.global_options import EXIT_USAGE, GlobalOptions, exit_with_message, print_json
from commands.mail_orders.order_claims import officers
from config.kind_loading import load_kinds
from config.settings import Settings, load_settings
from handlers.orders.digest_text import parse_digest
from handlers.orders.order import OrderQuestion, QuestionReason
from handlers.orders.reading import ReplyReading, ReplyRequest
from handlers.orders.reply_reader import ReplyReader
from handlers.orders.standing import AnswerRules, ReplyOutcome, outcome_of_reply
from handlers.sandbox.client import Worker
from intake.source import MAX_CONTENT_BYTES

MAX_DIGEST_BYTES = 256 * 1024

OUTCOME_WORDS: dict[ReplyOutcome, str] = {
    "do": "It would be carried out, and confirmed by one letter.",
    "ask": "One letter would go back, with what has to be asked.",
    "ignore": "Nothing would be done: a program wrote it.",
    "refuse": "Nothing would be done, and its sender would hear nothing: it does not count as the "
    "administrator's answer to this digest.",
}
QUESTION_WORDS: dict[QuestionReason, str] = {
    "not-an-order": "a line begins as an answer and is none",
    "no-number": "an answer has no number",
    "unknown-number": "the digest has no such number",
    "nothing-to-answer": "the digest offers no answer to it",
    "words-missing": "it does not say what is to be told",
    "day-missing": "it does not say until which day",
    "day-impossible": "there is no such day",
    "day-of-week": "that date is another day of the week",
    "day-past": "that day has been",
    "day-far": "that day is more than a year away",
    "day-to-come": "that day is still to come",
    "person-missing": "it does not say whom it is about",
    "place-missing": "it does not say which case, agency and return",
    "question-mark": "it has a question mark",
    "several-in-a-line": "there is more than one answer in its line",
    "line-ends": "it may be the end of the line above it",
    "words-end": "nobody can tell where its words end",
    "day-and-more": "it says more than the day",
    "taken-back": "it takes back what it says",
    "two-answers": "there are two answers to it",
    "crossed-out": "it is crossed out",
    "beside": "the words beside it cast doubt on it",
    "in-quotation": "it stands in what is quoted",
    "hidden-text": "the mail holds words that nobody sees",
    "parts-differ": "the mail says two different things, by how it is shown",
    "too-long": "it is longer than is read",
    "unread": "some of it could not be read",
    "link-alone": "it is done by a link, which says in full what it does",
    "nothing-said": "there is no number with an answer in it",
}


@click.group
def answers() -> None:
    """Show how a reply to a digest would be understood.

    Example: scr-intake answers read reply.eml --digest digest.txt
    """


@answers.command
@click.argument("mail", metavar="MAIL", type=click.Path(path_type=Path))
@click.option(
    "--digest",
    "digest_file",
    required=True,
    metavar="TEXT",
    type=click.Path(path_type=Path),
    help="The digest it answers, as plain text.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def read(asked: GlobalOptions, mail: Path, digest_file: Path, *, as_json: bool) -> None:
    """Show how the reply in the file MAIL would be understood; nothing is done.

    Works without settings; where there are some, its sender has to be the administrator they name,
    proven as its mailbox asks. The example reads it as of that morning.

    Example: scr-intake answers read reply.eml --digest digest.txt --at 2010-05-26T09:00
    """
    settings = _settings(asked)
    zone = settings.board.zone_info if settings else DEFAULT_ZONE
    now = make_clock(zone, asked.at)()
    text = _given(digest_file, MAX_DIGEST_BYTES).decode("utf-8-sig", "replace")
    raw = _given(mail, MAX_CONTENT_BYTES)
    kinds = load_kinds(settings.board.kinds if settings else None)
    with Worker(setup=kinds) as worker:
        reading = ReplyReader(worker).read_reply(raw, ReplyRequest(text, now.date()))
    outcome = outcome_of_reply(raw, reading, _rules(settings), parse_digest(text))
    if as_json:
        print_json(reading_as_json(reading, outcome))
    else:
        print_reading(reading, outcome)


def reading_as_json(reading: ReplyReading, outcome: ReplyOutcome) -> dict[str, object]:
    """The contract of `answers read --json`."""
    counts = outcome in ("do", "ask")
    return {
        "outcome": outcome,
        "orders": [
            {"number": order.number, "word": order.word, "rest": order.rest}
            for order in (reading.orders if counts else ())
        ],
    }


def print_reading(reading: ReplyReading, outcome: ReplyOutcome) -> None:
    click.echo(OUTCOME_WORDS[outcome])
    if outcome not in ("do", "ask"):
        return
    for order in reading.orders:
        click.echo(f"  {order.number} {order.word}{f': {order.rest}' if order.rest else ''}")
    for question in reading.questions:
        click.echo(f"  {_asked_about(question)}: {QUESTION_WORDS[question.why]}.")


def _asked_about(question: OrderQuestion) -> str:
    return "To ask" if question.number is None else f"To ask about {question.number}"


def _settings(asked: GlobalOptions) -> Settings | None:
    """Raises InvalidUserFile."""
    if asked.config.exists():
        return load_settings(asked.config)
    if asked.config != GlobalOptions().config:
        exit_with_message(f"There are no settings in {asked.config}.", EXIT_USAGE)
    return None


def _rules(settings: Settings | None) -> AnswerRules:
    if settings is None:
        return AnswerRules()
    inside = settings.board.inside_mail
    return AnswerRules(
        administrators=frozenset(officers(settings.board)),
        inside=(inside.header.lower(), inside.value.casefold()) if inside else None,
        keyed=settings.board.answers == "keyed",
        mailboxes=tuple(sender_proof_policies(settings).values()),
        ours=service_addresses(settings),
    )


def _given(file: Path, most: int) -> bytes:
    """The whole of a file."""
    try:
        if not file.is_file():
            exit_with_message(f"There is no file {file}.", EXIT_USAGE)
        if file.stat().st_size > most:
            exit_with_message(f"{file} is larger than anything of its kind.", EXIT_USAGE)
        return file.read_bytes()
    except OSError as why:
        exit_with_message(f"{file} cannot be read: {why.strerror}.", EXIT_USAGE)
