"""What sample alerts say to the operator.

Does: holds the facts of an alert of each sort.
Trusts: nothing.
Never touches: the service; all of it is made up.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import replace

from outbox.facts import AlertFacts

ALERT = AlertFacts(
    about="source",
    what="the drop folder",
    said="The drop folder is not there, or the file .scr-intake is not in it.",
    fix="See whether the share is mounted on this machine.",
    since="10:15am on Thursday 1 April 2010",
    over="",
)
SLIPS = AlertFacts(
    about="templates",
    what="templates",
    said='rejection.txt.j2, line 3: asks for "deadline", which this letter does not have.'
    " It has letter.to, letter.case, letter.by.\nchaser.txt.j2, line 1: the first line does not"
    ' begin with "Subject: ". Begin the file with such a line.',
    fix="Mend them in the folder that `letters` in the settings names.",
    since=ALERT.since,
    over="",
)
UNWRITTEN = AlertFacts(
    about="letters",
    what="decision",
    said="The letter would tell somebody what is not theirs to know. It does not go.",
    fix="The administrator should look at what was last decided for it, and say it in other words.",
    since=ALERT.since,
    over="",
)
UNSENT = AlertFacts(
    about="digest",
    what="the daily digest",
    said="The digest could not be sent yet: the mail server did not take the password.",
    fix="To try each way that letters leave: `scr-intake doctor`",
    since="10:00am on Thursday 1 April 2010",
    over="",
)
CLOSED = AlertFacts(
    about="way",
    what="outbox",
    said="The mail server did not take the password.",
    fix="To try each way that letters leave: `scr-intake doctor`",
    since=ALERT.since,
    over="",
)
UNABLE = replace(CLOSED, about="judging", said="The confined worker is not there.")
DOUBTED = replace(CLOSED, about="clock", said="The clock is 400 days after the last round.")
ASIDE = replace(
    CLOSED,
    about="aside",
    what="aside/3",
    said="Delivery 3 could not be judged after three tries. It is kept, and waits as entry 5.",
    fix="To see whose it is and what can be done: `scr-intake show 5`",
)
SHUT = replace(CLOSED, about="kept", said="The vault cannot be written.", fix="See who owns it.")
NO_ROOM = replace(CLOSED, about="disk", said="2% of the disk is free.", fix="Make room.")
