"""Letters as a browser draws them: on a wide screen and a narrow one, in the dark, and listened to.

The pictures are kept in `build/letters/`, for a person to look at.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outbox.samples.drafts import SAMPLES
from outbox.writing.enclosures import self_contained_html
from outbox.writing.letter_text import parse_letter
from outbox.writing.writer import LetterWriter
from tests import combinations
from tests.outbox.conftest import BOARD

KEPT = Path(__file__).parents[2] / "build" / "letters"
NOW = datetime(2010, 4, 1, 10, 15, tzinfo=ZoneInfo("Europe/London"))
ID = "<scr.0123456789abcdef@board.example>"
AA = 4.5  # to 1, what WCAG 2.2 asks of text
WIDE, NARROW = 760, 390  # pixels: Outlook's reading pane, a telephone
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
# Each letter in a frame of a given width; once all are drawn, the page says how wide they came out.
MEASURE = """<!DOCTYPE html><body>{frames}<script>
const lit = c => {{ const l = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2] + 0.05; }};
const ground = e => {{ const c = getComputedStyle(e).backgroundColor;
  return c == "rgba(0, 0, 0, 0)" && e.parentElement ? ground(e.parentElement) : c; }};
const contrast = e => {{ const [a, b] = [lit(getComputedStyle(e).color), lit(ground(e))];
  return Math.max(a, b) / Math.min(a, b); }};
const whole = f => {{ const d = f.contentDocument, w = d.createTreeWalker(
    d.body, NodeFilter.SHOW_TEXT), r = d.createRange(), broken = [];
  const cell = "table table table th, table table table td";
  for (let n; n = w.nextNode();) if (n.parentElement.closest(cell))
    for (const m of n.data.matchAll(/\\S+/g)) {{ r.setStart(n, m.index);
      r.setEnd(n, m.index + m[0].length); if (r.getClientRects().length > 1) broken.push(m[0]); }}
  return broken; }};
onload = () => document.title = JSON.stringify([...document.querySelectorAll("iframe")].map(f => {{
  const said = [...f.contentDocument.querySelectorAll("h2, p, li, th, td, span, strong")];
  return [f.title, f.contentDocument.documentElement.scrollWidth,
    [...f.contentDocument.images].every(i => i.alt && i.naturalWidth && i.width <= f.clientWidth),
    said.every(e => e.closest("table") && parseFloat(getComputedStyle(e).fontSize) >= 13),
    Math.min(...said.map(contrast)), whole(f)]; }}));
</script></body>"""


@pytest.fixture(scope="module")
def letters() -> dict[str, str]:
    writer = LetterWriter(BOARD, "scr-returns@board.example")
    written = {n: parse_letter(writer.write(d, ID, NOW)) for n, d in SAMPLES.items()}
    return {name: self_contained_html(letter) for name, letter in written.items()}


def browser(folder: Path, page: Path, *options: str) -> str:
    """What Chromium prints of a page. Skips, loudly, where it is not installed; fails under CI."""
    chromium = shutil.which("chromium")
    if chromium is None:
        words = "Chromium is not installed: how letters look is untested"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    command = [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def measured(folder: Path, letters: dict[str, str], width: int, *options: str) -> list[list[Any]]:
    """Of each letter its name, how wide it came out, whether its pictures are told and its words
    large enough, the least contrast, and the words of its tables that are broken."""
    dark = "dark" if options else "light"
    frames = "".join(
        f'<iframe title="{name}" width="{width}" style="color-scheme:{dark}"'
        f' srcdoc="{html.escape(said)}"></iframe>'
        for name, said in letters.items()
    )
    page = folder / "all.html"
    page.write_text(MEASURE.format(frames=frames), encoding="utf-8")
    drawn = browser(folder, page, "--window-size=1600,1200", "--dump-dom", *options)
    found = re.search(r"<title>(.*?)</title>", drawn)
    assert found, "the letters were not drawn"
    said = json.loads(html.unescape(found[1]))
    assert [name for name, *_ in said] == list(letters)
    return list(said)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_letter_is_wider_than_the_screen_or_needs_a_magnifying_glass_or_shows_without_words(
    letters: dict[str, str], tmp_path: Path, width: int
) -> None:
    found = measured(tmp_path, letters, width)
    assert [(n, w) for n, w, *_ in found if w > width] == []
    assert [n for n, _, told, readable, *_ in found if not (told and readable)] == []
    assert [(n, contrast) for n, *_, contrast, _ in found if contrast < AA] == []
    assert [(n, broken) for n, *_, broken in found if broken] == []


def test_in_the_dark_every_word_can_be_read(letters: dict[str, str], tmp_path: Path) -> None:
    found = measured(tmp_path, letters, NARROW, "--blink-settings=preferredColorScheme=0")
    assert [(n, contrast) for n, *_, contrast, _ in found if contrast < AA] == []


def test_the_words_of_a_table_stay_whole_on_a_telephone_that_drops_styles(
    letters: dict[str, str], tmp_path: Path
) -> None:
    bare = {
        name: re.sub(r"<style>.*?</style>", "", said, flags=re.S)
        for name, said in letters.items()
        if name.startswith("digest")
    }
    found = measured(tmp_path, bare, NARROW)
    assert [(n, broken) for n, *_, broken in found if broken] == []
    assert [(n, w) for n, w, *_ in found if w > NARROW + 40] == [], "it is drawn a little smaller"


LIGHT = [name for name, draft in SAMPLES.items() if name == draft.kind]
DARK = ["rejection", "chaser", "digest", "digest-quiet"]


SHOWN = [*((name, "dark") for name in DARK), *((name, "light") for name in LIGHT)]


@pytest.mark.parametrize("name, shade", combinations.first(len(DARK) + 1, SHOWN))
def test_what_it_looks_like_is_kept_for_a_person_to_see(
    letters: dict[str, str], tmp_path: Path, name: str, shade: str
) -> None:
    """Each kind as a wide screen and a telephone show it, side by side; most by `make sweeps`."""
    KEPT.mkdir(parents=True, exist_ok=True)
    page, picture = tmp_path / "letter.html", KEPT / f"{name}-{shade}.png"
    said = html.escape(letters[name])
    frames = (
        f'<iframe width="{width}" height="1380" style="color-scheme:{shade}"'
        f' srcdoc="{said}"></iframe>'
        for width in (WIDE, NARROW)
    )
    page.write_text("<!DOCTYPE html>" + "".join(frames), encoding="utf-8")
    picture.unlink(missing_ok=True)
    dark = ["--blink-settings=preferredColorScheme=0"]
    options = dark if shade == "dark" else []
    browser(tmp_path, page, "--window-size=1200,1400", f"--screenshot={picture}", *options)
    assert picture.read_bytes().startswith(b"\x89PNG")
