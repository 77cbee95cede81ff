using System.IO.Compression;

namespace Tracers.Engine.Scap.Writing;

/// <summary>How a <see cref="CaptureWriter"/> writes.</summary>
public sealed record CaptureWriterOptions
{
    /// <summary>Whether the file is gzip. Readers recognise that from the content, so the name is free.</summary>
    public bool Compress { get; init; }

    /// <summary>How hard gzip tries. The default suits a live capture, where one thread does everything.</summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Fastest;

    /// <summary>
    /// Uncompressed bytes after which a gzip file begins a new member. A member is complete in itself, so a file whose writer was
    /// killed loses at most the end of its last one.
    /// </summary>
    public int GzipMemberBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Size of the one buffer: blocks go to the stream in pieces of about this size. At least 128 KiB, so that the largest event fits.
    /// </summary>
    public int BufferBytes { get; init; } = 1 << 20;

    /// <summary>Whether disposing the writer leaves the stream open.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>
    /// Whether a name longer than the format allows (paths and argv[0], mostly) is cut to its limit. Off, such a name is refused.
    /// A capture of a running machine turns it on: one strange process must not end it.
    /// </summary>
    public bool CutLongNames { get; init; }
}
