"""What the comparisons share: whole processes in turn, what they cost, and tables of it."""
import os
import shutil
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

from machine import SHELL, quote

SYSDIG = shutil.which("sysdig")


class Cost(NamedTuple):
    """Of one run of a process: CPU is user and system time (s), memory the peak resident size (MB)."""
    cpu: float
    wall: float
    memory: float


def tracers(command):
    return ["dotnet", SHELL, "-Command", command]


def sysdig(*arguments):
    """The peer's command line; None where it is not installed."""
    return [SYSDIG, *arguments] if SYSDIG else None


def run(command):
    """Cost of one run, its output thrown away."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed with {process.returncode}: {' '.join(command)}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def output(command):
    """What a script writes, by lines."""
    return subprocess.run(tracers(command), stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def alternate(runs, *commands):
    """Costs of each command, run in turn after one run of each for the caches; no costs for a command that is None."""
    costs = [[] for _ in commands]
    for round_ in range(runs + 1):
        for command, measured in zip(commands, costs):
            if command:
                cost = run(command)
                if round_ > 0:
                    measured.append(cost)
    return costs


def median(costs, what="cpu"):
    """Median of the costs; None where there are none."""
    return statistics.median(getattr(cost, what) for cost in costs) if costs else None


def spread(costs, what="cpu", digits=2):
    """Median, least and greatest."""
    values = [getattr(cost, what) for cost in costs]
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})" if values else "-"


def number(value, digits=2, unit=""):
    return "-" if value is None else f"{value:.{digits}f}{unit}"


def head(*columns):
    print()
    print("| " + " | ".join(columns) + " |")
    print("|---" * len(columns) + "|")


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)
