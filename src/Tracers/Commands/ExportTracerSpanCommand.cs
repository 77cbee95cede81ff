using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Export.Spans;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Writes spans into a file that other programs open: Perfetto, speedscope, flamegraph.pl, a spreadsheet.</summary>
[Cmdlet(VerbsData.Export, "TracerSpan", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTracerSpanCommand : SpanWorkCommand
{
    private readonly PipedTraces _piped = new();
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private SpanQuery _query = new();
    private DestinationFile? _destination;
    private SpanExport? _export;
    private bool? _mayWritePiped;
    private bool _isRead;
    private bool _isSpoilt;

    /// <summary>Spans from the pipeline: what <c>Get-TracerSpan</c> gave and <c>Where-Object</c> left.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpanSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public override TracerSpan[]? Span { get; set; }

    /// <summary>The file to write. The spans of several captures stand in one file.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    // Arrays of one: then Tab asks the completer, which has a word about each.
    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(SpanFormatCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public TracerSpanFormat?[] Format { get; set; } = [];

    /// <summary>What the boxes of a flame graph are as wide as: of Speedscope the time if it is not given, of Collapsed the self time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(StackWeightCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public StackWeight?[]? Weight { get; set; }

    /// <summary>All spans of the traces that the selected ones belong to. Captures are read twice for that, those of piped spans once more.</summary>
    [Parameter]
    public SwitchParameter WholeTrace { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private TracerSpanFormat ChosenFormat => Format[0] ?? default;

    private StackWeight ChosenWeight => Weight?[0] ?? (ChosenFormat == TracerSpanFormat.Collapsed ? StackWeight.SelfTime : StackWeight.Time);

    private bool NeedsWork => IO || ChosenWeight == StackWeight.Bytes;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Weight is [{ } weight] && (ChosenFormat is not (TracerSpanFormat.Speedscope or TracerSpanFormat.Collapsed) || (weight == StackWeight.Time && ChosenFormat == TracerSpanFormat.Collapsed)))
            ThrowTerminatingError(TracerErrors.WeightNotForFormat(weight, ChosenFormat));
        _destination = ExportDestination.Resolve(this, Destination, Force, "spans.json");
        _query = Query() with { WithWork = NeedsWork };
    }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        if (Span is null)
        {
            base.OnInput();
            return;
        }

        RefuseFilterOfInput();
        _isRead = true;
        if (Span.FirstOrDefault(s => _sources.Add(s.Path) && _destination!.Is(s.Path)) is { } source)
            ThrowTerminatingError(TracerErrors.DestinationIsSource(source.Path));
        foreach (TracerSpan span in Span.Where(s => _query.Wants(s.Record)))
        {
            if (WholeTrace)
                _piped.Add(span);
            else if (NeedsWork && span.Record is { Work: null, State: not SpanState.Orphan })
                ThrowTerminatingError(TracerErrors.SpansWithoutIO(span, IO ? nameof(IO) : nameof(Weight)));
            else if (MayWrite("Export spans"))
                Write(() => Export.Add(span.Record, span.Path));
        }
    }

    /// <inheritdoc/>
    private protected override string? WhyAgain => WholeTrace ? TracerErrors.WholeTraces : null;

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        if (!MayWrite($"Export spans of '{path}'"))
            return;

        // Not only this capture is left out: at the end the spans of the others would replace it.
        if (_destination!.Is(path))
            ThrowTerminatingError(TracerErrors.DestinationIsSource(path));

        if (!WholeTrace)
        {
            Collect(path, static (file, query, add) => file.ReadSpans(query, add));
            return;
        }

        TraceSelection selection = new();
        LookThrough(path, file => file.ReadSpans(_query with { WithWork = false }, selection.Add));
        CollectTraces(path, selection);
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        foreach ((string path, TraceSelection selection) in _piped)
        {
            StopToken.ThrowIfCancellationRequested();
            if (ProblemOfSpans(path) is { } problem)
                WriteError(problem);
            else if (MayWrite($"Export spans of '{path}'"))
                ReadCapture(path, file => CollectTraces(file, selection));
        }

        // Where a capture could not be read, that was said.
        if (_destination is null || _isSpoilt || !_isRead || _mayWritePiped == false)
            return;
        if (_export is not { Count: > 0 } export)
        {
            WriteError(TracerErrors.NoSpansToExport(_destination.Path));
            return;
        }

        Write(export.Complete);
        if (export.LeftOut == export.Count)
        {
            WriteError(TracerErrors.NoSpansToDraw(_destination.Path, ChosenFormat));
            return;
        }

        Write(_destination.Complete);
        if (export.LeftOut > 0)
            WriteWarning($"{Views.Count(export.LeftOut, "span")} not drawn: their beginning is not in the capture, or their weight is not known because they have not ended.");
        if (PassThru)
            WriteObject(new FileInfo(_destination.Path));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _destination?.Dispose();
        base.Dispose(disposing);
    }

    private SpanExport Export => _export ??= Create(_destination!.Open());

    private SpanExport Create(Stream output) => ChosenFormat switch
    {
        TracerSpanFormat.Chrome => new ChromeSpans(output, withWork: true),
        TracerSpanFormat.Speedscope => new SpeedscopeSpans(output, ChosenWeight, System.IO.Path.GetFileNameWithoutExtension(_destination!.Path)),
        TracerSpanFormat.Collapsed => new CollapsedSpans(output, ChosenWeight),
        TracerSpanFormat.Csv => new CsvSpans(output, NeedsWork),
        _ => new JsonSpans(output, NeedsWork ? true : null),
    };

    // Of piped spans it is asked once, and not for each; of captures for each, and a no is about that one alone.
    private bool MayWrite(string what) =>
        Span is null ? ShouldProcess(_destination!.Path, what) : _mayWritePiped ??= ShouldProcess(_destination!.Path, what);

    private void CollectTraces(string path, TraceSelection selection)
    {
        selection.Take(int.MaxValue, 0);
        Collect(path, (file, query, add) => file.ReadTraces(selection, query.WithWork, add));
    }

    private void Collect(string path, Action<CaptureFile, SpanQuery, Action<SpanRecord>> ask)
    {
        try
        {
            Write(() => Read(path, keepArguments: true, file =>
            {
                try
                {
                    ask(file, _query, span => Export.Add(span, path));
                }
                finally
                {
                    _export?.EndCapture(path, file.Statistics.LastTimestamp);
                    _isRead |= file.Statistics.Sections > 0;
                }
            }));
        }
        catch (CaptureChangedException)
        {
            // What was taken from it is of other spans than those that were asked for.
            _isSpoilt = true;
            throw;
        }
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (DestinationException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(_destination!.Path, e));
        }
    }
}
