using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis.Tables;

namespace Tracers.Commands;

/// <summary>Shows the descriptors that processes had open at a moment, and what was done with them until then.</summary>
[Cmdlet(VerbsCommon.Get, "TracerFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerFile), typeof(TracerFileActivity))]
public sealed class GetTracerFileCommand : MachineTableCommand
{
    /// <summary>Only descriptors of these types: <c>file</c>, <c>directory</c>, <c>pipe</c>, <c>unix</c>, ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FdTypeCompleter))]
    [KnownFdType]
    public string[] FdType { get; set; } = [];

    /// <summary>Only descriptors with these names, with wildcards: paths, or addresses of connections.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Also descriptors that were closed before the moment: a row for each process and name.</summary>
    [Parameter]
    public SwitchParameter IncludeClosed { get; set; }

    /// <summary>In the place of descriptors what all processes together did with those of each name, open or closed, most calls first.</summary>
    [Parameter]
    public SwitchParameter Activity { get; set; }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        DescriptorQuery query = new()
        {
            At = AtBound,
            After = AfterBound,
            ProcessIds = ProcessId?.ToHashSet(),
            ProcessName = Wildcards.Any(ProcessName),
            Kinds = KnownFdTypeAttribute.Parse(FdType),
            Name = Wildcards.Any(Name),
            IncludeClosed = IncludeClosed,
        };
        ReadMachine(path, file =>
        {
            if (Activity)
                file.ReadNameActivity(query, sum => WriteObject(new TracerFileActivity(sum, path)));
            else
                file.ReadDescriptors(query, row => WriteObject(new TracerFile(row, path)));
        });
    }
}
