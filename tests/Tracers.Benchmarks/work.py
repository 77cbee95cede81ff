"""The work of both on one capture, and whether they give the same answers."""
import json
import os
import subprocess
import sys

import captures
import measuring
from measuring import head, median, number, quote, row, spread, sysdig, tracers

# what, ours, the peer, and how many times as much work the peer must do at least
WORK = [
    ("decode and state", "Get-TracerCapture -Path {}", ["evt.num=0"], 5),
    ("I/O by span tag", "Measure-TracerIO -Path {} -By SpanTag", ["-c", "fdbytes_by", "evtin.span.tags"], 10),
    ("I/O by file", "Measure-TracerIO -Path {} -By FdName -FdType file -Top 30", ["-c", "fdbytes_by", "fd.name", "fd.type=file"], 12),
    ("slow spans", "Get-TracerSpan -Path {} -MinDuration 500ms", ["span.duration>500000000"], 4),
    ("IPv4 by process, a filter", "Measure-TracerIO -Path {} -By proc.name -Filter 'fd.type=ipv4 and evt.dir=<' -Top 30", ["-c", "fdbytes_by", "proc.name", "fd.type=ipv4 and evt.dir=<"], 6),
    ("listing", "Export-TracerCapture -Path {} -Format Text -Destination /dev/null -Force", [], 7),
    ("time by call", "Measure-TracerCall -Path {} -Top 30", ["-c", "topscalls_time"], None),
]
GZIP_AT_LEAST = 3
PEER_ROWS = 30
SPAN_TAGS = WORK[1]


def compare(capture, folder, runs):
    """The table of work, then the same question to a compressed capture."""
    size = os.path.getsize(capture) / 2**20
    start, peer_start = measuring.alternate(runs, tracers("1"), sysdig("--version"))
    memory = median(start, "memory")
    begin, peer_begin = median(start), median(peer_start) or 0
    print(f"{size:.0f} MB, {runs} alternating runs, medians")
    print(f"start-up: {spread(start, digits=3)} CPU s, {memory:.0f} MB; sysdig {number(median(peer_start), 3)} CPU s")
    head("work", "ours, CPU s", "of it work", "wall of CPU", "sysdig, CPU s", "ratio of work", "at least", "memory above the empty shell")
    for what, ours, peer, least in WORK:
        command = tracers(ours.format(quote(capture)))
        costs, peer_costs = measuring.alternate(runs, command, sysdig("-r", capture, *peer))
        work = median(costs) - begin
        ratio = (median(peer_costs) - peer_begin) / work if peer_costs else None
        row(what, spread(costs), f"{work:.2f}", f"{median(costs, 'wall') / median(costs):.2f}", spread(peer_costs), number(ratio, 1, "x"),
            "-" if least is None else f"{least}x", f"{median(costs, 'memory') - memory:.0f} MB")
    compare_compressed(captures.compressed(capture, folder), runs)


def compare_compressed(capture, runs):
    what, ours, peer, _ = SPAN_TAGS
    costs, peer_costs = measuring.alternate(runs, tracers(ours.format(quote(capture))), sysdig("-r", capture, *peer))
    ratio = median(peer_costs, "wall") / median(costs, "wall") if peer_costs else None
    head("gzip -1, whole process", "ours, wall s", "CPU s", "sysdig, wall s", "CPU s", "ratio of wall", "at least")
    row(what, spread(costs, "wall"), number(median(costs)), spread(peer_costs, "wall"), number(median(peer_costs)), number(ratio, 1, "x"), f"{GZIP_AT_LEAST}x")


def peer_table(capture, *arguments):
    """Rows of one of sysdig's tables: key and bytes."""
    printed = subprocess.run(sysdig("-j", "-r", capture, "-c", "fdbytes_by", *arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    return {key: int(bytes_) for key, bytes_ in json.loads(printed)["data"]}


def our_table(capture, key, more=""):
    script = f"Measure-TracerIO -Path {quote(capture)} -By {key} {more} | ForEach-Object {{ \"$($_.'{key}')`t$($_.Bytes)\" }}"
    return {key: int(bytes_) for key, bytes_ in (line.rsplit("\t", 1) for line in measuring.output(script))}


def check(paths):
    """Ends with 1 where the two give other answers. sysdig pairs at most 128 open spans."""
    if not measuring.SYSDIG:
        sys.exit("sysdig is not installed.")
    wrong = 0
    for capture in paths:
        for what, theirs, ours in (
                ("span tag", peer_table(capture, "evtin.span.tags"), our_table(capture, "SpanTag")),
                ("file", peer_table(capture, "fd.name", "fd.type=file"), our_table(capture, "FdName", "-FdType file")),
                ("process", peer_table(capture, "proc.name", "fd.type=ipv4 and evt.dir=<"), our_table(capture, "proc.name", "-Filter 'fd.type=ipv4 and evt.dir=<'"))):
            # Of more than 30 rows it shows the largest; of those with equal sums, which is chance.
            keys = theirs if len(theirs) >= PEER_ROWS else theirs.keys() | {key for key, bytes_ in ours.items() if bytes_ > 0}
            differing = [key for key in keys if ours.get(key) != theirs.get(key)]
            wrong += bool(differing)
            print(f"{os.path.basename(capture)}, by {what}: {len(theirs)} rows " + (f"DIFFER in {differing}" if differing else "are the same"), flush=True)
    sys.exit(wrong != 0)
