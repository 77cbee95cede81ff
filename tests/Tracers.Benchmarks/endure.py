#!/usr/bin/env python3
"""What a live capture stands, one after the other or by name.

usage: endure.py kill [TIMES=50]      killed at random moments: nothing stays attached, each file reads up to its last whole block
       endure.py disk                 a disk that fills up: one error, and what was written stays readable
       endure.py cycles [TIMES=100]   started and stopped in one process: nothing is leaked
       endure.py load [COUNT=5000000] two `dd bs=1`: no loss with 64 MB a CPU, every loss counted with 1 MB
       endure.py steady [SECONDS=600] 200,000 events a second: flat memory

Needs root, a Release build of src/Tracers.Shell, bpftool, gcc and, for load, strace. Ends with 1 where something did not hold."""
import os
import random
import re
import signal
import struct
import subprocess
import sys
import time
import zlib

import machine

EVENT_BLOCKS = {0x216, 0x217, 0x221, 0x222}
NOTHING_YET = 28    # a section header: what a shorter file has of a capture is not even its beginning
failures = []


def check(holds, text):
    if not holds:
        failures.append(text)
        print(f"FAILED: {text}", flush=True)


def whole_events(path, compressed):
    """Events in the whole blocks of a file, and whether something is behind the last one; by this program's own reading of the format."""
    with open(path, "rb") as file:
        data = file.read()
    if compressed:
        parts, rest = [], data
        while rest:
            inflater = zlib.decompressobj(wbits=31)
            try:
                parts.append(inflater.decompress(rest))
            except zlib.error as error:
                sys.exit(f"{path}: {error}")
            rest = inflater.unused_data
            if not inflater.eof:
                break
        data = b"".join(parts)
    at = events = 0
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<II", data, at)
        if length < 12 or at + length > len(data):
            break
        check(struct.unpack_from("<I", data, at + length - 4)[0] == length, f"{path}: the block at {at} does not end as it begins")
        events += kind in EVENT_BLOCKS
        at += length
    return events, len(data) - at, at


READ = "$c = Get-TracerCapture -Path {0} -ErrorAction SilentlyContinue -ErrorVariable e -WarningAction SilentlyContinue; \"$($c.Events)|$($c.Complete)|$($e.Count)|$($e[0])\""


def read(paths):
    """Of each file: events, whether it is complete, how many errors, and the first one, as the module says it."""
    output, errors = machine.run("\n".join(READ.format(machine.quote(path)) for path in paths))
    lines = output.strip().splitlines()
    if len(lines) != len(paths):
        sys.exit(f"{len(paths)} files were to be read, and there are {len(lines)} answers: {errors}")
    return [line.split("|", 3) for line in lines]


def gone(objects, patience=5.0):
    """Those of the objects that are still there; the kernel may take a moment to free one."""
    end = time.monotonic() + patience
    while True:
        left = objects & machine.existing()
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.1)


def kill(times=50):
    print(f"kill -9, {times} times")
    with machine.folder() as where:
        calls = machine.compile_c("calls", where)
        load = subprocess.Popen([calls, "pace", "50000", "100000"], stdout=subprocess.DEVNULL)
        files, starting, most = [], 0, 0
        try:
            for i in range(times):
                path = os.path.join(where, f"{i}.scap")
                compress = "-Compress" if i % 2 else ""
                script = f"'go'; $r = Start-TracerCapture -Path {machine.quote(path)} {compress} -ProcessId {load.pid}; 'running'; [Console]::In.ReadLine()"
                with machine.Shell(script) as shell:
                    shell.expect("go")
                    # One in five dies while it starts, the others within the first 3 s.
                    if i % 5 == 0:
                        time.sleep(random.uniform(0, 0.3))
                    else:
                        shell.expect("running")
                        time.sleep(random.uniform(0, 3))
                    os.kill(shell.pid, signal.SIGSTOP)
                    objects = machine.held(shell.pid)
                    most = max(most, len(objects))
                    starting += i % 5 == 0
                    os.kill(shell.pid, signal.SIGKILL)
                    shell.process.wait()
                    left = gone(objects)
                    check(not left, f"{path}: {left} are still there after the process was killed")
                    check(i % 5 == 0 or objects, f"{path}: the process had nothing attached")
                files.append((path, bool(compress)))
        finally:
            load.kill()
            load.wait()

        there = [(path, compressed) for path, compressed in files if os.path.exists(path)]
        answers = read([path for path, _ in there])
        total = cut = told = 0
        for (path, compressed), (events, _, errors, error) in zip(there, answers):
            have, rest, whole = whole_events(path, compressed)
            total += have
            if whole < NOTHING_YET:
                check(errors == "1", f"{path}: nothing is in it, and there are {errors} errors: {error}")
                continue
            # A file that is cut in what is before the events gives an error and no summary.
            check(int(events or 0) == have, f"{path}: {have} events are whole, {events} were read: {error}")
            cut += rest > 0
            if rest:
                check(errors == "1", f"{path}: {rest} bytes are behind the last block, and there are {errors} errors")
            told += errors == "1"
            check(errors in "01", f"{path}: {errors} errors, the first: {error}")
        print(f"{times} killed, {starting} of them while starting; up to {most} programs, maps and links each, none left")
        print(f"{len(there)} files, {total:,} events, all that are in whole blocks, were read; {cut} files end within a block; of {told} the reader says that they are cut")


def disk():
    print("a disk of 4 MB")
    with machine.folder() as where:
        calls = machine.compile_c("calls", where)
        mount = os.path.join(where, "disk")
        os.mkdir(mount)
        for compress in "", "-Compress":
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tracers", mount], check=True)
            load = subprocess.Popen([calls, "pace", "200000" if compress else "50000", "1000"], stdout=subprocess.DEVNULL)
            try:
                path = os.path.join(mount, "full.scap")
                script = (
                    f"$r = Start-TracerCapture -Path {machine.quote(path)} {compress} -ProcessId {load.pid}; $r | Wait-TracerCapture -ErrorAction SilentlyContinue -ErrorVariable e | Out-Null; "
                    f"$g = Get-TracerCapture; \"$($g.State)|$($e.Count)|$($e[0])|$($r.Events)\"; 'end'; [Console]::In.ReadLine()")
                with machine.Shell(script) as shell:
                    state, errors, error, counted = shell.line().split("|")
                    shell.expect("end")
                    left = machine.held(shell.pid)
                    check(not left, f"a failed capture holds {left}")
                load.kill()
                load.wait()
                check(state == "Failed", f"Get-TracerCapture says {state}")
                check(errors == "1", f"{errors} errors")
                (events, _, reading, said), = read([path])
                have, rest, _ = whole_events(path, bool(compress))
                size = os.path.getsize(path)
                check(have > 0 and int(events or -1) == have, f"{have} events are whole, {events} were read: {said}")
                print(f"{'gzip' if compress else 'plain'}: {state} after {size / 2**20:.2f} MB with {counted} events taken; {have:,} of them are in the file and were read, {rest} bytes behind the last block")
                print(f"  the error: {error}")
                if said:
                    print(f"  the reader: {said.replace(where, '')}")
            finally:
                if load.poll() is None:
                    load.kill()
                    load.wait()
                subprocess.run(["umount", mount], check=True)


def state_of(pid):
    """What a process has: descriptors, BPF objects, threads, mappings, and of those the kernel's maps."""
    with open(f"/proc/{pid}/maps") as maps:
        mappings = maps.read().splitlines()
    return {
        "fds": len(os.listdir(f"/proc/{pid}/fd")),
        "BPF objects": len(machine.held(pid)),
        "threads": len(os.listdir(f"/proc/{pid}/task")),
        "mappings": len(mappings),
        "of BPF maps": sum("bpf-map" in line for line in mappings),
        "RSS MB": resident(pid) >> 20,
    }


def resident(pid):
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def cycles(times=100):
    print(f"{times} captures in one process")
    warm = min(10, times // 2)
    with machine.folder() as where:
        path = os.path.join(where, "cycle.scap")
        script = (
            f"foreach ($i in 1..{times}) {{ $r = Start-TracerCapture -Path {machine.quote(path)} -Force; [Threading.Thread]::Sleep(20); "
            "$r | Stop-TracerCapture | Out-Null; \"$($r.State) $($r.Events)\"; [Console]::In.ReadLine() | Out-Null }}").replace("}}", "}")
        with machine.Shell(script) as shell:
            states, seen = {}, set()
            for i in range(1, times + 1):
                state, events = shell.line().split()
                check(state == "Ended" and int(events) > 0, f"capture {i} is {state} with {events} events")
                if i in (warm, times // 2, times):
                    states[i] = state_of(shell.pid)
                seen |= machine.held(shell.pid)
                shell.enter()
    after = states[times]
    check(not seen, f"between two captures there are {seen}")
    for what in "BPF objects", "of BPF maps":
        check(after[what] == 0, f"{what}: {after[what]} after {times} captures")
    # The runtime opens and maps something at any moment; a leak would be one a capture, to the end.
    half = times // 2
    for what in "fds", "threads", "mappings":
        check(after[what] - states[half][what] < 0.9 * (times - half), f"{what}: {states[half][what]} after {half} captures, {after[what]} after {times}")
    print("| after | " + " | ".join(after) + " |")
    print("|---|" + "---|" * len(after))
    for count, state in states.items():
        print(f"| {count} | " + " | ".join(str(v) for v in state.values()) + " |")


def dd(count):
    return ["dd", "if=/dev/zero", "of=/dev/null", "bs=1", f"count={count}"]


def calls_beside_copying(where):
    """Calls of `dd` that are not one of its reads and writes, as strace counts them. exit_group, which does not return, is among them."""
    others = []
    for count in 1000, 3000:
        listing = os.path.join(where, "calls.txt")
        subprocess.run(["strace", "-f", "-o", listing, *dd(count)], stderr=subprocess.DEVNULL, check=True)
        with open(listing) as lines:
            others.append(sum(bool(re.match(r"\d+ +\w+\(", line)) for line in lines) - 2 * count)
    check(others[0] == others[1], f"dd makes {others} calls of its own")
    return others[0]


def load(count=5_000_000):
    print(f"two dd bs=1 count={count}")
    with machine.folder() as where:
        calls = 2 * (2 * count + calls_beside_copying(where))
        for size in "64MB", "1MB":
            path = os.path.join(where, "load.scap")
            script = (
                f"$r = Start-TracerCapture -Path {machine.quote(path)} -Force -ProcessName dd -BufferSize {size}; 'running'; [Console]::In.ReadLine() | Out-Null; "
                "$r | Stop-TracerCapture -WarningAction SilentlyContinue | Out-Null; \"$($r.Events) $($r.LostEvents)\"")
            with machine.Shell(script) as shell:
                shell.expect("running")
                cpu = machine.consumer_ns(shell.pid)
                start = time.monotonic()
                copies = [subprocess.Popen(dd(count), stderr=subprocess.DEVNULL) for _ in range(2)]
                for copy in copies:
                    copy.wait()
                seconds = time.monotonic() - start
                time.sleep(0.3)
                cpu = machine.consumer_ns(shell.pid) - cpu
                shell.enter()
                events, lost = (int(word) for word in shell.line().split())
                shell.finish()
            told = drops_in(path)
            events -= told["blocks"]
            # Of each dd the execve began under another name, and exit_group does not return; but the process's end is an event.
            expected = 2 * calls - 2 * 2 + 2
            print(f"{size}: {calls:,} calls in {seconds:.1f} s; {events:,} events and {lost:,} lost are {events + lost:,}, expected {expected:,}; consumer {cpu / events:.0f} ns an event")
            check(events + lost == expected, f"{size}: {events:,} events and {lost:,} lost, but {expected:,} happened")
            check(told["sum"] == lost and told["total"] == lost, f"{size}: the file tells of {told}, {lost} were lost")
            if size == "64MB":
                check(lost == 0, f"{size}: {lost} events were lost")


def drops_in(path):
    """What a file tells of lost events: how many drop events there are, the sum of those that say where, and the total at its end."""
    result = {"blocks": 0, "sum": 0, "total": 0}
    with open(path, "rb") as file:
        rest = b""
        while data := file.read(64 << 20):
            data, at = rest + data, 0
            while at + 8 <= len(data):
                kind, length = struct.unpack_from("<II", data, at)
                if at + length > len(data):
                    break
                if kind == 0x216:
                    number, = struct.unpack_from("<H", data, at + 10 + 20)
                    if number in (148, 149):
                        lost, = struct.unpack_from("<Q", data, at + 10 + 26 + 4 + 4)
                        result["blocks"] += 1
                        result["sum" if number == 148 else "total"] += lost
                at += length
            rest = data[at:]
    return result


def steady(seconds=600):
    rate = 100_000
    print(f"{seconds} s at {2 * rate:,} events a second")
    with machine.folder() as where:
        calls = machine.compile_c("calls", where)
        path = os.path.join(where, "steady.scap")
        script = (
            f"$r = Start-TracerCapture -Path {machine.quote(path)} -ProcessName calls -RotateSize 64MB -RotateCount 2; 'running'; [Console]::In.ReadLine() | Out-Null; "
            "$r | Stop-TracerCapture | Out-Null; \"$($r.Events) $($r.LostEvents) $($r.State)\"")
        with machine.Shell(script) as shell:
            shell.expect("running")
            cpu = machine.consumer_ns(shell.pid)
            load_ = subprocess.Popen([calls, "pace", str(rate), str(seconds)], stdout=subprocess.PIPE, text=True)
            sizes, start = [], time.monotonic()
            while load_.poll() is None:
                sizes.append(resident(shell.pid) / 2**20)
                time.sleep(1)
            took = time.monotonic() - start
            made = int(load_.stdout.read())
            cpu = machine.consumer_ns(shell.pid) - cpu
            shell.enter()
            events, lost, state = shell.line().split()
            shell.finish()
        part = max(1, len(sizes) // 10)
        first, last = sizes[part:2 * part], sizes[-part:]
        mean = [sum(p) / len(p) for p in (first, last)]
        print(f"{made:,} calls in {took:.0f} s; {int(events):,} events, {lost} lost, {state}; consumer {cpu / int(events):.0f} ns an event, {cpu / took / 1e7:.1f} % of a CPU")
        print(f"resident: {mean[0]:.1f} MB in the second tenth, {mean[1]:.1f} MB in the last; {min(sizes):.1f} to {max(sizes):.1f} MB")
        check(int(events) >= 2 * made and lost == "0", f"{made} calls became {events} events, {lost} lost")
        check(mean[1] - mean[0] < 3, f"memory grew from {mean[0]:.1f} to {mean[1]:.1f} MB")


COMMANDS = {"kill": kill, "disk": disk, "cycles": cycles, "load": load, "steady": steady}
if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
    sys.exit(__doc__)
machine.require("bpftool", "gcc", *(["strace"] if sys.argv[1] == "load" else []))
COMMANDS[sys.argv[1]](*(int(n) for n in sys.argv[2:3]))
sys.exit(1 if failures else 0)
