using System.Globalization;
using System.Management.Automation;
using Tracers.Engine;
using Tracers.Engine.Export;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap;

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
        if (!ByteSource.IsSequential(path) && CaptureBytes.IsTrace(path))
            ThrowTerminatingError(TracerErrors.TraceIsNoCapture(path));
        string[] files = [.. DotNet.SelectMany(name => Resolve(name, literal: false)).Distinct(StringComparer.Ordinal)];
        if (Array.Find(files, destination.Is) is { } source)
            ThrowTerminatingError(TracerErrors.DestinationIsSource(source));
        List<RuntimeTraceFeed> feeds = [];
        try
        {
            if (OpenTraces(files, feeds) && ShouldProcess(destination.Path, $"Join '{path}' and {Views.Count(feeds.Count, "trace")}"))
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
    private bool OpenTraces(string[] files, List<RuntimeTraceFeed> feeds)
    {
        foreach (string file in files)
            feeds.Add(new RuntimeTraceFeed(RuntimeProvider.Diagnostics!(), file, StopToken));
        foreach (RuntimeTraceFeed feed in feeds)
        {
            feed.WaitForBeginning();
            if (feed.Trace is not null)
                continue;
            TellError(feed);
            return false;
        }

        return files.Length > 0;
    }

    private void Join(string path, List<RuntimeTraceFeed> feeds, DestinationFile destination)
    {
        JoinedTrace[] traces = [.. feeds.Select(static feed => new JoinedTrace(feed))];
        CaptureJoin? join = null;
        ExportOutput output = new(destination.Open(), Compress);
        try
        {
            Read(path, keepArguments: true, file => file.Join(pass => join = new CaptureJoin(pass, traces, output)));
        }
        catch (JoinException e)
        {
            WriteError(TracerErrors.NotOfOneMachine(path, e));
            return;
        }
        catch (ScapFormatException)
        {
            // What is whole of a damaged capture is joined, and its error follows.
            Complete(join, output, destination);
            throw;
        }

        Complete(join, output, destination);
        feeds.Where(static feed => feed.Error is not null).ToList().ForEach(TellError);
        Tell(path, join!, feeds, destination);
    }

    private void TellError(RuntimeTraceFeed feed) =>
        WriteError(TracerErrors.FromReading(feed.Error!, feed.Path) ?? TracerErrors.CaptureUnreadable(feed.Path, feed.Error!));

    private void Complete(CaptureJoin? join, ExportOutput output, DestinationFile destination)
    {
        if (join is not { Spans: > 0 })
            return;
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
