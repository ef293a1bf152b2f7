"""The table of checks, in the order in which people read them.

Does: says which checks there are.
Trusts: nothing.
Never touches: what a check does.
Known limits: none.
"""

from __future__ import annotations

from commands.doctor.alerts import alerts
from commands.doctor.check import Check
from commands.doctor.clock import the_clock
from commands.doctor.digest import digest
from commands.doctor.drop import drop_folder
from commands.doctor.mailboxes import mailboxes
from commands.doctor.outgoing import outgoing
from commands.doctor.sample import sample
from commands.doctor.secrets import secrets
from commands.doctor.signatures import signatures
from commands.doctor.storage import privacy, room, storage
from commands.doctor.words import words

CHECKS = (
    Check("Clock", the_clock),
    Check("Secrets", secrets),
    Check("Mailboxes", mailboxes),
    Check("Drop folder", drop_folder),
    Check("Letters", outgoing),
    Check("Alerts", alerts),
    Check("Words of letters", words),
    Check("Digest", digest),
    Check("Signatures", signatures),
    Check("What is kept", storage),
    Check("Room", room),
    Check("Privacy", privacy),
)

# Only when it is asked for, since it does more than look.
SENDING = Check("A sample letter", sample)
