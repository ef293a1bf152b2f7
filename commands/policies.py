"""What the settings say of letters, as the outbox takes it.

Does: puts the settings, the kinds and the ladder together into the outbox's own values.
Trusts: the settings, which were checked; a board's own ladder is checked here.
Never touches: anything else.
Known limits: none.
"""

from __future__ import annotations

from commands.alerting import alert_after
from commands.other_ways import alert_way
from config.calendar import Calendar
from config.colours import load_colours
from config.kind import Kinds
from config.ladder import TO_CHAIR, load_ladder
from config.settings import Settings
from outbox.caps import Caps
from outbox.deadlines import Diary
from outbox.digest import Terms
from outbox.letter import Recipient
from outbox.policy import Policy


def caps_of(settings: Settings) -> Caps:
    return Caps(settings.outbox.letters_a_person_a_day, settings.outbox.letters_an_hour)


def policy_of(settings: Settings, kinds: Kinds) -> Policy:
    """Raises Refused for a ladder at fault. Without a chair's office nothing is drafted to it."""
    board = settings.board
    administrator, chair = board.administrator, board.chair
    ladder = load_ladder({kind.id for kind in kinds.all}, board.ladder)
    return Policy(
        kinds=kinds,
        ladder=ladder if chair else ladder.without(TO_CHAIR),
        calendar=Calendar.of(board.holidays, board.closed_on),
        administrator=Recipient(administrator.name, administrator.email),
        operator=Recipient("", board.operator),
        chair=Recipient(chair.name, chair.email) if chair else None,
        alert_after=alert_after(settings),
        opens=settings.schedule.office_hours.opens,
        closes=settings.schedule.office_hours.closes,
        digest_at=settings.schedule.digest,
        ask_first_after=settings.schedule.ask_first_after,
        ask_chair_after=settings.schedule.ask_chair_after,
        alert_way=alert_way(settings),
    )


def terms_of(settings: Settings, policy: Policy) -> Terms:
    return Terms(
        at=policy.digest_at,
        administrator=policy.administrator,
        kinds=policy.kinds,
        calendar=policy.calendar,
        colours=load_colours(),
        diary=Diary(settings.board.marking, settings.outbox.sender.rpartition("@")[2]),
    )
