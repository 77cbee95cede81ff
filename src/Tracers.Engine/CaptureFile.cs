using System.Buffers.Binary;
using Tracers.Engine.Analysis;
using Tracers.Engine.Analysis.Spectrogram;
using Tracers.Engine.Analysis.Tables;
using Tracers.Engine.Analysis.Traces;
using Tracers.Engine.Events;
using Tracers.Engine.Export;
using Tracers.Engine.Filters;
using Tracers.Engine.Report;
using Tracers.Engine.Scap;
using Tracers.Engine.Spans;

namespace Tracers.Engine;

/// <summary>The questions that can be asked of a capture file: each is one pass.</summary>
/// <remarks>
/// When the file is truncated or damaged every method delivers what is whole and then throws <see cref="ScapFormatException"/>.
/// </remarks>
internal sealed class CaptureFile : IDisposable
{
    private readonly CapturePass _pass;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its path in the file system, or <see cref="StandardInput.Path"/>.</param>
    /// <param name="keepArguments">Whether spans carry the arguments of their markers, their parents and their depth.</param>
    /// <param name="cancellation">Ends a pass within some milliseconds.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public CaptureFile(string path, bool keepArguments, CancellationToken cancellation) =>
        _pass = new CapturePass(path, keepArguments, cancellation);

    /// <summary>Reads a capture from a source.</summary>
    internal CaptureFile(string path, ByteSource source, bool keepArguments, CancellationToken cancellation) =>
        _pass = new CapturePass(path, source, keepArguments, cancellation);

    /// <summary>Whether a file is there and begins as a capture or a trace of a .NET runtime does. Of a pipe, where a look would take what it sees, and of what cannot be read: no.</summary>
    public static bool IsCapture(string path)
    {
        if (!File.Exists(path) || ByteSource.IsSequential(path))
            return false;
        try
        {
            if (CaptureBytes.IsTrace(path))
                return true;
            using ByteSource source = ByteSource.Open(path, CancellationToken.None);
            Span<byte> type = stackalloc byte[sizeof(uint)];
            int length = 0;
            while (length < type.Length && source.Read(type[length..]) is > 0 and var read)
                length += read;
            return length == type.Length && BinaryPrimitives.ReadUInt32LittleEndian(type) == BlockType.SectionHeader;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ScapFormatException)
        {
            return false;
        }
    }

    /// <summary>What the pass found out beside its answer; complete when it has ended, also by an exception.</summary>
    public CaptureStatistics Statistics => _pass.Statistics;

    /// <summary>Called now and then with the bytes of the file that were read.</summary>
    public Action<long>? Progress
    {
        get => _pass.Progress;
        set => _pass.Progress = value;
    }

    /// <summary>Decodes everything and keeps the state, for the statistics alone.</summary>
    public void Summarize() => Summarize(new SummarySink(Statistics), null);

    /// <summary>The same, and hands out spans as <see cref="ReadSpans"/> does, without what was done in them.</summary>
    public void Summarize(SpanQuery query, Action<SpanRecord> emit)
    {
        SpanFilter? spans = FilterFor(query, emit);
        Summarize(new SummarySpanSink(new SummarySink(Statistics), new SpanSink(query, _pass.Tracker.Tags, spans is null ? emit : spans.Hold)), spans);
    }

    private void Summarize<TSink>(TSink sink, SpanFilter? spans)
        where TSink : struct, IPassSink
    {
        try
        {
            Run(sink, spans);
        }
        finally
        {
            Statistics.Threads = _pass.State.Threads.Count;
            Statistics.Processes = _pass.State.Threads.All.Select(static thread => thread.Pid).Distinct().Count();
            Statistics.OpenFds = _pass.State.Threads.All.Select(static thread => thread.Fds).Distinct().Sum(static fds => fds.Count);
        }
    }

    /// <summary>Sums I/O into an accounting, which can go on with another file.</summary>
    /// <param name="accounting">Where to.</param>
    /// <param name="spans">Only what lies in these spans of this file; null for all.</param>
    /// <exception cref="CaptureChangedException">It does not hold them.</exception>
    public void MeasureIo(IoAccounting accounting, SpanSelection? spans = null)
    {
        _pass.TracksSpans = accounting.NeedsSpans || spans is not null;
        accounting.Attach(_pass, spans);
        IoSink sink = new(accounting, _pass);
        Run(ref sink, spans);
    }

    /// <summary>Counts calls into an accounting, which can go on with another file.</summary>
    /// <param name="accounting">Where to.</param>
    /// <param name="spans">Only what lies in these spans of this file; null for all.</param>
    /// <exception cref="CaptureChangedException">It does not hold them.</exception>
    public void MeasureCalls(CallAccounting accounting, SpanSelection? spans = null)
    {
        accounting.Attach(_pass, spans);
        CallSink sink = new(accounting, _pass);
        Run(ref sink, spans);
    }

    /// <summary>Hands out spans when they end; those that never do at the end of the capture.</summary>
    public void ReadSpans(SpanQuery query, Action<SpanRecord> emit)
    {
        SpanFilter? spans = FilterFor(query, emit);
        if (query.WithWork)
        {
            _pass.Tracker.Describes = true;
            Run(new SpanWorkSink(query, _pass, spans is null ? emit : spans.Hold), spans);
        }
        else
        {
            Run(new SpanSink(query, _pass.Tracker.Tags, spans is null ? emit : spans.Hold), spans);
        }
    }

    /// <summary>Hands out all spans of chosen traces, when they end; those that never do at the end of the capture.</summary>
    /// <param name="traces">Which, from an earlier pass over the file.</param>
    /// <param name="withWork">Whether the spans come with what was done in them.</param>
    /// <param name="emit">Takes them.</param>
    /// <exception cref="CaptureChangedException">The file does not hold the chosen spans.</exception>
    public void ReadTraces(TraceSelection traces, bool withWork, Action<SpanRecord> emit)
    {
        ReadSpans(new SpanQuery { Roots = traces.Roots, WithWork = withWork }, span =>
        {
            traces.See(span);
            emit(span);
        });
        traces.CheckAllSeen();
    }

    // Null where the query has no filter.
    private SpanFilter? FilterFor(SpanQuery query, Action<SpanRecord> emit)
    {
        if (query.Filter is not { } filter)
            return null;
        CaptureFilter.Prepare(_pass, filter.Needs);
        return new SpanFilter(filter, _pass, emit);
    }

    private void Run<TSink>(TSink sink, SpanFilter? spans)
        where TSink : struct, IPassSink
    {
        if (spans is null)
        {
            _pass.Run(ref sink);
            return;
        }

        FilteredSpanSink<TSink> filtered = new(sink, spans);
        Run(ref filtered, null, spans.Flush);
    }

    /// <summary>Sums spans into a summary, which can go on with another file.</summary>
    public void MeasureSpans(SpanSummary summary)
    {
        if (summary.WithWork || summary.Spans.Filter is not null)
        {
            ReadSpans(summary.Spans, summary.Add);
            return;
        }

        _pass.Tracker.Describes = true;
        summary.Attach(_pass.Tracker.Tags);
        SpanSummarySink sink = new(summary);
        _pass.Run(ref sink);
    }

    /// <summary>Counts spans or calls into a spectrogram, which can go on with another file.</summary>
    /// <param name="grid">Where to.</param>
    /// <param name="spans">Of calls, only those in these spans of this file; null for all.</param>
    /// <exception cref="CaptureChangedException">It does not hold them.</exception>
    public void ReadSpectrogram(SpectrogramGrid grid, SpanSelection? spans = null)
    {
        if (grid.Query.Metric == SpectrogramMetric.Latency)
        {
            LatencySink calls = new(grid, _pass, spans);
            Run(ref calls, spans);
        }
        else if (grid.Query.KeepSpans || grid.Query.Spans.WithWork || grid.Query.Spans.Filter is not null)
        {
            ReadSpans(grid.Query.Spans, grid.Add);
        }
        else
        {
            DurationSink durations = new(grid, _pass.Tracker.Tags);
            _pass.Run(ref durations);
        }
    }

    /// <summary>Sums and collects in one pass what a report shows beside spans.</summary>
    /// <exception cref="CaptureChangedException">The file does not hold the spans whose calls are wanted.</exception>
    public void ReadWork(ReportWork work)
    {
        work.Attach(_pass);
        ReportSink sink = new(work);
        Run(ref sink, work.Chosen);
    }

    /// <summary>Hands out events in order.</summary>
    /// <exception cref="CaptureChangedException">The file does not hold the spans that the query names.</exception>
    public void ReadEvents(EventQuery query, Action<EventRecord> emit)
    {
        EventSink sink = new(_pass, query, emit);
        Run(ref sink, query.Spans);
    }

    /// <summary>Hands out the values of some fields of events, in order; null where an event has none.</summary>
    public void ReadFields(EventQuery query, FieldReader[] fields, Action<object?[]> emit)
    {
        FieldSink sink = new(_pass, query, fields, emit);
        Run(ref sink, query.Spans);
    }

    /// <summary>Appends a line of text for each event, in order.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="text">Where to.</param>
    /// <param name="zone">Of the times of day.</param>
    /// <param name="lineDone">Called behind each line: takes the text, or ends the line and lets it grow.</param>
    /// <exception cref="CaptureChangedException">The file does not hold the spans that the query names.</exception>
    public void List(EventQuery query, TextBuffer text, TimeZoneInfo zone, Action lineDone)
    {
        ListingSink sink = new(_pass, query, text, zone, lineDone);
        Run(ref sink, query.Spans);
    }

    /// <summary>Takes events over into another capture, with what they need to be told by the same names, times and spans.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CaptureChangedException">The file does not hold the spans that the query names.</exception>
    public void Export(EventQuery query, ExportOutput output)
    {
        CaptureExport export = new(_pass, query, output);
        ExportSink sink = new(export);
        Run(ref sink, query.Spans, export.End);
    }

    /// <summary>Copies the capture, with what traces of runtimes say among its events.</summary>
    /// <param name="join">Makes it for this file's pass.</param>
    /// <exception cref="JoinException">They are not of one machine.</exception>
    public void Join(Func<CapturePass, CaptureJoin> join)
    {
        using CaptureJoin made = join(_pass);
        JoinSink sink = new(made);
        Run(ref sink, null, made.End);
    }

    /// <summary>Collects the names in the capture.</summary>
    /// <param name="names">Has what was read so far also when the pass was cancelled or the file is damaged.</param>
    public void ReadNames(CaptureNames names)
    {
        NamesSink sink = new(names, _pass.Tracker.Tags);
        try
        {
            _pass.Run(ref sink);
        }
        finally
        {
            names.AddDescriptors(_pass.State.Fds.Names);
        }
    }

    /// <summary>Hands out the processes or threads that there are at a moment, with what they did until then.</summary>
    public void ReadProcesses(ProcessQuery query, Action<ProcessRow> emit)
    {
        ProcessTable table = new(_pass.State, query);
        MachineMoment moment = new(query);
        ReadTable(new ProcessSink(table, moment), moment, () => table.Rows().ForEach(emit));
    }

    /// <summary>Hands out the descriptors that are open at a moment, with what was done with each until then.</summary>
    public void ReadDescriptors(DescriptorQuery query, Action<DescriptorRow> emit)
    {
        DescriptorTable table = new(_pass.State, query);
        MachineMoment moment = new(query);
        ReadTable(new DescriptorSink(table, moment), moment, () => table.Rows().ForEach(emit));
    }

    /// <summary>Hands out what was done with the descriptors of each name until a moment, most calls first.</summary>
    public void ReadNameActivity(DescriptorQuery query, Action<NameActivity> emit)
    {
        DescriptorTable table = new(_pass.State, query with { IncludeClosed = true });
        MachineMoment moment = new(query);
        ReadTable(new DescriptorSink(table, moment), moment, () => NameActivity.Of(table.Rows()).ForEach(emit));
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();

    private void Run<TSink>(ref TSink sink, SpanSelection? spans)
        where TSink : struct, IPassSink
    {
        _pass.Run(ref sink);
        if (!_pass.StopRequested)
            spans?.CheckAllSeen();
    }

    // What is whole of a damaged file is wanted as it is; the error follows.
    private void Run<TSink>(ref TSink sink, SpanSelection? spans, Action end)
        where TSink : struct, IPassSink
    {
        try
        {
            Run(ref sink, spans);
        }
        catch (Exception e) when (e is ScapFormatException or IOException)
        {
            end();
            throw;
        }

        end();
    }

    private void ReadTable<TSink>(TSink sink, IPassMoment moment, Action emit)
        where TSink : struct, IPassSink
    {
        _pass.TracksSpans = false;
        _pass.State.KeepsRecords = true;
        _pass.Moment = moment;
        Run(ref sink, null, emit);
    }
}
