"""How the cost of an event, and memory, grow with what a capture holds."""
import os
import shutil

import captures
import measuring
from captures import Load
from measuring import quote

SMALL = 4       # MiB
AIM = 1.5

STATE = ("decode and state", "Get-TracerCapture -Path {}")
TAGS = ("I/O by span tag", "Measure-TracerIO -Path {} -By SpanTag -Top 30")
FILES = ("I/O by file", "Measure-TracerIO -Path {} -By FdName -FdType file -Top 30")
BOTH = ("by file and span tag", "Measure-TracerIO -Path {} -By FdName, SpanTag -FdType file -Top 30")
PROCESSES = ("by process", "Measure-TracerIO -Path {} -By proc.pid -Top 30")

# What grows: the captures, of which the first is what the others are compared with, and what is asked.
GROUPS = {
    "threads": ([(f"{n:,} threads", {"threads": n}) for n in (1, 100, 10_000)], (STATE, TAGS, FILES, PROCESSES)),
    "spans": ([(f"{n:,} more spans open at all times", {"open_spans": n}) for n in (10, 100_000)], (STATE, TAGS, FILES)),
    "names": ([(f"{n:,} file names", {"names": n}) for n in (10, 1_000, 100_000)], (STATE, TAGS, FILES, BOTH)),
    "tags": ([(f"{n:,} tags", {"tags": n}) for n in (24, 1_000, 100_000)], (STATE, TAGS, FILES, BOTH)),
}


def events(path):
    return int(measuring.output(f"(Get-TracerCapture -Path {quote(path)}).Events")[0])


def compare(rows, questions, folder, runs):
    """Costs per event of questions to captures (label and path)."""
    small = captures.make(Load(size=SMALL), folder)
    few = events(small)
    counts = [events(path) - few for _, path in rows]
    results = []    # by question, by capture: ns an event, MB
    shell = measuring.tracers("1")
    for _, command in questions:
        paths = [small, *(path for _, path in rows)]
        empty, begin, *costs = measuring.alternate(runs, shell, *(measuring.tracers(command.format(quote(path))) for path in paths))
        memory = measuring.median(empty, "memory")
        start = measuring.median(begin)
        results.append([(
            (measuring.median(c) - start) * 1e9 / count, (min(x.cpu for x in c) - min(x.cpu for x in begin)) * 1e9 / count,
            measuring.median(c, "memory") - memory) for c, count in zip(costs, counts)])
    measuring.head("capture", "events", *(f"{what}, ns an event" for what, _ in questions), "memory above the empty shell, MB")
    for at, (label, _) in enumerate(rows):
        cells = []
        for result in results:
            ns, least, _ = result[at]
            base, least_base, _ = result[0]
            cells.append(f"{ns:.1f}" if at == 0 else f"{ns:.1f}, {ns / base:.2f}x ({least / least_base:.2f}x)")
        measuring.row(label, f"{counts[at] + few:,}", *cells, ", ".join(f"{result[at][2]:.0f}" for result in results))


def size(folder, runs, sizes=(1, 10)):
    """Captures of so many GiB; those of more than one are deleted."""
    rows, made = [], []
    try:
        for gigabytes in sizes:
            load = Load(size=gigabytes << 10)
            there = os.path.exists(os.path.join(folder, load.file_name))
            os.makedirs(folder, exist_ok=True)
            if not there and shutil.disk_usage(folder).free < (gigabytes + 2) << 30:
                print(f"{gigabytes} GiB are left out: the disk of {folder} has not so much room.")
                continue
            path = captures.make(load, folder)
            if not there and gigabytes > 1:
                made.append(path)
            rows.append((f"{gigabytes} GiB", path))
        compare(rows, (STATE, TAGS, FILES), folder, runs)
    finally:
        for path in made:
            os.remove(path)


def groups(names, folder, megabytes, runs):
    print(f"CPU of the process less that of the same question to {SMALL} MB, by event; medians of {runs} alternating runs, and the ratio to the first row "
          f"(that of the least of each). The aim is {AIM}x.")
    for name in names:
        loads, questions = GROUPS[name]
        compare([(label, captures.make(Load(size=megabytes, **more), folder)) for label, more in loads], questions, folder, runs)
