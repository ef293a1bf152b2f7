"""Whether digital signatures can be checked and sealed mail opened, where the settings ask for it.

Does: reads the authorities' certificates and the service's own, looks for the extra `sig`, and at
how long each certificate is still good.
Trusts: the settings.
Never touches: the network; what the key says.
Known limits: says nothing where the settings ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from commands.doctor.check import Ground, Said, soon, well, wrong
from commands.signatures import seal_of
from config.authorities import read_authorities
from config.problem import Refused
from intake.signatures.extra import installed

SOON = timedelta(days=30)


def signatures(ground: Ground) -> Iterator[Said]:
    """The authorities, then the key."""
    asked = ground.settings.signatures
    if asked.authorities is not None:
        yield from _authorities(asked.authorities, ground)
    if asked.key_file is not None:
        yield from _seal(ground)


def _authorities(folder: Path, ground: Ground) -> Iterator[Said]:
    try:
        held = [x509.load_der_x509_certificate(der) for der in read_authorities(folder)]
    except Refused as refused:
        yield wrong(str(refused), "Put the authorities' certificates there, in PEM form.")
        return
    except ValueError:
        yield wrong("A certificate in the authorities' folder cannot be read.", "Replace it.")
        return
    if installed():
        number = "1 authority is" if len(held) == 1 else f"{len(held)} authorities are"
        yield well(f"Digital signatures are checked; {number} believed.")
    else:
        yield wrong(
            "Digital signatures cannot be checked: each is a question for a person.",
            "Install the service with its extra `sig`.",
        )
    for certificate in held:
        yield from _ending(certificate, "The certificate of an authority", ground)


def _seal(ground: Ground) -> Iterator[Said]:
    try:
        seal = seal_of(ground.settings.signatures, ground.credentials)
    except Refused as refused:
        yield wrong(str(refused), "Mend the setting, or the file that it names.")
        return
    if seal is not None:
        yield well("Mail that is encrypted to the service can be opened.")
        yield from _ending(seal.certificate, "The service's own certificate", ground)


def _ending(certificate: x509.Certificate, whose: str, ground: Ground) -> Iterator[Said]:
    end = certificate.not_valid_after_utc
    if end < ground.now:
        yield wrong(f"{whose} has run out.", "Put the one that follows it in its place.")
    elif end < ground.now + SOON:
        yield soon(f"{whose} runs out on {end:%d %B %Y}.", "Ask for the one that follows it.")
