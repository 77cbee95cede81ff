<#
.SYNOPSIS
    From a service under load to the slow requests and the file behind them.
.DESCRIPTION
    On Linux, with the right to record: starts the demo service and its load, records the machine's system calls meanwhile, and asks that
    recording. Elsewhere it says why not, and asks the recording of the same service that lies beside this script.
.PARAMETER Path
    A capture to take instead; nothing is started and nothing recorded.
.PARAMETER Seconds
    How long the service is under load.
#>
param(
    [string] $Path,

    [ValidateRange(1, 600)]
    [int] $Seconds = 10
)

# Only commands of the engine itself, so that it runs in PowerShell and in the Tracers shell alike.
function Say([string] $text) {
    $Host.UI.WriteLine($text)
}

function Show([string] $why, [string] $command) {
    Say ''
    Say "# $why"
    Say "PS> $command"
    & ([scriptblock]::Create($command)) | Out-Host
}

# The newest build of the demo; $null without one.
function Find-Demo {
    $newest = $null
    foreach ($configuration in 'Release', 'Debug') {
        $file = [System.IO.FileInfo]::new("$PSScriptRoot/bin/$configuration/net10.0/Tracers.Demo.dll")
        if ($file.Exists -and ($null -eq $newest -or $file.LastWriteTimeUtc -gt $newest.LastWriteTimeUtc)) { $newest = $file }
    }

    if ($newest) { $newest.FullName }
}

# Records into a file while the demo is under load.
function Record([string] $demo, [string] $file) {
    $recording = Start-TracerCapture -Path $file -Compress -ErrorAction Stop
    try {
        Say "Recording for $Seconds seconds, while the demo service is under load ..."
        & dotnet exec $demo run --seconds $Seconds | Out-Host
        if ($LASTEXITCODE -ne 0) { throw "the demo service ended with exit code $LASTEXITCODE." }
    }
    finally {
        $null = $recording | Stop-TracerCapture
    }
}

$temporary = $null
try {
    if (-not $Path) {
        $Path = "$PSScriptRoot/demo.scap"
        $demo = Find-Demo
        if (-not $demo) {
            Say "The demo service is not built (dotnet build $PSScriptRoot); this is its recording in the repository."
        }
        else {
            $temporary = [System.IO.Directory]::CreateTempSubdirectory('tracers-tour-').FullName
            try {
                Record $demo "$temporary/live.scap"
                $Path = "$temporary/live.scap"
            }
            catch {
                Say "Nothing is recorded here: $($_.Exception.Message)"
                Say 'What follows is a recording of the demo service from another machine.'
            }
        }
    }

    Show 'What is in the capture?' 'Get-TracerCapture -Path $Path'
    Show 'Which spans are there, and how long do they take?' 'Measure-TracerSpan -Path $Path'
    Show 'Which requests took more than half a second?' 'Get-TracerSpan -Path $Path | Where-Object Duration -gt 500ms'
    Show 'When was that, and what else was there?' 'Show-TracerSpectrogram -Path $Path'
    Show 'What happens in the slowest one?' 'Show-TracerSpan -Path $Path'
    Show 'Where did their time go?' 'Get-TracerSpan -Path $Path -IO -MinDuration 500ms'
    Show 'How many bytes did each part of the handlers move?' 'Measure-TracerIO -Path $Path -By SpanTag'
    Show 'Over the network?' 'Measure-TracerIO -Path $Path -By SpanTag -FdType ipv4, ipv6'
    Show 'From and to files?' 'Measure-TracerIO -Path $Path -By SpanTag -FdType file'
    Show 'Which files does the slow handler read?' 'Measure-TracerIO -Path $Path -By FdName -FdType file -Tag download_handler'
    Show 'Which calls fail, and how?' 'Measure-TracerCall -Path $Path -By Syscall, ErrorName -Filter ''evt.failed = true'' -OrderBy Failed -Top 5'
    Show 'Who keeps the network busy, in each two seconds?' 'Measure-TracerIO -Path $Path -By proc.name -Filter ''fd.type in (ipv4, ipv6)'' -Interval 2s -Top 1'
    Show 'What did the slow spans read and write, whatever they are called?' 'Get-TracerSpan -Path $Path | Where-Object Duration -gt 500ms | Measure-TracerIO -By FdName -Top 5'
}
finally {
    if ($temporary) { [System.IO.Directory]::Delete($temporary, $true) }
}
