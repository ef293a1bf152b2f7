"""A digest on a morning with ten asks, and with fifteen, as people send them: it is read on a
phone, and the why of each stands in its line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from outbox.digest.ask_lines import say_in_a_line
from outbox.digest.digest import draft_digest
from outbox.digest.fitting import MAX_LINES, MAX_WORDS
from outbox.samples.days import sample_terms
from outbox.samples.drafts import ADMINISTRATOR
from outbox.writing.letter import Draft
from outbox.writing.letter_text import letter_plain_text, parse_letter
from outbox.writing.writer import LetterWriter
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk
from tests.outbox.conftest import BOARD

TERMS = sample_terms(ADMINISTRATOR)
WRITER = LetterWriter(BOARD, "scr-returns@board.example")

PEOPLE = {
    "GP": ("Meadow Lane Surgery", "meadowlane.example", "Priya Nair", "Helen Marsh"),
    "POL": ("Shire Police", "shirepolice.example", "Tom Ridley", "Anne Crewe"),
    "CSC": ("Shire Children's Services", "shirecouncil.example", "Joan Abbott", "Mark Dale"),
    "HOS": ("City Hospital", "cityhospital.example", "Leila Osman", "Ruth Penn"),
    "SCH": ("Oak Primary School", "oakprimary.example", "Sue Tan", "David Lowe"),
    "PRO": ("Shire Probation", "shireprobation.example", "Ian Kerr", "Pat Shaw"),
}


def _email(name: str, domain: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{domain}"


def _agencies(codes: str) -> str:
    found = []
    for code in codes.split():
        name, domain, author, commissioner = PEOPLE[code]
        people = ", ".join(
            f'{{ name = "{who}", role = "{role}", email = "{_email(who, domain)}" }}'
            for who, role in ((author, "author"), (commissioner, "commissioner"))
        )
        found.append(
            f'[[agencies]]\ncode = "{code}"\nname = "{name}"\nabbreviations = ["{code}"]\n'
            f"contacts = [{people}]\n"
        )
    return "\n".join(found)


_SOON = ("imr                  = 2010-05-28", "imr                  = 2010-04-22")
N12 = f"{CASE.replace(*_SOON).partition('[[agencies]]')[0]}\n{_agencies('GP POL CSC HOS SCH PRO')}"
N15 = f"{CASE.partition('[[agencies]]')[0]}\n{_agencies('GP POL')}".replace("N12", "N15").replace(
    "Child N", "Child R"
)
AT, LATER = "2010-04-06T08:05", "2010-04-06T09:00"


def _from(code: str, which: int, subject: str, words: str, **headers: str) -> bytes:
    _, domain, *people = PEOPLE[code]
    who = people[which]
    return mail(f"{who} <{_email(who, domain)}>", SERVICE, subject, words, (), **headers)


def _ten() -> list[bytes]:
    """What ten people ask, each in words of their own."""
    return [
        _from(
            "HOS", 0, "N12 IMR and QA",
            "Hello\n\nOur author is off sick until the end of the month, so could we please have"
            " until 7 May for the IMR, and 4 June for the QA form?\n\nLeila\n",
        ),
        _from(
            "POL", 0, "N12",
            "Hi, we are going to be a little late with the IMR I am afraid - the analyst is on"
            " secondment. Will let you know.\n\nTom\n",
        ),
        _from(
            "POL", 1, "Scope of N12",
            "Dear Administrator,\n\nIn going through our files we have found that the family lived"
            " in Northvale until June 2008, and that Northvale Police hold records of two"
            " call-outs in 2006. You may wish to extend the period of the review and ask Northvale"
            " Police for a report.\n\nAnne Crewe\n",
        ),
        _from(
            "SCH", 1, "URGENT",
            "The younger brother has come into school this morning with bruising to both arms and"
            " says he is frightened to go home. What should we do? Please call me on 01632"
            " 960456.\n\nDavid Lowe\nHeadteacher\n",
        ),
        _from(
            "PRO", 1, "N12 - nil return",
            "Dear Administrator\n\nI confirm that Shire Probation has searched its records and has"
            " had no involvement with any member of the family in the period of the review N12."
            " Please treat this as our nil return.\n\nPat Shaw\n",
        ),
        _from(
            "HOS", 1, "Panel representative N12",
            "Dear Administrator,\n\nOur representative on the panel for N12 will be Dr Amina Shah,"
            " Named Doctor (amina.shah@cityhospital.example).\n\nRuth Penn\n",
        ),
        _from(
            "GP", 1, "N15 and N12",
            "Good morning, what exactly is outstanding from the surgery for both reviews please? I"
            " have a partners' meeting on Thursday.\n\nHelen Marsh\n\nSent from my iPhone\n",
        ),
        _from(
            "SCH", 0, "N12",
            "Hello,\n\nDo you want the attendance registers from before January 2007 as well?\n\n"
            "Sue\n",
        ),
        mail(
            "Angela H <a.hobbs72@webmail.example>", SERVICE, "my grandson",
            "I am the nan of the little boy. There is another baby in that house and I am scared"
            " for her tonight. Please ring me 01632 960123\n\nSent from my iPhone\n", (),
        ),
        mail(
            "records@northvale-nhs.example", SERVICE, "N12 chronology", "Please find attached.\n",
            [("N12 chronology.docx", build.make_chronology(build.STORIES["GP"]))],
        ),
    ]  # fmt: skip


def _five_more() -> list[bytes]:
    return [
        _from(
            "POL", 1, "N12 staff we would like to interview",
            "Dear Administrator,\n\nFor N12 we wish to interview the following staff: PC J. Holt,"
            " DS R. Imber, PC K. Lowe. Please could you arrange clearance with the Senior"
            " Investigating Officer.\n\nAnne Crewe\n",
        ),
        _from(
            "SCH", 1, "Change of author",
            "Dear Administrator,\n\nSue Tan left the school at the end of term. Please send"
            " everything for N12 to Bev Hart, bev.hart@oakprimary.example, who takes over from"
            " her.\n\nDavid Lowe\n",
        ),
        _from(
            "CSC", 0, "N12",
            "I posted the signed evaluation statement to you first class yesterday as our scanner"
            " is broken.\n\nJoan\n",
        ),
        _from(
            "PRO", 0, "Egress: N12 chronology",
            "Ian Kerr has sent you a secure message via Egress.\n\nRead the message:"
            " https://switch.egress.com/ui/read?id=77aa\n\nThis message expires soon.\n",
        ),
        mail(
            "Jane Grove <jane@shireherald.example>", SERVICE,
            "Request for comment: child death review",
            "Hi,\n\nI am a reporter at the Shire Herald. Can you confirm which agencies are"
            " involved in the review?\n\nJane Grove\n", (),
        ),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Fifteen have written, and the digest asks about each."""
    board = Board(tmp_path_factory.mktemp("morning") / "board")
    assert board.load(N12).status == 0 and board.load(N15).status == 0
    for raw in (*_ten(), *_five_more()):
        board.mail(raw)
    board.once("2010-04-05T13:05")
    board.once(AT)
    return Desk(board)


def above_tables(text: str) -> list[str]:
    return [line for line in text.split("\nN1", 1)[0].splitlines() if line.strip()]


def words_of(lines: list[str]) -> int:
    """The labels of links are not counted."""
    return len(re.sub(r" ?·? ?\[[^\]]*\](?: ·)?", "", " ".join(lines)).split())


def digest_text(desk: Desk) -> str:
    found = [letter for letter in desk.letters() if letter["X-SCR-Intake"] == "digest"]
    return letter_plain_text(found[-1])


def test_fifteen_asks_take_four_lines_and_thirty_words_each_at_most(morning: Desk) -> None:
    lines = above_tables(digest_text(morning))
    assert len(morning.asks(LATER)) == 15
    assert len(lines) <= 60, "with the labels of their links"
    assert words_of(lines) <= 450


def test_ten_of_them_fit_on_a_screen(morning: Desk) -> None:
    """Whichever ten: the longest."""
    settings = morning.board.folder / "scr-intake.toml"
    now = datetime(2010, 4, 6, 8, 5, tzinfo=ZoneInfo("Europe/London"))
    with open_application(GlobalOptions(settings, now)) as app:
        day = app.briefing.gather_day(now)
    asked = {str(ask["says"]): ask for ask in morning.asks(LATER)}
    assert len(asked) == 15
    needs = sorted((*day.first, *day.needs), key=lambda need: -len(say_in_a_line(need).says))
    ten = replace(day, first=(), needs=needs[:10])
    letter = WRITER.write(_plain(draft_digest(ten, TERMS)), "<a@board.example>", now)
    lines = above_tables(letter_plain_text(parse_letter(letter)))
    assert len([line for line in lines if re.match(r" +\d+\. ", line)]) == 10
    assert len(lines) <= MAX_LINES, "with the labels of their links"
    assert words_of(lines) <= MAX_WORDS


def _plain(draft: Draft) -> Draft:
    return replace(draft, pictures=(), attachments=())


@pytest.mark.parametrize(
    "says",
    [
        "asks for more time: IMR (22 April to 7 May) and QA form (28 May to 4 June);"
        ' "Our author is off'
        ' sick until the end of the month" (Leila Osman, 5 April).',
        'asks for more time: IMR, due 22 April; "we are going to be a little late with the IMR',
        'news about the scope of the review; "In going through our files we have found that',
        'speaks of danger to a child, or of a death; "The younger brother has come into school',
        "nil return; it may speak of some time only, or of some kinds of involvement only.",
        "panel representative's details; names Dr Amina Shah (Ruth Penn,",
        'for N12 or N15; "what exactly is outstanding from the surgery for both reviews please?',
        'N12, Oak Primary School: "Do you want the attendance registers from before January 2007',
        "Somebody not registered speaks of danger to a child, or of a death;",
        "A chronology for N12 from somebody not registered (records@northvale-nhs.example,",
        "list of staff to interview; names 3 people (Anne Crewe, 5 April).",
        '"Sue Tan left the school at the end of term. Please send everything for N12 to Bev Hart,',
        '"I posted the signed evaluation statement to you first class yesterday as our',
        "a secure message waits on another site (Ian Kerr, 5 April).",
        'A journalist asks; "Can you confirm which agencies are involved in the review?',
    ],
)
def test_the_why_of_each_stands_in_its_line(morning: Desk, says: str) -> None:
    assert says in morning.digest()


def test_that_more_time_is_asked_for_stands_in_the_tables(morning: Desk) -> None:
    """Also for which returns; what nobody asked about stands as it was."""
    (hospital,) = re.findall(r"City Hospital .*due.*", digest_text(morning))
    assert re.split(r" {3,}", hospital)[1:] == [
        "due 16 Apr", "more time? 22 Apr", "more time? 28 May", "due 28 May",
    ]  # fmt: skip


def test_details_has_all_that_was_written_and_no_link_of_it(morning: Desk) -> None:
    number = next(n for n in morning.asks(LATER) if "secure message" in n["says"])["number"]
    question = next(n for n in morning.asks(LATER) if "attendance" in n["says"])["number"]
    lines = f"{number} details\n{question} details"
    morning.reply(lines, LATER)
    answer = morning.answer()
    assert "They wrote:" in answer and "| Do you want the attendance registers" in answer
    assert f"By mail from Sue Tan ({_email('Sue Tan', 'oakprimary.example')}), 5 April" in answer
    assert "| Read the message: (a link, left out)" in answer and "egress.com" not in answer
    assert "send me" in answer
