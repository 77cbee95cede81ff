#!/usr/bin/env python3
"""What it costs a .NET service that its activities are known: CPU time of the service for a request.

usage: dotnet-cost.py [ROUNDS=5]

Needs root and Release builds of src/Tracers.Shell and tests/Tracers.Benchmarks. Every round measures each way in turn, off, listened to and with the
startup hook, each without a capture and with Start-TracerCapture of the service, on a service of its own; medians, and the lowest and highest."""
import os
import re
import socket
import statistics
import subprocess
import sys
import threading

import machine

SERVICE = os.path.join(machine.ROOT, "tests/Tracers.TestService/bin/Release/net10.0/Tracers.TestService.dll")
LISTENER = os.path.join(machine.HERE, "bin/Release/net10.0/Tracers.Benchmarks.dll")
HOOK = os.path.join(machine.ROOT, "module/bin/Dependencies/Tracers.StartupHook.dll")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
PATHS = {"/plain": 10_000, "/async?k=1": 3_000}
CLIENTS = 4
WARM_UP = 2_000
WAYS = "off", "listen", "hook"


class Service:
    def __enter__(self):
        self.process = subprocess.Popen(["dotnet", "exec", SERVICE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = self.process.pid
        said = self.process.stdout.readline()
        self.port = int(re.match(r"listening on http://127\.0\.0\.1:(\d+)", said)[1])
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def cpu(self):
        """User and system time of all its threads, us."""
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")

    def ask(self, path, count):
        clients = [threading.Thread(target=self.ask_one_by_one, args=(path, count // CLIENTS)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def ask_one_by_one(self, path, count):
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(count):
                connection.sendall(request)
                answer = b""
                # Chunked: the last chunk is empty.
                while not answer.endswith(b"0\r\n\r\n"):
                    part = connection.recv(65536)
                    if not part or not answer.startswith(b"HTTP/1.1 200") and not part.startswith(b"HTTP/1.1 200"):
                        raise OSError(f"{path}: the service answered {(answer + part)[:80]}")
                    answer += part
                    if b"Content-Length:" in answer and b"\r\n\r\n" in answer:
                        break

    def cost(self, path, count):
        before = self.cpu()
        self.ask(path, count)
        return (self.cpu() - before) / count


class Listener:
    """Listens without a capture."""

    def __init__(self, service, way):
        self.command = ["dotnet", "exec", LISTENER, "listen", str(service.pid), *([HOOK] if way == "hook" else [])] if way != "off" else None

    def __enter__(self):
        if self.command:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            if self.process.stdout.readline().strip() != "listening":
                sys.exit(f"{' '.join(self.command)}: does not listen")

    def __exit__(self, *_):
        if self.command:
            self.process.communicate()


class Capture:
    def __init__(self, service, way, path):
        options = {"off": "", "listen": f"-DotNet {service.pid}", "hook": f"-DotNet {service.pid} -DotNetHook"}[way]
        self.shell = machine.Shell(
            f"$c = Start-TracerCapture -Path {machine.quote(path)} -Force -ProcessId {service.pid} {options}; 'attached'; [Console]::In.ReadLine(); "
            "$c | Stop-TracerCapture | Out-Null")

    def __enter__(self):
        self.shell.expect("attached")

    def __exit__(self, *_):
        self.shell.enter()
        _, errors = self.shell.finish()
        if errors.strip():
            print(errors.strip(), file=sys.stderr)


def measure(way, captured, path):
    with Service() as service:
        for asked in PATHS:
            service.ask(asked, WARM_UP)
        with Capture(service, way, path) if captured else Listener(service, way):
            # What runs only now is compiled first.
            for asked in PATHS:
                service.ask(asked, WARM_UP)
            return [service.cost(asked, count) for asked, count in PATHS.items()]


def main():
    machine.require()
    for built in SERVICE, LISTENER, HOOK:
        if not os.path.isfile(built):
            sys.exit(f"{built}: not built. Run: dotnet build -c Release")
    costs = {(way, captured): [] for captured in (False, True) for way in WAYS}
    with machine.folder() as where:
        for _ in range(ROUNDS):
            for way, captured in costs:
                costs[way, captured].append(measure(way, captured, os.path.join(where, "service.scap")))
    print(f"{ROUNDS} alternating rounds, {CLIENTS} clients; CPU time of the service for a request, us, medians (least to greatest)")
    print()
    print("| | " + " | ".join(path.split("?")[0] for path in PATHS) + " |")
    print("|---|" + "---|" * len(PATHS))
    for (way, captured), rows in costs.items():
        cells = [f"{statistics.median(column):.1f} ({min(column):.1f} to {max(column):.1f})" for column in zip(*rows)]
        print(f"| {way}{', captured' if captured else ''} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
