"""The fork server's own part: what a child leaves behind, and what it insists on afterwards."""

from __future__ import annotations

import subprocess
import sys

from handlers.sandbox.child import PreparedServer
from handlers.sandbox.confine import FILTER_LAYER, LANDLOCK_LAYER
from handlers.sandbox.fork_server import insist_on_layers
from handlers.sandbox.protocol import WorkerLimits
from handlers.sandbox.self_test import Confinement, ProtectionLayer

ONE_THAT_FORKS = """
import os, socket, time
from handlers.sandbox import fork_server

def life(prepared):
    left_behind = os.fork()
    if not left_behind:
        time.sleep(60)
    os.write(0, str(left_behind).encode())
    return 7

ours, theirs = socket.socketpair()
pid = fork_server._forked(life, theirs.detach(), None)
print(fork_server._reaped(pid), ours.recv(20).decode())
"""


def test_what_a_child_started_ends_with_it(processes):
    """Failure mode 55: where no filter forbids a child to fork, what it forked is ended."""
    script = [sys.executable, "-I", "-c", ONE_THAT_FORKS]
    done = subprocess.run(script, capture_output=True, text=True, timeout=60)
    status, left_behind = done.stdout.split()
    assert status == "7"
    processes.wait_until(lambda: not processes.alive(int(left_behind)))


def test_it_insists_on_the_layers_a_child_was_found_to_have():
    layers = (
        ProtectionLayer("Own network", True),
        ProtectionLayer(LANDLOCK_LAYER, True),
        ProtectionLayer(FILTER_LAYER, False),
    )
    prepared = PreparedServer(WorkerLimits(), {}, frozenset(), None, 1, layers[:1])
    assert insist_on_layers(prepared, Confinement(layers, ())).insists == {LANDLOCK_LAYER}
