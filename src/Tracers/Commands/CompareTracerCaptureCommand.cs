using System.Management.Automation;
using Tracers.Binding;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Comparison;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>Compares the spans of two captures: what takes longer, what is new, what is gone; with a test that tells change from chance.</summary>
[Cmdlet(VerbsData.Compare, "TracerCapture")]
[OutputType(typeof(TracerComparison))]
public sealed class CompareTracerCaptureCommand : CaptureCommand
{
    private readonly List<CaptureSource> _differences = [];
    private SpanSummaryQuery _query = null!;
    private ComparisonRules[] _rules = [];

    /// <summary>What to compare with: captures as they were, by path or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public CaptureSource[] Reference { get; set; } = [];

    /// <summary>What to compare: captures as they are now.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public CaptureSource[] Difference { get; set; } = [];

    /// <summary>What a row stands for; with several, every combination that occurs is a row.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpanKeyCompleter))]
    [ValidateNotNullOrEmpty]
    public SpanKey[] By { get; set; } = [SpanKey.Tag];

    /// <summary>Only spans of whose closing marker this is true, in sysdig's language: <c>proc.name = web</c>.</summary>
    [Parameter]
    [FilterText]
    [ArgumentCompleter(typeof(FilterCompleter))]
    [ValidateNotNull]
    public FilterExpression? Filter { get; set; }

    /// <summary>Only spans with these tags: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>Also the bytes, calls and errors of one span on both sides.</summary>
    [Parameter]
    public SwitchParameter IO { get; set; }

    /// <summary>Conditions that end the command with an error if one of them holds: <c>p99 &gt; 1.2x</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComparisonRuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] FailOn { get; set; } = [];

    /// <summary>The smallest change of the median or the mean that counts: 0.05 is 5 %.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    public double MinChange { get; set; } = new ComparisonOptions().MinChange;

    /// <summary>The chance to take of reporting a change where there is none.</summary>
    [Parameter]
    [ValidateRange(1e-12, 0.5)]
    public double Significance { get; set; } = new ComparisonOptions().Significance;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Filter is { Error: { } error })
            ThrowTerminatingError(TracerErrors.FilterNotValid(Filter.Text, error, MyInvocation));
        _rules = Array.ConvertAll(FailOn, Rules);
        _query = new SpanSummaryQuery
        {
            Keys = [.. By.Distinct()],
            Spans = new SpanQuery { Filter = Filter?.Compiled, Tag = Wildcards.AnyTag(Tag), WithWork = IO || _rules.Any(static r => r.NeedWork) },
        };
    }

    /// <inheritdoc/>
    protected override void OnInput() => _differences.AddRange(Difference);

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        // Without one side everything would be new or gone; the error about it has been written.
        if (Summarize(Reference) is not { } reference || Summarize(_differences) is not { } difference)
            return;

        ComparisonOptions options = new() { MinChange = MinChange, Significance = Significance, Rules = [.. _rules.SelectMany(static r => r.Rules)] };
        IReadOnlyList<ComparedRow> rows = SpanComparison.Compare(reference, difference, options);
        List<TracerComparison> broken = [];
        foreach (ComparedRow row in rows)
        {
            TracerComparison comparison = new(row);
            WriteObject(KeyedObject.Of(comparison, [.. _query.Keys.Select(static k => k.ToString())], row.Keys, IO ? nameof(IO) : null));
            if (comparison.Failed.Count > 0)
                broken.Add(comparison);
        }

        if (broken.Count > 0)
            ThrowTerminatingError(TracerErrors.ComparisonFailed(broken, rows.Count));
    }

    private ComparisonRules Rules(string text)
    {
        try
        {
            return ComparisonRules.Parse(text);
        }
        catch (FormatException e) when (e.InnerException is FilterSyntaxException place)
        {
            ThrowTerminatingError(TracerErrors.ConditionNotValid(text, place, MyInvocation));
            throw;
        }
    }

    // Null when none of them could be read at all.
    private SpanSummary? Summarize(IEnumerable<CaptureSource> sources)
    {
        SpanSummary summary = new(_query);
        bool wasRead = false;
        foreach (string path in sources.SelectMany(s => s.Names.SelectMany(name => Resolve(name, s.IsLiteral))))
        {
            StopToken.ThrowIfCancellationRequested();
            ReadCapture(path, file => Read(file, keepArguments: true, capture =>
            {
                try
                {
                    capture.MeasureSpans(summary);
                }
                finally
                {
                    wasRead |= capture.Statistics.Sections > 0;
                }
            }));
        }

        return wasRead ? summary : null;
    }
}
