"""Replies to a digest, as the mail programs of this world write them.

Does: builds whole messages from the lines that somebody typed, each program with its own mark-up,
its own quotation and its own signature.
Trusts: nothing.
Never touches: the network, the clock, files. A reply is dated 26 May 2010.
Known limits: no program's mark-up is whole; what is here is what reading a reply may trip over.
"""

from __future__ import annotations

import base64
import html
import quopri
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

DIGEST_LINES = (
    "Needs you (5)",
    "1. N12, Meadow Lane Surgery: an evaluation statement; the signature is a picture.",
    "Reply: 1 accept, or 1 send back: why",
    "2. N12, Shire Police: a chronology that nobody has signed off.",
    "Reply: 2 accept, or 2 send back: why",
    "3. N12, Shire Council Education: a document not recognised.",
    "Reply: 3 assign, or 3 send back: why",
    "4. N12, Shire NHS Trust: the IMR, due 28 May; they ask for more time.",
    "Reply: 4 more time until 11 June",
    "5. There was never a backup. Ask the operator for one each night.",
    "Answer with the number and the words, one to a line, such as:",
    "1 accept",
    "Record of 41 entries, seal 1c34-9c87-314b-783b. Digest D-7F3K-Q2",
)
DIGEST = "\n".join(DIGEST_LINES) + "\n"

BOARD = "Shireshire Safeguarding Children Board <scr-returns@board.example>"
HER = "The Administrator <administrator@board.example>"
SUBJECT = "OFFICIAL-SENSITIVE: Case returns, Wednesday 26 May: 5 need you"
DIGEST_ID = "<scr.0.a46c9ef8f81955c15e89c706.e86fe46a647a89210a015a2b@board.example>"
SIGNATURE = ("Pat Example", "Board Administrator", "1 Civic Square, Shiretown", "01632 960 001")


@dataclass(frozen=True, slots=True)
class TextBody:
    """One form of a message: its kind, its text, and further words of its Content-Type."""

    kind: str
    text: str
    said: str = ""
    encoded: str = "quoted-printable"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, and what is quoted below it."""

    lines: Sequence[str]
    quoted: Sequence[str] = DIGEST_LINES
    signature: Sequence[str] = SIGNATURE
    headers: Mapping[str, str] = field(default_factory=dict)


def message(bodies: Sequence[TextBody | bytes], headers: Mapping[str, str] | None = None) -> bytes:
    """A whole mail; `bytes` are a winmail.dat. Headers that are given as "" are left out."""
    fields = {
        "Return-Path": "<administrator@board.example>",
        "Authentication-Results": "mx.board.example; dmarc=pass header.from=board.example",
        "From": HER,
        "To": BOARD,
        "Subject": f"RE: {SUBJECT}",
        "Date": "Wed, 26 May 2010 09:01:00 +0100",
        "Message-ID": "<sample@mail.board.example>",
        "In-Reply-To": DIGEST_ID,
        "MIME-Version": "1.0",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    parts = [_part(body) for body in bodies]
    if len(parts) == 1:
        return head.encode() + parts[0]
    joined = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts)
    mixed = "mixed" if any(isinstance(body, bytes) for body in bodies) else "alternative"
    kind = f'Content-Type: multipart/{mixed}; boundary="edge"\r\n\r\n'
    return head.encode() + kind.encode() + joined + b"--edge--\r\n"


def _part(body: TextBody | bytes) -> bytes:
    if isinstance(body, bytes):
        head = (
            'Content-Type: application/ms-tnef; name="winmail.dat"\r\n'
            'Content-Disposition: attachment; filename="winmail.dat"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n"
        )
        return head.encode() + base64.encodebytes(body)
    head = f'Content-Type: {body.kind}; charset="utf-8"{body.said}\r\n'
    head += f"Content-Transfer-Encoding: {body.encoded}\r\n\r\n"
    raw = body.text.encode()
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(
        body.encoded
    )
    return head.encode() + (coded(raw) if coded else raw)


def plain(text: str, said: str = "", encoded: str = "quoted-printable") -> TextBody:
    return TextBody("text/plain", text, said, encoded)


def markup(text: str) -> TextBody:
    return TextBody("text/html", text)


HEAD_LABELS = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "cy": ("Oddi wrth", "Anfonwyd", "At", "Pwnc"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
}
INTRODUCTIONS = {
    "en": "On Wed, 26 May 2010 at 08:00, {board} wrote:",
    "de": "Am Mi., 26. Mai 2010 um 08:00 Uhr schrieb {board}:",
    "fr": "Le mer. 26 mai 2010 à 08:00, {board} a écrit :",
    "nl": "Op wo 26 mei 2010 om 08:00 schreef {board}:",
    "es": "El mié, 26 may 2010 a las 8:00, {board} escribió:",
    "it": "Il giorno mer 26 mag 2010 alle ore 08:00 {board} ha scritto:",
    "cy": "Ar Mer, 26 Mai 2010 am 08:00, {board} ysgrifennodd:",
    "pl": "śr., 26 maj 2010 o 08:00 {board} napisał(a):",
    "sv": "Den ons 26 maj 2010 kl 08:00 skrev {board}:",
    "none": "2010-05-26 8:00 GMT+01:00 {board}:",
}


def head_lines(language: str = "en") -> list[str]:
    by, when, to, about = HEAD_LABELS[language]
    said = (f"{by}: {BOARD}", f"{when}: 26 May 2010 08:00", f"{to}: {HER}", f"{about}: {SUBJECT}")
    return list(said)


def introduction(language: str = "en") -> str:
    return INTRODUCTIONS[language].format(board=BOARD)


def marked(lines: Sequence[str]) -> list[str]:
    return [f"> {line}" if line else ">" for line in lines]


def _text(*blocks: Sequence[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _paragraphs(lines: Sequence[str], tag: str = 'p class="MsoNormal"') -> str:
    end = tag.split()[0]
    return "".join(f"<{tag}>{html.escape(line, quote=False) or '&nbsp;'}</{end}>" for line in lines)


def digest_markup(lines: Sequence[str] = DIGEST_LINES) -> str:
    """The digest in HTML, its items numbered by their list."""
    out, inside = "", False
    for line in lines:
        number, dot, rest = line.partition(". ")
        if dot and number.isdigit():
            out += "</li>" if inside else "<ol>"
            out, inside = f"{out}<li>{html.escape(rest)}", True
        elif inside and line.startswith("Reply:"):
            out += f"<br><span>{html.escape(line)}</span>"
        else:
            out, inside = f"{out}{'</li></ol>' if inside else ''}<p>{html.escape(line)}</p>", False
    return out + ("</li></ol>" if inside else "")


def _outlook_markup(typed: Typed, language: str = "en") -> str:
    head = head_lines(language)
    labelled = "<br>".join(
        f"<b>{label}:</b> {html.escape(value.strip())}"
        for label, _, value in (line.partition(":") for line in head)
    )
    signed = _paragraphs(("", *typed.signature)) if typed.signature else ""
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--\n'
        "p.MsoNormal {margin:0cm;}\n--></style></head><body><div class=WordSection1>"
        f"{_paragraphs(typed.lines)}{signed}{_paragraphs(('',))}"
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        f'<p class="MsoNormal">{labelled}<o:p></o:p></p></div>'
        f"{digest_markup(typed.quoted)}</div></body></html>"
    )


def outlook(typed: Typed, language: str = "en") -> list[TextBody | bytes]:
    """Outlook for Windows, both forms."""
    text = _text(typed.lines, typed.signature, head_lines(language), typed.quoted)
    return [plain(text), markup(_outlook_markup(typed, language))]


def outlook_plain(typed: Typed) -> list[TextBody | bytes]:
    return [plain(_text(typed.lines, typed.signature, head_lines(), typed.quoted))]


def outlook_original(typed: Typed) -> list[TextBody | bytes]:
    """Outlook 2003 with its line of dashes."""
    head = ["-----Original Message-----", *head_lines()]
    return [plain(_text(typed.lines, typed.signature, head, typed.quoted))]


def outlook_web(typed: Typed) -> list[TextBody | bytes]:
    own = "".join(
        f'<div class="elementToProof">{html.escape(line, quote=False)}</div>'
        for line in typed.lines
    )
    return [
        markup(
            '<html><head><style type="text/css" style="display:none;">P {margin:0;}</style></head>'
            f'<body dir="ltr">{own}<div id="appendonsend"></div><hr style="width:98%">'
            f'<div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> {html.escape(BOARD)}<br>'
            f"<b>Sent:</b> 26 May 2010 08:00<br><b>To:</b> {html.escape(HER)}<br><b>Subject:</b>"
            f" {SUBJECT}</font></div><div>{digest_markup(typed.quoted)}</div></body></html>"
        )
    ]


def outlook_phone(typed: Typed) -> list[TextBody | bytes]:
    own = "".join(f"<div>{html.escape(line, quote=False)}</div>" for line in typed.lines)
    return [
        markup(
            f'<html><body><div dir="ltr">{own}</div><div id="ms-outlook-mobile-signature">Get '
            '<a href="https://aka.example/o">Outlook for Android</a></div>'
            '<div id="mail-editor-reference-message-container"><hr><div id="divRplyFwdMsg"><b>From:'
            f"</b> {html.escape(BOARD)}<br><b>Sent:</b> 26 May 2010 08:00<br>"
            f"<b>Subject:</b> {SUBJECT}"
            f"</div>{digest_markup(typed.quoted)}</div></body></html>"
        )
    ]


def gmail(typed: Typed, language: str = "en") -> list[TextBody | bytes]:
    said = introduction(language)
    own = "".join(f"<div>{html.escape(line, quote=False)}</div>" for line in typed.lines)
    return [
        plain(_text(typed.lines, [said.replace("<", "<\n", 1)], marked(typed.quoted))),
        markup(
            f'<div dir="ltr">{own}</div><br><div class="gmail_quote gmail_quote_container"><div'
            f' class="gmail_attr">{html.escape(said)}<br></div><blockquote class="gmail_quote"'
            f' style="border-left:1px solid">{digest_markup(typed.quoted)}</blockquote></div>'
        ),
    ]


def apple_phone(typed: Typed) -> list[TextBody | bytes]:
    quoted = marked([introduction(), "", *typed.quoted])
    return [plain(_text(typed.lines, ["Sent from my iPhone"], quoted))]


def apple_mail(typed: Typed) -> list[TextBody | bytes]:
    own = "".join(f"<div>{html.escape(line, quote=False) or '<br>'}</div>" for line in typed.lines)
    return [
        plain(
            _text([*(f"{line}" for line in typed.lines)], [introduction()], marked(typed.quoted)),
            "; format=flowed; delsp=yes",
        ),
        markup(
            f"<html><body>{own}<br><div>On 26 May 2010, at 08:00, {html.escape(BOARD)} wrote:</div>"
            f'<br><blockquote type="cite">{digest_markup(typed.quoted)}</blockquote></body></html>'
        ),
    ]


def thunderbird(typed: Typed) -> list[TextBody | bytes]:
    """Answers below the quotation."""
    text = _text([introduction(), *marked(typed.quoted)], typed.lines, ["-- ", *typed.signature])
    return [plain(text, "; format=flowed")]


def thunderbird_inline(typed: Typed) -> list[TextBody | bytes]:
    """Each line typed below the item that it names, without an empty line between."""
    out = [introduction()]
    for line in typed.quoted:
        out.append(f"> {line}")
        out += [own for own in typed.lines if line.startswith(f"Reply: {own[:1]} ")]
    return [plain("\n".join(out) + "\n")]


def samsung(typed: Typed) -> list[TextBody | bytes]:
    own = "".join(f'<div dir="auto">{html.escape(line, quote=False)}</div>' for line in typed.lines)
    return [
        markup(
            f'<html><body>{own}<div><br></div><div id="composer">Sent from my Galaxy</div>'
            f"<div>-------- Original message --------</div><div>From: {html.escape(BOARD)}</div>"
            f"<div>Date: 26/05/2010 08:00 (GMT+00:00)</div><div>To: {html.escape(HER)}</div>"
            f"<div>Subject: {SUBJECT}</div><div>{digest_markup(typed.quoted)}</div></body></html>"
        )
    ]


def yahoo(typed: Typed) -> list[TextBody | bytes]:
    own = "".join(f'<div dir="ltr">{html.escape(line, quote=False)}</div>' for line in typed.lines)
    return [
        markup(
            f'<div class="ydp-wrap">{own}</div><div id="ydp7yahoo_quoted_01" class="yahoo_quoted">'
            f"<div>Kirjoittaja {html.escape(BOARD)} 26. toukokuuta</div>"
            f"{digest_markup(typed.quoted)}</div>"
        )
    ]


def notes(typed: Typed) -> list[TextBody | bytes]:
    """Lotus Notes: the labels in one column, what they label in another."""
    rows = "".join(
        f"<tr><td><font>{label}:</font></td><td>{html.escape(value.strip())}</td></tr>"
        for label, _, value in (line.partition(":") for line in head_lines())
        if label != "Sent"
    )
    return [
        markup(
            f"<font face=sans-serif>{'<br>'.join(map(html.escape, typed.lines))}</font><br><br>"
            f"<table>{rows}<tr><td>Date:</td><td>26/05/2010 08:00</td></tr></table><hr noshade>"
            f"{digest_markup(typed.quoted)}"
        )
    ]


def unmarked(typed: Typed) -> list[TextBody | bytes]:
    """A program that quotes without any mark, above what is typed."""
    return [plain(_text(typed.quoted, typed.lines))]


def winmail(typed: Typed) -> list[TextBody | bytes]:
    """Outlook's rich text: nothing but winmail.dat."""
    return [tnef(rtf([*typed.lines, "", *head_lines(), "", *typed.quoted]))]


def winmail_and_plain(typed: Typed) -> list[TextBody | bytes]:
    lines = [*typed.lines, "", *head_lines(), "", *typed.quoted]
    return [plain("\n".join(lines)), tnef(rtf(lines))]


CLIENTS: Mapping[str, Callable[[Typed], list[TextBody | bytes]]] = {
    "outlook": outlook,
    "outlook-plain": outlook_plain,
    "outlook-original": outlook_original,
    "outlook-web": outlook_web,
    "outlook-phone": outlook_phone,
    "gmail": gmail,
    "apple-phone": apple_phone,
    "apple-mail": apple_mail,
    "thunderbird": thunderbird,
    "samsung": samsung,
    "yahoo": yahoo,
    "notes": notes,
    "unmarked": unmarked,
    "winmail": winmail,
    "winmail-and-plain": winmail_and_plain,
}


def reply(client: str, *lines: str, **headers: str) -> bytes:
    """What that program makes of the lines; `headers` with "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return message(CLIENTS[client](Typed(lines)), named)


def rtf(lines: Sequence[str], before: str = "") -> bytes:
    """Lines as Outlook's rich text has them, beside a font and what nobody sees of it."""

    def written(line: str) -> str:
        plainly = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in plainly)

    body = "".join(f"{written(line)}\\par\r\n" for line in lines)
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fswiss Calibri;}}{\\*\\generator 9 accept;}"
        f"\\pard\\plain\\f0 {before}{body}}}"
    ).encode()


def tnef(text: bytes, *, packed: bool = True) -> bytes:
    """A winmail.dat whose message has that rich text."""
    stream = packed_rtf(text) if packed else unpacked_rtf(text)
    value = struct.pack("<II", 1, len(stream)) + stream + b"\0" * (-len(stream) % 4)
    properties = struct.pack("<I", 1) + struct.pack("<HH", 0x0102, 0x1009) + value
    record = struct.pack("<BII", 1, 0x00069003, len(properties)) + properties
    checksum = struct.pack("<H", sum(properties) & 0xFFFF)
    return bytes.fromhex("789f3e22") + b"\x01\x00" + record + checksum


def packed_rtf(text: bytes) -> bytes:
    """[MS-OXRTFCP], with a reference into what was written for every word that comes again."""
    out, at, write, window = bytearray(), 0, 207, bytearray(4096)
    tokens: list[bytes] = []
    while at < len(text):
        found = window.find(text[at : at + 4]) if at + 4 <= len(text) else -1
        if found >= 0 and found + 4 <= write:
            tokens.append(struct.pack(">H", found << 4 | 2))
            size = 4
        else:
            tokens.append(text[at : at + 1])
            size = 1
        for byte in text[at : at + size]:
            window[write] = byte
            write = (write + 1) % 4096
        at += size
    tokens.append(struct.pack(">H", write << 4))
    for begin in range(0, len(tokens), 8):
        eight = tokens[begin : begin + 8]
        out.append(sum(1 << bit for bit, token in enumerate(eight) if len(token) == 2))
        out += b"".join(eight)
    return struct.pack("<IIII", len(out) + 12, len(text), 0x75465A4C, 0) + bytes(out)


def unpacked_rtf(text: bytes) -> bytes:
    return struct.pack("<IIII", len(text) + 12, len(text), 0x414C454D, 0) + text
