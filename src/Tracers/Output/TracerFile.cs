using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>A descriptor that a process had open at a moment, and what was done with it until then.</summary>
/// <remarks>Of descriptors that were closed by then there is one for each process and name.</remarks>
public sealed class TracerFile
{
    private readonly DescriptorRow _row;

    internal TracerFile(DescriptorRow row, string path)
    {
        _row = row;
        Path = path;
    }

    /// <summary>Name (comm) of the process; null when the capture does not say.</summary>
    public string? ProcessName => _row.Owner.Name;

    /// <summary>Process id.</summary>
    public int ProcessId => _row.Owner.Pid;

    /// <summary>Thread id: the process id, but of a thread that does not share the descriptors of its process.</summary>
    public int ThreadId => _row.Owner.Tid;

    /// <summary>The user that the process acts as: the name, or the number where the capture has no name for it; null when the capture does not say.</summary>
    public string? User => _row.User;

    /// <summary>Name of the container that the process runs in, or its id where the capture has no name for it; <c>host</c> for none; null when the capture does not say.</summary>
    public string? Container => _row.Container?.Label;

    /// <summary>Number of the descriptor; null of what was closed.</summary>
    public long? Fd => _row.Fd;

    /// <summary>file, directory, ipv4, ipv6, pipe, unix, ...; null for a kind that has no name.</summary>
    public string? Type => _row.Info.Kind.Name();

    /// <summary>A path, or a connection's addresses; empty when it has none or the capture does not say.</summary>
    public string Name => _row.Name;

    /// <summary>The directory of a file, a directory itself; null for everything else.</summary>
    public string? Directory => FdValues.Directory(_row.Info, _row.Name);

    /// <summary>Whether it was open at the moment.</summary>
    public bool IsOpen => _row.Fd is not null;

    /// <summary>Times that the file was opened in the time asked for; 0 for what was open before.</summary>
    public long Opens => _row.Totals.Opens;

    /// <summary>Calls on it that returned in that time, opening and closing included; the writing of markers is no activity.</summary>
    public long Calls => _row.Totals.Calls;

    /// <summary>Calls of these that failed.</summary>
    public long Errors => _row.Totals.Errors;

    /// <summary>Bytes read in that time.</summary>
    public long ReadBytes => _row.Totals.ReadBytes;

    /// <summary>Bytes written in that time.</summary>
    public long WriteBytes => _row.Totals.WriteBytes;

    /// <summary>Time inside these calls, as far as their beginning is in the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_row.Totals.Time);

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    /// <summary>A property as the views show it: a text, bytes in the unit that fits, the descriptor's number or <c>-</c>.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(ProcessName) => Views.Text(ProcessName),
        nameof(Name) => Views.Text(Name),
        nameof(Fd) => Views.Fd(Fd),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>The name, for messages.</summary>
    public override string ToString() => Name;
}
