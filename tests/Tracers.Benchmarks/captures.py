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
import random
import shutil
import struct
import sys
import tempfile
from dataclasses import dataclass

import blocks

FOLDER = os.path.join(tempfile.gettempdir(), "tracers-captures")
START = 1_700_000_000_000_000_000
PERIOD = 64 << 20       # bytes of a load before it begins anew
PER_PROCESS = 8
FIRST_PID, PIDS_APART = 1000, 10
SCRIPTS = 96            # requests that threads in the same place of their processes choose from
JOBS = 4                # of the spans that are always open, ended and begun again in one request
DATA = (b"GET /index.html HTTP/1.1\r\nHost: example.test\r\nAccept: */*\r\n\r\n" * 2)[:blocks.SNAPLEN]
ENDPOINTS = [b"download", b"upload", b"search", b"login", b"checkout", b"status", b"feed", b"page"]


@dataclass(frozen=True)
class Load:
    """What a capture is like; sizes in MiB."""
    size: int = 1024
    threads: int = 32
    open_spans: int = 0
    names: int = 400
    tags: int = 24

    @property
    def file_name(self):
        return f"load-{self.size}m-{self.threads}t-{self.open_spans}s-{self.names}n-{self.tags}g.scap"


class Requests:
    """What the threads of a load do, as scripts of calls."""

    def __init__(self, load, random_):
        self.load, self.random = load, random_
        # A request opens two files on average, has three different tags, and has to do with some of the spans that are always open.
        needed = max(load.names // 2, load.tags // 3, load.open_spans // JOBS)
        places = min(PER_PROCESS, load.threads)
        self.names = self.jobs = self.endpoints = 0
        self.scripts = [[] for _ in range(places)]
        for _ in range(max(SCRIPTS, -(-needed // places))):
            for place in range(places):
                self.scripts[place].append(self.request(place))
        self.taken = [0] * places

    def next(self, place):
        """In turn: each comes up, and with it each name and tag."""
        scripts = self.scripts[place]
        self.taken[place] += 1
        return scripts[self.taken[place] % len(scripts)]

    @property
    def all_taken(self):
        return min(self.taken) >= len(self.scripts[0])

    def endpoint(self):
        self.endpoints += 1
        number = self.endpoints % max(1, self.load.tags // 3)
        name = ENDPOINTS[number % len(ENDPOINTS)]
        return name if number < len(ENDPOINTS) else b"%s-%d" % (name, number)

    def file_name(self):
        self.names += 1
        return b"/srv/app/data/blob.bin.%d" % (self.names % self.load.names)

    def job(self):
        """One of the spans that are always open: ended, and begun again before anybody else has a turn."""
        self.jobs = self.jobs % self.load.open_spans + 1
        return blocks.write(3, b"<:%d:job::" % self.jobs) + blocks.write(3, b">:%d:job::" % self.jobs)

    def request(self, place):
        """Pairs of a call and whether it may take long."""
        random_, number = self.random, self.random.randint
        client, database, file, short = range(16 + place * 16, 20 + place * 16)
        client_tuple = blocks.connection("10.0.0.%d" % (9 + place), 40000 + place, "10.0.0.5", 8080)
        database_tuple = blocks.connection("10.0.0.5", 50000 + place, "10.0.1.7", 5432)
        tag = self.endpoint()
        script = []

        def do(call, slow=False):
            script.append((call, slow))

        def mark(marker, *values):
            do(blocks.write(3, marker % (tag, *values)))

        do(blocks.epoll_wait())
        if random_.random() < 0.06:
            do(blocks.accept(client, client_tuple))
        do(blocks.recvfrom(client, number(1, 9) * 100, DATA, client_tuple))
        mark(b">:t:%s::")
        do(blocks.futex())
        for _ in range(number(1, 2)):
            mark(b">:t:%s.db:q=%d,user=%d:", number(1, 99), number(1, 9999))
            if random_.random() < 0.05:
                do(blocks.connect(short, blocks.connection("10.0.0.5", 51000 + place, "10.0.1.7", 5432)))
                do(blocks.close(short))
            do(blocks.sendto(database, number(1, 9) * 40, DATA, database_tuple))
            do(blocks.recvfrom(database, number(1, 40) * 100, DATA, database_tuple), slow=True)
            mark(b"<:t:%s.db:rows=%d:", number(0, 500))
        mark(b">:t:%s.io::")
        for _ in range(number(1, 3)):
            do(blocks.openat(file, self.file_name()))
            do(blocks.fstat(file))
            for _ in range(number(2, 8)):
                do(blocks.read(file, random_.choice((200, 1024, 4096, 4096, 65536)), DATA))
            do(blocks.close(file))
        if random_.random() < 0.5:
            do(blocks.write(4, DATA[:number(20, 80)]))
        mark(b"<:t:%s.io::")
        do(blocks.futex())
        for _ in range(JOBS if self.load.open_spans else 0):
            do(self.job())
        mark(b"<:t:%s:code=%d:", random_.choice((200, 200, 200, 304, 404, 500)))
        for _ in range(number(1, 3)):
            do(blocks.sendto(client, number(1, 9) * 1000, DATA, client_tuple))
        do(blocks.write(5, b'10.0.0.9 - - "GET /%s" 200 %d' % (tag, number(100, 9999))))
        return script


def pid_of(thread):
    return FIRST_PID + thread // PER_PROCESS * PIDS_APART


def tid_of(thread):
    return pid_of(thread) + thread % PER_PROCESS


def metadata(load):
    """What the section begins with."""
    processes = [blocks.process(1, 1, 0, b"systemd")]
    descriptors = []
    for thread in range(load.threads):
        flags = blocks.SAME_FILES | blocks.THREAD | blocks.SAME_MEMORY if thread % PER_PROCESS else 0
        processes.append(blocks.process(tid_of(thread), pid_of(thread), 1, b"appserver", b"--worker=%d\0" % (thread // PER_PROCESS), flags))
        if flags:
            continue
        worker = thread // PER_PROCESS
        entries = [blocks.file_fd(fd, name) for fd, name in enumerate((
            blocks.DEV_NULL, b"/dev/pts/0", b"/dev/pts/0", blocks.DEV_NULL, b"/srv/app/log/app-%d.log" % worker, b"/srv/app/log/access-%d.log" % worker))]
        for place in range(PER_PROCESS):
            entries.append(blocks.socket_fd(16 + place * 16, "10.0.0.%d" % (9 + place), 40000 + place, "10.0.0.5", 8080))
            entries.append(blocks.socket_fd(17 + place * 16, "10.0.0.5", 50000 + place, "10.0.1.7", 5432))
        descriptors.append(blocks.fds(tid_of(thread), entries))
    return blocks.machine() + blocks.block(0x215, b"".join(processes)) + b"".join(descriptors)


def always_open(load, start):
    """Begins the spans that are always open."""
    out = []
    for job in range(load.open_spans):
        for total, rest in blocks.write(3, b">:%d:job::" % (job + 1)):
            start += 100
            out.append(blocks.event_head(blocks.EVENT, total, 0, start, tid_of(job % load.threads)) + rest)
    return b"".join(out)


class Clock:
    """Writes events of threads, one behind another."""

    def __init__(self, start, random_):
        self.time, self.size, self.step = start, 0, 0
        self.steps = [random_.choice((200, 400, 700, 900, 1200, 1800, 3000)) for _ in range(8191)]
        self.out = []

    def add(self, thread, events):
        cpu, tid = thread.cpu, thread.tid
        for total, rest in events:
            self.step += 1
            self.time += self.steps[self.step % 8191]
            self.out.append(blocks.event_head(blocks.EVENT, total, cpu, self.time, tid) + rest)
            self.size += total


class Thread:
    def __init__(self, number):
        self.tid, self.cpu, self.place = tid_of(number), number % 8, number % PER_PROCESS
        self.script, self.at, self.ready = (), 0, 0


def period(load, start):
    """Events that begin and end with no request under way, so that they can be repeated, and how long they last (ns)."""
    random_ = random.Random(1)
    requests = Requests(load, random_)
    clock = Clock(start, random_)
    threads = [Thread(number) for number in range(load.threads)]
    bursts = [random_.randint(3, 9) for _ in range(997)]
    switches = [(blocks.switch(thread.tid),) for thread in threads]
    turn = 0
    limit = min(PERIOD, load.size << 20)
    while clock.size < limit or not requests.all_taken:
        turn += 1
        thread = threads[random_.randrange(len(threads))]
        if thread.ready > clock.time:
            # Where there are few, nobody else may be ready.
            clock.time += 20_000 if len(threads) < 64 else 300
            continue
        for _ in range(bursts[turn % 997]):
            if thread.at == len(thread.script):
                thread.script, thread.at = requests.next(thread.place), 0
            call, slow = thread.script[thread.at]
            thread.at += 1
            clock.add(thread, call)
            if slow and clock.step % 397 == 0:
                thread.ready = clock.time + random_.randint(600, 2000) * 1_000_000
                break
        clock.add(thread, switches[turn % len(switches)])
    for thread in sorted(threads, key=lambda thread: thread.ready):
        clock.time = max(clock.time, thread.ready)
        for call, _ in thread.script[thread.at:]:
            clock.add(thread, call)
    return b"".join(clock.out), clock.time - start + 1000


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
        with open(part, "wb", 1 << 20) as file:
            write(file)
        os._exit(0)
    _, status = os.waitpid(maker, 0)
    if status != 0:
        sys.exit(f"{path} could not be made.")
    os.rename(part, path)
    return path


def make(load, folder=FOLDER):
    """Path of a capture of a load."""
    def write(file):
        file.write(metadata(load))
        opening = always_open(load, START)
        file.write(opening)
        events, by = period(load, START + 100 * (2 * load.open_spans + 1))
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


def compressed(path):
    """Path of the same capture as gzip -1 makes it, beside it."""
    def write(file):
        with open(path, "rb") as plain, gzip.GzipFile("", "wb", 1, file, 0) as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)

    return store(path + ".gz", write)


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
    print(compressed(path) if given.gzip else path)


if __name__ == "__main__":
    main()
