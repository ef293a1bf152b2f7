"""The words the service listens for in mail."""

from __future__ import annotations

from config.mail_words import MAIL_WORDS


def test_every_word_is_there_once_and_in_lower_case() -> None:
    for words in (MAIL_WORDS.absent, MAIL_WORDS.claims, MAIL_WORDS.footers, MAIL_WORDS.quoted):
        assert words
        assert len(set(words)) == len(words)
        assert [word.strip().lower() for word in words] == list(words)


def test_absences_are_known_in_four_languages() -> None:
    for subject in ("out of office", "abwesenheitsnotiz", "réponse automatique", "ateb awtomatig"):
        assert subject in MAIL_WORDS.absent
