"""The steps of a round by which letters go out: write, look again, hand back, send.

Before anybody is chased the sources are looked at once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from commands.composition.app import Application
from commands.composition.transports import transport_places
from commands.rounds.round_judging import judge_new, note_outages, release_taken
from commands.rounds.round_report import RoundReport
from commands.rounds.take_in import take_in_sources
from config.calendar import moment_in_words
from config.english import count_noun
from handlers.sandbox.protocol import WorkerUnavailable
from intake.source_health import ROUNDS_KEY, OutageKind, transport_outage
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.sending.after_restore import recovery_standing
from outbox.sending.bounces import mark_returned
from outbox.sending.transport_back_off import transport_closure
from outbox.writing.groups import number_range_phrase
from outbox.writing.letter import LADDER_KINDS, Letter


def note_trial(app: Application, report: RoundReport) -> Iterator[None]:
    """Whether letters are only tried, as the settings say by now."""
    app.trial.note_change(app.queue, app.now())
    yield


def tell_what_is_held(app: Application, report: RoundReport) -> Iterator[None]:
    """Each round after a restore says what it does not send, and what lets it go: that no letter
    leaves is in its way, that nobody is chased is said."""
    now = app.now()
    standing = recovery_standing(app.database, now.tzinfo)
    if standing is not None:
        sentence = f"{standing.says.rstrip(':')}: `{standing.command}`"
        if standing.stops_letters:
            report.add_troubles(sentence)
        else:
            report.held = sentence
    yield


def write_letters(app: Application, report: RoundReport) -> Iterator[None]:
    """Letters that are due, into the queue: none before a restored register has what came since,
    since they may have left already."""
    back = mark_returned(app.database, app.queue)
    report.add_troubles(*(f"Letter {x.id} came back undelivered." for x in back))
    if app.gate.awaits_recovery():
        yield
        return
    derived = app.correspondence.queue_due_letters(app.now())
    report.queued += derived.queued
    report.add_troubles(*derived.troubles)
    yield


def write_failed_letters(app: Application, report: RoundReport) -> Iterator[None]:
    """Letters that ended the service when they were last worked out: everybody else's have left."""
    if app.gate.awaits_recovery():
        yield
        return
    derived = app.correspondence.queue_failed_letters(app.now())
    report.queued += derived.queued
    report.add_troubles(*derived.troubles)
    report.more |= bool(derived.queued)
    yield


def recheck_sources(app: Application, report: RoundReport) -> Iterator[None]:
    """Before anybody is chased: what they sent in the meantime is taken in, and what need not go
    any more is called back."""
    now = app.now()
    chasers = (app.queue.get_if_ready(id) for id in app.queue.ready_letter_ids(now, LADDER_KINDS))
    if any(letter and app.gate.find_obstacle(letter, now) is None for letter in chasers):
        for step in (take_in_sources, judge_new, release_taken, note_outages, write_letters):
            yield from step(app, report)


def hand_back_receipts(app: Application, report: RoundReport) -> Iterator[None]:
    """Receipts, into the folders that files came from."""
    if app.receipts is None:
        return
    try:
        for trouble in app.receipts.put_due_receipts(app.now()):
            if trouble:
                report.add_troubles(trouble)
            yield
    except WorkerUnavailable as why:
        report.add_troubles(str(why))


def send_letters(app: Application, report: RoundReport) -> Iterator[None]:
    """Letters that may go, by the way that is theirs."""
    done = app.dispatcher.send_ready_letters(app.now())
    report.sent += done.sent
    zone = app.settings.board.zone_info
    report.add_troubles(*(postponed_sentence(x, zone) for x in done.postponed))
    report.add_troubles(*(f"Letter {x.id} could not be sent: {x.answer}." for x in done.failed))
    report.add_troubles(*(f"Letter {x.id} is held back: {x.answer}." for x in done.held_back))
    report.said += [capped_sentence(same, zone) for same in _for_one_reason(done.waits)]
    report.said += [f"Letter {x.id} is not sent: {x.answer}." for x in done.spared]
    _see_to_the_ways(app, report)
    yield


def postponed_sentence(letter: Letter, zone: ZoneInfo) -> str:
    """Why its last try did not succeed, how many there were, and when the next is."""
    return (
        f"Letter {letter.id} could not be sent yet: {letter.answer}. Tried"
        f" {count_noun(letter.tries, 'time')}{_next(letter, zone)}."
    )


def capped_sentence(letters: Sequence[Letter], zone: ZoneInfo) -> str:
    """What waits for room under a cap, for one reason."""
    ids = [letter.id for letter in letters]
    which = (
        f"Letter {ids[0]} waits"
        if len(ids) == 1
        else f"{number_range_phrase('letters', ids)}, wait"
    )
    return f"{which}: {letters[0].answer}{_next(letters[0], zone)}."


def _for_one_reason(letters: Iterable[Letter]) -> list[list[Letter]]:
    found = defaultdict[str, list[Letter]](list)
    for letter in letters:
        found[letter.answer].append(letter)
    return list(found.values())


def _next(letter: Letter, zone: ZoneInfo) -> str:
    at = letter.not_before
    return f"; next at {moment_in_words(at.astimezone(zone))}" if at else ""


def _see_to_the_ways(app: Application, report: RoundReport) -> None:
    """One that takes no letters is an outage from the first round that meets it to the last."""
    names = {place for place, _ in transport_places(app.settings.outbox)}
    away = {transport_outage(w.transport): w for w in app.transport_waits.list_waits()}
    for wait in list(away.values()):
        if wait.transport not in names:  # it is not in the settings any more
            app.transport_waits.note_available(wait.transport)
            del away[transport_outage(wait.transport)]
    ended = {outage.of for outage in app.outages.current_outages()} - away.keys()
    app.outages.record_round(
        {of: transport_closure(wait) for of, wait in away.items()},
        {of for of in ended if of.kind is OutageKind.TRANSPORT},
        app.now(),
    )
    report.closed = [wait.transport for wait in away.values()]
    report.add_troubles(*(f"Letters cannot leave: {wait.answer}." for wait in away.values()))


def mark_round_ended(app: Application, report: RoundReport) -> Iterator[None]:
    """The round has ended: what a monitor asks for."""
    app.source_activity.record_answers({ROUNDS_KEY}, app.now())
    yield


def check_digest_sent(app: Application, report: RoundReport) -> Iterator[None]:
    """A digest that is late is an outage of its own until a digest has left; the next round writes
    the alert. The digest of a new day, whose hour has not come, does not end the outage."""
    late, left = app.digests.overdue_reason(app.now()), app.digests.has_newest_left()
    app.outages.record_round(
        {DIGEST_OUTAGE: late} if late else {}, (DIGEST_OUTAGE,) if left else (), app.now()
    )
    if late is not None:
        report.add_troubles(late.sentence)
    yield
