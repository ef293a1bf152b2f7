"""The words the service listens for in mail."""

from __future__ import annotations

from dataclasses import fields

from config.mail_words import MAIL_WORDS
from tests.each_case import each_case

WORDS = [
    (f"{name}.{field.name}", getattr(group, field.name))
    for name in ("absences", "marks", "others", "services")
    for group in [getattr(MAIL_WORDS, name)]
    for field in fields(group)
]


@each_case(("name", "words"), [*WORDS, ("claims", MAIL_WORDS.claims)])
def test_every_word_is_there_once_and_in_lower_case(name: str, words: tuple[object, ...]) -> None:
    assert words, name
    assert len(set(words)) == len(words)
    assert all(word.strip().lower() == word for word in words if isinstance(word, str))


def test_absences_are_known_in_four_languages() -> None:
    for subject in ("out of office", "abwesenheitsnotiz", "réponse automatique", "ateb awtomatig"):
        assert subject in MAIL_WORDS.absences.begins


def test_a_service_is_its_host_with_the_hosts_below_it() -> None:
    (egress,) = [a for a in MAIL_WORDS.services.sealed if a.host == "reader.egress.com"]
    assert egress.matches_url("reader.egress.com", "/x")
    assert egress.matches_url("eu.reader.egress.com", "/")
    assert not egress.matches_url("notreader.egress.com", "/x")
    assert not egress.matches_url("reader.egress.com.elsewhere.example", "/x")
