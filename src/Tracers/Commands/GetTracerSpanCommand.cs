using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Reads the spans of a capture, each when it ends; those that never do come last.</summary>
[Cmdlet(VerbsCommon.Get, "TracerSpan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerSpan))]
public sealed class GetTracerSpanCommand : FilteredReadCommand
{
    private Duration? _minDuration;
    private SpanQuery _query = new();

    /// <summary>Only spans with these tags: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>Only spans with these ids.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanIdCompleter))]
    [ValidateNotNullOrEmpty]
    public long[]? Id { get; set; }

    // Not nullable: PowerShell would convert the number that it made of the text, and 0.5s would be 0.
    /// <summary>Only finished spans that took at least so long: <c>500ms</c>, <c>1.5s</c>.</summary>
    [Parameter]
    public Duration MinDuration
    {
        get => _minDuration ?? default;
        set => _minDuration = value;
    }

    /// <summary>Only spans of which the capture holds so much.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanStateCompleter))]
    [ValidateNotNullOrEmpty]
    public SpanState?[]? State { get; set; }

    /// <summary>Adds what was done in each span: calls, bytes, errors, and what its time went into.</summary>
    [Parameter]
    public SwitchParameter IO { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = new SpanQuery
        {
            MinDuration = _minDuration?.Nanoseconds,
            Filter = EventFilter,
            Tag = Wildcards.AnyTag(Tag),
            Ids = Id?.ToHashSet(),
            States = State?.OfType<SpanState>().ToHashSet(),
            WithWork = IO,
        };
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
