"""Relationships in the form in which they are signed."""

from __future__ import annotations

from lxml import etree

from handlers.readers.signatures.relationships import (
    RELATIONSHIP_TRANSFORM,
    canonical_forms,
    pick_relationships,
)

SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
PART = etree.fromstring(
    f'<r:Relationships xmlns:r="{SPACE}"><r:Relationship Target="b.xml" Id="rId2" Type="t/b"/>'
    '<r:Relationship TargetMode="External" Id="rId10" Type="t/a" Target="http://a.example"/>'
    '<r:Relationship Id="rId1" Type="t/c" Target="c.xml"/></r:Relationships>'
)


def transform(inside: str) -> etree._Element:
    return etree.fromstring(
        f'<T Algorithm="{RELATIONSHIP_TRANSFORM}" xmlns:m="{MDSSI}">{inside}</T>'
    )


def ids(inside: str) -> list[str | None]:
    return [e.get("Id") for e in pick_relationships(PART, transform(inside))]


def test_they_are_named_by_id_or_by_type() -> None:
    assert ids('<m:RelationshipReference SourceId="rId1"/>') == ["rId1"]
    assert ids('<m:RelationshipsGroupReference SourceType="t/a"/>') == ["rId10"]
    assert ids("") == []


def test_they_stand_sorted_with_their_defaults_and_nothing_else() -> None:
    """ECMA-376 part 2, 13.2.4.24."""
    (form,) = canonical_forms(PART, list(PART))
    assert form.decode() == (
        f'<Relationships xmlns="{SPACE}">'
        '<Relationship Id="rId1" Target="c.xml" TargetMode="Internal" Type="t/c"></Relationship>'
        '<Relationship Id="rId10" Target="http://a.example" TargetMode="External" Type="t/a">'
        "</Relationship>"
        '<Relationship Id="rId2" Target="b.xml" TargetMode="Internal" Type="t/b"></Relationship>'
        "</Relationships>"
    )


def test_gaps_between_them_may_have_been_signed_as_libreoffice_does() -> None:
    gapped = etree.fromstring(
        f'<Relationships xmlns="{SPACE}">\n<Relationship Id="a"/>\n</Relationships>'
    )
    standard, other = canonical_forms(gapped, [])
    assert standard == f'<Relationships xmlns="{SPACE}"></Relationships>'.encode()
    assert other.count(b"<text></text>") == 2
