"""Blocks of a capture as bytes: what captures.py puts together. The format is in src/Tracers.Engine/Scap/FORMAT.md."""
import functools
import struct

EVENT = 0x216
EVENTS = {0x204: 10, 0x208: 14, 0x216: 10, 0x217: 14, 0x221: 10, 0x222: 14}    # blocks of events, and where their time lies
SECTION = 0x0A0D0D0A
SAME_FILES, THREAD, SAME_MEMORY = 1, 0x2000, 0x8000
DEV_NULL, SNAPLEN = b"/dev/null", 80
UNKNOWN = 2**64 - 1

event_head = struct.Struct("<IIHQQ").pack    # type, total length, cpu, time, tid


def block(kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


def text16(text):
    return struct.pack("<H", len(text)) + text


def entry(body):
    """An entry of a list: its length counts itself."""
    return struct.pack("<I", len(body) + 4) + body


def address(text):
    return bytes(map(int, text.split(".")))


def connection(source, source_port, target, target_port):
    """A socket tuple as parameters of events have it."""
    return struct.pack("<B4sH4sH", 2, address(source), source_port, address(target), target_port)


def process(tid, pid, parent, comm, args=b"", flags=0):
    path = b"/usr/bin/" + comm
    return entry(b"".join((
        struct.pack("<QQQQQ", tid, pid, parent, 1, 1), text16(comm), text16(path), text16(path), text16(args), text16(b"/srv/app/"),
        struct.pack("<qIIIIIIQQ", 1024, flags, 33, 33, 400_000, 50_000, 0, 3, 900), text16(b"HOME=/srv/app\0"), struct.pack("<qq", tid, pid),
        text16(b""), text16(b"/"), struct.pack("<iB", -1, 0))))


def file_fd(fd, name):
    return entry(struct.pack("<qQBI", fd, 1000 + fd, 16, 3) + text16(name) + struct.pack("<I", 0))


def socket_fd(fd, source, source_port, target, target_port):
    return entry(struct.pack("<qQB4s4sHHB", fd, 2000 + fd, 3, address(source), address(target), source_port, target_port, 2))


def fds(tid, entries):
    return block(0x218, struct.pack("<Q", tid) + b"".join(entries))


def machine():
    """What a section has before its processes."""
    interface = struct.pack("<HH4s4s4sQ", 1, 4, address("10.0.0.5"), address("255.255.0.0"), address("10.0.255.255"), 0) + b"eth0"
    user = entry(struct.pack("<BII", 0, 33, 33) + text16(b"www-data") + text16(b"/var/www") + text16(b"/usr/sbin/nologin"))
    return (block(SECTION, struct.pack("<IHHQ", 0x1A2B3C4D, 1, 2, UNKNOWN)) + block(0x201, struct.pack("<IQQ128sQQQQ", 8, 16 << 30, 32768, b"loadhost", 0, 0, 0, 0))
            + block(0x219, struct.pack("<I", len(interface)) + interface) + block(0x220, user))


def event(kind, *parameters):
    """An event without what is different each time: total length of its block, and the bytes behind the tid."""
    parameters = [p if isinstance(p, bytes) else struct.pack(*p) for p in parameters]
    length = 26 + 2 * len(parameters) + sum(map(len, parameters))
    padding = -(2 + length) % 4
    total = 8 + 2 + length + padding + 4
    return total, b"".join((
        struct.pack("<IHI", length, kind, len(parameters)), *(struct.pack("<H", len(p)) for p in parameters), *parameters, bytes(padding), struct.pack("<I", total)))


def i64(value):
    return "<q", value


def u32(value):
    return "<I", value


# A call is what its thread does without a pause for another: most are two events.

@functools.cache
def read(fd, count, data):
    return event(6, i64(fd), u32(count)), event(7, i64(count), data)


def write(fd, data):
    return event(8, i64(fd), u32(len(data))), event(9, i64(len(data)), data[:SNAPLEN])


def openat(fd, name):
    name += b"\0"
    return event(306, i64(-100), name, u32(1), u32(0)), event(307, i64(fd), i64(-100), name, u32(1), u32(0), u32(0xFD00))


@functools.cache
def close(fd):
    return event(4, i64(fd)), event(5, i64(0))


@functools.cache
def fstat(fd):
    return event(70, i64(fd)), event(71, i64(0))


@functools.cache
def recvfrom(fd, count, data, tuple_):
    return event(34, i64(fd), u32(count)), event(35, i64(count), data, tuple_)


@functools.cache
def sendto(fd, count, data, tuple_):
    return event(30, i64(fd), u32(count), tuple_), event(31, i64(count), data)


@functools.cache
def connect(fd, tuple_):
    """A socket that is made and connected."""
    return event(18, u32(2), u32(1), u32(0)), event(19, i64(fd)), event(22, i64(fd), tuple_[:1] + tuple_[7:]), event(23, i64(0), tuple_)


@functools.cache
def accept(fd, tuple_):
    return event(248, u32(0)), event(249, i64(fd), tuple_, b"\0", u32(0), u32(128))


@functools.cache
def futex():
    return event(64, ("<Q", 0x7F0011223344), ("<H", 0), ("<Q", 1)), event(65, i64(0))


@functools.cache
def epoll_wait():
    return event(78, i64(512)), event(79, i64(1))


@functools.cache
def switch(tid):
    """The scheduler gives the cpu to another thread."""
    return event(152, i64(tid), ("<Q", 3), ("<Q", 900), u32(400_000), u32(50_000), u32(0))
