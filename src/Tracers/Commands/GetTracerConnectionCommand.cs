using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;

namespace Tracers.Commands;

/// <summary>Shows the internet and unix sockets that processes had open at a moment, and what went through them until then.</summary>
[Cmdlet(VerbsCommon.Get, "TracerConnection", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerConnection))]
public sealed class GetTracerConnectionCommand : MachineTableCommand
{
    /// <summary>Only sockets of these types: <c>ipv4</c>, <c>ipv6</c>, <c>unix</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SocketTypeCompleter))]
    [KnownFdType(SocketsOnly = true)]
    public string[] FdType { get; set; } = [FdKind.Ipv4.Name()!, FdKind.Ipv6.Name()!, FdKind.Unix.Name()!];

    /// <summary>Only internet sockets with one of these ports at either end.</summary>
    [Parameter]
    [ValidateRange(0, ushort.MaxValue)]
    [ValidateNotNullOrEmpty]
    public int[]? Port { get; set; }

    /// <summary>Only sockets of which this is so at the moment.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionStateCompleter))]
    [ValidateNotNullOrEmpty]
    public ConnectionState?[]? State { get; set; }

    /// <summary>Also sockets that were closed before the moment: a row for each process and name.</summary>
    [Parameter]
    public SwitchParameter IncludeClosed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        HashSet<ConnectionState>? states = State?.OfType<ConnectionState>().ToHashSet();
        ConnectionQuery query = new()
        {
            At = AtBound,
            After = AfterBound,
            ProcessIds = ProcessId?.ToHashSet(),
            ProcessName = Wildcards.Any(ProcessName),
            Kinds = KnownFdTypeAttribute.Parse(FdType),
            Ports = Port?.ToHashSet(),
            States = states,
            IncludeClosed = IncludeClosed || states?.Contains(ConnectionState.Closed) == true,
        };
        ReadMachine(path, file => file.ReadDescriptors(query, row => WriteObject(new TracerConnection(row, path))));
    }
}
