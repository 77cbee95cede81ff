<#
.SYNOPSIS
    From a capture to the slow spans and the file behind them, in five commands.
.PARAMETER Path
    The capture; without it the recording of the demo service that lies beside this script.
#>
param(
    [string] $Path = "$PSScriptRoot/demo.scap"
)

# Only commands of the engine itself, so that it runs in PowerShell and in the Tracers shell alike.
function Show([string] $why, [string] $command) {
    $Host.UI.WriteLine()
    $Host.UI.WriteLine("# $why")
    $Host.UI.WriteLine("PS> $command")
    & ([scriptblock]::Create($command)) | Out-Host
}

Show 'What is in the capture?' 'Get-TracerCapture -Path $Path'
Show 'Which requests took more than half a second?' 'Get-TracerSpan -Path $Path | Where-Object Duration -gt 500ms'
Show 'How many bytes did each part of the handlers move?' 'Measure-TracerIO -Path $Path -By SpanTag'
Show 'Over the network, or from files?' 'Measure-TracerIO -Path $Path -By SpanTag, FdType -Tag download_handler'
Show 'Which file is it?' 'Measure-TracerIO -Path $Path -By FdName -FdType file -Tag download_handler'
