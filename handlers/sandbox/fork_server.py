"""The fork server: a process with everything loaded, that forks one child for each document.

A document's bytes never come through here, so no child inherits another's (failure mode 55).
Without the system call filter a captured child could leave a process behind; `doctor` says when
that is so.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import replace

from handlers.sandbox import child
from handlers.sandbox.child import PreparedServer
from handlers.sandbox.confine import CHILD_STEPS
from handlers.sandbox.protocol import TASK_COMMAND, pack_parts, read_part
from handlers.sandbox.self_test import Confinement


def prove_confinement(control: socket.socket, prepared: PreparedServer) -> Confinement:
    """How a child is confined here, found out by one. Raises EOFError when it breaks down."""
    ours, theirs = socket.socketpair()
    with ours:
        pid = _forked(child.prove_confinement, theirs.detach(), prepared)
        _watch(pid, control)
        _reaped(pid)
        return Confinement.from_json(read_part(ours.recv))


def insist_on_layers(prepared: PreparedServer, found: Confinement) -> PreparedServer:
    """From now on no child reads a document under fewer layers than were found."""
    steps = frozenset(name for name, _ in CHILD_STEPS)
    return replace(prepared, insists=frozenset(filter(found.is_in_force, steps)))


def serve_requests(control: socket.socket, prepared: PreparedServer) -> None:
    """Fork a child for each TASK. Returns when the service has hung up."""
    while True:
        command, channels, _, _ = socket.recv_fds(control, 1, 1)
        if not command:
            return
        if command == TASK_COMMAND:
            pid = _forked(child.run_one_task, channels[0], prepared)
            _watch(pid, control)
            ended = str(_reaped(pid)).encode()
            control.sendall(b"".join(pack_parts([ended])))  # in one piece: never half heard
        # A KILL that comes here is late: the child it meant has ended already.


def _forked(life: Callable[[PreparedServer], int], channel: int, prepared: PreparedServer) -> int:
    """Start a child that lives `life` and ends with what it returns. Its process id."""
    pid = os.fork()
    if not pid:
        status = 1
        try:
            child.keep_only_channel(channel)
            status = life(prepared)
        finally:
            os._exit(status)
    os.close(channel)
    with contextlib.suppress(OSError):  # the child does the same; whichever comes first
        os.setpgid(pid, pid)
    return pid


def _watch(pid: int, control: socket.socket) -> None:
    """Returns when the child has ended, by itself or because the service said so or left."""
    lifeline = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    poll.register(control, select.POLLIN)
    while lifeline not in {ready for ready, _ in poll.poll()}:
        control.recv(1)
        os.killpg(pid, signal.SIGKILL)
    os.close(lifeline)


def _reaped(pid: int) -> int:
    """Its exit status, or minus the signal that ended it. Whatever it started ends with it."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with contextlib.suppress(OSError):  # usually there is nothing but the dead child
        os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
