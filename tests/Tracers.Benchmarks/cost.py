#!/usr/bin/env python3
"""What a live capture costs: the traced calls, the thread that records, and the time to the first event.

usage: cost.py [ROUNDS=9]

Needs root, a Release build of src/Tracers.Shell, gcc, libbpf-dev and bpftool; bpftrace and strace are peers where they are installed.
Times of calls are CPU time of the traced thread, in rounds that alternate between all tracers; medians. The multiple is of what an
empty pair of programs adds: the probe's own, returning at once."""
import os
import shutil
import statistics
import subprocess
import sys
import time

import machine

CALLS = 300_000
FLOOD = 1_000_000
STARTS = 7
KINDS = ["getppid", "write 1 byte", "pread 100 bytes"]
LIMITS = [1.8, 2.4, 2.6]
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
machine.require("gcc", "bpftool")


class Nothing:
    def __init__(self, where):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


class Program:
    """A tracer that is ready when it has written a certain line, and ends when its input does or on INT."""

    def __init__(self, arguments, ready):
        self.arguments, self.ready = arguments, ready

    def __enter__(self):
        self.process = subprocess.Popen(self.arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = ""
        while self.ready not in (line := self.process.stdout.readline()):
            if not line:
                self.process.wait()
                raise OSError(f"{self.arguments[0]} does not start here: {said.strip()}")
            said = line
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        if self.arguments[0] == "bpftrace":
            self.process.send_signal(2)
        self.process.stdout.read()
        self.process.wait()


def capture(path, more=""):
    return machine.Shell(
        f"$r = Start-TracerCapture -Path {machine.quote(path)} -Force -BufferSize 64MB {more}; 'attached'; "
        "while ([Console]::In.ReadLine()) { \"$($r.Events) $($r.LostEvents)\" }; $r | Stop-TracerCapture | Out-Null; \"$($r.Events) $($r.LostEvents)\"")


class Ours:
    def __init__(self, where):
        self.path = os.path.join(where, "cost.scap")

    def __enter__(self):
        self.shell = capture(self.path)
        self.shell.expect("attached")
        return self

    def __exit__(self, *_):
        self.shell.enter()
        _, lost = self.shell.line().split()
        self.shell.finish()
        if lost != "0":
            print(f"{lost} events were lost in this round", file=sys.stderr, flush=True)


def measure(calls, tracer):
    with tracer:
        output = subprocess.run([calls, "cost", str(CALLS)], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [float(word) for word in output.split()]


def undisturbed():
    """Waits until nobody else traces: another tracer's programs would be in every figure."""
    end = time.monotonic() + 120
    while machine.tracepoint_links():
        if time.monotonic() > end:
            return False
        time.sleep(1)
    return True


def cost_of_calls(where):
    calls = machine.compile_c("calls", where)
    empty = machine.compile_c("empty", where, "-lbpf")
    tracers = {
        "untraced": lambda: Nothing(where),
        "empty pair": lambda: Program([empty, machine.PROBE], "attached"),
        "the pair, reading the clock": lambda: Program([empty, machine.PROBE, "clock"], "attached"),
        "capture to a file": lambda: Ours(where),
    }
    if shutil.which("bpftrace"):
        peer = lambda: Program(["bpftrace", "-e", "tracepoint:raw_syscalls:sys_enter { @enter = count(); } tracepoint:raw_syscalls:sys_exit { @exit = count(); }"], "Attach")
        try:
            with peer():
                tracers["bpftrace, a count"] = peer
        except OSError as error:
            print(f"Without bpftrace, which is no peer here. {error}")
    times = {name: [] for name in tracers}
    disturbed = 0
    for round_ in range(ROUNDS):
        for name, make in tracers.items():
            disturbed += not undisturbed()
            times[name].append(measure(calls, make()))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in times.items()}
    base = medians["untraced"]
    floor = [m - b for m, b in zip(medians["empty pair"], base)]
    print(f"{ROUNDS} alternating rounds of {CALLS:,} calls; ns of CPU time of the traced thread, medians" + (f"; another tracer ran in {disturbed} of them" if disturbed else ""))
    print()
    print("| | " + " | ".join(KINDS) + " |")
    print("|---|" + "---|" * len(KINDS))
    for name, row in medians.items():
        cells = [f"{m:.0f}" if name == "untraced" else f"+{m - b:.0f}" + ("" if name == "empty pair" else f", {(m - b) / f:.2f}x") for m, b, f in zip(row, base, floor)]
        print(f"| {name} | " + " | ".join(cells) + " |")
    if shutil.which("strace"):
        print(f"| strace -c, wall clock | " + " | ".join(strace_of(calls)) + " |")
    print("| at most | " + " | ".join(f"{limit}x" for limit in LIMITS) + " |")
    return calls


def strace_of(calls):
    count = 20_000
    for kind in "getppid", "write", "pread":
        walls = []
        for prefix in [], ["strace", "-f", "-c", "-o", "/dev/null"]:
            runs = []
            for _ in range(3):
                start = time.monotonic()
                subprocess.run([*prefix, calls, "flood", kind, str(count)], check=True)
                runs.append(time.monotonic() - start)
            walls.append(statistics.median(runs))
        yield f"+{(walls[1] - walls[0]) * 1e9 / count:,.0f}"


def cost_of_recording(calls, where):
    print()
    print(f"CPU time of the thread that records, ns a record, {FLOOD:,} calls of a kind in turn, {ROUNDS} rounds")
    print()
    rows = {}
    for compress in "", "-Compress":
        shares, all_lost = {kind: [] for kind in ("getppid", "write", "pread")}, 0
        for _ in range(ROUNDS if not compress else 3):
            # A file a round: of one that grows to gigabytes, the disk is what is measured.
            with capture(os.path.join(where, "flood.scap"), f"-ProcessName calls {compress}") as shell:
                shell.expect("attached")
                for kind in shares:
                    before, cpu = events(shell), machine.consumer_ns(shell.pid)
                    subprocess.run([calls, "flood", kind, str(FLOOD)], check=True)
                    # A moment for what is still in the rings.
                    end = time.monotonic() + 2
                    while (now := events(shell)) - before < 2 * FLOOD and time.monotonic() < end:
                        time.sleep(0.05)
                    shares[kind].append((machine.consumer_ns(shell.pid) - cpu) / (now - before))
                shell.enter()
                all_lost += int(shell.line().split()[1])
                shell.finish()
        rows["gzip" if compress else "plain"] = ([statistics.median(column) for column in shares.values()], all_lost)
    print("| | " + " | ".join(KINDS) + " | lost |")
    print("|---|" + "---|" * (len(KINDS) + 1))
    for name, (row, lost) in rows.items():
        print(f"| {name} | " + " | ".join(f"{ns:.0f}" for ns in row) + f" | {lost} |")


def events(shell):
    shell.enter("?")
    return int(shell.line().split()[0])


def time_to_start(where):
    script = (
        "foreach ($i in 1..2) {{ $sw = [Diagnostics.Stopwatch]::StartNew(); $r = Start-TracerCapture -Path {0} -Force; $ms = $sw.Elapsed.TotalMilliseconds; "
        "$r | Stop-TracerCapture | Out-Null; $ms.ToString('F0') }}").format(machine.quote(os.path.join(where, "start.scap")))
    first, again = [], []
    for _ in range(STARTS + 1):
        output, _ = machine.run(script)
        words = output.split()
        first.append(int(words[0]))
        again.append(int(words[1]))
    print()
    print(f"start to first event: {statistics.median(first[1:]):.0f} ms for a session's first capture ({min(first[1:])} to {max(first[1:])}), "
          f"{statistics.median(again[1:]):.0f} ms for the next ({min(again[1:])} to {max(again[1:])}); {STARTS} sessions")


with machine.folder() as folder:
    program = cost_of_calls(folder)
    cost_of_recording(program, folder)
    time_to_start(folder)
