using System.Management.Automation;
using System.Runtime.ExceptionServices;
using Tracers.Completion;
using Tracers.Engine;
using Tracers.Engine.Report;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Writes a page about a capture, in one file that any browser opens: its spans, where their time went, calls and I/O.</summary>
/// <remarks>Each capture has a page of its own.</remarks>
[Cmdlet(VerbsData.Export, "TracerReport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTracerReportCommand : FilteredReadCommand
{
    private const int MostSpans = 1_000_000;

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private ReportDestination _destination = null!;

    /// <summary>The file to write, or a folder for several captures. Without it a capture's page is in the current folder, under the capture's name with .html.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Only spans with these tags, and I/O and calls inside of them: the joined tags or one of them, with wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Tag { get; set; }

    /// <summary>At most so many spans are shown one by one: the longest, a sample of the others, and what is around them. All count in the sums.</summary>
    [Parameter]
    [ValidateRange(1, MostSpans)]
    public int MaximumSpans { get; set; } = ReportLimits.Spans;

    /// <summary>Opens the page in the browser.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _destination = new ReportDestination(ExportDestination.PathOf(this, Destination ?? "."));
    }

    /// <inheritdoc/>
    private protected override string? WhyAgain => "A report reads its capture three times";

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        using DestinationFile file = new(_destination.For(path));
        if (!ShouldProcess(file.Path, $"Export a report of '{path}'"))
            return;
        if (Problem(path, file) is { } problem)
        {
            WriteError(problem);
            return;
        }

        Export(path, file);
    }

    private ErrorRecord? Problem(string path, DestinationFile file) =>
        file.Is(path) ? TracerErrors.DestinationIsSource(path)
        : _written.Contains(file.Path) ? TracerErrors.ReportWritten(file.Path, path)
        : Directory.Exists(file.Path) ? TracerErrors.DestinationIsDirectory(file.Path, "report.html")
        : File.Exists(file.Path) && !file.IsSpecial && !Force ? TracerErrors.DestinationExists(file.Path)

        // It may be one that comes after this one.
        : CaptureFile.IsCapture(file.Path) ? TracerErrors.DestinationIsCapture(file.Path)
        : null;

    private void Export(string path, DestinationFile file)
    {
        using ProgressReporter progress = new(this);
        string activity = $"Making a report of {System.IO.Path.GetFileName(path)}";
        CaptureReport report = new(path, Query(), StopToken)
        {
            Progress = p => progress.Report(((p.Step - 1) * p.Length) + p.Done, p.Steps * p.Length, activity, () => $"Reading {p.Step} of {p.Steps}: {p.What}"),
        };
        try
        {
            Write(report.Collect(), file);
        }
        catch (DestinationException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(file.Path, e));
        }
        catch (CaptureChangedException e)
        {
            WriteError(TracerErrors.CaptureChangedMeanwhile(path, e));
            return;
        }

        if (report.SelectsNoSpan)
            WriteWarning($"No span of '{path}' is selected, so that its report has little: it shows what lies in spans. See with Get-TracerSpan what there is.");
        _written.Add(file.Path);
        SessionCapture.Remember(path);
        Tell(path, report.Statistics);
        if (PassThru)
            WriteObject(new FileInfo(file.Path));
        if (Open && DesktopOpener.TryOpen(file.Path) is { } why)
            WriteError(TracerErrors.ReportNotOpened(file.Path, why));
        if (report.Damage is { } damage)
            ExceptionDispatchInfo.Throw(damage);
    }

    private void Write(ReportData data, DestinationFile file)
    {
        ReportPage.Write(data, file.Open(), StopToken);
        file.Complete();
        WriteVerbose($"'{file.Path}': {data.Spans.Length} of {data.Choice.Total} spans, {data.Calls.Length} of {data.CallChoice.Total} calls of {data.CallChoice.Traces} traces.");
    }

    private ReportQuery Query() => new()
    {
        Filter = EventFilter,
        Tag = Wildcards.AnyTag(Tag),
        TagText = Tag is null ? null : string.Join(", ", Tag),
        MaximumSpans = MaximumSpans,
    };
}
