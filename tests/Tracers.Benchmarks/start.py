"""What a shell costs before it answers, and how fast objects come out of it."""
import os
import shutil
import statistics
import subprocess
import tempfile

import captures
import machine
import measuring
from captures import Load
from measuring import head, median, number, quote, row, spread, sysdig, tracers

SMALL_BYTES = 300_000
OBJECTS = (    # what, MB of the capture, objects a second at least
    ("Event", "Events", 64, 700_000),
    ("Span", "FinishedSpans", 256, 400_000),
)


def small(folder):
    """A capture of 300 KB: the beginning of a load, up to its last whole block."""
    def write(file):
        section, events = captures.split(captures.make(Load(size=4), folder))
        end = max(place for place in block_ends(events) if len(section) + place <= SMALL_BYTES)
        file.write(section + events[:end])

    return captures.store(os.path.join(folder, "load-300k.scap"), write)


def block_ends(events):
    at = 0
    while at < len(events):
        at += int.from_bytes(events[at + 4:at + 8], "little")
        yield at


def cold_import(runs):
    """Wall and CPU time (ms) of the first Import-Module of new processes: of a program that has PowerShell's engine compiled ahead, as pwsh has."""
    program = os.path.join(machine.HERE, "bin/Release/net10.0/Tracers.Benchmarks.dll")
    if not os.path.isfile(program):
        return None
    walls, cpus = [], []
    with tempfile.TemporaryDirectory(prefix="tracers-") as folder:
        # The shell's files around another program: it has to find the same engine.
        files = os.path.join(folder, "shell")
        shutil.copytree(os.path.dirname(machine.SHELL), files)
        shutil.copy(program, files)
        for kind in "runtimeconfig", "deps":
            shutil.copy(os.path.join(files, f"Tracers.Shell.{kind}.json"), os.path.join(files, f"Tracers.Benchmarks.{kind}.json"))
        command = ["dotnet", os.path.join(files, "Tracers.Benchmarks.dll"), "import", os.path.join(machine.ROOT, "Tracers.psd1")]
        for _ in range(runs + 1):
            wall, cpu = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
            walls.append(float(wall))
            cpus.append(float(cpu))
    return walls[1:], cpus[1:]


def starts(folder, runs):
    capture = small(folder)
    answer = f"Measure-TracerIO -Path {quote(capture)} -By SpanTag"
    empty, answers, peer = measuring.alternate(runs, tracers("1"), tracers(answer), sysdig("-r", capture, "-c", "fdbytes_by", "evtin.span.tags"))
    print(f"{runs} alternating runs: median (least to greatest)")
    head("start", "CPU s", "wall s", "aim")
    row("`tracers -Command 1`", spread(empty, digits=3), spread(empty, "wall", 3), "0.28 CPU s")
    row(f"I/O by span tag of {os.path.getsize(capture) // 1000} KB in a new shell", spread(answers, digits=3), spread(answers, "wall", 3), "0.35 s wall")
    row("the same in sysdig", spread(peer, digits=3), spread(peer, "wall", 3), "")
    imports = cold_import(runs)
    if imports is None:
        row("first Import-Module of a process", "-", "-", "0.080 s; needs a Release build of tests/Tracers.Benchmarks")
        return
    walls, cpus = ([value / 1000 for value in values] for values in imports)
    row("first Import-Module of a process", *(f"{statistics.median(v):.3f} ({min(v):.3f} to {max(v):.3f})" for v in (cpus, walls)), "0.080 s wall")


def objects(folder, runs):
    """Objects a CPU second through a pipeline on one core."""
    paths = [captures.make(Load(size=megabytes), folder) for _, _, megabytes, _ in OBJECTS]
    commands = [f"Get-Tracer{what} -Path {quote(path)} | ForEach-Object {{}}" for path, (what, _, _, _) in zip(paths, OBJECTS)]
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    empty, *costs = measuring.alternate(runs, [*pinned, *tracers("1")], *([*pinned, *tracers(command)] for command in commands))
    head("objects, one core", "objects", "CPU s", "of it work", "objects a CPU second", "aim")
    for path, cost, (what, counted, _, aim) in zip(paths, costs, OBJECTS):
        count = int(measuring.output(f"(Get-TracerCapture -Path {quote(path)}).{counted}")[0])
        work = median(cost) - median(empty)
        row(f"`Get-Tracer{what} \\| ForEach-Object {{}}`", f"{count:,}", spread(cost), number(work), f"{count / work:,.0f}", f"{aim:,}")
