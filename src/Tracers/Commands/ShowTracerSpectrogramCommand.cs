using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Pictures;
using Tracers.Engine.Pictures.Interactive;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Draws when spans ended and how long they took, in csysdig's picture: a row is an interval, a column a duration, and the colour says how many.</summary>
[Cmdlet(VerbsCommon.Show, "TracerSpectrogram", DefaultParameterSetName = PathSet)]
[OutputType(typeof(TracerPicture), typeof(TracerSpectrogramCell), typeof(TracerSpan), typeof(TracerEvent))]
public sealed class ShowTracerSpectrogramCommand : SpanReadCommand
{
    private Duration? _interval;
    private int? _width;
    private SpectrogramQuery _query = null!;
    private TerminalStyle _style = null!;

    // Of spans from the pipeline; the captures that they were read from, by the spans.
    private SpectrogramGrid? _spansGrid;
    private readonly Dictionary<SpanRecord, TracerSpan> _given = [];

    /// <inheritdoc/>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[]? Path { get; set; }

    /// <summary>Only spans with these tags: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    // An array of one: then Tab asks the completer, which has a word about each.
    /// <summary>What the columns are.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SpectrogramMetricCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public SpectrogramMetric?[] Metric { get; set; } = [SpectrogramMetric.Duration];

    // Not nullable, for the reason that Get-TracerSpan's -MinDuration is not.
    /// <summary>How long a row is: <c>1s</c>, <c>100ms</c>. Rows begin at moments that it divides, as csysdig's do.</summary>
    [Parameter]
    public Duration Interval
    {
        get => _interval ?? Duration.FromNanoseconds(SpectrogramQuery.DefaultInterval);
        set => _interval = value;
    }

    /// <summary>How many columns the picture takes; those of the terminal where nothing is said.</summary>
    [Parameter]
    [ValidateRange(TerminalStyle.LeastWidth, TerminalStyle.GreatestWidth)]
    public int Width
    {
        get => _width ?? 0;
        set => _width = value;
    }

    /// <summary>Gives the cells that are not empty as objects, with the spans in them, in the place of the picture.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Shows the picture in the whole terminal; of the rectangle that is chosen there the spans are written, or with <c>-Metric Latency</c> the events of the calls.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    private SpectrogramMetric Shown => Metric[0] ?? SpectrogramMetric.Duration;

    private bool ShowsCalls => Shown == SpectrogramMetric.Latency;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Interval.Nanoseconds <= 0)
            ThrowTerminatingError(TracerErrors.IntervalNotPositive(Interval));
        if (ShowsCalls && Tag is not null)
            ThrowTerminatingError(TracerErrors.TagOfCalls());
        if (!ShowsCalls && base.ParameterWithoutSpans() is { } parameter)
            ThrowTerminatingError(TracerErrors.CallsInSpansOnly(parameter));
        if (PassThru && Interactive)
            ThrowTerminatingError(TracerErrors.CellsOrChoice());
        if (Interactive && HostTerminal.WhyNot(this) is { } why)
            ThrowTerminatingError(TracerErrors.NotATerminal(why));
        _style = TerminalStyle.Of(this, _width);
        _query = new SpectrogramQuery
        {
            Metric = Shown,
            Interval = Interval.Nanoseconds,
            Columns = SpectrogramPainter.ColumnsIn(_style.Width, Interval.Nanoseconds),
            Spans = new SpanQuery { Filter = ShowsCalls ? null : EventFilter, Tag = Wildcards.AnyTag(Tag), WithWork = Shown == SpectrogramMetric.Bytes },
            Calls = ShowsCalls ? EventFilter : null,
            KeepSpans = (PassThru || Interactive) && !ShowsCalls,
        };
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is not null && !ShowsCalls)
        {
            RefuseFilterOfInput();
            foreach (TracerSpan span in Span)
                Add(span);
        }
        else if (!NamesNoCapture || ParameterWithoutSpans() is not null)
        {
            base.OnInput();
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        base.OnEnd();
        if (_spansGrid is not null)
            Show(_spansGrid, null);
        else
            ReadSessionCaptureIfNoneIsNamed();
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        SpectrogramGrid grid = new(_query);
        try
        {
            Read(path, keepArguments: !ShowsCalls, file => file.ReadSpectrogram(grid, Selection));
        }
        catch (Exception e) when (e is ScapFormatException or IOException && grid.Count > 0)
        {
            // What is whole of a damaged file is shown; the error follows.
            Show(grid, path);
            throw;
        }

        Show(grid, path);

        // Most captures have none, and no picture says what else there is to see.
        if (grid.Count == 0 && !ShowsCalls)
            WriteWarning($"'{path}' has no span to show that was asked for. Its system calls are shown with -Metric Latency.");
    }

    private void Add(TracerSpan span)
    {
        if (Shown == SpectrogramMetric.Bytes && span.State == SpanState.Finished && span.Record.Work is null)
            ThrowTerminatingError(TracerErrors.SpansWithoutIO(span));
        _spansGrid ??= new SpectrogramGrid(_query);
        if (!_query.Spans.Wants(span.Record))
            return;
        _spansGrid.Add(span.Record);
        if (_query.KeepSpans)
            _given.TryAdd(span.Record, span);
    }

    // Spans from the pipeline have no one path.
    private void Show(SpectrogramGrid grid, string? path)
    {
        string name = path is null ? "pipeline" : path == StandardInput.Path ? "standard input" : System.IO.Path.GetFileName(path);
        if (Interactive)
            Choose(grid, name, path);
        else if (PassThru)
            WriteCells(grid, path);
        else
            WriteObject(new TracerPicture(SpectrogramPicture.Draw(grid, name, _style.Width, TimeZoneInfo.Local, Views.Pictures), _style.Colored));
    }

    private TracerSpan ToSpan(SpanRecord record, string? path) => path is null ? _given[record] : new TracerSpan(record, path);

    private void WriteCells(SpectrogramGrid grid, string? path)
    {
        foreach (SpectrogramRow row in grid.Rows())
        {
            foreach (SpectrogramCell cell in row.Cells)
                WriteObject(new TracerSpectrogramCell(row, cell, grid.Scale, Shown, cell.Spans.Select(record => ToSpan(record, path)).ToArray()));
        }

        if (grid.Unplaced > 0)
        {
            string things = ShowsCalls ? "calls whose beginning is not in the capture" : "spans whose beginning or end is not in the capture";
            WriteVerbose($"{grid.Unplaced} {things} are in no cell.");
        }
    }

    private void Choose(SpectrogramGrid grid, string name, string? path)
    {
        SpectrogramBrowser browser = new(grid, name, TimeZoneInfo.Local, Views.Pictures);
        bool isTaken;
        using (HostTerminal terminal = HostTerminal.Open(this))
            isTaken = PictureSession.Run(terminal, browser, _style.Colored, StopToken);
        if (!isTaken)
            return;
        if (ShowsCalls)
            WriteCalls(browser, path!);
        else
            WriteObject(browser.ChosenSpans.Select(record => ToSpan(record, path)), enumerateCollection: true);
    }

    // The picture has only numbers of them.
    private void WriteCalls(SpectrogramBrowser browser, string path)
    {
        if (path == StandardInput.Path)
        {
            WriteError(TracerErrors.CallsOfStandardInput());
            return;
        }

        EventQuery query = new() { Filter = browser.FilterOfChosenCalls(Filter?.Text), Spans = Selection };
        Read(path, keepArguments: false, file => file.ReadEvents(query, e => WriteObject(new TracerEvent(e, path))));
    }
}
