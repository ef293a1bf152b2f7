"""Says whether our own mail server vouches for the domain in a mail's From (RFC 8601).

Only the topmost run of headers with the configured authserv-id counts, and only dmarc=pass for
exactly this domain (failure modes 39 to 41, 45 and 46); all else can be written by the sender. A
server that lets a sender's forged header stand on top cannot be told from one that vouches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from intake.headers import header_block
from intake.headers.address import strict_address
from intake.headers.header_block import Headers

MAX_HEADER_LENGTH = 8_192  # characters of one header; real ones have a few hundred

_TOKEN = re.compile(
    r"""\s+|(?P<word>[^\s;=()"\\]+)|(?P<mark>[;=])|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<comment>\()""",
    re.X | re.S,
)
_PARENTHESIS = re.compile(r"\\.|[()]", re.S)


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One method's result, such as dmarc, pass and {"header.from": "surgery.example"}."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One whole Authentication-Results header."""

    server: str
    results: tuple[MethodResult, ...]


class UnparsedResults(Exception):
    """This Authentication-Results header is not written as RFC 8601 has it."""


# Why our server does not vouch; `handlers/register/set_apart_reasons.py` puts each into a sentence.
AuthenticationDoubt = Literal[
    "results-missing", "results-garbled", "results-contradict", "results-other", "results-fail"
]
AUTHENTICATION_DOUBTS = frozenset[AuthenticationDoubt](get_args(AuthenticationDoubt))


def is_authenticated(raw_headers: bytes, authserv_id: str, from_domain: str) -> bool:
    """True when our server says dmarc=pass for `from_domain`, and nothing to the contrary."""
    return not authentication_doubt(raw_headers, authserv_id, from_domain)


def authentication_doubt(
    raw_headers: bytes, authserv_id: str, from_domain: str
) -> AuthenticationDoubt | Literal[""]:
    """A word of AUTHENTICATION_DOUBTS, or "" when our server vouches for `from_domain` and nothing
    in its name says otherwise, wherever in the mail that stands.

    `raw_headers` is the mail from its first byte; what follows the header block is not read.
    `from_domain` is the domain of Message.sender. Never raises.
    """
    block_and_body = header_block.split_header_block(raw_headers, 256 * 1024)
    if block_and_body is None or not authserv_id or not from_domain:
        return "results-missing"
    headers = header_block.parse_headers(block_and_body[0])
    if headers.odd or len(headers.values_of("from")) != 1:
        return "results-garbled"
    try:
        topmost = _verdicts(_topmost(headers, authserv_id))
        everywhere = _verdicts(_in_our_name(headers, authserv_id))
    except UnparsedResults:
        return "results-garbled"
    return _doubted(topmost, everywhere, from_domain)


def _doubted(
    topmost: list[MethodResult], everywhere: list[MethodResult], from_domain: str
) -> AuthenticationDoubt | Literal[""]:
    if not topmost:
        return "results-missing"
    said = {_vouches(result, from_domain) for result in everywhere}
    if len(said) > 1:
        return "results-contradict"
    if said == {True}:
        return ""
    passed = all(result.result == "pass" for result in topmost)
    return "results-other" if passed else "results-fail"


def _verdicts(of: Iterable[AuthenticationResults]) -> list[MethodResult]:
    return [result for results in of for result in results.results if result.method == "dmarc"]


def _in_our_name(headers: Headers, authserv_id: str) -> Iterator[AuthenticationResults]:
    """Every header that names our server, by whomever it was written. Raises UnparsedResults."""
    for value in headers.values_of("authentication-results"):
        results = _of_server(value, authserv_id.lower())
        if results:
            yield results


def _topmost(headers: Headers, authserv_id: str) -> Iterator[AuthenticationResults]:
    """Our server's headers, from its first down to the next trace of another hop.

    Raises UnparsedResults where one in that run is malformed and names our server.
    """
    met = False
    for name, value in headers.fields:
        if name == "received" and met:
            return
        if name == "authentication-results":
            results = _of_server(value, authserv_id.lower())
            if results:
                met = True
                yield results


def _of_server(value: str, server: str) -> AuthenticationResults | None:
    """One header, if it is that server's. Others may write as badly as they like."""
    try:
        results = parse_results(value)
    except UnparsedResults:
        if server in value.lower():
            raise
        return None
    return results if results.server == server else None


def _vouches(verdict: MethodResult, from_domain: str) -> bool:
    named = [value for key, value in verdict.properties if key == "header.from"]
    # A strict address is how a domain is put into A-labels and lower case here.
    ours = strict_address(f"x@{from_domain}")
    return (
        bool(ours)
        and verdict.result == "pass"
        and [strict_address(f"x@{n}") for n in named] == [ours]
    )


def parse_results(value: str) -> AuthenticationResults:
    """One header's value. Raises UnparsedResults for anything that the grammar does not cover."""
    if len(value) > MAX_HEADER_LENGTH:
        raise UnparsedResults
    statements: list[list[str]] = [[]]
    for kind, token in _tokens(value):
        if (kind, token) == ("mark", ";"):
            statements.append([])
        else:
            # A quoted string is one value whatever it holds; the mark tells it from syntax.
            statements[-1].append(token if kind != "quoted" else f'"{token}')
    server, *rest = statements
    if not server or len(server) > 2 or server[0] == "=" or (server[1:] not in ([], ["1"])):
        raise UnparsedResults
    found = [tokens for tokens in rest if tokens]
    return AuthenticationResults(
        _unquoted(server[0]).lower(), tuple(_result(t) for t in found if t != ["none"])
    )


def _result(tokens: list[str]) -> MethodResult:
    """`method[/version] = result [reason = value] *(ptype.property = value)`"""
    pairs = list(_pairs(tokens))
    (method, result), *properties = pairs
    return MethodResult(method.partition("/")[0], result.lower(), tuple(properties))


def _pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    if not tokens or len(tokens) % 3:
        raise UnparsedResults
    for at in range(0, len(tokens), 3):
        name, equals, value = tokens[at : at + 3]
        if equals != "=" or name == "=" or value == "=" or name.startswith('"'):
            raise UnparsedResults
        yield name.lower(), _unquoted(value)


def _unquoted(token: str) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:], flags=re.S) if token.startswith('"') else token


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """("word" | "mark" | "quoted", text), with white space and comments stepped over."""
    at = 0
    while at < len(value):
        match = _TOKEN.match(value, at)
        if not match:
            raise UnparsedResults
        at = match.end()
        if match.lastgroup == "comment":
            at = _after_comment(value, at)
        elif match.lastgroup:
            yield match.lastgroup, match[match.lastgroup]


def _after_comment(value: str, at: int) -> int:
    """The place after the parenthesis that closes the one before `at`; they nest."""
    depth = 1
    for match in _PARENTHESIS.finditer(value, at):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    raise UnparsedResults
