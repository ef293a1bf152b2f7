"""Links recognised, never followed."""

from __future__ import annotations

import pytest

from intake.message.links import has_sealed_link, has_sealed_notice, has_shared_link


@pytest.mark.parametrize(
    "link",
    [
        "https://switch.egress.com/ui/registration/x",
        "https://voltage-pp-0000.agency.example/brand/zdm",
        "https://outlook.office365.com/Encryption/retrieve.ashx?x",
        "https://res.cisco.com:443/websafe/",
        "https://eu.safelinks.example/?url=https%3A%2F%2Fswitch.egress.com%2Fui",
    ],
)
def test_a_sealed_message_is_recognised(link):
    assert has_sealed_link([f"Read it <a href='{link}'>here</a>"])


@pytest.mark.parametrize(
    "link",
    [
        "https://agency.sharepoint.com/:w:/s/x",
        "https://1drv.ms/w/x",
        "https://we.tl/t-x",
        "https://drive.google.com/file/d/x",
        "https://www.DROPBOX.com/s/x",
        "https://urldefense.example/v3/__https://onedrive.live.com/x__;",
        "https://user@onedrive.live.com/x",
    ],
)
def test_a_file_on_a_sharing_site_is_recognised(link):
    assert has_shared_link([f"See {link} ."])


@pytest.mark.parametrize(
    "text",
    [
        "https://www.egress.com/about our mail is sealed",
        "https://sharepoint.com.surgery.example/",
        "https://notsharepoint.com/",
        "https://surgery.example/dropbox.com/",
        "https://dropbox.com@surgery.example/",
        "dropbox.com in words alone",
    ],
)
def test_other_links_are_not(text):
    assert not has_sealed_link([text]) and not has_shared_link([text])


def test_the_words_of_a_sealed_service_about_its_link_are_the_services() -> None:
    who = "Dr Yates has sent you an encrypted message about N12."
    for way in (
        "Open the attached link to read it:",
        "Use the link below.",
        "To decrypt it, click here:",
        "Follow the link to open it.",
    ):
        assert has_sealed_notice([f"{who} {way}\nhttps://mail.x.example/m/7"]), way
    assert has_sealed_link(
        ["https://eu1.egress.com/secure/xk21", "https://www.egress.com/secure/x"]
    )
    assert not has_sealed_notice(["Our IMR is attached; use the link below.\nhttps://x.example/"])
