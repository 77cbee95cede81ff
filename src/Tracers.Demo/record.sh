#!/usr/bin/env bash
# Makes demo.scap, the recording in the repository: the demo service, and nothing else of this machine. For root on Linux, after
# "dotnet build -c Release". The tests and README.md have numbers of it, which a new recording changes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Namespaces of its own: a host name, a network, control groups and accounts that are the same wherever it is made.
if [ "${1:-}" != inside ]; then
    exec unshare --uts --net --cgroup --mount bash "${BASH_SOURCE[0]}" inside
fi

hostname demo
ip link set lo up
mount -t tmpfs tmpfs /srv
echo 'root:x:0:0:root:/root:/bin/sh' >/srv/passwd
echo 'root:x:0:' >/srv/group
mount --bind /srv/passwd /etc/passwd
mount --bind /srv/group /etc/group
cp -r "$here/bin/Release/net10.0" /srv/demo
cd /srv/demo

dotnet=$(command -v dotnet)
# Without environment and without children: a capture has those of each process that it is of.
env -i "$dotnet" exec Tracers.Demo.dll serve --port 8080 --seconds 12 </dev/null >/srv/service.log 2>&1 &
service=$!
until (: </dev/tcp/127.0.0.1/8080) 2>/dev/null; do sleep 0.1; done

"$dotnet" "$here/../Tracers.Shell/bin/Release/net10.0/Tracers.Shell.dll" -Command "
    \$recording = Start-TracerCapture -Path '$here/demo.scap' -ProcessId $service -Compress -Force -ErrorAction Stop
    & '$dotnet' exec Tracers.Demo.dll load --port 8080 --clients 3 --seconds 7
    \$recording | Stop-TracerCapture"
wait "$service"
