"""Pictures that stand by themselves in a signing off may be signatures of those who have no line to
sign on."""

from __future__ import annotations

from handlers.document import Block, Cell, Paragraph, Row, TableEnd

PICTURE = Paragraph("", picture=True)
WHO = (("Report author", "Ruth Hale", "Named GP"), ("Agency commissioner", "Paul Okafor", "Chief"))


def signed(who: tuple[str, str, str], *, role: bool = True, line: bool = False) -> list[Block]:
    title, name, job = who
    lines = [f"Name: {name}", f"Job designation: {job} Executive", "Date: 28 May 2010"]
    lines = [title, *lines] if role else lines
    return [Paragraph(text) for text in (*lines, *(["Signed:"] if line else []))]


def side_by_side() -> list[Block]:
    cells = tuple(
        Cell((*signed(who), PICTURE), at)  # type: ignore[arg-type]
        for at, who in enumerate(WHO)
    )
    return [Row(9, 1, cells), TableEnd(9)]


BOTH: dict[str, list[Block]] = {
    "above each block": [b for who in WHO for b in (PICTURE, *signed(who, role=False))],
    "below each block": [b for who in WHO for b in (*signed(who), PICTURE)],
    "at the end": [*(b for who in WHO for b in signed(who)), PICTURE, PICTURE],
    "at the beginning": [PICTURE, PICTURE, *(b for who in WHO for b in signed(who))],
    "side by side": side_by_side(),
}


def test_as_many_pictures_as_people_are_asked_about_and_nobody_s_signature_is_missing(draft):
    for name, body in BOTH.items():
        draft.bodies["signing-off"] = body
        found = [f for f in draft.judged().findings if f.severity != "advice"]
        assert [f.rule for f in found] == ["sign-off-unclear"] * 2, name
        assert all("A picture stands here that may be the" in f.message for f in found)


def test_one_picture_is_not_two_signatures_and_fills_no_line_of_another(draft):
    one, two = signed(WHO[0]), signed(WHO[1])
    for body in ([*one, PICTURE, *two], [*one, PICTURE, PICTURE, *signed(WHO[1], line=True)]):
        draft.bodies["signing-off"] = body
        (fault,) = draft.found("sign-off-missing")
        assert "agency commissioner's signature" in fault.message
        assert "report author's signature" in draft.found("sign-off-unclear")[0].message
