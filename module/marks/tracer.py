"""Marks sections of a program, for Tracers and sysdig to find in a capture of the machine's system calls.

    import tracer

    with tracer.span("download_handler"):
        with tracer.span("headers", code=200):
            ...

    @tracer.span("fib")
    def fib(n): ...

A mark is one short write to /dev/null. Nothing is ever raised; where there is no Linux, nothing is done. A dot in a tag separates tags:
"a.b" is b inside of a. Spans nest by thread, and by task under asyncio. But what is read and written is charged to the span that its thread
is inside of, so a span that awaits holds what other tasks do meanwhile: mark the sections between the awaits.

One file for Python 3.8 and later, without dependencies, to be copied into a project. Apache-2.0.
"""

import contextlib
import contextvars
import functools
import inspect
import itertools
import os
import re
import sys

__all__ = ["span"]

_LONGEST = 4096
_ESCAPED = str.maketrans({**{c: "\\" + c for c in "\\:=,<>\n"}, "\0": None})
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

# The id and the tags of the span that this thread or task is inside of.
_nest = contextvars.ContextVar("tracer_nest", default=(None, b""))
_fd = None
_new_id = None


def _begin_process():
    """Ids are a number drawn at random and nine digits that count: no other span of the machine has them, also after a fork."""
    global _new_id
    first = (1 + int.from_bytes(os.urandom(4), "little")) * 1_000_000_000
    count = itertools.count(1)
    _new_id = lambda: first + next(count) % 1_000_000_000


def _escape(text):
    return _LONE_SURROGATES.sub("\ufffd", text.translate(_ESCAPED)).encode()


def _value(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def _arguments(arguments):
    return b",".join(_escape(str(name)) + b"=" + _escape(_value(value)) for name, value in arguments.items())


def _write(kind, number, tags, arguments):
    """Whether a marker was written. Arguments that do not fit are left out."""
    global _fd
    if _fd is None:
        # Descriptors are closed on exec by default.
        _fd = os.open("/dev/null", os.O_WRONLY)
    head = b"%s:%d:%s:" % (kind, number, tags)
    if len(head) + len(arguments) >= _LONGEST:
        arguments = b""
    try:
        return len(head) < _LONGEST and os.write(_fd, head + arguments + b":") > 0
    except OSError:
        # Somebody closed it who had not opened it. Daemons that do so must do it before their first mark: the number may be another file's.
        _fd = None
        return False


class span:
    """A section: a context manager, and a decorator. Keyword arguments are noted at its beginning."""

    def __init__(self, tag, /, **arguments):
        self._tag = tag
        self._given = arguments
        self._outer = []

    def __call__(self, function):
        # A span for each call: the function may call itself, also on several threads.
        if inspect.iscoroutinefunction(function):
            @functools.wraps(function)
            async def marked(*args, **kwargs):
                with span(self._tag, **self._given):
                    return await function(*args, **kwargs)
        else:
            @functools.wraps(function)
            def marked(*args, **kwargs):
                with span(self._tag, **self._given):
                    return function(*args, **kwargs)
        return marked

    def __enter__(self):
        outer = _nest.get()
        self._outer.append((outer, None))
        with contextlib.suppress(Exception):
            number, tags = outer
            tag = _escape(self._tag)
            if sys.platform.startswith("linux") and tag:
                if number is None:
                    # sysdig loses a marker whose first tag begins with this digit, unless it is escaped.
                    number, tags = _new_id(), (b"\\" if tag.startswith(b"0") else b"") + tag
                else:
                    tags += b"." + tag
                if _write(b">", number, tags, _arguments(self._given)):
                    _nest.set((number, tags))
                    self._outer[-1] = (outer, (number, tags))
        return self

    def __exit__(self, kind, error, trace):
        if not self._outer:
            return
        outer, begun = self._outer.pop()
        if begun:
            _nest.set(outer)
            with contextlib.suppress(Exception):
                _write(b"<", *begun, b"")


_begin_process()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_process)
