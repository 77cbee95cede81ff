using System.Management.Automation;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;

namespace Tracers.Commands;

/// <summary>Writes the events of a capture into a file of another form.</summary>
[Cmdlet(VerbsData.Export, "TracerCapture", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTracerCaptureCommand : FilteredReadCommand
{
    // Large pieces: a line is some hundred bytes, and a capture has millions of them.
    private const int PieceSize = 256 * 1024;

    private string? _destination;
    private FileStream? _output;

    /// <summary>What to write: <c>Text</c> is sysdig's listing, a line an event, in UTF-8.</summary>
    [Parameter(Mandatory = true)]
    public TracerExportFormat Format { get; set; }

    /// <summary>The file to write. Several captures are written one behind the other.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Also events that describe the capture and not the machine: process information and the like; and what surrounds markers.</summary>
    [Parameter]
    public SwitchParameter IncludeHidden { get; set; }

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
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, Microsoft.PowerShell.Commands.FileSystemProvider.ProviderName, StringComparison.Ordinal))
            ThrowTerminatingError(TracerErrors.NotAFileSystemPath(Destination, provider.Name));
        if (Directory.Exists(path))
            ThrowTerminatingError(TracerErrors.DestinationIsDirectory(path));
        if (File.Exists(path) && !Force)
            ThrowTerminatingError(TracerErrors.DestinationExists(path));
        _destination = path;
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        if (_destination is null || !ShouldProcess(_destination, $"Export the events of '{path}'"))
            return;
        if (string.Equals(System.IO.Path.GetFullPath(path), _destination, StringComparison.Ordinal))
        {
            WriteError(TracerErrors.DestinationIsSource(path));
            return;
        }

        TextBuffer text = new();
        EventQuery query = new() { Filter = EventFilter, IncludeHidden = IncludeHidden };
        try
        {
            Read(path, keepArguments: false, file => file.List(query, text, TimeZoneInfo.Local, () =>
            {
                text.Append((byte)'\n');
                if (text.Length >= PieceSize)
                    Flush(text);
            }));
            _output ??= Create(_destination);
        }
        finally
        {
            // A damaged capture gives everything that is whole; what is no capture leaves no file behind.
            if (text.Length > 0)
                Flush(text);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_output is null)
            return;
        _output.Dispose();
        if (PassThru)
            WriteObject(new FileInfo(_output.Name));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _output?.Dispose();
        base.Dispose(disposing);
    }

    private FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(path, e));
            throw;
        }
    }

    private void Flush(TextBuffer text)
    {
        FileStream output = _output ??= Create(_destination!);
        try
        {
            output.Write(text.Written);
        }
        catch (IOException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(output.Name, e));
        }
        finally
        {
            text.Length = 0;
        }
    }
}
