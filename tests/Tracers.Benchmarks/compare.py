#!/usr/bin/env python3
"""Whole-process cost of Tracers beside sysdig on one capture: alternating runs, medians, ratios.

usage: compare.py CAPTURE [RUNS]

Needs a Release build of src/Tracers.Shell, and sysdig for the peer; without sysdig the table has ours alone.
Prints CPU seconds (user and system) of the whole process; work is that less the start-up of the same program;
memory is the peak resident size."""
import os
import shutil
import statistics
import subprocess
import sys

if len(sys.argv) < 2 or not os.path.isfile(sys.argv[1]):
    sys.exit(__doc__ if len(sys.argv) < 2 else f"{sys.argv[1]}: no such file")
CAPTURE = os.path.abspath(sys.argv[1])
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 7
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHELL = os.path.join(ROOT, "src/Tracers.Shell/bin/Release/net10.0/Tracers.Shell.dll")
if not os.path.isfile(SHELL):
    sys.exit(f"{SHELL}: not built. Run: dotnet build -c Release")
SYSDIG = shutil.which("sysdig")
QUOTED = "'" + CAPTURE.replace("'", "''") + "'"


def tracers(command):
    return ["dotnet", SHELL, "-Command", command]


def sysdig(*arguments):
    return [SYSDIG, *arguments] if SYSDIG else None


# what, ours, the peer, and the factor that the peer must cost at least
WORK = [
    ("decode and state", f"Get-TracerCapture -Path {QUOTED}", ["-r", CAPTURE, "evt.num=0"], 4),
    ("I/O by span tag", f"Measure-TracerIO -Path {QUOTED} -By SpanTag", ["-r", CAPTURE, "-c", "fdbytes_by", "evtin.span.tags"], 7),
    ("I/O by file", f"Measure-TracerIO -Path {QUOTED} -By FdName -FdType file -Top 30", ["-r", CAPTURE, "-c", "fdbytes_by", "fd.name", "fd.type=file"], 8),
    ("IPv4 by process, a filter", f"Measure-TracerIO -Path {QUOTED} -By proc.name -Filter 'fd.type=ipv4 and evt.dir=<' -Top 30", ["-r", CAPTURE, "-c", "fdbytes_by", "proc.name", "fd.type=ipv4 and evt.dir=<"], 4),
    ("time by call", f"Measure-TracerCall -Path {QUOTED} -Top 30", ["-r", CAPTURE, "-c", "topscalls_time"], 4),
    ("listing", f"Export-TracerCapture -Path {QUOTED} -Format Text -Destination /dev/null -Force", ["-r", CAPTURE], 5),
    ("slow spans", f"Get-TracerSpan -Path {QUOTED} -MinDuration 500ms", ["-r", CAPTURE, "span.duration>500000000"], 3),
]


def run(command):
    """CPU seconds and peak memory (MB) of one run, its output thrown away."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed with {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def alternate(ours, peer):
    """Runs both in turn after one run of each for the caches; lists of (cpu, memory)."""
    results = ([], [])
    for round_ in range(RUNS + 1):
        for command, result in zip((ours, peer), results):
            if command:
                measured = run(command)
                if round_ > 0:
                    result.append(measured)
    return results


def median(results, index=0):
    return statistics.median(r[index] for r in results) if results else None


start_ours, start_peer = alternate(tracers("1"), sysdig("--version"))
ours_start, peer_start = median(start_ours), median(start_peer) or 0
shell_memory = median(start_ours, 1)
print(f"{os.path.getsize(CAPTURE) / 2**20:.0f} MB, {RUNS} alternating runs, medians")
print(f"start-up: {ours_start:.3f} CPU s ({min(start_ours)[0]:.3f} to {max(start_ours)[0]:.3f}), {shell_memory:.0f} MB" + (f"; sysdig {peer_start:.3f} CPU s" if SYSDIG else ""))
print()
print("| work | ours, CPU s | of it work | sysdig, CPU s | ratio of work | at least | memory above the empty shell |")
print("|---|---|---|---|---|---|---|")
for what, command, peer, least in WORK:
    ours, theirs = alternate(tracers(command), sysdig(*peer))
    cpu, work = median(ours), median(ours) - ours_start
    peer_cpu = median(theirs)
    ratio = f"{(peer_cpu - peer_start) / work:.1f}x" if theirs else "-"
    print(f"| {what} | {cpu:.2f} | {work:.2f} | {f'{peer_cpu:.2f}' if theirs else '-'} | {ratio} | {least}x | {median(ours, 1) - shell_memory:.0f} MB |", flush=True)
