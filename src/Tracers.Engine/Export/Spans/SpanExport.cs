using Tracers.Engine.Spans;

namespace Tracers.Engine.Export.Spans;

/// <summary>Writes spans in a format of other programs. Formats that need no span after the other write each when it comes; the others all at the end.</summary>
internal abstract class SpanExport
{
    /// <summary>Spans that were taken.</summary>
    public long Count { get; private set; }

    /// <summary>Those of them that the format could not show, once all is written.</summary>
    public virtual long LeftOut => 0;

    /// <summary>Takes a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="path">The capture that it was read from.</param>
    public void Add(SpanRecord span, string path)
    {
        Count++;
        Write(span, path);
    }

    /// <summary>Tells when a capture ended: its unfinished spans reach up to there.</summary>
    /// <param name="path">The capture.</param>
    /// <param name="timestamp">Nanoseconds since the epoch.</param>
    public virtual void EndCapture(string path, long timestamp)
    {
    }

    /// <summary>Writes what is not written yet.</summary>
    public abstract void Complete();

    private protected abstract void Write(SpanRecord span, string path);
}
