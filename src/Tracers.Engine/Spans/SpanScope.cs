namespace Tracers.Engine.Spans;

/// <summary>What lies in a span, of all that happens from its beginning to its end.</summary>
public enum SpanScope
{
    /// <summary>The work of its threads: of the one that opened it, and of those that a switch marker says to run it.</summary>
    Thread,

    /// <summary>The work of all threads of the process that opened it.</summary>
    Process,

    /// <summary>The work of the process that opened it and of all its descendants: the span of a shell script holds the commands that it starts.</summary>
    Children,

    /// <summary>Everything.</summary>
    Machine,
}
