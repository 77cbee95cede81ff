namespace Tracers.Engine.Events;

/// <summary>One event type of the format.</summary>
/// <param name="number">Its number on disk: even on entering a system call, odd on leaving it.</param>
/// <param name="name">The system call's name; the same for all its versions.</param>
/// <param name="category">The category in sysdig's words, <c>io-read</c> and <c>io-write</c> not yet split by the descriptor's kind.</param>
/// <param name="traits">What the table says of it.</param>
/// <param name="parameters">Its parameters as the table's text declares them.</param>
internal sealed class EventInfo(ushort number, string name, string category, EventTraits traits, string[] parameters)
{
    private ParameterInfo[]? _parameters;

    public ushort Number { get; } = number;

    public string Name { get; } = name;

    public string Category { get; } = category;

    public EventTraits Traits { get; } = traits;

    /// <summary>How many parameters the table has; a file may hold fewer or more.</summary>
    public int ParameterCount => parameters.Length;

    /// <summary>The parameters, read from the text when somebody asks: most passes never do.</summary>
    public ParameterInfo[] Parameters => _parameters ??= Array.ConvertAll(parameters, ParameterInfo.Parse);
}
