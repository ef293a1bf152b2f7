"""Speaks with clamd by its socket: asks its version, and has a stream of bytes looked through.

A connection is made for each question, so that none outlives a restart of clamd. All waiting is in
short slices: whoever is told to stop does, in the middle of a large document too.
"""

from __future__ import annotations

import errno
import socket
import struct
import time
from contextlib import suppress

from config.explained_error import ExplainedError
from handlers.sandbox.protocol import WorkerStopped

ClamdAddress = str | tuple[str, int]  # the path of a socket, or a host and a port

VERSION_COMMAND, STREAM_COMMAND = b"zVERSION\0", b"zINSTREAM\0"
MAX_ANSWER_BYTES = 4096
_SLICE_SECONDS = 0.25
_PIECE = 1 << 18
_LENGTH = struct.Struct("!I")
_END = _LENGTH.pack(0)
_NOT_THERE = frozenset({errno.ENOENT, errno.ECONNREFUSED, errno.ENOTDIR})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})

_START = "Start it, and see that it stays: `systemctl enable --now clamav-daemon`"
_SEE = "See its log: `journalctl -u clamav-daemon`"
_MAY = (
    "Let the service's user use the socket: install the drop-in that docs/operations.md names, and"
    " see LocalSocketMode and LocalSocketGroup in clamd.conf."
)


class ClamdTrouble(ExplainedError):
    """Clamd gave no answer that could be used."""

    sentence = "The virus scanner gave no answer that can be used."
    fix = _SEE


class ClamdMissing(ClamdTrouble):
    sentence = "The virus scanner is not there: nothing listens at its socket."
    fix = _START


class ClamdClosed(ClamdTrouble):
    sentence = "The virus scanner's socket may not be used by this service."
    fix = _MAY


class ClamdSlow(ClamdTrouble):
    sentence = "The virus scanner did not answer in time."


class ClamdBrokeOff(ClamdTrouble):
    sentence = "The virus scanner broke off in the middle."


class ClamdClient:
    """Asks one clamd. `interrupt` ends the question in hand, and every later one."""

    def __init__(self, address: ClamdAddress, answer_seconds: float, scan_seconds: float) -> None:
        self._address = address
        self._answer_seconds = answer_seconds
        self._scan_seconds = scan_seconds
        self._stopping = False

    def interrupt(self) -> None:
        """Safe in a signal handler."""
        self._stopping = True

    def ask_version(self) -> str:
        """What it says of itself. Raises ClamdTrouble or WorkerStopped."""
        until = time.monotonic() + self._answer_seconds
        with self._connected(until) as line:
            self._send(line, memoryview(VERSION_COMMAND), until)
            return self._answer(line, until)

    def scan(self, data: bytes) -> str:
        """What it says of these bytes. Raises ClamdTrouble or WorkerStopped."""
        until = time.monotonic() + self._scan_seconds
        with self._connected(min(until, time.monotonic() + self._answer_seconds)) as line:
            with suppress(ClamdBrokeOff):  # it says why before it closes, as of a limit of its own
                self._stream(line, data, until)
            return self._answer(line, until)

    def _stream(self, line: socket.socket, data: bytes, until: float) -> None:
        whole = memoryview(data)
        self._send(line, memoryview(STREAM_COMMAND), until)
        for n in range(0, len(whole), _PIECE):
            piece = whole[n : n + _PIECE]
            self._send(line, memoryview(_LENGTH.pack(len(piece))), until)
            self._send(line, piece, until)
        self._send(line, memoryview(_END), until)

    def _connected(self, until: float) -> socket.socket:
        family = socket.AF_UNIX if isinstance(self._address, str) else socket.AF_INET
        if family is socket.AF_INET and ":" in self._address[0]:
            family = socket.AF_INET6
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(max(until - time.monotonic(), _SLICE_SECONDS))
            line.connect(self._address)
            line.settimeout(_SLICE_SECONDS)
        except OSError as why:
            line.close()
            raise _unconnected(why) from why
        return line

    def _send(self, line: socket.socket, rest: memoryview, until: float) -> None:
        while rest:
            self._still_waiting(until)
            try:
                rest = rest[line.send(rest) :]
            except TimeoutError:
                continue
            except OSError as why:
                raise ClamdBrokeOff from why

    def _answer(self, line: socket.socket, until: float) -> str:
        """What comes until it ends with a zero byte."""
        told = bytearray()
        while not told.endswith(b"\0"):
            self._still_waiting(until)
            try:
                piece = line.recv(MAX_ANSWER_BYTES)
            except TimeoutError:
                continue
            except OSError as why:
                raise ClamdBrokeOff from why
            if not piece:
                raise ClamdBrokeOff
            told += piece
            if len(told) > MAX_ANSWER_BYTES:
                raise ClamdTrouble
        return told[:-1].decode("ascii", "replace")

    def _still_waiting(self, until: float) -> None:
        if self._stopping:
            raise WorkerStopped
        if time.monotonic() >= until:
            raise ClamdSlow


def _unconnected(why: OSError) -> ClamdTrouble:
    if isinstance(why, TimeoutError):
        return ClamdSlow()
    if why.errno in _NOT_THERE:
        return ClamdMissing()
    return ClamdClosed() if why.errno in _NOT_ALLOWED else ClamdTrouble()
