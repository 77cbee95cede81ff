using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Sums the spans of a capture by their tags, arguments, process or state: how many, how long, percentiles, and time of their own.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TracerSpan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerSpanSummary))]
public sealed class MeasureTracerSpanCommand : FilteredReadCommand
{
    private Duration? _minDuration;
    private int? _depth;
    private SpanSummaryQuery _query = null!;
    private SpanSummary _summary = null!;
    private bool _asked;

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[]? Path { get; set; }

    /// <summary>Spans from the pipeline: what <c>Get-TracerSpan</c> gave and <c>Where-Object</c> left.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpanSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public override TracerSpan[]? Span { get; set; }

    /// <summary>What a row stands for; with several, every combination that occurs is a row.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public SpanKey[] By { get; set; } = [SpanKey.Tag];

    /// <summary>Only rows of spans with one tag more than this, and those with more tags as their child hits: the tables of csysdig at this depth.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue - 1)]
    public int Depth
    {
        get => _depth ?? 0;
        set => _depth = value;
    }

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

    /// <summary>At most so many rows, those with most time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    /// <summary>Adds what was done in the spans: calls, bytes, errors, and what their time went into.</summary>
    [Parameter]
    public SwitchParameter IO { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = new SpanSummaryQuery
        {
            Keys = [.. By.Distinct()],
            Depth = _depth,
            Spans = new SpanQuery
            {
                Filter = EventFilter,
                MinDuration = _minDuration?.Nanoseconds,
                Tag = Wildcards.AnyTag(Tag),
                Ids = Id?.ToHashSet(),
                States = State?.OfType<SpanState>().ToHashSet(),
                WithWork = IO,
            },
        };
        _summary = new SpanSummary(_query);
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is not null)
        {
            _asked = true;
            RefuseFilterOfInput();
            foreach (TracerSpan span in Span)
                _summary.Add(span.Record);
        }
        else if (ParameterSetName != PathSet || Path is not null)
        {
            _asked = true;
            base.OnInput();
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        // An empty pipeline is an answer of no rows; no pipeline and no path means the capture at hand.
        if (!_asked && !MyInvocation.ExpectingInput && !ReadSessionCapture())
            return;
        foreach (SpanRow row in _summary.Rows.Take(Top))
            WriteObject(KeyedObject.Of(new TracerSpanSummary(row), [.. _query.Keys.Select(static k => k.ToString())], row.Keys, IO ? nameof(IO) : null));
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path) => Read(path, keepArguments: true, file => file.MeasureSpans(_summary));
}
