using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.State;

namespace Tracers;

/// <summary>What all processes together did with the descriptors of one name in an interval.</summary>
public sealed class TracerFileActivity
{
    private readonly NameActivity _sum;

    internal TracerFileActivity(NameActivity sum, string path)
    {
        _sum = sum;
        Path = path;
    }

    /// <summary>A path, or a connection's addresses; empty for descriptors without a name, all of a type together.</summary>
    public string Name => _sum.Name;

    /// <summary>file, directory, ipv4, ipv6, pipe, unix, ...; null for a kind that has no name.</summary>
    public string? Type => _sum.Kind.Name();

    /// <summary>How many processes did.</summary>
    public int Processes => _sum.Processes;

    /// <summary>Times that the file was opened.</summary>
    public long Opens => _sum.Totals.Opens;

    /// <summary>Calls on it that returned, opening and closing included; the writing of markers is no activity.</summary>
    public long Calls => _sum.Totals.Calls;

    /// <summary>Calls of these that failed. An open that fails gives no descriptor, and is not among them.</summary>
    public long Errors => _sum.Totals.Errors;

    /// <summary>Bytes read.</summary>
    public long ReadBytes => _sum.Totals.ReadBytes;

    /// <summary>Bytes written.</summary>
    public long WriteBytes => _sum.Totals.WriteBytes;

    /// <summary>Time inside these calls, as far as their beginning is in the capture.</summary>
    public Duration Time => Duration.FromNanoseconds(_sum.Totals.Time);

    /// <summary>The capture it was read from.</summary>
    public string Path { get; }

    /// <summary>A property as the views show it: a text, or bytes in the unit that fits.</summary>
    /// <param name="property">The property's name.</param>
    public string ToText(string property) => property switch
    {
        nameof(Name) => Views.Text(Name),
        nameof(ReadBytes) => Views.Bytes(ReadBytes),
        nameof(WriteBytes) => Views.Bytes(WriteBytes),
        _ => throw new ArgumentException($"No view shows '{property}'.", nameof(property)),
    };

    /// <summary>The name, for messages.</summary>
    public override string ToString() => Name;
}
