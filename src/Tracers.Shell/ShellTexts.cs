using System.Management.Automation;
using System.Reflection;

namespace Tracers.Shell;

/// <summary>What the shell says about itself.</summary>
internal static class ShellTexts
{
    /// <summary>Gets the line that -Version prints.</summary>
    public static string Version => $"Tracers.Shell {VersionOf(typeof(ShellTexts))} (PowerShell engine {VersionOf(typeof(PSObject))})";

    /// <summary>Gets the text that -Help prints.</summary>
    public static string Help => $"""
        {Version}

        tracers [-NoLogo] [-NonInteractive]
            A prompt with the Tracers module imported.
        tracers [-NonInteractive] [-File] <script> [arguments]
            Runs a script; its exit code is the process's.
        tracers [-NonInteractive] -Command <commands>
            Runs the rest of the line. Exit code 0 when the last command succeeded.
        tracers [-NonInteractive] -Command -
            Runs the commands read from standard input.
        tracers -Help | -Version

        The shell has PowerShell's engine and core commands. Sort-Object, Group-Object, Format-Table and
        their like come with PowerShell 7.6: there, Import-Module ./Tracers.psd1 gives the same commands.

        """;

    private static string VersionOf(Type type)
    {
        string? full = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return full?.Split([' ', '+'], 2)[0] ?? "?";
    }
}
