using System.Globalization;
using System.Management.Automation;
using Tracers.Engine.Export;
using Tracers.Engine.Runtimes;
using Tracers.Runtimes;

namespace Tracers.Commands;

/// <summary>Puts what .NET processes said in traces of their own among the events of a capture that was recorded at the same time.</summary>
[Cmdlet(VerbsCommon.Join, "TracerCapture", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class JoinTracerCaptureCommand : CaptureFileCommand
{
    private DestinationFile? _destination;

    /// <summary>The traces, <c>.nettrace</c> files of processes of the same machine; wildcards are resolved.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] DotNet { get; set; } = [];

    /// <summary>The capture to write.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Compresses the capture with gzip, which all programs that read captures recognise.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

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
        _destination = ExportDestination.Resolve(this, Destination, Force, "joined.scap");
        if (_destination.IsSpecial)
            ThrowTerminatingError(TracerErrors.DestinationIsNoFile(_destination.Path));
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        DestinationFile destination = _destination!;
        if (destination.IsOpen)
            ThrowTerminatingError(TracerErrors.OneCaptureToJoin(path));
        if (destination.Is(path))
            ThrowTerminatingError(TracerErrors.DestinationIsSource(path));
        List<RuntimeTraceFeed> feeds = [];
        try
        {
            if (OpenTraces(feeds) && ShouldProcess(destination.Path, $"Join '{path}' and {Views.Count(feeds.Count, "trace")}"))
                Join(path, feeds, destination);
        }
        catch (DestinationException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(destination.Path, e));
        }
        catch (FileNotFoundException e) when (feeds.Count == 0)
        {
            ThrowTerminatingError(TracerErrors.RuntimeLibraryMissing(e));
        }
        finally
        {
            feeds.ForEach(static feed => feed.Dispose());
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _destination?.Dispose();
        base.Dispose(disposing);
    }

    // False, with an error, when one of them is none.
    private bool OpenTraces(List<RuntimeTraceFeed> feeds)
    {
        string[] files = [.. DotNet.SelectMany(name => Resolve(name, literal: false))];
        foreach (string file in files)
            feeds.Add(new RuntimeTraceFeed(RuntimeLibrary.Diagnostics, file, StopToken));
        foreach (RuntimeTraceFeed feed in feeds)
        {
            feed.WaitForBeginning();
            if (feed.Trace is not null)
                continue;
            WriteError(TracerErrors.FromReading(feed.Error!, feed.Path) ?? TracerErrors.CaptureUnreadable(feed.Path, feed.Error!));
            return false;
        }

        return files.Length > 0;
    }

    private void Join(string path, List<RuntimeTraceFeed> feeds, DestinationFile destination)
    {
        JoinedTrace[] traces = [.. feeds.Select(static feed => new JoinedTrace(feed))];
        CaptureJoin? join = null;
        bool isWhole = false;
        ExportOutput output = new(destination.Open(), Compress);
        try
        {
            Read(path, keepArguments: true, file => file.Join(pass => join = new CaptureJoin(pass, traces, output)));
            isWhole = true;
        }
        catch (JoinException e)
        {
            WriteError(TracerErrors.NotOfOneMachine(path, e));
            return;
        }
        finally
        {
            // What is whole of a damaged capture is joined, and its error follows.
            if (join is { Spans: > 0 })
                Complete(output, destination);
        }

        foreach (RuntimeTraceFeed feed in feeds.Where(static feed => feed.Error is not null))
            WriteError(TracerErrors.FromReading(feed.Error!, feed.Path) ?? TracerErrors.CaptureUnreadable(feed.Path, feed.Error!));
        if (isWhole)
            Tell(path, join!, feeds, destination);
    }

    private void Complete(ExportOutput output, DestinationFile destination)
    {
        output.Dispose();
        destination.Complete();
        if (PassThru)
            WriteObject(new FileInfo(destination.Path));
    }

    private void Tell(string path, CaptureJoin join, List<RuntimeTraceFeed> feeds, DestinationFile destination)
    {
        if (join.Spans == 0)
        {
            WriteError(TracerErrors.NothingToJoin(path, destination.Path));
            return;
        }

        WriteVerbose($"'{destination.Path}': {Views.Count(join.Spans, "span")} of {Views.Count(feeds.Count, "trace")} joined to '{path}'.");
        if (join.IsApproximate)
            WriteWarning($"'{path}' does not say how its clock and that of the processes differ, as captures by Start-TracerCapture do: spans and calls are brought together to about a millisecond only.");
        foreach (RuntimeTraceFeed feed in feeds.Where(static feed => feed.LostEvents > 0))
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"'{feed.Path}' lost {Views.Count(feed.LostEvents, "event")} while it was recorded: some of its spans are missing, or have no end. Record it again with a larger buffer."));
    }
}
