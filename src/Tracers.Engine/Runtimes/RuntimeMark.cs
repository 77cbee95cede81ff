using Tracers.Engine.Spans;

namespace Tracers.Engine.Runtimes;

/// <summary>A marker that is to stand in a capture, as if the thread had written it.</summary>
internal sealed record RuntimeMark
{
    public required MarkerKind Kind { get; init; }

    /// <summary>When, by the runtime's clock, ns.</summary>
    public required long Time { get; init; }

    /// <summary>The thread, as the capture numbers it.</summary>
    public required int Tid { get; init; }

    /// <summary>The process.</summary>
    public required int Pid { get; init; }

    /// <summary>The span that begins or ends; of a switch the one that the thread runs now, null for none.</summary>
    public required RuntimeSpan? Span { get; init; }

    /// <summary>Of an end: what the span has to say.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];

    /// <summary>Of an end: whether it failed.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether the thread is inside of any span from now on.</summary>
    public required bool IsInSpan { get; init; }
}
