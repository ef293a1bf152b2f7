"""What a board installs is what the lock says: the wheelhouse, its script and the bill of
materials. The script itself is tried in a Debian without a network; `docs/deploy.md` says when."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from tools.bill_of_materials import bill_of_materials
from tools.licences_page import UNKNOWN, licence_of
from tools.locked_requirements import OPTIONAL, libraries_to_run, read_lock

ROOT = Path(__file__).parents[1]
INSTALL = ROOT / "tools" / "install"


def test_each_library_of_the_lock_to_run_is_installed_by_its_hash() -> None:
    always = {each.name for each in libraries_to_run() if not each.extra}
    assert {"pydantic", "pydantic-core", "lxml", "cryptography", "pysqlite3"} <= always
    assert not {"pytest", "mypy", "hatchling", "editables"} & always
    for each in libraries_to_run():
        assert each.hashes, each.name
        assert each.requirement_text().startswith(f"{each.name}=={each.version} \\\n    --hash=")


def test_each_extra_brings_its_own_libraries() -> None:
    by_extra = {e: {x.name for x in libraries_to_run() if x.extra == e} for e in OPTIONAL}
    assert "tesserocr" in by_extra["ocr"]
    assert {"pyhanko", "asn1crypto"} <= by_extra["sig"]
    assert {"msal", "requests", "urllib3"} <= by_extra["m365"]


def test_a_library_of_another_system_is_left_out() -> None:
    lock = read_lock("colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "a" * 64)
    assert not lock["colorama"].is_for("3.11")
    assert "colorama" not in {each.name for each in libraries_to_run()}


def test_a_library_of_an_older_python_is_for_that_alone() -> None:
    lock = read_lock("old==1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:" + "b" * 64)
    assert lock["old"].is_for("3.11")
    assert not lock["old"].is_for("3.13")
    assert lock["old"].hashes == ("b" * 64,)


def test_the_bill_of_materials_has_what_the_schema_asks_for() -> None:
    """CycloneDX 1.5: required fields, the form of numbers and hashes, references that lead."""
    bill = bill_of_materials()
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    parts = [bill["metadata"]["component"], *bill["components"]]
    for part in parts:
        assert part["type"] in ("application", "library")
        assert part["name"] and part["version"] and part["purl"] == part["bom-ref"]
        for licence in part["licenses"]:
            assert set(licence["license"]) in ({"id"}, {"name"})
    for library in bill["components"]:
        assert library["scope"] in ("required", "optional")
        for digest in library["hashes"]:
            assert digest["alg"] == "SHA-256" and re.fullmatch("[0-9a-f]{64}", digest["content"])
    refs = [part["bom-ref"] for part in parts]
    assert len(refs) == len(set(refs)) == len(libraries_to_run()) + 1
    assert {each["ref"] for each in bill["dependencies"]} == set(refs)
    for each in bill["dependencies"]:
        assert set(each["dependsOn"]) <= set(refs) - {each["ref"]}


def test_the_program_depends_on_all_that_is_in_the_bill() -> None:
    bill = bill_of_materials()
    needed = {each["ref"]: set(each["dependsOn"]) for each in bill["dependencies"]}
    assert needed[bill["metadata"]["component"]["bom-ref"]] == {
        each["bom-ref"] for each in bill["components"]
    }


def test_a_licence_is_as_the_library_says_it() -> None:
    assert licence_of("cryptography") == "Apache-2.0 OR BSD-3-Clause"
    assert licence_of("no-such-library") == UNKNOWN


def run_install(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(INSTALL, folder / "install")
    return subprocess.run([folder / "install", *words], capture_output=True, text=True, timeout=60)


def test_the_script_stops_at_a_word_that_it_does_not_know(tmp_path: Path) -> None:
    done = run_install(tmp_path, "--prefix")
    assert done.returncode == 1
    assert "It knows --with-extras" in done.stderr


def test_the_script_stops_where_a_file_is_not_as_it_was_packed(tmp_path: Path) -> None:
    """Before it makes anything: a user, a folder or a venv."""
    (tmp_path / "always-3.11.txt").write_text("as packed\n")
    digest = hashlib.sha256(b"something else\n").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{digest}  always-3.11.txt\n")
    done = run_install(tmp_path)
    assert done.returncode == 1
    assert "Not all files are as they were packed" in done.stderr or "as root" in done.stderr
    text = INSTALL.read_text()
    assert text.index("sha256sum --check") < min(
        text.index(word) for word in ("useradd --", "install -d", "-m venv", "cp -R")
    )


def test_the_script_asks_no_index_and_starts_nothing() -> None:
    text = INSTALL.read_text()
    assert text.count('pip" --isolated install') == 1  # and so each by way of `put`
    assert {"--no-index", "--require-hashes"} <= set(text.split())
    assert not re.search(r"systemctl (?:enable|start|restart)\b(?! scr-intake\")", text)
    subprocess.run(["sh", "-n", INSTALL], check=True)
