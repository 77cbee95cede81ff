using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;

namespace Tracers.Commands;

/// <summary>Sums the spans of a capture by their tags, arguments, process or state: how many, how long, percentiles, and time of their own.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TracerSpan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerSpanSummary))]
public sealed class MeasureTracerSpanCommand : SpanWorkCommand
{
    private int? _depth;
    private SpanSummaryQuery _query = null!;
    private SpanSummary _summary = null!;

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

    /// <summary>At most so many rows, those with most time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = new SpanSummaryQuery
        {
            Keys = [.. By.Distinct()],
            Depth = _depth,
            Spans = Query(),
        };
        _summary = new SpanSummary(_query);
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is not null)
        {
            RefuseFilterOfInput();
            foreach (TracerSpan span in Span)
                _summary.Add(span.Record);
        }
        else if (!NamesNoCapture)
        {
            base.OnInput();
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (!ReadSessionCaptureIfNoneIsNamed())
            return;
        foreach (SpanRow row in _summary.Rows.Take(Top))
            WriteObject(KeyedObject.Of(new TracerSpanSummary(row), [.. _query.Keys.Select(static k => k.ToString())], row.Keys, IO ? nameof(IO) : null));
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path) => Read(path, keepArguments: true, file => file.MeasureSpans(_summary));
}
