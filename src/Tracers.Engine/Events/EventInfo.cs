namespace Tracers.Engine.Events;

/// <summary>One event type of the format.</summary>
/// <param name="Number">Its number on disk: even on entering a system call, odd on leaving it.</param>
/// <param name="Name">The system call's name; the same for all its versions.</param>
/// <param name="Category">The category in sysdig's words, <c>io-read</c> and <c>io-write</c> not yet split by the descriptor's kind.</param>
/// <param name="Traits">What the table says of it.</param>
/// <param name="Parameters">Its parameters; a file may hold fewer or more.</param>
internal sealed record EventInfo(ushort Number, string Name, string Category, EventTraits Traits, ParameterInfo[] Parameters)
{
    public bool IsExit => (Number & 1) != 0;
}
