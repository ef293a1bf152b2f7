"""How folders are called on servers that differ."""

from __future__ import annotations

import pytest

from intake.imap.connection import FolderNaming


@pytest.mark.parametrize(
    ("naming", "written", "called"),
    [
        (FolderNaming("/"), "Returns/New", "Returns/New"),
        (FolderNaming("."), "Returns/New", "Returns.New"),
        (FolderNaming("."), "INBOX", "INBOX"),
        (FolderNaming(".", "INBOX."), "inbox", "INBOX"),  # as Courier and Cyrus have it
        (FolderNaming(".", "INBOX."), "Returns/New", "INBOX.Returns.New"),
        (FolderNaming(".", "INBOX."), "INBOX/Returns", "INBOX.Returns"),
        (FolderNaming("/", "Mail/"), "Returns", "Mail/Returns"),
        (FolderNaming("/", "Mail/"), "Mail/Returns", "Mail/Returns"),
        (FolderNaming("\\"), "Rückläufe/Neu", "Rückläufe\\Neu"),
    ],
)
def test_a_name_from_the_settings_is_put_as_the_server_has_it(
    naming: FolderNaming, written: str, called: str
) -> None:
    assert naming.server_folder_name(written) == called
