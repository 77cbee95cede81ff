@{
    ModuleVersion        = '0.1.0'
    GUID                 = '861fea8f-fbcd-4064-9550-4f3ff3248e27'
    Author               = 'The Tracers developers'
    CompanyName          = 'The Tracers developers'
    Copyright            = '(c) The Tracers developers. Apache-2.0.'
    Description          = 'Records the system calls of a Linux machine with eBPF, reads captures (.scap) of its own and of sysdig and Falco, finds the spans that their tracers mark, and charges file and network I/O to them.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')

    # Nested, not root: help that lies beside the assembly is found only this way when the manifest is at the top.
    NestedModules        = @('module/bin/Tracers.dll')
    FormatsToProcess     = @('module/Tracers.Format.ps1xml')

    CmdletsToExport      = @(
        'Compare-TracerCapture'
        'Enter-TracerSpan'
        'Exit-TracerSpan'
        'Export-TracerCapture'
        'Export-TracerReport'
        'Export-TracerSpan'
        'Get-TracerCapture'
        'Get-TracerConnection'
        'Get-TracerDotNetProcess'
        'Get-TracerEvent'
        'Get-TracerField'
        'Get-TracerFile'
        'Get-TracerProcess'
        'Get-TracerSpan'
        'Invoke-TracerCapture'
        'Invoke-TracerSpan'
        'Join-TracerCapture'
        'Measure-TracerCall'
        'Measure-TracerIO'
        'Measure-TracerSpan'
        'Show-TracerSpan'
        'Show-TracerSpectrogram'
        'Start-TracerCapture'
        'Stop-TracerCapture'
        'Wait-TracerCapture'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags       = @('scap', 'sysdig', 'falco', 'tracing', 'spans', 'tracers', 'performance', 'io', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
