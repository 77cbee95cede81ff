
namespace Tracers.Engine.Scap.Writing;

/// <summary>
/// Writes a capture: the subset of the format that every reader since 2018 takes (FORMAT.md 5). The order is section header, then
/// the machine, interfaces and users, then processes, then their descriptors, then events. One thread at a time; writing an event
/// allocates nothing.
/// </summary>
/// <remarks>
/// After an exception from the stream nothing more can be written; after any other the writer goes on as if the call had not been made.
/// </remarks>
public sealed partial class CaptureWriter : IDisposable
{
    private readonly BlockOutput _output;
    private readonly BodyBuilder _body;
    private readonly HashSet<ulong> _tids = [];
    private WriterStage _stage = WriterStage.Start;
    private bool _processesUnknown;
    private bool _eventOpen;
    private int _lastEventBytes;

    /// <summary>Writes to a stream, which the writer disposes at its end unless the options say otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A buffer below 128 KiB, or a member size that is not positive.</exception>
    public CaptureWriter(Stream output, CaptureWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        options ??= new CaptureWriterOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferBytes, 128 << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GzipMemberBytes, 1);
        _output = new BlockOutput(output, options) { Sent = () => (EventsSent, BytesSent) = (EventCount, BytesWritten) };
        _body = new BodyBuilder(options.CutLongNames);
    }

    /// <summary>Events written so far.</summary>
    public long EventCount { get; private set; }

    /// <summary>Bytes of blocks written so far, before compression and whether or not they have left the buffer.</summary>
    public long BytesWritten => _output.TotalBytes;

    /// <summary>Of <see cref="EventCount"/> those that the stream took: what a file holds whose disk is full.</summary>
    internal long EventsSent { get; private set; }

    /// <summary>The same of <see cref="BytesWritten"/>.</summary>
    internal long BytesSent { get; private set; }

    /// <summary>Creates a file, or overwrites it, and writes to it.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static CaptureWriter Create(string path, CaptureWriterOptions? options = null) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0), options);

    /// <summary>Hands everything written so far to the operating system. A gzip file can be inflated up to here.</summary>
    /// <exception cref="InvalidOperationException">An event was begun and not ended.</exception>
    public void Flush()
    {
        RequireNoOpenEvent();
        _output.Flush();
    }

    /// <summary>Sends everything to the stream, which must be able to seek.</summary>
    /// <returns>The place that <see cref="TakeBack"/> can go back to.</returns>
    internal WriterPlace SendAll()
    {
        RequireNoOpenEvent();
        return new WriterPlace(_output.SendAll(), BytesWritten, EventCount);
    }

    /// <summary>Takes back the events that were written since then, all of one section.</summary>
    internal void TakeBack(in WriterPlace place)
    {
        RequireNoOpenEvent();
        _output.TakeBack(place.Offset, place.Bytes);
        EventCount = place.Events;
        _lastEventBytes = 0;
    }

    /// <summary>Writes what is left. An event that was begun and not ended is dropped.</summary>
    public void Dispose() => _output.Dispose();

    private void Require(WriterStage notAfter, string what, string why)
    {
        RequireNoOpenEvent();
        if (_stage == WriterStage.Start)
        {
            throw new InvalidOperationException($"{what} need a section header first: call WriteSectionHeader.");
        }

        if (_stage > notAfter) throw new InvalidOperationException($"{what} cannot follow {Describe(_stage)}: {why}.");
    }

    private void Reach(WriterStage stage)
    {
        if (_stage < stage) _stage = stage;
    }

    private void RequireNoOpenEvent()
    {
        if (_eventOpen) throw new InvalidOperationException("An event was begun and not ended: call EventBuilder.End or Cancel first.");
    }

    private static string Describe(WriterStage stage) => stage switch
    {
        WriterStage.Section => "a section header",
        WriterStage.Processes => "processes",
        WriterStage.Fds => "descriptor lists",
        _ => "events",
    };
}
