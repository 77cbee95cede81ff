using System.Collections.Frozen;

namespace Tracers.Shell;

/// <summary>The commands of PowerShell's Utility and Management modules: part of a PowerShell installation, absent from its engine's package.</summary>
internal static class PowerShellCommands
{
    private static readonly FrozenSet<string> s_names = new[]
    {
        "Add-Content", "Add-Member", "Add-Type", "Clear-Content", "Clear-Item", "Clear-ItemProperty", "Clear-Variable", "Compare-Object",
        "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertFrom-Markdown", "ConvertFrom-StringData", "ConvertTo-Csv", "ConvertTo-Html", "ConvertTo-Json",
        "ConvertTo-Xml", "Convert-Path", "Copy-Item", "Export-Alias", "Export-Clixml", "Export-Csv", "Format-Custom", "Format-Hex", "Format-List",
        "Format-Table", "Format-Wide", "Get-Alias", "Get-ChildItem", "Get-Content", "Get-Culture", "Get-Date", "Get-Event", "Get-FileHash", "Get-Host",
        "Get-Item", "Get-ItemProperty", "Get-ItemPropertyValue", "Get-Location", "Get-Member", "Get-Process", "Get-PSBreakpoint", "Get-PSCallStack",
        "Get-PSDrive", "Get-PSProvider", "Get-Random", "Get-Runspace", "Get-SecureRandom", "Get-TimeZone", "Get-TypeData", "Get-UICulture",
        "Get-Unique", "Get-Uptime", "Get-Variable", "Get-Verb", "Group-Object", "Import-Alias", "Import-Clixml", "Import-Csv",
        "Import-LocalizedData", "Import-PowerShellDataFile", "Invoke-Expression", "Invoke-Item", "Invoke-RestMethod", "Invoke-WebRequest",
        "Join-Path", "Join-String", "Measure-Command", "Measure-Object", "Move-Item", "New-Alias", "New-Event", "New-Guid", "New-Item",
        "New-ItemProperty", "New-Object", "New-PSDrive", "New-TemporaryFile", "New-TimeSpan", "New-Variable", "Out-File", "Out-String", "Pop-Location",
        "Push-Location", "Read-Host", "Register-EngineEvent", "Register-ObjectEvent", "Remove-Alias", "Remove-Event", "Remove-Item",
        "Remove-ItemProperty", "Remove-PSDrive", "Remove-TypeData", "Remove-Variable", "Rename-Item", "Resolve-Path", "Select-Object",
        "Select-String", "Select-Xml", "Set-Alias", "Set-Content", "Set-Date", "Set-Item", "Set-ItemProperty", "Set-Location", "Set-PSBreakpoint",
        "Set-Variable", "Show-Markdown", "Sort-Object", "Split-Path", "Start-Process", "Start-Sleep", "Stop-Process", "Tee-Object", "Test-Connection",
        "Test-Json", "Test-Path", "Trace-Command", "Unblock-File", "Unregister-Event", "Update-FormatData", "Update-List", "Update-TypeData",
        "Wait-Debugger", "Wait-Event", "Wait-Process", "Write-Debug", "Write-Error", "Write-Host", "Write-Information", "Write-Output",
        "Write-Progress", "Write-Verbose", "Write-Warning",

        // On Linux and macOS these are not even aliases, so that the native programs keep their names.
        "sort", "compare", "tee", "sleep",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Says whether a name, as it was typed or as its alias says, is one of them.</summary>
    public static bool Contains(string name) => s_names.Contains(name);
}
