"""A report whose headings, front sheet, plan and signing off are in two languages."""

from __future__ import annotations

from dataclasses import replace

from handlers.document import Paragraph

WELSH = ("Cyflwyniad", "Genogram", "Cefndir", "Crynodeb", "Ychwanegol", "Dadansoddiad",
         "Casgliadau", "Argymhellion", "Llofnodi")  # fmt: skip
LABELS = {"Author:": "Awdur / Author:", "Date:": "Dyddiad / Date:", "Name:": "Enw / Name:",
          "Signed:": "Llofnod / Signed:"}  # fmt: skip


def _said(block):
    if not isinstance(block, Paragraph):
        return block
    text = block.text
    for label, both in LABELS.items():
        text = text.replace(label, both)
    return replace(block, text=text)


def test_headings_and_labels_are_read_by_either_half(draft):
    before = {(f.rule, f.severity) for f in draft.judged().findings}
    headings = draft.headings
    draft.front = [_said(b) for b in draft.front]
    draft.bodies["signing-off"] = [_said(b) for b in draft.bodies["signing-off"]]
    for way in ("{w} / {e}", "{e} / {w}", "{w} | {e}", "{w}\n{e}"):
        draft.headings = {
            key: replace(h, text=way.format(w=w, e=h.text))
            for (key, h), w in zip(headings.items(), WELSH, strict=True)
        }
        assert {(f.rule, f.severity) for f in draft.judged().findings} <= before, way


def test_a_blank_under_a_label_in_two_languages_is_blank(draft):
    draft.replace_front("Date: 28 May 2010", "Dyddiad / Date: ........")
    assert "front-sheet-date" in draft.rules()
