"""The load of a server with tracers, as events of its threads."""
import random
from dataclasses import dataclass

import blocks

START = 1_700_000_000_000_000_000
PERIOD = 64 << 20       # bytes of a load before it begins anew
APART = 100             # ns between the events that begin the spans that are always open
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


def always_open(load):
    """Begins the spans that are always open."""
    out = []
    time = START
    for job in range(load.open_spans):
        for total, rest in blocks.write(3, b">:%d:job::" % (job + 1)):
            time += APART
            out.append(blocks.event_head(blocks.EVENT, total, 0, time, tid_of(job % load.threads)) + rest)
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


def period(load):
    """Events that begin and end with no request under way, so that they can be repeated, and how long they last (ns)."""
    random_ = random.Random(1)
    requests = Requests(load, random_)
    start = START + APART * (2 * load.open_spans + 1)
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
