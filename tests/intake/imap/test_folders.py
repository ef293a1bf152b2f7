"""How folders are called on servers that differ."""

from __future__ import annotations

import pytest

from intake.imap.connection import Naming


@pytest.mark.parametrize(
    ("naming", "written", "called"),
    [
        (Naming("/"), "Returns/New", "Returns/New"),
        (Naming("."), "Returns/New", "Returns.New"),
        (Naming("."), "INBOX", "INBOX"),
        (Naming(".", "INBOX."), "inbox", "INBOX"),  # as Courier and Cyrus have it
        (Naming(".", "INBOX."), "Returns/New", "INBOX.Returns.New"),
        (Naming(".", "INBOX."), "INBOX/Returns", "INBOX.Returns"),
        (Naming("/", "Mail/"), "Returns", "Mail/Returns"),
        (Naming("/", "Mail/"), "Mail/Returns", "Mail/Returns"),
        (Naming("\\"), "Rückläufe/Neu", "Rückläufe\\Neu"),
    ],
)
def test_a_name_from_the_settings_is_put_as_the_server_has_it(
    naming: Naming, written: str, called: str
) -> None:
    assert naming.of(written) == called
