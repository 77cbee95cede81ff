using System.Runtime.CompilerServices;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>What one thread does, since it first wrote a marker: its sums go on whatever span it is in.</summary>
/// <remarks>A span that nobody else works in takes the difference of two states, so that a call costs the same however deep it lies.</remarks>
internal sealed class ThreadWork(TracedThread thread, long now)
{
    /// <summary>Everything up to <see cref="Last"/>.</summary>
    public WorkVector Sums;

    /// <summary>What the time since <see cref="Last"/> goes into.</summary>
    public WorkField Part = WorkField.CpuTime;

    public long Last = now;

    /// <summary>The span that its work belongs to; null for none.</summary>
    public SpanAccount? Account;

    /// <summary>Whether another thread may be at work in a span that this one is in.</summary>
    public bool MayShare;

    /// <summary>The other threads that are directly in the span.</summary>
    public ThreadWork? Next;
    public ThreadWork? Previous;

    public TracedThread Thread => thread;

    /// <summary>Brings the sums up to a moment. An earlier one takes away what was too much, so that all stretches add up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(long now)
    {
        Sums[(int)Part] += now - Last;
        Last = now;
    }
}
