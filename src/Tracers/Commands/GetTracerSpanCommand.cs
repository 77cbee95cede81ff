using System.Management.Automation;
using Tracers.Engine.Analysis;

namespace Tracers.Commands;

/// <summary>Reads the spans of a capture, each when it ends; those that never do come last.</summary>
[Cmdlet(VerbsCommon.Get, "TracerSpan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerSpan))]
public sealed class GetTracerSpanCommand : SpanWorkCommand
{
    private SpanQuery _query = new();

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = Query();
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path) =>
        Read(path, keepArguments: true, file => file.ReadSpans(_query, span => WriteObject(ToObject(new TracerSpan(span, path)))));

    // A view of its own.
    private object ToObject(TracerSpan span)
    {
        if (!IO)
            return span;
        PSObject result = new(span);
        result.TypeNames.Insert(0, $"{typeof(TracerSpan).FullName}#{nameof(IO)}");
        return result;
    }
}
