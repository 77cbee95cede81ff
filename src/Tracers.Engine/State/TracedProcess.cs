using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <summary>A process while a capture is read, apart from its threads: it outlives them where a descendant or an open span needs it.</summary>
/// <param name="parent">The process that started it; null when that is not known, or the state does not keep descent.</param>
internal sealed class TracedProcess(TracedProcess? parent)
{
    private TracedProcess? _parent = parent;

    /// <summary>Slot for the span tracker: the open spans that its threads began.</summary>
    public object? Spans;

    /// <summary>Whether its last thread is gone: it begins no span any more.</summary>
    public bool IsGone;

    /// <summary>The process that started it; null when that is not known.</summary>
    /// <remarks>One that is gone and holds nothing is passed over for good, so that no line of descent grows without end.</remarks>
    public TracedProcess? Parent
    {
        get
        {
            while (_parent is { IsGone: true, Spans: null } gone)
                _parent = gone._parent;
            return _parent;
        }
    }

    /// <summary>Says later who started it. What would make it its own ancestor is not believed: only a damaged list says so.</summary>
    public void DescendFrom(TracedProcess parent)
    {
        TracedProcess? ancestor = parent;
        for (int i = 0; ancestor is not null; i++, ancestor = ancestor.Parent)
        {
            if (ancestor == this || i == ScapLimits.Ancestors)
                return;
        }

        _parent = parent;
    }
}
