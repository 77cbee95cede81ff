"""What a report of many spans costs: to be made, to be opened in a browser, to be asked."""
import os
import statistics
import subprocess

import captures
import machine
import measuring
from captures import Load
from measuring import head, quote, row, spread, tracers

CHROMIUM = "/usr/bin/chromium"


def median(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"


def report(folder, size, runs):
    """Makes a report of a load and opens it some times."""
    capture = captures.make(Load(size=size), folder)
    page = os.path.join(folder, f"report-{size}.html")
    made, = measuring.alternate(runs, tracers(f"Export-TracerReport -Path {quote(capture)} -Destination {quote(page)} -Force"))
    program = os.path.join(machine.HERE, "bin/Release/net10.0/Tracers.Benchmarks.dll")
    print(f"report of {size} MB, {os.path.getsize(page) / 1e6:.1f} MB; {runs} runs: median (least to greatest)")
    head("report", "measured", "aim")
    row("`Export-TracerReport`, CPU s", spread(made), "-")
    row("the same, wall s", spread(made, "wall"), "-")
    if not os.path.isfile(CHROMIUM) or not os.path.isfile(program):
        row("in the browser", "-", "needs chromium, and a Release build of tests/Tracers.Benchmarks")
        return
    lines = subprocess.run(["dotnet", program, "page", page, str(runs)], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    numbers = [[float(value) for value in line.split()] for line in lines]
    row("spans on the page", f"{numbers[0][-1]:,.0f}", "100,000")
    row("from navigation to a page that answers, ms", median([line[0] for line in numbers]), "2,000")
    row("from the end of a drag to the new table, ms", median([value for line in numbers for value in line[1:-1]]), "100")
