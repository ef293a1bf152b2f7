"""How much of one mail is read.

Does: names every bound that reading a mail keeps to, in one place.
Trusts: whoever makes one to give positive numbers.
Never touches: the mail.
Known limits: the bounds are on our own work. The spool bounds the size of what is fetched, and
the worker's own limits stand behind all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailLimits:
    """Bounds for one mail. Sizes are in bytes, texts in characters."""

    header_bytes: int = 256 * 1024  # the mail's own header block; real ones are 5 to 30 KiB
    part_header_bytes: int = 32 * 1024  # the header block of one part
    parts: int = 200  # multiparts and leaves together, forwarded mails included
    depth: int = 20  # multiparts in multiparts
    containers: int = 3  # a mail in a mail in a zip
    attachments: int = 100
    unpacked_bytes: int = 100 * MIB  # what comes out of zips and .msg files, all together
    zip_members: int = 50
    picture_bytes: int = 100_000  # a picture shown in the text that is larger may be a scan
    subject_chars: int = 500
    body_chars: int = 100_000
    ids: int = 50  # ids named by In-Reply-To and References
    recipients: int = 50
    signers: int = 10  # addresses in one certificate


USUAL = MailLimits()
