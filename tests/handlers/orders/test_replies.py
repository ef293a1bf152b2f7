"""Whole replies: of every mail program, with all that stands beside what was typed
(failure mode 100)."""

from __future__ import annotations

import html

import pytest

from tests.builders_replies import (
    BOARD,
    CLIENTS,
    DIGEST_LINES,
    HEAD_LABELS,
    HER,
    INTRODUCTIONS,
    SUBJECT,
    TextBody,
    Typed,
    digest_markup,
    gmail,
    head_lines,
    introduction,
    marked,
    markup,
    message,
    outlook,
    plain,
    reply,
    rtf,
    thunderbird_inline,
    tnef,
)
from tests.handlers.orders.conftest import ReadFunction, SettleFunction

ACCEPT = [(1, "accept", "")]
BACK = "2 send back: the signature is missing"
SENT_BACK = [(2, "send back", "the signature is missing")]


def typed_as_html(own: str) -> bytes:
    """What stands in the HTML of a reply, above the digest under its head."""
    head = "<br>".join(html.escape(line) for line in head_lines())
    return message([markup(f"<html><body>{own}<div>{head}</div>{digest_markup()}</body></html>")])


class TestEveryProgram:
    @pytest.mark.parametrize("client", CLIENTS)
    def test_several_orders_are_read(self, settled: SettleFunction, client: str) -> None:
        raw = reply(client, "1 accept", BACK, "", "4 more time until 11 June")
        more = [(4, "more time", "2010-06-11")]
        assert settled(raw) == ("do", [*ACCEPT, *SENT_BACK, *more])

    @pytest.mark.parametrize("client", CLIENTS)
    def test_nothing_typed_is_asked_about(self, settled: SettleFunction, client: str) -> None:
        assert settled(reply(client, "")) == ("ask", [])

    @pytest.mark.parametrize("client", CLIENTS)
    def test_a_slip_beside_an_order_leaves_the_order(
        self, settled: SettleFunction, client: str
    ) -> None:
        assert settled(reply(client, "1 accept", "2 acept")) == ("ask", ACCEPT)

    @pytest.mark.parametrize("client", CLIENTS)
    def test_a_digest_quoted_with_another_order_in_it_gives_none(
        self, settled: SettleFunction, client: str
    ) -> None:
        quoted = ["3 accept" if line == "1 accept" else line for line in DIGEST_LINES]
        _, orders = settled(message(CLIENTS[client](Typed([BACK], quoted=quoted))))
        assert orders in (SENT_BACK, [])

    @pytest.mark.parametrize("language", HEAD_LABELS)
    @pytest.mark.parametrize("form", [0, 1])
    def test_heads_in_other_languages(
        self, settled: SettleFunction, language: str, form: int
    ) -> None:
        body = outlook(Typed(["1 accept"]), language)[form]
        assert settled(message([body])) == ("do", ACCEPT)

    @pytest.mark.parametrize("language", INTRODUCTIONS)
    @pytest.mark.parametrize("form", [0, 1])
    def test_introductions_in_other_languages(
        self, settled: SettleFunction, language: str, form: int
    ) -> None:
        body = gmail(Typed(["1 accept"]), language)[form]
        assert settled(message([body])) == ("do", ACCEPT)

    def test_answers_between_the_quoted_lines(self, settled: SettleFunction) -> None:
        raw = message(thunderbird_inline(Typed(["1 accept", BACK])))
        assert settled(raw) == ("do", [*ACCEPT, *SENT_BACK])

    def test_an_answer_between_quoted_lines_that_has_no_number_asks(
        self, settled: SettleFunction
    ) -> None:
        lines = [introduction(), *marked(DIGEST_LINES[:3]), "", "accept", "", *marked(["x"])]
        assert settled(message([plain("\n".join(lines))])) == ("ask", [])

    def test_an_introduction_whose_quotation_is_not_marked_ends_what_is_hers(
        self, settled: SettleFunction
    ) -> None:
        text = "\n".join(["2 accept", "", introduction(), "", *DIGEST_LINES])
        assert settled(message([plain(text)])) == ("do", [(2, "accept", "")])


class TestTheKindsThatAreKept:
    """What the cases that came with the issue are made like, beside those above."""

    def test_a_list_that_outlook_numbered_itself(self, settled: SettleFunction) -> None:
        item = (
            '<p class="MsoListParagraph" style="text-indent:-18.0pt;mso-list:l0 level1 lfo1">'
            '<![if !supportLists]><span style="mso-list:Ignore">{n}.<span style="font:7.0pt">'
            "&nbsp;&nbsp;&nbsp; </span></span><![endif]>{said}<o:p></o:p></p>"
        )
        own = item.format(n=1, said="accept") + item.format(n=2, said=BACK[2:])
        assert settled(typed_as_html(own)) == ("do", [*ACCEPT, *SENT_BACK])

    @pytest.mark.parametrize(
        ("own", "number"),
        [
            ('<ol start="4"><li><div>more time until 11 June</div></li></ol>', 4),
            ('<ol><li value="4">more time until 11 June</li></ol>', 4),
            ("<ol><li>x</li><li>more time until 11 June</li></ol>", 2),
        ],
    )
    def test_a_number_that_only_the_list_has(
        self, settled: SettleFunction, own: str, number: int
    ) -> None:
        assert settled(typed_as_html(own))[1] == [(number, "more time", "2010-06-11")]

    @pytest.mark.parametrize("kind", ['type="a"', "reversed", 'style="list-style-type:none"'])
    def test_a_list_without_numbers_gives_none(self, settled: SettleFunction, kind: str) -> None:
        assert settled(typed_as_html(f"<ol {kind}><li>accept</li></ol>")) == ("ask", [])

    def test_her_own_characters_are_kept(self, settled: SettleFunction) -> None:
        said = "the signature\u2019s missing \u2013 please sign on page\u00a02"
        raw = reply("outlook", f"2\u00a0send\u00a0back: {said}")
        assert settled(raw) == ("do", [(2, "send back", said)])

    def test_a_footer_that_does_not_accept_liability(self, settled: SettleFunction) -> None:
        footer = (
            "This e-mail and any attachments are confidential. Shireshire Council does not accept"
            " liability for loss. If you are not the intended recipient please tell the sender."
        )
        assert settled(reply("outlook-plain", "1 accept", "", footer)) == ("do", ACCEPT)

    def test_a_banner_and_a_tag_of_the_gateway(self, settled: SettleFunction) -> None:
        banner = (
            '<span style="display:none">ZjQcmQRYFpfptBannerStart</span><table><tr><td><b>CAUTION:'
            "</b> This email originated from outside of the organisation. Do not click links or"
            " open attachments unless you recognise the sender.</td></tr></table>"
        )
        assert settled(typed_as_html(f"{banner}<div>1 accept</div>")) == ("do", ACCEPT)
        assert settled(reply("gmail", "1 accept", Subject=f"[EXTERNAL] RE: {SUBJECT}"))[0] == "do"

    def test_a_ready_written_mail(self, settled: SettleFunction) -> None:
        headers = {"In-Reply-To": "", "Subject": "N12 statement, Meadow Lane Surgery [D-7F3K-Q2]"}
        assert settled(message([plain("1 accept\n\nPat Example\n")], headers)) == ("do", ACCEPT)

    @pytest.mark.parametrize(
        "said",
        [
            "9 accept",
            "1 accept\n1 send back: no",
            "Thanks, these look fine",
            "4 more time until 31 June",
        ],
    )
    def test_what_is_asked_about(self, settled: SettleFunction, said: str) -> None:
        assert settled(reply("outlook-plain", *said.split("\n"))) == ("ask", [])


class TestWhatIsSaidBeside:
    @pytest.mark.parametrize(
        "said",
        [
            "1 accept\nActually no, wait",
            "1 accept\n\nPlease ignore that.",
            "1 accept\n\nOn second thoughts, leave it.",
            "1 accept\n\nDo not do anything yet, don't act on this.",
            "1 accept\nStop",
            "1 accept\nIs that right?",
            "1 accept\n\nWe should not accept these.",
            "1 accept\n\nPS ignore 1",
            "1 accept\n\nI am not sure about 1 yet",
            "Do not do this:\n1 accept",
            "If the signature turns up:\n1 accept",
            "For example:\n1 accept",
            "Not yet\n1 accept",
            "1 accept\n\nRegards\nPat\n\nPS please don't accept 1",
            "Please ignore this email, I have not decided on 1 yet.\n\n1 accept",
        ],
    )
    def test_what_unsettles_an_order_keeps_it_from_being_done(
        self, settled: SettleFunction, said: str
    ) -> None:
        for client in ("outlook", "outlook-plain", "gmail", "winmail"):
            assert settled(reply(client, *said.split("\n"))) == ("ask", []), client

    @pytest.mark.parametrize(
        "said",
        [
            "1 accept\nsame for 2",
            "1 accept\nPlease accept number 2 as well",
            "1 accept\nand accept all the rest",
            "1 accept\n\nCan you call me about 3?",
            "1 accept\n\nHow do I file this?",
            "1 accept\ntwo can be accepted",
            "1 accept\n2 hold",
            "1 accept\n9 accept",
            "1 accept\nundo",
        ],
    )
    def test_what_asks_for_more_leaves_a_clear_order(
        self, settled: SettleFunction, said: str
    ) -> None:
        assert settled(reply("outlook-plain", *said.split("\n"))) == ("ask", ACCEPT)

    @pytest.mark.parametrize(
        "said",
        [
            "1 accept\n\nThanks, no rush on the others.",
            "Hello,\n\nMy answers:\n1 accept\n\nKind regards\nPat",
            "1 accept\n1 Accept.",
            "1 accept\n\nI have not looked at 3 yet.",
            "1 accept\n\nPlease do not hesitate to ring me.",
            "1 accept\n\nSorry for the delay.",
            "1 accept\n\nThis is confidential. We do not accept service by email.",
            "1 accept\n\nPat Example\n2 Park Road\nWe do not accept cold calls",
            "1 accept\n-- \n2 accept",
            "1 accept\n\nTel 01632 960 001\n26 May 2010",
        ],
    )
    def test_what_changes_nothing_is_kept_as_her_words(
        self, settled: SettleFunction, said: str
    ) -> None:
        assert settled(reply("outlook-plain", *said.split("\n"))) == ("do", ACCEPT)

    def test_her_words_are_kept_without_the_signature(self, read: ReadFunction) -> None:
        said = read(reply("outlook-plain", "1 accept", "It came signed on paper."))
        assert said.words == ("It came signed on paper.",)


class TestForms:
    @pytest.mark.parametrize(
        ("text", "markup_said"),
        [
            ("1 accept", "<div>2 accept</div>"),
            ("1 accept", "<div>1 send back: no</div>"),
            ("1 accept\n2 accept", "<div>1 accept</div>"),
            ("1 accept", "<div>hello there</div>"),
            ("4 more time until 11 June", "<div>4 more time until 12 June</div>"),
            ("2 send back: one thing", "<div>2 send back: another thing</div>"),
        ],
    )
    def test_two_forms_that_say_two_things_ask(
        self, read: ReadFunction, text: str, markup_said: str
    ) -> None:
        said = read(message([plain(text), markup(markup_said)]))
        assert said.orders == ()
        assert "parts-differ" in {question.why for question in said.questions}

    def test_a_form_that_says_nothing_is_not_heard(self, settled: SettleFunction) -> None:
        assert settled(message([plain("1 accept"), markup("<div> </div>")])) == ("do", ACCEPT)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("2 send back: the signature \nis missing\n", "; format=flowed"),
            ("2 send back: the signa \nture is missing\n", "; format=flowed; delsp=yes"),
        ],
    )
    def test_flowed_lines_are_one(self, settled: SettleFunction, text: str, said: str) -> None:
        assert settled(message([plain(text, said)])) == ("do", SENT_BACK)

    def test_a_line_that_had_no_room_goes_on_in_the_next(self, settled: SettleFunction) -> None:
        first = "2 send back: the signature is missing on page two of the statement and its"
        whole = [(2, "send back", f"{first[13:]} date is wrong")]
        text = f"{first}\ndate is wrong\n3 send back: y\n"
        assert settled(message([plain(text)])) == ("do", [*whole, (3, "send back", "y")])
        both = message(
            [plain(f"{first}\ndate is wrong\n"), markup(f"<p>{first} date is wrong</p>")]
        )
        assert settled(both) == ("do", whole)

    def test_an_order_that_may_be_the_end_of_a_sentence_asks(self, read: ReadFunction) -> None:
        text = "Somebody told me on the telephone that she would rather not see number\n1 accept\n"
        said = read(message([plain(text)]))
        assert said.orders == ()
        assert "line-ends" in {question.why for question in said.questions}

    def test_the_rest_of_a_quoted_line_that_lost_its_mark_is_not_hers(
        self, settled: SettleFunction
    ) -> None:
        quoted = "> Reply: 1 accept, or\n1 send back: why\n> 2. N12, Shire Police: a chronology\n"
        raw = message([plain(f"2 accept\n\n{introduction()}\n{quoted}")])
        assert (1, "send back", "why") not in settled(raw)[1]

    @pytest.mark.parametrize("encoded", ["base64", "quoted-printable", "8bit"])
    def test_every_transfer_encoding(self, settled: SettleFunction, encoded: str) -> None:
        assert settled(message([plain("1 accept\n", encoded=encoded)])) == ("do", ACCEPT)


class TestWhatNobodySees:
    @pytest.mark.parametrize(
        "hidden",
        [
            '<div style="display:none">2 accept</div>',
            '<div style="DISPLAY : NONE !important">2 accept</div>',
            '<span style="font-size:0">2 accept</span>',
            '<span style="mso-hide:all">2 accept</span>',
            '<span style="visibility:hidden">2 accept</span>',
            '<div style="max-height:0;overflow:hidden">2 accept</div>',
            '<div style="opacity:0">2 accept</div>',
            '<div style="position:absolute;left:-9999px">2 accept</div>',
            '<font color="#FFFFFF">2 accept</font>',
            '<span style="color: rgb(255, 255, 255)">2 accept</span>',
            "<div hidden>2 accept</div>",
            '<style>.x {color:red; display:none}</style><p class="x">2 accept</p>',
            "<p>\u202e2 accept</p>",
        ],
    )
    def test_hidden_text_asks_and_nothing_is_done(self, read: ReadFunction, hidden: str) -> None:
        said = read(typed_as_html(f"<div>1 accept</div>{hidden}"))
        assert said.orders == ()
        assert "hidden-text" in {question.why for question in said.questions}

    @pytest.mark.parametrize(
        "shown",
        [
            "<!-- 2 accept -->",
            '<img alt="2 accept" src="cid:logo">',
            '<table bgcolor="#0000aa"><tr><td style="color:white">The Board</td></tr></table>',
            '<div style="display:none">&nbsp;</div>',
            "<script>2 accept</script>",
        ],
    )
    def test_what_is_no_text_changes_nothing(self, settled: SettleFunction, shown: str) -> None:
        assert settled(typed_as_html(f"<div>1 accept</div>{shown}")) == ("do", ACCEPT)

    @pytest.mark.parametrize(
        "tag", ["s", "strike", "del", 'span style="text-decoration:line-through"']
    )
    def test_what_is_crossed_out_is_asked_about(self, settled: SettleFunction, tag: str) -> None:
        own = f"<p>1 accept</p><p><{tag}>2 accept</{tag.split()[0]}></p>"
        assert settled(typed_as_html(own)) == ("ask", ACCEPT)

    def test_a_face_behind_an_order_asks(self, settled: SettleFunction) -> None:
        own = '<p>1 accept <img alt="\U0001f44e" src="cid:face"></p>'
        assert settled(typed_as_html(own)) == ("ask", [])

    def test_words_in_one_line_that_were_two_orders_ask(self, settled: SettleFunction) -> None:
        assert settled(typed_as_html(f"<div>1 accept {BACK}</div>")) == ("ask", [])


class TestRichText:
    @pytest.mark.parametrize("packed", [True, False])
    def test_a_winmail_is_read_packed_or_not(self, settled: SettleFunction, packed: bool) -> None:
        assert settled(message([tnef(rtf(["1 accept", BACK]), packed=packed)])) == (
            "do",
            [*ACCEPT, *SENT_BACK],
        )

    @pytest.mark.parametrize("before", ["\\v ", "\\strike "])
    def test_what_is_hidden_or_crossed_out_in_it_asks(
        self, settled: SettleFunction, before: str
    ) -> None:
        assert settled(message([tnef(rtf(["1 accept"], before))])) == ("ask", [])

    def test_numbers_of_its_lists_are_read(self, settled: SettleFunction) -> None:
        raw = message([tnef(rtf(["accept"], "{\\pntext 1.\\tab}"))])
        assert settled(raw) == ("do", ACCEPT)

    def test_one_that_says_another_thing_than_the_plain_text_asks(
        self, settled: SettleFunction
    ) -> None:
        assert settled(message([plain("1 accept"), tnef(rtf(["2 accept"]))])) == ("ask", [])

    def test_one_that_cannot_be_read_asks(self, settled: SettleFunction) -> None:
        broken = tnef(rtf(["1 accept"])).replace(b"LZFu", b"LZFx")
        assert settled(message([plain("1 accept"), broken])) == ("ask", [])


class TestQuotations:
    def test_answers_among_the_lines_of_a_digest_below_a_head_are_asked_about(
        self, read: ReadFunction
    ) -> None:
        lines = [
            "1 accept",
            "",
            *head_lines(),
            "",
            *DIGEST_LINES[:5],
            "2 accept",
            *DIGEST_LINES[5:],
        ]
        said = read(message([plain("\n".join(lines))]))
        assert [order.number for order in said.orders] == [1]
        assert [(one.number, one.why) for one in said.questions] == [(2, "in-quotation")]

    def test_her_own_earlier_answer_below_is_not_given_again(self, settled: SettleFunction) -> None:
        hers = [f"From: {HER}", "Sent: 26 May 2010 09:00", f"To: {BOARD}", f"Subject: {SUBJECT}"]
        lines = [BACK, "", *hers, "", "3 send back: z", "", *head_lines(), "", *DIGEST_LINES]
        assert settled(message([plain("\n".join(lines))])) == ("do", SENT_BACK)

    def test_one_label_alone_is_no_head(self, settled: SettleFunction) -> None:
        lines = ["From: my desk", "", "1 accept"]
        assert settled(message([plain("\n".join(lines))])) == ("do", ACCEPT)

    def test_a_digest_without_marks_that_is_not_whole_leaves_everything_in_doubt(
        self, settled: SettleFunction
    ) -> None:
        quoted = [*DIGEST_LINES[:3], "2 accept", *DIGEST_LINES[5:]]
        assert settled(message([plain("\n".join(["1 accept", "", *quoted]))])) == ("ask", [])

    def test_an_indented_block_that_cites_nobody_is_hers(self, settled: SettleFunction) -> None:
        own = '<blockquote style="margin:0 0 0 40px;border:none">1 accept</blockquote>'
        assert settled(typed_as_html(own)) == ("do", ACCEPT)


class TestTooMuch:
    def test_more_lines_than_are_read_ask(self, settled: SettleFunction) -> None:
        lines = ["1 accept", *("words and words" for _ in range(400))]
        assert settled(message([plain("\n".join(lines))])) == ("ask", [])

    def test_more_characters_than_are_read_ask(self, settled: SettleFunction) -> None:
        assert settled(message([plain("1 accept\n" + "word " * 20_000)])) == ("ask", [])

    def test_below_the_head_there_may_be_any_number_of_lines(self, settled: SettleFunction) -> None:
        lines = ["1 accept", "", *head_lines(), *("older words" for _ in range(5_000))]
        assert settled(message([plain("\n".join(lines))])) == ("do", ACCEPT)


def test_a_mail_that_cannot_be_read_whole_asks(settled: SettleFunction) -> None:
    whole = message([plain("1 accept"), markup("<p>1 accept</p>")])
    assert settled(whole.replace(b"--edge--", b"")) == ("ask", [])
    encrypted = TextBody("application/pkcs7-mime", "x", "; smime-type=enveloped-data")
    assert settled(message([encrypted])) == ("ask", [])
