"""Runs in the fork server's process: `python -I -m handlers.sandbox`, with its control line on 0.

It says nothing on stderr, where a document's text might end in a log.
"""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import socket
import sys

from handlers.sandbox import child, fork_server
from handlers.sandbox.child import PreparedServer, prepare_fork_server
from handlers.sandbox.protocol import (
    NOT_READY,
    READY,
    error_places,
    error_type_name,
    read_part,
    write_parts,
)
from handlers.sandbox.task import own_packages


def main() -> int:
    """Serve until the service hangs up. Returns an exit status."""
    _forget_inherited_habits()
    with socket.socket(fileno=child.CHANNEL_DESCRIPTOR) as control:
        prepared = _prepared(control)
        if prepared is None:
            return 1
        fork_server.serve_requests(control, prepared)
    return 0


def _prepared(control: socket.socket) -> PreparedServer | None:
    try:
        prepared = prepare_fork_server(pickle.loads(read_part(control.recv)))  # noqa: S301  # the service's
        gc.freeze()  # what is loaded stays shared with the children
        found = fork_server.prove_confinement(control, prepared)
    except Exception as error:  # noqa: BLE001  # whatever it is, the service has to hear of it
        why = " < ".join([error_type_name(error), *reversed(error_places(error, own_packages({})))])
        write_parts(control.fileno(), [NOT_READY, why.encode()])
        return None
    write_parts(control.fileno(), [READY, found.to_json()])
    return fork_server.insist_on_layers(prepared, found)


def _forget_inherited_habits() -> None:
    """Signals the service ignores or blocks would be ignored and blocked here too."""
    for number in (signal.SIGCHLD, signal.SIGXCPU, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    resource.setrlimit(resource.RLIMIT_NOFILE, (child.MAX_DESCRIPTORS, child.MAX_DESCRIPTORS))


if __name__ == "__main__":
    sys.exit(main())
