"""Small talk asks nothing of anybody, whatever stands below it; what says anything is none."""

from __future__ import annotations

import pytest

from handlers.senders.covering_note import is_small_talk, without_thanks
from intake.message.body import sender_own_sentences
from tests.each_case import each_case

CONFIDENTIAL = (
    "This e-mail and any attachments are confidential and intended solely for the use of the"
    " individual to whom it is addressed. If you are not the named recipient you must not copy it."
)
BLOCK = "Jo Bloggs\nSafeguarding Lead\nMeadow Lane Surgery\nTel: 01234 567890 | www.x.example"
SMALL = [
    "Thanks",
    "Thank you, noted.",
    "Dear Administrator\nMany thanks for your reminder.\nKind regards",
    "Diolch yn fawr.",
    f"Thanks,\n\n{BLOCK}",
    "Thank you very much.\n\nKind regards\n\nJo Bloggs | Named GP\nMeadow Lane | 01234 567890",
    "Thanks. Kind regards, Jo",
    "Thx\nJ",
    f"Noted, thanks.\n\nA. Writer\n\n{CONFIDENTIAL}",
    f"Thanks\n\n*****\nThe information in this e-mail is confidential. {CONFIDENTIAL}\n*****",
    "Thanks!\n\nFrom: us@board.example\nSent: today\n\nPlease attach the chronology",
    "CAUTION: This email originated from outside the council.\n\nThanks, received.\n\nA. One",
    "Many thanks\nJo\n\nDr Jo Bloggs MBBS\nNamed GP for Safeguarding\nWorking days: Mon, Tue, Thu",
    "Just to say the templates for N12 arrived safely, many thanks. Will be in touch.\n\nJo Bloggs",
    "Thanks, will do",
    "Thanks for confirming, much appreciated. You have the right version now.\n\nJo",
    "No problem, thank you.",
    "Lunch?",
    f"Fancy lunch on Friday?\n\nJo\n\n{BLOCK}\nShire Police - Protecting Our Communities",
    f"Happy Christmas to you all!\n{BLOCK}\n\n{CONFIDENTIAL}",
]
# As people say thanks and that something reached them, each another way.
THANKS = [
    "All received safely and passed to the team.",
    "All received safely, thanks.",
    "Received with thanks.",
    "Thank you, I have passed this on to our author.",
    "Thanks, shared with the team.",
    "I acknowledge receipt of your email.",
    "Receipt acknowledged.",
    "This is to confirm receipt of your letter.",
    "Much appreciated.",
    "Thank you for the reminder, it is noted.",
    "That's great, thank you.",
    "That is really helpful, thank you so much.",
    "Thank you so much, that is really helpful.",
    "Thank you so much, that is really helpful. Have a lovely weekend when it comes!",
    "Cheers, all received :-)",
    "Ta, got it safely.",
    "Thanks for coming back to me so quickly.",
    "Thanks, all clear now.",
    "Thanks, I've forwarded this to my manager.",
    "Thank you, safely received and filed.",
    "Both emails have arrived, many thanks.",
    "Thanks for your patience and understanding.",
    "Cheers, all good.",
    "Wonderful, thanks.",
    "No reply needed, just to say thank you.",
    "Thanks, I've let colleagues know.",
    "Your letter reached us safely. We have circulated it to all concerned.",
]
# The same with a wish, a question, or news in it.
MORE_THAN_THANKS = [
    "All received safely and passed to the team. Could you send the template again?",
    "Received with thanks, please confirm that this is all.",
    "Passed to our author, who will be late.",
    "All received safely. Our author has left.",
    "Please pass this on to the team.",
    "Thank you, I have passed this on to the police.",
    "Our author passed it to nobody.",
    "Received, but it does not open.",
    "Have you received it",
    "Our author is back.",
    "All clear now, thanks. The IMR comes on Friday.",
]
SAYS_SOMETHING = [
    "",
    CONFIDENTIAL,
    BLOCK,
    "Thank you. When is the panel?",
    "When is the panel?\n\nJo Bloggs\nNamed GP",
    "Noted, it will be late.",
    "Thanks, it will be late",
    "Thanks, templates arrived. The chronology will be late.",
    "No email received, thanks",
    "Thanks. No templates arrived",
    "Many thanks, will be in touch about the IMR",
    "Thank you: https://x.example/",
    f"Thanks. The chronology will be late\n\n{BLOCK}",
    f"Thanks\nI will send the IMR on Friday\n{BLOCK}",
    f"Thanks\n\nPlease note Dr Smith has left\n{BLOCK}",
    "Thank you\n\nJo Bloggs no longer works here\nPlease write to Al",
    "Thanks\n\nIMR Friday",
    "Thanks\n\nExtension to 30 April",
    "Thanks\nFriday 23 April\nJo",
    "Can we have more time?",
    "Friday?",
    "Thanks\nMother Seen At Home",
]


def test_small_talk_is_told_from_what_says_anything() -> None:
    """Issue 12: quoted text, banners, footers and signatures are not the sender's words."""
    missed = [
        x for x in SMALL if not is_small_talk("Re: SCR N12", sender_own_sentences(x, "J Bloggs"))
    ]
    taken = [
        x
        for x in SAYS_SOMETHING
        if is_small_talk("RE: SCR N12", sender_own_sentences(x, "J Bloggs"))
    ]
    assert (missed, taken) == ([], [])


def test_only_thanks_are_for_information_however_they_are_put() -> None:
    def taken(words: str) -> bool:
        return is_small_talk("RE: SCR N12", sender_own_sentences(f"{words}\n\nJo", "J Bloggs"))

    assert [words for words in THANKS if not taken(words)] == []
    assert [words for words in MORE_THAN_THANKS if taken(words)] == []


def test_a_subject_of_its_own_may_say_something() -> None:
    for subject in (
        "",
        "N12",
        "N12 templates",
        "Thanks",
        "[EXTERNAL] Re: when is it due?",
        "SCR N12: lunch?",
    ):
        assert is_small_talk(subject, "Thanks"), subject
    for subject in ("When is the panel?", "N12: more time", "Chronology", "[EXTERNAL] Extension"):
        assert not is_small_talk(subject, "Thanks"), subject


@pytest.mark.parametrize(
    "words",
    [
        "thank you for the extra time for the chronology",
        "Dear Pat,\n\nThank you for the extra time for the chronology.\n\nKind regards\nAuthor One",
        "Hi Pat, many thanks for agreeing to the extension for the IMR and QA form!",
        "We are very grateful for your patience with the chronology.\nAuthor One",
        "Many thanks - the IMR is coming along nicely.\n\nAuthor One",
        "The chronology and the QA form are well under way.\nAuthor One",
        "Thank you. Our IMR is nearly drafted, making good progress.\nAuthor One",
    ],
)
def test_thanks_say_nothing_of_what_they_name(words: str) -> None:
    assert without_thanks(words) == ""


@each_case(
    "words",
    [
        "Thank you for the extra time for the chronology, it is with our manager.",
        "Thank you for the extra time for the chronology until 21 May.",
        "Thanks in advance for more time for the chronology.",
        "Thanks for the chronology template, which does not open.",
        "Thank you for the extra time for the chronology?",
        "Would you be so kind as to look at the chronology",
        "The IMR is coming along slowly.",
        "The IMR is coming along, and will be with you on 21 May.",
        "The chronology is under way but not finished.",
        "We are getting there with the IMR next week.",
        "Is the IMR on track?",
        "",
    ],
)
def test_what_says_more_than_thanks_stays_whole(words: str) -> None:
    assert without_thanks(words) == words


def test_what_stands_beside_thanks_is_left() -> None:
    said = "Thank you for the extra time for the IMR. Our chronology has no source column."
    assert without_thanks(said) == "Our chronology has no source column."
