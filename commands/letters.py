"""`scr-intake letters`: what is queued, sent and failed; `letters show ID` prints one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import click

from commands.composition.app import Application, open_application
from commands.decisions.grouped import GROUP_OPTION, ID_ARGUMENT, id_or_group
from commands.decisions.grouped_letters import (
    CANCEL,
    RELEASE,
    RELEASE_ALL,
    RETRY,
    act_on_group,
    call_back_outdated,
    closed_address_words,
    drop_stopped_group,
    drop_stopped_letter,
    group_letters,
    lines_by_agency,
)
from commands.global_options import (
    EXIT_ATTENTION,
    GlobalOptions,
    exit_with_message,
    print_json,
    print_lines,
)
from commands.outbox import sending_outlooks
from commands.preview import preview
from outbox.due.stopped_letters import StoppedLetter, StoppedLetters
from outbox.sending import bounces
from outbox.sending.letter_queue import RESTING_STATES
from outbox.sending.overtaken import overtaken_reason
from outbox.sending.waiting_letters import SendingOutlook
from outbox.writing.letter import CHAIR_KINDS, Letter, LetterState
from outbox.writing.letter_text import letter_plain_text, parse_letter

_GONE: dict[LetterState, str] = {
    "sending": "was being sent when the service last stopped: nobody knows whether it has gone.",
    "sent": "has been sent.",
    "cancelled": "was cancelled already.",
    "called back": "was called back before it left, and a new one is written if it is needed.",
}


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def letters(context: click.Context, as_json: bool) -> None:
    """Show what is queued, sent and failed.

    Below each that waits stands why it does, how often it was tried and when it goes. Last come
    those that the guard stops, and that are not written. Exit status 1 when one waits
    for a person: it is stopped, failed for good, came back, was held back, or is a draft to be
    released.

    Example: scr-intake letters
    """
    if context.invoked_subcommand is not None:
        context.default_map = {"show": {"as_json": as_json}}  # wherever --json was typed
        return
    asked: GlobalOptions = context.obj
    with open_application(asked) as app:
        found = app.queue.list_letters()
        stopped = list(StoppedLetters(app.database).list_stopped())
        if as_json:
            print_json([*_all_as_json(app, found), *map(_stopped_as_json, stopped)])
        else:
            lines = [*_lines(app, found), *(told for one in stopped for told in _told(one))]
            print_lines(*lines or ["No letter has been written yet."])
    if stopped or any(letter.state in RESTING_STATES for letter in found):
        raise click.exceptions.Exit(EXIT_ATTENTION)


@letters.command
@ID_ARGUMENT
@GROUP_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the text.")
@click.pass_obj
def show(asked: GlobalOptions, id: int | None, group: str | None, as_json: bool) -> None:
    """Print one letter.

    With --group, all that a line of a digest told, a line each.

    Example: scr-intake letters show 3
    """
    one = id_or_group(id, group)
    with open_application(asked) as app:
        if one is None:
            found = group_letters(app, group or "")
            if as_json:
                print_json(_all_as_json(app, found))
            else:
                click.echo("\n".join(map(_line, found)))
            return
        letter = _letter(app, one)
        reports = bounces.reports_about_letter(app.database, one)
        (told,) = _all_as_json(app, [letter])
        zone = app.settings.board.zone_info
    if as_json:
        says = {"reports": [bounces.report_as_json(each) for each in reports]} if reports else {}
        print_json(told | {"text": letter_plain_text(parse_letter(letter.message))} | says)
    else:
        lines = [bounces.report_sentence(each, zone) for each in reports]
        click.echo("\n".join([*lines, *[""] * bool(lines), letter_as_read(letter)]))


@letters.command
@ID_ARGUMENT
@GROUP_OPTION
@click.pass_obj
def retry(asked: GlobalOptions, id: int | None, group: str | None) -> None:
    """Let a letter go that could not be sent, came back or was held back.

    The same letter goes with the next round, unless what it tells is not so any more. A reader
    whose mail came back is written to again. With --group, all that a line of a digest told and
    that still rest, or wait for their reader's next day.

    Example: scr-intake letters retry 3
    """
    one = id_or_group(id, group)
    with open_application(asked) as app:
        back = call_back_outdated(app)
        if one is None:
            click.echo(act_on_group(app, group or "", RETRY))
            return
        _still_so(app, one, back)
        letter = _movable(app, one)
        if letter.state == "draft":
            exit_with_message(
                f"Letter {id} is a draft. To send it: `scr-intake letters release {id}`"
            )
        with app.register.transaction():
            RETRY.carry_out(app, letter)
    click.echo(f"Letter {id} goes with the next round.")


@letters.command
@ID_ARGUMENT
@GROUP_OPTION
@click.option("--yes", is_flag=True, help="Do not ask about a group; do it.")
@click.pass_obj
def release(asked: GlobalOptions, id: int | None, group: str | None, yes: bool) -> None:
    """Let a draft go, such as the letter to the chair's office.

    It goes with the next round, unless what it asks for has come or is decided meanwhile. With
    --group, all that a line of a digest told and that still wait: what would go is told by agency
    and asked about first, and goes in office hours, as many as the caps allow.

    Example: scr-intake letters release 3
    """
    one = id_or_group(id, group)
    with open_application(asked) as app:
        back = call_back_outdated(app)
        if one is None:
            _release_all(app, group or "", yes=yes)
            return
        _still_so(app, one, back)
        letter = _movable(app, one)
        if letter.state != "draft":
            exit_with_message(f"Letter {id} is not a draft. Nothing was changed.")
        with app.register.transaction():
            RELEASE.carry_out(app, letter)
    click.echo(f"Letter {id} goes with the next round.")


def _release_all(app: Application, name: str, *, yes: bool) -> None:
    go = list(lines_by_agency(app, name, RELEASE_ALL))
    if go:
        print_lines("What would go:", *(f"  {line}" for line in go))
    if go and not yes and not click.confirm("Go on?"):
        exit_with_message("Nothing was changed.")
    click.echo(act_on_group(app, name, RELEASE_ALL))


@letters.command
@ID_ARGUMENT
@GROUP_OPTION
@click.pass_obj
def cancel(asked: GlobalOptions, id: int | None, group: str | None) -> None:
    """Do not send a letter. It is kept, and not written again.

    Where it came back, its reader's address stays closed: nothing is sent there until somebody says
    that it works, by `letters retry` or `contact back`. With --group, none of those that a line of
    a digest told and that still rest.

    Example: scr-intake letters cancel 3
    """
    one = id_or_group(id, group)
    with open_application(asked) as app:
        if one is None:
            click.echo(act_on_group(app, group or "", CANCEL))
            return
        letter = _movable(app, one)
        with app.register.transaction():
            CANCEL.carry_out(app, letter)
        closed = closed_address_words(app, [letter])
    click.echo(f"Letter {id} will not be sent.{closed}")


@letters.command
@click.argument("key", metavar="[KEY]", required=False)
@GROUP_OPTION
@click.pass_obj
def drop(asked: GlobalOptions, key: str | None, group: str | None) -> None:
    """Have a letter that the guard stops not written: you tell its reader yourself.

    The list of letters has their keys. With --group, none of those that a line of a
    digest told and that are still stopped.

    Example: scr-intake letters drop answer/3/1
    """
    if (key is None) == (group is None):
        raise click.UsageError("Give either a KEY or --group.")
    with open_application(asked) as app:
        if key is None:
            click.echo(drop_stopped_group(app, group or ""))
            return
        if key not in {one.key for one in StoppedLetters(app.database).list_stopped()}:
            exit_with_message(
                f"No letter {key} is stopped. To list those that are: `scr-intake letters`"
            )
        with app.register.transaction():
            drop_stopped_letter(app, key)
    click.echo("It will not be written.")


letters.add_command(preview)


def _letter(app: Application, id: int) -> Letter:
    letter = app.queue.get(id)
    if letter is None:
        exit_with_message(f"There is no letter {id}. To list them: `scr-intake letters`")
    return letter


def _still_so(app: Application, id: int, back: Mapping[int, str]) -> None:
    """Ends the command where what the letter tells is not so any more, whatever became of it."""
    letter = app.queue.get(id)
    if letter is not None and letter.state == "called back":
        before = "" if id in back else " before it left"
        says = f"Letter {id} was called back{before}: {letter.answer}. It does not go."
        exit_with_message(f"{says} {_in_its_place(app, letter)}")
    why = overtaken_reason(app.database, id)
    if why is not None and _letter(app, id).state == "undelivered":
        exit_with_message(f"Letter {id} does not go: {why}. Nothing was changed.")


def _in_its_place(app: Application, letter: Letter) -> str:
    """Where the draft stands that says what this one would have."""
    if letter.kind not in CHAIR_KINDS:
        return "A new one is written with the next round if it is needed."
    like = (letter.kind, letter.agency_id)
    waiting = app.queue.letters_on_the_way((letter.kind,))
    drafts = [x for x in waiting if x.state == "draft" and x.id > letter.id]
    newer = [one.id for one in drafts if (one.kind, one.agency_id) == like]
    if not newer:
        return "A new one is drafted with the next round if it is needed."
    show, send = (f"`scr-intake letters {do} {newer[-1]}`" for do in ("show", "release"))
    return f"Letter {newer[-1]} is drafted in its place. To read it: {show} To send it: {send}"


def _movable(app: Application, id: int) -> Letter:
    letter = _letter(app, id)
    if letter.state in _GONE:
        exit_with_message(f"Letter {id} {_GONE[letter.state]} Nothing was changed.")
    return letter


def letter_as_read(letter: Letter) -> str:
    """A letter as its reader sees it: who, to whom, about what, and the text."""
    message = parse_letter(letter.message)
    heads = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Date")]
    return "\n".join([*heads, "", letter_plain_text(parse_letter(letter.message))])


def _lines(app: Application, letters: Sequence[Letter]) -> Iterator[str]:
    """Each in its line, and below one that waits what it waits for."""
    looks = sending_outlooks(app)
    for letter in letters:
        yield _line(letter)
        outlook = looks.outlook_for(letter)
        if outlook is not None and outlook.has_obstacle:
            yield f"{'':>5}  {outlook.outlook_sentence(app.settings.board.zone_info)}"


def _all_as_json(app: Application, letters: Sequence[Letter]) -> list[dict[str, object]]:
    looks = sending_outlooks(app)
    return [_as_json(letter, looks.outlook_for(letter)) for letter in letters]


def _as_json(letter: Letter, outlook: SendingOutlook | None) -> dict[str, object]:
    message = parse_letter(letter.message)
    return {
        "id": letter.id,
        "kind": letter.kind,
        "state": letter.state,
        "trial": letter.trial,
        "to": letter.recipient,
        "subject": str(message["Subject"]),
        "message_id": letter.message_id,
        "queued": letter.queued.isoformat(),
        "sent": letter.sent.isoformat() if letter.sent else None,
        "tries": letter.tries,
        "answer": letter.answer,
        **(outlook.outlook_as_json() if outlook else {"why": "", "last_try": "", "next": None}),
    }


def _stopped_as_json(letter: StoppedLetter) -> dict[str, object]:
    return {
        "id": None,
        "key": letter.key,
        "kind": letter.kind,
        "state": "stopped",
        "case": letter.case,
        "agency": letter.code,
        "to": letter.to,
        "entries": list(letter.entries),
        "since": letter.since.isoformat(),
    }


def _told(letter: StoppedLetter) -> Iterator[str]:
    """One that the guard stops: what it would tell whom, and the ways on."""
    yield f"{'-':>5}  {'stopped':<11} {letter.kind:<16} {letter.digest_need.says}"
    yield f"{'':>5}  {letter.digest_need.command}"


def _line(letter: Letter) -> str:
    subject = parse_letter(letter.message)["Subject"]
    state = "tried" if letter.trial and letter.state == "sent" else letter.state
    return f"{letter.id:>5}  {state:<11} {letter.kind:<16} {letter.recipient:<36} {subject}"
