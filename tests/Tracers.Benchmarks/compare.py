#!/usr/bin/env python3
"""What Tracers costs beside sysdig: whole processes in turn, medians, ratios.

usage: compare.py work [CAPTURE]      work of both on one capture (default: a load of 1 GiB), plain and from gzip
       compare.py check [CAPTURE...]  whether both give the same answers
       compare.py start               start-up, import, an answer from a small capture
       compare.py objects             objects a second on one core
       compare.py memory              memory and cost at 1 and 10 GiB
       compare.py growth [GROUP...]   cost of an event as captures grow: threads, spans, names, tags
       compare.py report              a report of a load in a browser: until it can be used, until a drag is answered
       compare.py all                 all of these but check

options: --runs N (5), --folder FOLDER (captures are made there once), --size MB (256, of the captures of growth and report)

Needs a Release build of src/Tracers.Shell, and sysdig for the peer: without it the tables have ours alone.
Costs are CPU seconds (user and system) of the whole process; work is that less the start-up of the same program; memory is the peak resident size."""
import argparse
import os
import sys

import captures
import growth
import machine
import report
import start
import work


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("table", choices=("work", "check", "start", "objects", "memory", "growth", "report", "all"))
    parser.add_argument("what", nargs="*")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", default=captures.FOLDER)
    parser.add_argument("--size", type=int, default=256)
    given = parser.parse_args()
    if given.table == "growth" and set(given.what) - growth.GROUPS.keys():
        sys.exit(f"growth has the groups {', '.join(growth.GROUPS)}.")
    if given.what and given.table not in ("work", "check", "growth"):
        sys.exit(f"{given.table} takes nothing but options.")
    machine.require_shell()
    folder = os.path.abspath(given.folder)
    tables = [given.table] if given.table != "all" else ["work", "start", "objects", "memory", "growth", "report"]
    for table in tables:
        paths = [os.path.abspath(path) for path in given.what if table in ("work", "check")]
        for path in paths:
            if not os.path.isfile(path):
                sys.exit(f"{path}: no such file")
        if table in ("work", "check") and not paths:
            paths = [captures.make(captures.Load(), folder)]
        if table == "work":
            for path in paths:
                work.compare(path, folder, given.runs)
        elif table == "check":
            work.check(paths)
        elif table == "start":
            start.starts(folder, given.runs)
        elif table == "objects":
            start.objects(folder, given.runs)
        elif table == "memory":
            growth.size(folder, given.runs)
        elif table == "report":
            report.report(folder, given.size, given.runs)
        else:
            growth.groups(given.what or growth.GROUPS, folder, given.size, given.runs)
        print()


if __name__ == "__main__":
    main()
