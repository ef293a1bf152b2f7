"""A test link for the administrator: the answer to it says whether their mails are believed."""

from __future__ import annotations

import time
from collections.abc import Iterator

from commands.composition import transports
from commands.doctor.check import DoctorContext, DoctorResult, well_result, wrong_result
from commands.doctor.outgoing import SETTINGS_HINT, sample_letter
from commands.mail_orders.order_claims import trial_stamps
from intake.headers.address import without_sub_address
from intake.keys import read_keys
from intake.order_codes import OrderCodes
from intake.sign_in.accounts import AccountFactory
from outbox.sending.transport import HandoverPostponed, HandoverRefused

TRIAL_SUBJECT = "scr-intake: are your answers believed?"
_NUMBER = -1  # of no letter; where letters are files, not that of the sample
TRIAL_TEXT = """\
This message shows whether the service believes your mails, so that you can settle what a digest
asks by answering it. Press the line below, and send the message that opens as it is:

{}

If you are believed, an answer says so within a few minutes. If none comes, you are not: tell
whoever looks after the service, who finds out why.
"""


def send_trial_link(context: DoctorContext) -> Iterator[DoctorResult]:
    """One letter, to their registered address; nothing where no mail settles anything."""
    board, outbox = context.settings.board, context.settings.outbox
    if board.answers == "off":
        return
    keys = read_keys(context.settings.storage.keys, context.credentials)
    code = OrderCodes(keys).make_code(next(trial_stamps(context.now.date())))
    link = f"mailto:{without_sub_address(outbox.sender)}?subject=test%20{code}&body=test"
    transport = transports.build_transport(
        outbox, outbox.sender, AccountFactory(context.credentials, time.time)
    )
    letter = sample_letter(
        *(context, board.administrator.email, TRIAL_SUBJECT, TRIAL_TEXT.format(link)), id=_NUMBER
    )
    try:
        transport.send(letter)
    except (HandoverPostponed, HandoverRefused) as why:
        yield wrong_result(f"A test link to the administrator was not sent: {why}.", SETTINGS_HINT)
    else:
        yield well_result(
            "A test link was sent to the administrator: its answer says whether they are believed."
        )
    finally:
        transport.disconnect()
