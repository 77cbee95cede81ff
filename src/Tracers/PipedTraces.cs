using System.Collections;
using Tracers.Engine.Analysis.Traces;

namespace Tracers;

/// <summary>The traces of spans from the pipeline, by the captures that these were read from, in the order in which they came.</summary>
internal sealed class PipedTraces : IEnumerable<KeyValuePair<string, TraceSelection>>
{
    private readonly OrderedDictionary<string, TraceSelection> _captures = new(StringComparer.Ordinal);

    public void Add(TracerSpan span)
    {
        if (!_captures.TryGetValue(span.Path, out TraceSelection? selection))
            _captures.Add(span.Path, selection = new TraceSelection());
        selection.Add(span.Record);
    }

    public IEnumerator<KeyValuePair<string, TraceSelection>> GetEnumerator() => _captures.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
