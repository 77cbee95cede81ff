<#
.SYNOPSIS
    Makes demo.scap, the recording in the repository: the demo service, and nothing else of this machine.
.DESCRIPTION
    For root on Linux, in PowerShell and in the Tracers shell alike:
    dotnet run -c Release --project src/Tracers.Shell -- -File src/Tracers.Demo/record.ps1
    The tests and README.md have numbers of it, which a new recording changes.
#>
param(
    [string] $Path = "$PSScriptRoot/demo.scap",

    [string] $Demo = "$PSScriptRoot/bin/Release/net10.0/Tracers.Demo.dll"
)

$ErrorActionPreference = 'Stop'

# With an empty environment: a capture has that of each process.
function Start-Demo([string[]] $arguments) {
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardOutput = $true
    $start.Environment.Clear()
    foreach ($argument in @('exec', $Demo) + $arguments) { $start.ArgumentList.Add($argument) }
    [System.Diagnostics.Process]::Start($start)
}

$service = Start-Demo 'serve', '--seconds', '12'
$line = $service.StandardOutput.ReadLine()
if ($line -notmatch ':(\d+) serves') { throw "The service did not start: $line" }
$port = $Matches[1]

$recording = Start-TracerCapture -Path $Path -ProcessId $service.Id -Compress -Force
try {
    $load = Start-Demo 'load', '--port', $port, '--clients', '3', '--seconds', '7'
    $load.StandardOutput.ReadToEnd()
}
finally {
    $recording | Stop-TracerCapture
}

$service.WaitForExit()
