"""How much one round may do, so that a backlog of one step holds up no other (failure mode 112).

How long a way of ours is left alone once it did not work is `outbox/sending/retry_waits.py`.
"""

from __future__ import annotations

from outbox.sending.letter_dispatcher import SendingLimits

STEP_SECONDS = 20.0  # of each step; what it has in hand then is done to its end
# What all documents of one delivery may take together: well within the service's watchdog.
DELIVERY_SECONDS = 180.0
STRANGERS_PER_ROUND = 20  # messages of people who are not registered
RELEASE_BATCH = 100  # messages of one mailbox, let go at once
# Sending runs beside the round and goes on as soon as one such piece is done.
SENDING_LIMITS = SendingLimits(letters=50, seconds=30, waits=False)
