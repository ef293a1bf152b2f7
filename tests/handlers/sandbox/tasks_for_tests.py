"""Tasks the worker is asked to do in tests: what a hostile document would make a parser do.

The fork server imports this file by the path the tests hand it.
"""

from __future__ import annotations

import ctypes
import email
import email.policy
import io
import mmap
import os
import socket
import sys
import threading
import time
import zipfile
from datetime import datetime

from lxml import etree

CHANNEL = 0


def echo(data, argument, setup):
    return {"data": data.decode(), "argument": repr(argument), "setup": repr(setup)}


def attachments(data, argument, setup):
    return {"count": argument}, [data] * argument


def inflate(data, argument, setup):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return len(archive.read(archive.namelist()[0]))


def hoard(data, argument, setup):
    """Fill the memory to the last byte, in small pieces that stay referenced."""
    kept = []
    while True:
        kept.append([None])


def nest(data, argument, setup):
    return nest(data, argument, setup)


def spin(data, argument, setup):
    while True:
        pass


def sleep(data, argument, setup):
    time.sleep(argument)
    return "awake"


def crash(data, argument, setup):
    return ctypes.string_at(0)


def leave(data, argument, setup):
    os._exit(argument)


def exit_politely(data, argument, setup):
    sys.exit(0)


def stumble(data, argument, setup):
    try:
        int(data)
    except ValueError as error:
        error.add_note(data.decode())
        raise LookupError(data.decode()) from error


def answer_with(data, argument, setup):
    return argument


def return_a_date(data, argument, setup):
    return datetime(2009, 2, 1)


def return_odd_blobs(data, argument, setup):
    return "value", [data, 5]


def say_raw(data, argument, setup):
    """A captured child writes what it likes on its channel and ends as if all were well."""
    os.write(CHANNEL, data)
    os._exit(0)


def answer_and_stay(data, argument, setup):
    os.write(CHANNEL, (13).to_bytes(8, "big") + b'{"value": 42}')
    time.sleep(60)


def answer_unread(data, argument, setup):
    """Reply a great deal, over and over."""
    while True:
        os.write(CHANNEL, b"x" * 65536)


def environment(data, argument, setup):
    return {**dict(os.environ), "cwd": argument, "argv": sys.argv}


def writable(data, argument, setup):
    """The descriptors, besides its own channel, that take what is written to them."""
    return [descriptor for descriptor in range(1, 1024) if _takes_words(descriptor)]


def refused(data, argument, setup):
    """Try one forbidden deed; the name of the exception that stopped it, or "done"."""
    try:
        DEEDS[argument[0]](*argument[1:])
    except (OSError, RuntimeError, ValueError) as stop:
        return type(stop).__name__
    return "done"


def late_imports(data, argument, setup):
    """Everything here imports a module, or opens a file, at its first use."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("naïve.txt", "x")
    return [
        str(message["From"].addresses[0].addr_spec),
        message.get_content().strip(),
        b"\x81".decode("cp437"),
        "bücher.example".encode("idna").decode(),
        datetime.strptime("1 February 2009", "%d %B %Y").isoformat(),
        zipfile.ZipFile(packed).namelist()[0],
        etree.fromstring(b"<a><b/></a>")[0].tag,
    ]


def _takes_words(descriptor):
    try:
        os.write(descriptor, b"words")
    except OSError:
        return False
    return True


def _fork():
    if not os.fork():
        os._exit(0)


def _connect(port):
    socket.create_connection(("127.0.0.1", port), timeout=1)


def _write(path):
    with open(path, "w") as file:
        file.write("words")


def _system(name, *arguments):
    """A call of the C library, so that no Python stands between."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _by_number(x86_64, aarch64, *arguments):
    _system("syscall", x86_64 if os.uname().machine == "x86_64" else aarch64, *arguments)


def _bomb():
    while True:
        os.fork()


DEEDS = {
    "fork without end": _bomb,
    "trace": lambda: _system("ptrace", 16, os.getppid(), None, None),
    "read memory": lambda: _by_number(310, 270, os.getppid(), None, 0, None, 0, 0),
    "any socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "pair of sockets": lambda: socket.socketpair(),
    "ring of calls": lambda: _by_number(425, 425, 1, None),
    "new namespace": lambda: _system("unshare", 0x10000000),
    "memory as a file": lambda: os.memfd_create("x"),
    "open by a descriptor": lambda: os.open("x", os.O_RDONLY, dir_fd=CHANNEL),
    "other limits": lambda: __import__("resource").prlimit(os.getppid(), 7, (1, 1)),
    "read": lambda path: open(path).close(),
    "list": os.listdir,
    "write": _write,
    "remove": os.unlink,
    "fork": _fork,
    "thread": lambda: threading.Thread(target=print).start(),
    "execute": lambda path: os.execv(path, [path]),
    "signal": lambda: os.kill(os.getppid(), 9),
    "connect": _connect,
    "make code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC).close(),
    "raise limits": lambda: __import__("resource").setrlimit(9, (-1, -1)),
}
