"""Lexers in a process of their own, for threads in which nothing can stop a running expression: it can be killed."""

from __future__ import annotations

import multiprocessing
import threading
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from generator.highlight import tokens
from generator.highlight.places import Token

# The process stops by itself where it can; it is waited for that much longer, should it not.
PATIENCE_S = 0.8


class SideProcess:
    """Reads code, one block at a time, whichever thread asks. It starts with the first block."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[BaseProcess, Connection] | None = None

    def read(self, code: str, lexer: str, limit_s: float) -> list[Token]:
        """Return the tokens of `code`. Raises: OutOfTimeError."""
        with self._lock:
            connection = self._find_connection()
            connection.send((code, lexer, limit_s))
            if not connection.poll(limit_s + PATIENCE_S):
                self._stop()
                raise tokens.OutOfTimeError
            found: list[Token] | Exception = connection.recv()
        if isinstance(found, Exception):
            raise found
        return found

    def _find_connection(self) -> Connection:
        if self._running is None or not self._running[0].is_alive():
            # Not forked: another thread may hold a lock at that moment, for ever in the copy.
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            _start(process)
            theirs.close()
            ours.recv()
            self._running = process, ours
        return self._running[1]

    def _stop(self) -> None:
        if self._running is not None:
            process, connection = self._running
            process.kill()
            process.join()
            connection.close()
            self._running = None


def _start(process: BaseProcess) -> None:
    """Start a process, also from a daemon, as the workers of other programs are.

    Daemons may have no children because those would be left behind; this one ends when its pipe is closed.
    """
    current = multiprocessing.current_process()
    is_daemon = current.daemon
    current.daemon = False
    try:
        process.start()
    finally:
        current.daemon = is_daemon


find_side_process = cache(SideProcess)


def _serve(connection: Connection) -> None:
    """Answer each (code, lexer, limit) with its tokens, or with the exception that reading it raised."""
    connection.send(None)
    while True:
        try:
            code, lexer, limit_s = connection.recv()
        except EOFError:
            return
        try:
            connection.send(tokens.read_here(code, lexer, limit_s))
        except Exception as error:
            connection.send(error)
