using Microsoft.Win32.SafeHandles;

namespace Tracers.Engine.Scap;

/// <summary>Where the bytes of a capture come from, inflated, in order.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Size of the file in bytes, as stored.</summary>
    public long FileLength { get; protected init; }

    /// <summary>Bytes of the file consumed so far, as stored: for progress.</summary>
    public abstract long FilePosition { get; }

    /// <summary>Whether the file is compressed.</summary>
    public abstract bool Compressed { get; }

    /// <summary>Fills <paramref name="target"/> from its start; 0 is the end. Fewer bytes than asked for mean nothing.</summary>
    public abstract int Read(Span<byte> target);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Opens a file; gzip is recognised by its first two bytes, whatever the file's name.</summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static ByteSource Open(string path, CancellationToken cancellation)
    {
        // Opening a pipe would wait for its writer, and nothing could stop it. What has no length has nothing to read either.
        if (new FileInfo(path) is { Length: 0, LinkTarget: null })
        {
            throw new ScapFormatException(
                path, 0, "section header", $"'{path}' is empty, or a pipe or a device. Give a capture file made by sysdig or Falco; what comes through a pipe must be stored first.");
        }

        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            bool gzip = RandomAccess.Read(handle, magic, 0) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
            return gzip ? new GzipSource(path, handle, cancellation) : new PlainSource(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
