using System.Text;

namespace Tracers.Engine.Events;

/// <summary>One event type of the format.</summary>
/// <param name="number">Its number on disk: even on entering a system call, odd on leaving it.</param>
/// <param name="name">The system call's name; the same for all its versions.</param>
/// <param name="category">The category in sysdig's words, <c>io-read</c> and <c>io-write</c> not yet split by the descriptor's kind.</param>
/// <param name="traits">What the table says of it.</param>
/// <param name="parameters">Its parameters as the table's text declares them.</param>
/// <param name="listedParameters">How many of them sysdig 0.29.3 knows.</param>
internal sealed class EventInfo(ushort number, string name, string category, EventTraits traits, string[] parameters, int listedParameters)
{
    /// <summary>The category of events that the recorder makes for itself.</summary>
    public const string InternalCategory = "internal";

    private ParameterInfo[]? _parameters;
    private byte[]? _utf8Name;
    private int[]? _namedParameters;

    public ushort Number { get; } = number;

    public string Name { get; } = name;

    /// <summary>The name as the listing has it.</summary>
    public ReadOnlySpan<byte> Utf8Name => _utf8Name ??= Encoding.UTF8.GetBytes(Name);

    public string Category { get; } = category;

    public EventTraits Traits { get; } = traits;

    /// <summary>How many parameters the table has; a file may hold fewer or more.</summary>
    public int ParameterCount => parameters.Length;

    /// <summary>How many of them sysdig 0.29.3 knows and lists. What is behind them was appended for recorders that write exits only.</summary>
    public int ListedParameters { get; } = listedParameters;

    /// <summary>The parameters, read from the text when somebody asks: most passes never do.</summary>
    public ParameterInfo[] Parameters => _parameters ??= Array.ConvertAll(parameters, ParameterInfo.Parse);

    /// <summary>The parameters whose numbers stand for something that has a name, and the paths that may be relative.</summary>
    public int[] NamedParameters => _namedParameters ??= [.. Enumerable.Range(0, Parameters.Length).Where(i => Parameters[i].Type is
        ParameterType.Fd or ParameterType.Fd32 or ParameterType.FdList or ParameterType.Pid or ParameterType.Pid32
        or ParameterType.FsPath or ParameterType.FsRelPath or ParameterType.Uid or ParameterType.Gid or ParameterType.Dyn)];

    /// <summary>
    /// Where an exit event that has no enter event carries the descriptor that the call worked on; −1 when it does not. The first
    /// parameter is never meant: it is what the call returned.
    /// </summary>
    public int OwnFdParameter()
    {
        for (int i = 1; i < parameters.Length; i++)
        {
            if (ParameterInfo.IsFd(parameters[i]))
                return i;
        }

        return -1;
    }
}
