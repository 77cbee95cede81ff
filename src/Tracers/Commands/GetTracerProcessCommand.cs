using System.Management.Automation;
using Tracers.Engine.Analysis.Tables;

namespace Tracers.Commands;

/// <summary>Shows the processes of the captured machine at a moment, and what they did until then.</summary>
[Cmdlet(VerbsCommon.Get, "TracerProcess", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerProcess))]
public sealed class GetTracerProcessCommand : MachineTableCommand
{
    // Rows of threads are shown in another view.
    private const string ThreadType = "Tracers.TracerProcess#Thread";

    /// <summary>A row for each thread in the place of one for each process.</summary>
    [Parameter]
    public SwitchParameter Threads { get; set; }

    /// <summary>Also processes that ended before the moment.</summary>
    [Parameter]
    public SwitchParameter IncludeExited { get; set; }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        ProcessQuery query = new()
        {
            At = AtBound,
            After = AfterBound,
            ProcessIds = ProcessId?.ToHashSet(),
            ProcessName = Wildcards.Any(ProcessName),
            Threads = Threads,
            IncludeExited = IncludeExited,
        };
        ReadMachine(path, file => file.ReadProcesses(query, row => WriteObject(ToObject(new TracerProcess(row, path)))));
    }

    private object ToObject(TracerProcess process)
    {
        if (!Threads)
            return process;
        PSObject thread = new(process);
        thread.TypeNames.Insert(0, ThreadType);
        return thread;
    }
}
