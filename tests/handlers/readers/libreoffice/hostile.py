#!PYTHON
"""A program in LibreOffice's place that tries what LibreOffice must not do, and says how it went.

Does: reads its deeds from the document it was given, one a line after the first (which makes it
an RTF file), and writes what each came to where the result is expected.
Trusts: nothing. Never touches: anything it is not told to.
Known limits: it is run by the converter, never by a test itself.
"""

import contextlib
import ctypes
import errno
import os
import socket
import subprocess
import sys
import time


def read(path):
    with open(path, "rb") as file:
        return f"read {len(file.read())} bytes"


def write(path):
    with open(path, "wb") as file:
        file.write(b"was here")
    return "written"


def environment(_):
    return repr(dict(os.environ))


def connect(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
        line.connect(("127.0.0.1", int(port)))
    return "connected"


def connect_six(port):
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as line:
        line.connect(("::1", int(port)))
    return "connected"


def datagram(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"hello", ("127.0.0.1", int(port)))
    return "sent"


def local_connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(path)
    return "connected"


def local_datagram(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(b"hello", path)
    return "sent"


def leave(_):
    os.setsid()
    return "left"


def own_group(_):
    if not (pid := os.fork()):
        time.sleep(600)
    os.setpgid(pid, pid)
    return "left"


def rings(_):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 1, ctypes.create_string_buffer(200)) < 0:
        raise OSError(ctypes.get_errno(), "")
    return "made"


def signal(pid):
    os.kill(int(pid), 0)
    return "signalled"


def hoard(_):
    bytearray(8 << 30)
    return "taken"


def stay(mark):
    """Leave processes behind, in every way there is, and never end."""
    for prefix in ([], ["setsid"], ["nohup"]):
        subprocess.Popen([*prefix, "sleep", mark])
    if not os.fork() and not os.fork():
        os.execvp("sleep", ["sleep", mark])
    time.sleep(600)


def linked(target):
    os.remove(RESULT)
    os.symlink(target, RESULT)
    raise SystemExit


def swell(_):
    with contextlib.suppress(OSError), open(RESULT, "wb") as file:
        while True:
            file.write(bytes(1 << 20))
    raise SystemExit


RESULT = os.path.join(sys.argv[sys.argv.index("--outdir") + 1], "document.docx")
with open(sys.argv[-1]) as document:
    deeds = document.read().splitlines()[1:]
with open(RESULT, "w") as result:
    for deed in deeds:
        name, _, argument = deed.partition(" ")
        try:
            said = globals()[name](argument)
        except MemoryError:
            said = "MemoryError"
        except OSError as refusal:
            said = errno.errorcode[refusal.errno]
        print(name, said, file=result, flush=True)
