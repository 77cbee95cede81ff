using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Tracers.Marks;

namespace Tracers;

/// <summary>The spans that a PowerShell session has entered and not exited, outermost first.</summary>
internal sealed class SessionSpans
{
    // By runspace: parallel runspaces of one process are different sessions.
    private static readonly ConditionalWeakTable<Runspace, SessionSpans> s_sessions = [];

    private readonly List<(string Tag, MarkedSpan Span, bool Marked)> _entered = [];

    /// <summary>Those of the session that runs on the calling thread.</summary>
    public static SessionSpans Current => s_sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Remembers a span, also one for which no marker could be written: it is exited all the same.</summary>
    public void Enter(string tag, MarkedSpan span) => _entered.Add((tag, span, span.IsOpen));

    /// <summary>Takes out a span and those inside of it.</summary>
    /// <param name="tag">Its tag as it was entered; null for the innermost span.</param>
    /// <param name="span">The span.</param>
    /// <returns>False when there is none.</returns>
    public bool TryExit(string? tag, out MarkedSpan span)
    {
        // Others may have ended with a span around them.
        _entered.RemoveAll(entry => entry.Marked && !entry.Span.IsOpen);
        int at = tag is null ? _entered.Count - 1 : _entered.FindLastIndex(entry => entry.Tag == tag);
        span = at < 0 ? default : _entered[at].Span;
        if (at >= 0)
            _entered.RemoveRange(at, _entered.Count - at);
        return at >= 0;
    }
}
