"""Small returns as letters that do not say what they are: known by several signs, or not at all."""

from __future__ import annotations

import io

import pytest

from config.kind_loading import load_kinds
from handlers.checks.recognition.recognition import recognise_returns
from handlers.readers.word.document import open_word
from tests.builders_office import all_through_libreoffice
from tests.papers.paper import blank_word

KINDS = load_kinds()

LETTERS = {
    "extension_request": (
        "We are writing to ask for a further two weeks to finish our chronology, due on 16 April.",
        "I am sorry that we will not be able to submit the IMR by the due date. Could the deadline"
        " be moved to 18 June 2010? We need more time.",
        "Would it be possible to have an extension of the deadline for the evaluation statement?",
        "Please could you extend the deadline for our individual management review by three weeks.",
        "We are not going to make 16 April with the chronology. Would 5 May be all right?",
        "I should be grateful for an extra fortnight to finish our Individual Management Review;"
        " two members of staff are still to be interviewed.",
        "Extension request: chronology. New date: 23/04/2010. Reason: awaiting records.",
        "We need a little longer for all our returns. Three weeks if that is possible.",
        "We shall need longer for the IMR. I cannot yet say how much.",
        "Could you kindly agree to a short delay with the chronology, say one week, to 23 April?",
        "Please note that the chronology is delayed until 20 April.",
        "Owing to bereavement our author has fallen behind and we seek an extension for the IMR.",
    ),
    "panel_representative": (
        "I nominate Dr Helen Marsh, Medical Director, to sit on the Serious Case Review Panel.",
        "Our panel member will be Helen Marsh, who can be reached on 01632 960145.",
        "The practice will be represented on the panel by Helen Marsh, our representative.",
        "Helen Marsh has agreed to represent the surgery on the Serious Case Review Panel.",
    ),
    "staff_to_interview": (
        "We wish to interview the following staff: Nurse A, Dr B. Please ask the police.",
        "The author intends to interview Nurse One. Please confirm that the senior investigating"
        " officer agrees.",
        "Names of practitioners we would like to interview: HV1, SW2. We await clearance.",
    ),
    "debrief_slip": (
        "The following will attend the de-briefing session: HV1, SW2 and GP3.",
        "Two practitioners from this surgery would like to attend the debriefing.",
        "Nobody from here is able to attend the multi-agency debrief.",
    ),
    "scope_alert": (
        "We have found that another agency was involved. The scope may need to be widened.",
        "The period of the review should begin earlier than January 2007: please reconsider it.",
        "An older child has come to light, which could alter the scope of the review.",
    ),
    "nil_return": (
        "Having searched our system I can confirm that none of the family is known to us.",
        "We have never had any contact with the family named in your letter.",
        "The children are not known to us, but Mother was registered here from 2004 to 2006.",
    ),
    "interview_summary": (
        "Interview with Nurse One, interviewed by the author. Qualifications: RGN. Time in post: 4"
        " years. Employing body: Meadow Lane Surgery. She said that she saw the child twice.",
    ),
}
OTHERS = (
    "Please find enclosed our IMR, quality assurance form and evaluation statement.",
    "Thank you for the training day last week, it was very helpful.",
    "Please note that our telephone extension has changed to extension 204.",
    "We attach the invoice for the hire of the hall for the panel meeting.",
    "The author of our IMR will be Jane Holt. She starts next Monday.",
    "Could you send us the template for the chronology again? We cannot find it.",
    "Our new address is 14 Meadow Lane.",
    "None of the family is known to us by that name. Could you send us their dates of birth?",
    "We have never had any contact with the family. Is it this surgery that you mean?",
)
ALL = [(kind, sentence) for kind, said in LETTERS.items() for sentence in said]


def letter(sentence: str) -> bytes:
    word = blank_word()
    for line in ("Meadow Lane Surgery", "12 Meadow Lane", "1 April 2010", "Dear Pat", sentence):
        word.add_paragraph(line)
    for line in ("Yours sincerely", "Jane Holt", "Practice Manager"):
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def kinds_in(docx: bytes) -> list[str]:
    found = recognise_returns(tuple(open_word(docx).iter_blocks()), KINDS.all)
    return [part.kind.id for part in found.parts]


@pytest.mark.parametrize(("kind", "sentence"), ALL)
def test_a_letter_is_known_by_what_it_says(kind: str, sentence: str) -> None:
    assert kinds_in(letter(sentence)) == [kind]


def test_a_letter_saved_by_libreoffice_is_known_as_well() -> None:
    saved = all_through_libreoffice([letter(sentences[0]) for sentences in LETTERS.values()])
    assert [kinds_in(each) for each in saved] == [[kind] for kind in LETTERS]


@pytest.mark.parametrize("sentence", OTHERS)
def test_an_ordinary_letter_is_no_return(sentence: str) -> None:
    assert kinds_in(letter(sentence)) == []


def test_a_letter_that_shows_a_little_of_a_kind_is_nearest_to_it() -> None:
    blocks = tuple(open_word(letter("The scope should include us.")).iter_blocks())
    found = recognise_returns(blocks, KINDS.all)
    assert found.parts or found.nearest is KINDS["scope_alert"]


def test_a_long_document_is_no_letter_whatever_it_mentions() -> None:
    """A report that tells of interviews, the scope and more time is none of the small returns."""
    pages = " ".join("The practice saw the child and wrote to the hospital." for _ in range(200))
    assert kinds_in(letter(f"{LETTERS['scope_alert'][0]} {pages}")) == []


MORE = {
    "extension_request": (
        "I ask whether we might have until 7 May 2010 for the chronology, as notes are in store.",
        "Could the deadline of 28 May be moved to 18 June 2010? The author of our IMR is ill.",
        "We would like to request an additional ten working days for the management review.",
        "Could we send the IMR a month late, on 25 June? Our author has broken her wrist.",
        "We should be glad of another three weeks for the chronology as the notes are off site.",
        "Can we push the chronology back to the 30th? Nobody else can get into the old notes.",
    ),
    "staff_to_interview": (
        "Names for interview: Nurse Lee and Dr Roe.",
        "For clearance by the SIO, these of our employees are to be seen: Nurse Lee.",
    ),
    "debrief_slip": ("Please put down two nurses for the debrief meeting.",),
    "panel_representative": (
        "The person who will attend the SCR panel on our behalf is Ann Dean.",
    ),
    "scope_alert": (
        "It has come to light that there is another child, a half-brother aged nine.",
        "Child N spent months in another county. Its authority should perhaps be asked.",
        "A private clinic was also involved with Child N but is not represented on the Board.",
    ),
}
MORE_SAID = [(kind, text) for kind, texts in MORE.items() for text in texts]


@pytest.mark.parametrize(("kind", "sentence"), MORE_SAID)
def test_a_letter_is_known_in_the_words_that_people_use(kind: str, sentence: str) -> None:
    assert kinds_in(letter(sentence)) == [kind]
