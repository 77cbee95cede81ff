using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Tracers.Benchmarks;

/// <summary>The first import of the module in a process: it can be had only once, so it is a program and no benchmark. compare.py runs it.</summary>
internal static class ColdImport
{
    /// <summary>Writes wall and CPU time in milliseconds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(string manifest)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;

        // What any first command of a process costs is not the module's.
        shell.AddCommand("Get-Module").Invoke();
        shell.Commands.Clear();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(FormattableString.Invariant($"{wall.TotalMilliseconds} {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds}"));
    }
}
