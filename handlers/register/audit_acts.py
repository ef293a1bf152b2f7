"""Every act that the audit log tells of, and which of them only a person does.

What a person did, no source brings again: the journal beside the vault tells of it as well, so that
it is known after a restore.
"""

from __future__ import annotations

from enum import StrEnum


class AuditAct(StrEnum):
    """Its value is what `record.what` keeps, and never changes."""

    # The log's own.
    ROWS_WRITTEN = "rows"  # a row of digests
    SCHEMA_CHANGED = "schema changed"
    # What the service did.
    LOGGED = "logged"
    SET_APART = "set apart"
    CAME_AGAIN = "came again"
    SETTLED = "settled"
    MOVED = "moved"
    ABSENCE = "absence"
    BACK = "back"
    BOUNCE = "bounce"
    CHECK_ASKED = "check asked"
    LETTER_LEFT = "letter left"
    ORIGINALS_LOST = "originals lost"  # by when they were withdrawn
    BACKUP_BEGUN = "backup begun"  # the copy has this, and not how it ended
    BACKED_UP = "backed up"
    BACKUP_STOPPED = "backup stopped"
    VERIFIED = "verified"  # all that is kept was looked through, and is as recorded
    FAULTS_FOUND = "faults found"  # ... and is not
    RESTORED = "restored"
    RECOVERY_BEGUN = "recovery begun"
    RECOVERED = "recovered"
    HEAD_CAUGHT_UP = "mark caught up"  # the one beside the vault had lagged behind
    TAKEN_AGAIN = "taken again"
    HAD_LEFT = "letter had left"
    ORDER_MAIL = "order mail"
    LETTER_KEPT_AGAIN = "letter kept in again"
    HANDED_IN = "handed in"
    TRIAL_BEGAN = "trial began"
    TRIAL_ENDED = "trial ended"
    # What a person did.
    DECIDED = "decided"
    CASE_LOADED = "case loaded"
    MILESTONE_DONE = "milestone done"
    OPENED = "opened"
    OUTBOX_PAUSED = "outbox paused"
    OUTBOX_RESUMED = "outbox resumed"
    LETTER_RELEASED = "letter released"
    LETTER_TRIED_AGAIN = "letter tried again"
    LETTER_CANCELLED = "letter cancelled"
    CLOCK_ACCEPTED = "clock accepted"
    KEYS_ROTATED = "keys rotated"
    REGISTER_ACCEPTED = "register accepted"
    CHASING_LET_GO = "chasing let go"

    @property
    def by_person(self) -> bool:
        """Whether only a person does it."""
        return self in _BY_PEOPLE


_BY_PEOPLE = frozenset(
    {
        *(AuditAct.DECIDED, AuditAct.CASE_LOADED, AuditAct.MILESTONE_DONE, AuditAct.OPENED),
        *(AuditAct.OUTBOX_PAUSED, AuditAct.OUTBOX_RESUMED, AuditAct.LETTER_RELEASED),
        *(AuditAct.LETTER_TRIED_AGAIN, AuditAct.LETTER_CANCELLED, AuditAct.CLOCK_ACCEPTED),
        *(AuditAct.KEYS_ROTATED, AuditAct.REGISTER_ACCEPTED, AuditAct.CHASING_LET_GO),
    }
)
