using System.Globalization;
using System.Management.Automation;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Pictures;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Draws traces as waterfalls: a bar for each span over the time that it took, with what it did, and the longest path.</summary>
[Cmdlet(VerbsCommon.Show, "TracerSpan", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerPicture))]
public sealed class ShowTracerSpanCommand : SpanSelectionCommand
{
    private const int FirstOfPiped = 10;

    private readonly PipedTraces _piped = new();
    private int? _first;
    private int? _width;
    private SpanQuery _query = new();
    private TerminalStyle _style = null!;

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[]? Path { get; set; }

    /// <summary>Spans from the pipeline: the traces that they belong to are drawn, and the spans marked in them. The captures that they were read from are read again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpanSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public override TracerSpan[]? Span { get; set; }

    /// <summary>How many traces of each capture are drawn, those with the longest selected spans first: 1 unless it is given, of piped spans 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First
    {
        get => _first ?? 0;
        set => _first = value;
    }

    /// <summary>Of the children of a span that have the same tags so many have a line of their own, the longest; the others are one line. 0 for all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Fold { get; set; } = 5;

    /// <summary>At most so many spans of a trace have a line of their own, the longest; 0 for all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Rows { get; set; } = 100;

    /// <summary>Columns of the picture; those of the window if it is not given.</summary>
    [Parameter]
    [ValidateRange(TerminalStyle.LeastWidth, TerminalStyle.GreatestWidth)]
    public int Width
    {
        get => _width ?? 0;
        set => _width = value;
    }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _query = Query();
        if (_query is { Filter: null, Tag: null, Ids: null, MinDuration: null, States: null })
            _query = _query with { OnlyRoots = true };
        _style = TerminalStyle.Of(this, _width);
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is null)
        {
            if (!NamesNoCapture)
                base.OnInput();
            return;
        }

        RefuseFilterOfInput();
        SpanQuery query = _query with { OnlyRoots = false };
        foreach (TracerSpan span in Span.Where(s => query.Wants(s.Record)))
            _piped.Add(span);
    }

    /// <inheritdoc/>
    private protected override string? WhyAgain => TracerErrors.WholeTraces;

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        int most = _first ?? 1;
        TraceSelection selection = new(_query.OnlyRoots ? most : null);
        LookThrough(path, file =>
        {
            try
            {
                file.ReadSpans(_query, selection.Add);
            }
            finally
            {
                selection.Take(most, file.Statistics.LastTimestamp);
            }
        });
        Draw(path, selection);
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (!ReadSessionCaptureIfNoneIsNamed())
            return;
        foreach ((string path, TraceSelection selection) in _piped)
        {
            StopToken.ThrowIfCancellationRequested();
            if (ProblemOfSpans(path) is { } problem)
            {
                WriteError(problem);
                continue;
            }

            selection.Take(_first ?? FirstOfPiped, 0);
            ReadCapture(path, file => Draw(file, selection));
        }
    }

    private void Draw(string path, TraceSelection selection)
    {
        if (selection.Orphans > 0)
            WriteWarning($"{Views.Count(selection.Orphans, "span")} of '{path}' not drawn: where they began is not in the capture.");
        if (selection.TraceCount == 0)
            WriteWarning($"'{path}' has no span to draw that was asked for. See with Get-TracerSpan what there is.");
        List<SpanRecord> spans = [];
        Read(path, keepArguments: true, file =>
        {
            try
            {
                file.ReadTraces(selection, withWork: true, spans.Add);
            }
            catch (Exception e) when (e is ScapFormatException or IOException && file.Statistics.Sections > 0)
            {
                // Of a damaged capture what is whole; the error follows.
                WritePictures(path, selection, new TraceForest(spans, file.Statistics.LastTimestamp));
                throw;
            }

            WritePictures(path, selection, new TraceForest(spans, file.Statistics.LastTimestamp));
        });
    }

    private void WritePictures(string path, TraceSelection selection, TraceForest forest)
    {
        WaterfallOptions options = new()
        {
            Width = _style.Width,
            Fold = Fold,
            Rows = Rows,
            Zone = TimeZoneInfo.Local,
            Formats = Views.Pictures,
        };
        Dictionary<long, TraceNode> roots = forest.Roots.ToDictionary(static r => r.Span.RootSequence);
        for (int i = 0; i < selection.OrderedRoots.Count; i++)
        {
            if (!roots.TryGetValue(selection.OrderedRoots[i], out TraceNode? root))
                continue;
            string rest = selection.TraceCount > selection.OrderedRoots.Count ? "; -First draws more" : "";
            string caption = string.Create(
                CultureInfo.InvariantCulture,
                $"Trace {i + 1:N0} of {selection.TraceCount:N0} in {System.IO.Path.GetFileName(path)}, {(i == 0 ? "the longest" : "by length")}{rest}");

            // Where the trace itself was asked for, it is not said of each of its spans.
            WaterfallOptions marked = selection.Contains(root.Span) ? options : options with { IsMarked = selection.Contains };
            WriteObject(new TracerPicture(Waterfall.Draw(caption, root, marked), _style.Colored));
        }
    }
}
