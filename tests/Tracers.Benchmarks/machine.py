"""What the benchmarks of a live capture share: the shell, the helpers in C, and what the kernel says of a process."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHELL = os.path.join(ROOT, "src/Tracers.Shell/bin/Release/net10.0/Tracers.Shell.dll")
PROBE = os.path.join(ROOT, "src/Tracers.Probe/tracers.bpf.o")
MODULE = os.path.join(ROOT, "module/bin/Tracers.Engine.dll")
CONSUMER = "Tracers capture"

# Where the header of code that was compiled ahead of time begins.
READY_TO_RUN = b"RTR\0"


def require_shell():
    """Ends where the shell is not built; says so where it runs a module that is slower than a user's, as after a Debug build."""
    for file in SHELL, MODULE:
        if not os.path.isfile(file):
            sys.exit(f"{file}: not built. Run: dotnet build -c Release")
    with open(MODULE, "rb") as engine:
        if READY_TO_RUN not in engine.read():
            print(f"These figures are not the product's: {MODULE} is not compiled ahead of time. Run: dotnet build -c Release", file=sys.stderr)


def require(*programs):
    """Ends with one line that says what is missing."""
    require_shell()
    if os.geteuid() != 0:
        sys.exit("A live capture needs root.")
    for program in programs:
        if not shutil.which(program):
            sys.exit(f"{program} is not installed.")


def folder():
    """A folder for captures, on TMPDIR; the caller uses it in a with statement."""
    return tempfile.TemporaryDirectory(prefix="tracers-")


def compile_c(name, where, *libraries):
    target = os.path.join(where, name)
    subprocess.run(["gcc", "-O2", "-Wall", "-o", target, os.path.join(HERE, name + ".c"), *libraries], check=True)
    return target


def quote(text):
    return "'" + text.replace("'", "''") + "'"


class Shell:
    """The module's shell, running a script; the script and this side talk by lines."""

    def __init__(self, script):
        self.process = subprocess.Popen(["dotnet", SHELL, "-Command", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.pid = self.process.pid

    def line(self):
        """The next line; ends the benchmark when the shell has none."""
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The shell ended: {self.process.stderr.read().strip()}")
        return line.strip()

    def expect(self, text):
        line = self.line()
        if line != text:
            sys.exit(f"The shell said '{line}' and not '{text}': {self.process.stderr.read().strip()}")

    def enter(self, text=""):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def finish(self):
        """The rest of its output and what it wrote to standard error."""
        return self.process.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def run(script):
    """Output and standard error of a script."""
    with Shell(script) as shell:
        return shell.finish()


def consumer_ns(pid):
    """CPU time (ns) that the thread that records has had."""
    for tid in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{tid}/comm") as comm:
            if comm.read().strip() == CONSUMER:
                with open(f"/proc/{pid}/task/{tid}/schedstat") as stat:
                    return int(stat.read().split()[0])
    sys.exit("The shell has no thread that records.")


def held(pid):
    """The kernel's BPF objects that a process holds, as (kind, id)."""
    objects = set()
    for fd in os.listdir(f"/proc/{pid}/fdinfo"):
        try:
            with open(f"/proc/{pid}/fdinfo/{fd}") as info:
                fields = dict(line.split(":", 1) for line in info.read().splitlines() if ":" in line)
        except FileNotFoundError:
            continue
        # A link also names its program.
        for kind in "link", "map", "prog":
            if f"{kind}_id" in fields:
                objects.add((kind, int(fields[f"{kind}_id"])))
                break
    return objects


def existing():
    """All BPF objects of the machine, as (kind, id)."""
    objects = set()
    for kind in "link", "map", "prog":
        listed = subprocess.run(["bpftool", "-j", kind, "show"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for item in json.loads(listed.stdout or "[]"):
            if "id" in item:
                objects.add((kind, item["id"]))
    return objects


def tracepoint_links():
    """Links to sys_enter: every one makes each call of the machine dearer."""
    listed = subprocess.run(["bpftool", "-j", "link", "show"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return sum(1 for item in json.loads(listed.stdout or "[]") if item.get("tp_name") == "sys_enter")
