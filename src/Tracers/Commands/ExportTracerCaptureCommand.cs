using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Events;
using Tracers.Engine.Export;
using Tracers.Engine.Spans;

namespace Tracers.Commands;

/// <summary>Writes events of a capture into a file: as a capture again, or as text.</summary>
[Cmdlet(VerbsData.Export, "TracerCapture", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTracerCaptureCommand : EventSelectionCommand
{
    // Large pieces: a line is some hundred bytes, and a capture has millions of them.
    private const int PieceSize = 256 * 1024;

    private DestinationFile? _destination;
    private ExportOutput? _output;
    private bool _isRead;
    private bool _isSpoilt;

    /// <summary>The file to write. Several captures are written one behind the other.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    // An array of one: then Tab asks the completer, which has a word about each.
    /// <summary>What to write: <c>Scap</c> is a capture, <c>Text</c> is sysdig's listing, a line an event, in UTF-8. Without it, a file whose name ends with .txt is text.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExportFormatCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public TracerExportFormat?[]? Format { get; set; }

    /// <summary>Compresses the capture with gzip, which all programs that read captures recognise.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>
    /// Takes out who and what the capture is about: data that was read and written, arguments and environments go; names of files, users, hosts and
    /// containers and addresses become others, the same ones all over the file. Markers, numbers, times and the names of threads stay.
    /// </summary>
    [Parameter]
    public SwitchParameter Anonymize { get; set; }

    /// <summary>A text with which -Anonymize gives the same names in several files. Without it nobody, the author included, can tell later which name was which.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AnonymizeKey { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsText => Format is [{ } format] ? format == TracerExportFormat.Text : Destination.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        DestinationFile destination = ExportDestination.Resolve(this, Destination, Force, "events.txt");
        if (IsText && CaptureParameter() is { } parameter)
            ThrowTerminatingError(TracerErrors.OnlyForCaptures(parameter, Destination));
        if (destination.IsSpecial && !IsText)
            ThrowTerminatingError(TracerErrors.DestinationIsNoFile(destination.Path));
        _destination = destination;
    }

    /// <inheritdoc/>
    protected override void ProcessCapture(string path)
    {
        if (_destination is null || !ShouldProcess(_destination.Path, $"Export events of '{path}'"))
            return;

        // Not only this capture is left out: at the end the events of the others would replace it.
        if (_destination.Is(path))
            ThrowTerminatingError(TracerErrors.DestinationIsSource(path));

        try
        {
            if (IsText)
                WriteText(path, _destination);
            else
                WriteCapture(path, _destination);
        }
        catch (DestinationException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(_destination.Path, e));
        }
        catch (CaptureChangedException)
        {
            // What was taken from it is of other spans than those that were asked for.
            _isSpoilt = true;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        base.OnEnd();
        if (_destination is not { IsOpen: true } || _isSpoilt)
            return;
        if (_output is { Selected: 0 })
        {
            // Where a capture could not be read, that was said.
            if (_isRead)
                WriteError(TracerErrors.NothingToExport(_destination.Path));
            return;
        }

        try
        {
            _output?.Dispose();
            _destination.Complete();
        }
        catch (DestinationException e)
        {
            ThrowTerminatingError(TracerErrors.DestinationNotWritable(_destination.Path, e));
        }

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

    // One that was given and means nothing for text; null for none.
    private string? CaptureParameter() =>
        Compress ? nameof(Compress) : Anonymize ? nameof(Anonymize) : AnonymizeKey is not null ? nameof(AnonymizeKey) : null;

    private void WriteCapture(string path, DestinationFile destination)
    {
        ExportOutput output = _output ??= new ExportOutput(destination.Open(), Compress, Anonymize || AnonymizeKey is not null ? new Anonymizer(AnonymizeKey) : null);
        Read(path, keepArguments: false, file => file.Export(Query(), output));
        _isRead = true;
    }

    private void WriteText(string path, DestinationFile destination)
    {
        TextBuffer text = new();
        try
        {
            Read(path, keepArguments: false, file => file.List(Query(), text, TimeZoneInfo.Local, () =>
            {
                text.Append((byte)'\n');
                if (text.Length >= PieceSize)
                    Flush();
            }));
            destination.Open();
        }
        finally
        {
            // A damaged capture gives everything that is whole; what is no capture leaves no file behind.
            if (text.Length > 0)
                Flush();
        }

        void Flush()
        {
            destination.Open().Write(text.Written);
            text.Length = 0;
        }
    }
}
