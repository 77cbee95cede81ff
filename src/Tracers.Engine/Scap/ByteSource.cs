using Microsoft.Win32.SafeHandles;
using Tracers.Engine.Scap.Linux;

namespace Tracers.Engine.Scap;

/// <summary>Where the bytes of a capture come from, inflated, in order.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The format of captures, see <see cref="Format"/>.</summary>
    public const string Scap = "scap";

    /// <summary>What the bytes are made of: a capture, or something else that is read as one.</summary>
    public virtual string Format => Scap;

    /// <summary>Size of the file in bytes, as stored; null for what comes through a pipe.</summary>
    public long? FileLength { get; protected init; }

    /// <summary>Bytes of the file consumed so far, as stored: for progress.</summary>
    public abstract long FilePosition { get; }

    /// <summary>Whether the file is compressed.</summary>
    public abstract bool Compressed { get; }

    /// <summary>Whether bytes stand behind the last gzip member that are none of it, and were passed over. To be asked at the end.</summary>
    public virtual bool HasTrailingBytes => false;

    /// <summary>Fills <paramref name="target"/> from its start; 0 is the end. Fewer bytes than asked for mean nothing.</summary>
    public abstract int Read(Span<byte> target);

    /// <summary>Whether it fills buffers of its own, for <see cref="TrySwap"/>.</summary>
    public virtual bool HandsOver => false;

    /// <summary>Puts the next bytes behind those that are left in a buffer by giving another buffer for it.</summary>
    /// <param name="buffer">The reader's buffer: empty at first, then the one that it was given, or a larger one.</param>
    /// <param name="start">Where what is left begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <returns>False where that cannot be, or there is no more: the buffer is as it was, and <see cref="Read"/> is to be asked.</returns>
    public virtual bool TrySwap(ref byte[] buffer, ref int start, ref int end) => false;

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Whether it can be read only once and may have to be waited for: a pipe, standard input.</summary>
    public static bool IsSequential(string path) =>
        path == StandardInput.Path || (OperatingSystem.IsLinux() && FileStatus.Of(path) is { IsSequential: true });

    /// <summary>Opens a file, a pipe or <see cref="StandardInput"/>; gzip is recognised by its first two bytes, whatever the name.</summary>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited for the first bytes of a pipe.</exception>
    public static ByteSource Open(string path, CancellationToken cancellation)
    {
        if (path == StandardInput.Path)
            return OpenStream(path, StandardInput.Open, cancellation);
        if (IsSequential(path))
            return OpenStream(path, stop => PipeStream.Open(path, stop), cancellation);

        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            int read = RandomAccess.Read(handle, magic, 0);
            return IsGzip(magic[..read])
                ? new GzipSource(path, new FileStream(handle, FileAccess.Read, 128 * 1024), CancellationTokenSource.CreateLinkedTokenSource(cancellation))
                : new PlainSource(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads a capture that is in memory, or comes from anywhere else.</summary>
    /// <param name="path">What to call it in errors.</param>
    /// <param name="open">Opens the stream; its reads end when the token is cancelled, if they can wait.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ByteSource OpenStream(string path, Func<CancellationToken, Stream> open, CancellationToken cancellation)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Stream? stream = null;
        try
        {
            stream = open(stop.Token);
            byte[] magic = new byte[2];
            magic = magic[..stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
            PrefixedStream whole = new(magic, stream);
            return IsGzip(magic) ? new GzipSource(path, whole, stop) : new StreamSource(whole, stop);
        }
        catch
        {
            stream?.Dispose();
            stop.Dispose();
            throw;
        }
    }

    private static bool IsGzip(ReadOnlySpan<byte> magic) => magic is [0x1f, 0x8b];
}
