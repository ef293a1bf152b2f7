"""How the rules of a grammar are followed: every way, and no further than the words go."""

from __future__ import annotations

from config.grammar_rules import GrammarPart
from handlers.values.sentence_grammar import GrammarParse, SentenceGrammar


def part(*names: str, optional: bool = False, again: bool = False) -> GrammarPart:
    rules = tuple(name[1:-1] for name in names if name.startswith("<"))
    kinds = tuple(name[1:-1] for name in names if name.startswith("{"))
    words = frozenset(name for name in names if name[0] not in "<{")
    return GrammarPart(words, kinds, rules, optional, again)


RULES = {
    "who": ((part("we", "nobody"),), (part("the"), part("{noun}"))),
    "not": ((part("never"),), (part("not", optional=True), part("at"), part("all"))),
    "whole": ((part("<who>"), part("saw"), part("<not>", optional=True)),),
    "mild": ((part("so", optional=True), part("very", optional=True)),),
    "mildly": ((part("<mild>"), part("ill")),),
    "kindly": ((part("{noun}", optional=True), part("<not>"), part("ill")),),
    "listed": ((part("we", again=True), part("{end}")),),
}


def parse(text: str) -> GrammarParse:
    words = text.split()

    def ends_of_kind(kind: str, at: int) -> set[int]:
        if kind == "end":
            return set() if at < len(words) else {at}
        return {at + 1} if at < len(words) and words[at].endswith("ery") else set()

    return GrammarParse(SentenceGrammar(RULES), words, ends_of_kind)


def test_a_rule_has_a_sentence_whole_or_not() -> None:
    for text in ("we saw", "nobody saw never", "the nursery saw not at all", "we saw at all"):
        assert parse(text).is_whole("whole"), text
    for text in ("we saw not", "saw", "the school saw", "we saw never at all", ""):
        assert not parse(text).is_whole("whole"), text


def test_every_end_that_a_rule_may_have_is_found() -> None:
    assert parse("we saw at all of them").ends_of_rule("whole", 0) == {2, 4}
    assert parse("they saw us").ends_of_rule("whole", 0) == frozenset()


def test_a_part_that_stands_again_and_a_kind_without_words_are_followed() -> None:
    assert parse("we we we").is_whole("listed")
    assert not parse("we we them").is_whole("listed")


def test_a_word_that_begins_no_way_of_a_rule_costs_none() -> None:
    grammar = SentenceGrammar(RULES)
    assert grammar.alternatives_from("whole", "saw") == ()
    assert grammar.alternatives_from("who", "we") == (RULES["who"][0],)
    assert grammar.alternatives_from("listed", "them") == ()
    assert grammar.alternatives_from("not", "never") == (RULES["not"][0],)


def test_a_way_is_begun_by_whatever_its_first_parts_let_be_said() -> None:
    grammar = SentenceGrammar(RULES, lambda kind, word: word == "nursery")
    for word, rules in {
        "never": {"not", "mild", "mildly", "kindly"},
        "nursery": {"mild", "mildly", "kindly"},
        "we": {"who", "whole", "mild", "mildly", "listed"},
        "": {"mild", "mildly"},
    }.items():
        assert {rule for rule in RULES if grammar.alternatives_from(rule, word)} == rules, word
