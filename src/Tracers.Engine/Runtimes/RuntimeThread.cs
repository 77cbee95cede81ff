namespace Tracers.Engine.Runtimes;

/// <summary>Which span one thread runs, as readers of its markers see it.</summary>
internal sealed class RuntimeThread
{
    private bool _isUnknown;
    private long _switches;

    /// <summary>The span; null for none, and where it is not known.</summary>
    public RuntimeSpan? Span { get; private set; }

    /// <summary>The thread has begun a span: from now on it runs that.</summary>
    /// <returns>What it ran before.</returns>
    public Work Begin(RuntimeSpan span)
    {
        Work before = new(this, Span, _isUnknown, _switches);
        Span = span;
        _isUnknown = false;
        return before;
    }

    /// <summary>The thread has ended a span.</summary>
    public void End(RuntimeSpan span)
    {
        if (Span != span)
            return;

        // Only where the span began here, and nothing else ran meanwhile, is what was around it around the thread again.
        Work before = span.Before;
        bool returns = before.Thread == this && before.Switches == _switches;
        Span = returns ? before.Span : null;
        _isUnknown = !returns || before.IsUnknown;
    }

    /// <summary>The thread goes on with a span's work, or with none's.</summary>
    /// <returns>False when readers know that.</returns>
    public bool SwitchTo(RuntimeSpan? span)
    {
        if (Span == span && !_isUnknown)
            return false;
        Span = span;
        _isUnknown = false;
        _switches++;
        return true;
    }

    /// <summary>What a thread ran at a moment.</summary>
    /// <param name="Thread">The thread.</param>
    /// <param name="Span">The span; null for none, and where it is not known.</param>
    /// <param name="IsUnknown">Whether it is not known.</param>
    /// <param name="Switches">Switch markers that it had had.</param>
    public readonly record struct Work(RuntimeThread? Thread, RuntimeSpan? Span, bool IsUnknown, long Switches);
}
