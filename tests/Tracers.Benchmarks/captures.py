#!/usr/bin/env python3
"""Captures for measuring: a server's load with tracers, or a recorded capture again and again.

usage: captures.py [--folder FOLDER] [--size MB] [--threads N] [--open-spans N] [--names N] [--tags N] [--real FILE] [--gzip]

Prints the path of the capture, which is made unless the folder has it. Threads of processes of eight serve requests in turns: nested spans around the
client's and a database's socket, files, a log, and the noise of futex, epoll and the scheduler; now and then the database takes up to two seconds.
--open-spans has as many more spans open at all times, each ended and begun again now and then. --real repeats the events of a recorded capture,
their times moved on, behind its metadata. The same arguments give the same bytes."""
import argparse
import gzip
import os
import shutil
import struct
import sys
import traceback
import tempfile

import blocks
import loads
from loads import Load

FOLDER = os.path.join(tempfile.gettempdir(), "tracers-captures")


def times(events):
    """Where the times of the events lie; those without one, as recorders make them for themselves, are left out."""
    at, end, places = 0, len(events), []
    unpack = struct.Struct("<II").unpack_from
    time_at = struct.Struct("<Q").unpack_from
    while at < end:
        kind, length = unpack(events, at)
        place = at + blocks.EVENTS[kind]
        if 0 < time_at(events, place)[0] < 2**63:
            places.append(place)
        at += length
    return places


def repeated(file, events, by, size):
    """Writes events, and again with their times moved on (by so many ns each time), until the file has its size."""
    file.write(events)
    if file.tell() >= size:
        return
    # All times at once: the events are one large number, and so is what is to be added.
    mask = bytearray(len(events))
    for place in times(events):
        mask[place] = 1
    step = int.from_bytes(mask, "little") * by
    number = int.from_bytes(events, "little")
    while file.tell() < size:
        number += step
        file.write(number.to_bytes(len(events), "little"))


def split(path):
    """Metadata and events of a recorded capture's first section, without a block that is cut."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    at, begin = 0, None
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<II", data, at)
        if length < 12 or at + length > len(data) or (at > 0 and kind == blocks.SECTION):
            break
        if kind in blocks.EVENTS and begin is None:
            begin = at
        elif kind not in blocks.EVENTS and begin is not None:
            sys.exit(f"{path}: a block of type 0x{kind:X} stands between the events.")
        at += length
    if begin is None:
        sys.exit(f"{path} has no events.")
    return data[:begin], data[begin:at]


def store(path, write):
    """A capture of the folder, made if it is not there; never half of one."""
    if os.path.exists(path):
        return path
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = path + ".part"
    # By another process: the memory of the one that starts a process counts as that one's peak.
    maker = os.fork()
    if maker == 0:
        # Whatever happens, nothing of what this process is in the middle of is done here a second time.
        try:
            with open(part, "wb", 1 << 20) as file:
                write(file)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    _, status = os.waitpid(maker, 0)
    if status != 0:
        sys.exit(f"{path} could not be made.")
    os.rename(part, path)
    return path


def make(load, folder=FOLDER):
    """Path of a capture of a load."""
    def write(file):
        file.write(loads.metadata(load))
        opening = loads.always_open(load)
        file.write(opening)
        events, by = loads.period(load)
        repeated(file, events, by, load.size << 20)

    return store(os.path.join(folder, load.file_name), write)


def repeat(path, size, folder=FOLDER):
    """Path of a capture of so many MiB that has the events of a recorded one again and again; pids stay as they are."""
    def write(file):
        section, events = split(path)
        moments = [struct.unpack_from("<Q", events, place)[0] for place in times(events)]
        file.write(section)
        repeated(file, events, max(moments) - min(moments) + 1000, size << 20)

    name, _ = os.path.splitext(os.path.basename(path))
    return store(os.path.join(folder, f"real-{size}m-{name}.scap"), write)


def compressed(path, folder=FOLDER):
    """Path of the same capture as gzip -1 makes it."""
    def write(file):
        with open(path, "rb") as plain, gzip.GzipFile("", "wb", 1, file, 0) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)

    return store(os.path.join(folder, os.path.basename(path) + ".gz"), write)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", default=FOLDER)
    parser.add_argument("--size", type=int, default=1024)
    for name, default in ("threads", 32), ("open-spans", 0), ("names", 400), ("tags", 24):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--real", metavar="FILE")
    parser.add_argument("--gzip", action="store_true")
    given = parser.parse_args()
    load = Load(given.size, given.threads, given.open_spans, given.names, given.tags)
    path = repeat(given.real, given.size, given.folder) if given.real else make(load, given.folder)
    print(compressed(path, given.folder) if given.gzip else path)


if __name__ == "__main__":
    main()
