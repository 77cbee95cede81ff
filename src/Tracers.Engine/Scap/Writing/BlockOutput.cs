using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Tracers.Engine.Scap.Writing;

/// <summary>
/// The writer's one buffer and what lies below it: whole blocks gather here and leave in large pieces, through gzip or not.
/// A piece ends where a block ends, so a gzip member holds whole blocks.
/// </summary>
internal sealed class BlockOutput : IDisposable
{
    private readonly Stream _output;
    private readonly CaptureWriterOptions _options;
    private readonly byte[] _buffer;
    private int _used;
    private GZipStream? _gzip;
    private long _memberBytes;
    private bool _failed;
    private bool _disposed;

    public BlockOutput(Stream output, CaptureWriterOptions options)
    {
        _output = output;
        _options = options;
        _buffer = GC.AllocateUninitializedArray<byte>(options.BufferBytes);
    }

    /// <summary>Bytes of blocks taken so far, before compression.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Called when everything that was taken has left for the stream.</summary>
    public Action? Sent { get; init; }

    /// <summary>Room for one block of at most so many bytes; it counts once <see cref="Commit"/> is called.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if (_disposed || _buffer.Length - _used < bytes) MakeRoom();
        return _buffer.AsSpan(_used, bytes);
    }

    /// <summary>Takes over the first bytes of what <see cref="Reserve"/> gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(int bytes)
    {
        _used += bytes;
        TotalBytes += bytes;
    }

    /// <summary>The block of so many bytes that <see cref="Commit"/> took over last, without the length that ends it; empty when it has left.</summary>
    public ReadOnlySpan<byte> Last(int bytes) =>
        bytes == 0 || bytes > _used ? default : _buffer.AsSpan(_used - bytes, bytes - ScapFormat.BlockTrailerBytes);

    /// <summary>Writes a whole block around a body of any size.</summary>
    public void WriteBlock(uint type, ReadOnlySpan<byte> body)
    {
        int padded = ScapFormat.Pad(body.Length);
        int total = ScapFormat.BlockHeaderBytes + padded + ScapFormat.BlockTrailerBytes;
        if (total <= _buffer.Length)
        {
            Span<byte> block = Reserve(total);
            WriteHeader(block, type, total);
            body.CopyTo(block[ScapFormat.BlockHeaderBytes..]);
            WriteTrailer(block[(ScapFormat.BlockHeaderBytes + body.Length)..], padded - body.Length, total);
            Commit(total);
            return;
        }

        // The process list of a large machine with full environments can be larger than the buffer: it goes past it, in order.
        Span<byte> header = Reserve(ScapFormat.BlockHeaderBytes);
        WriteHeader(header, type, total);
        Commit(header.Length);
        SendBuffer();
        Send(body);
        TotalBytes += body.Length;
        Span<byte> trailer = Reserve(padded - body.Length + ScapFormat.BlockTrailerBytes);
        WriteTrailer(trailer, padded - body.Length, total);
        Commit(trailer.Length);
    }

    /// <summary>Type and total length.</summary>
    public static void WriteHeader(Span<byte> block, uint type, int total)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], total);
    }

    /// <summary>Padding and the repeated total length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteTrailer(Span<byte> rest, int padding, int total)
    {
        rest[..padding].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(rest[padding..], total);
    }

    /// <summary>Hands everything to the operating system; of a gzip file, everything can be inflated up to here.</summary>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(CaptureWriter));
        SendBuffer();
        _failed = true;
        _gzip?.Flush();
        _output.Flush();
        _failed = false;
    }

    /// <summary>Sends everything; of a gzip file a member ends there.</summary>
    /// <returns>Where in the stream that is.</returns>
    public long SendAll()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(CaptureWriter));
        SendBuffer();
        EndMember();
        return _output.Position;
    }

    /// <summary>Takes back what was written since <see cref="SendAll"/>.</summary>
    /// <param name="offset">What that returned.</param>
    /// <param name="totalBytes">What <see cref="TotalBytes"/> was then.</param>
    public void TakeBack(long offset, long totalBytes)
    {
        _used = 0;
        EndMember();
        _output.SetLength(offset);
        _output.Position = offset;
        TotalBytes = totalBytes;
    }

    public void Dispose()
    {
        if (_disposed) return;
        try
        {
            // After a failed write what reached the stream is not known; writing on would bury the first error under a second one.
            if (!_failed)
            {
                SendBuffer();
                EndMember();
                _output.Flush();
            }
        }
        finally
        {
            _disposed = true;
            if (!_options.LeaveOpen) _output.Dispose();
        }
    }

    private void MakeRoom()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(CaptureWriter));
        SendBuffer();
    }

    private void SendBuffer()
    {
        if (_used == 0) return;
        if (_memberBytes >= _options.GzipMemberBytes) EndMember();
        int used = _used;
        _used = 0;
        Send(_buffer.AsSpan(0, used));
        Sent?.Invoke();
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (_failed) throw new InvalidOperationException("An earlier write to the capture's stream failed; this writer cannot go on.");
        _failed = true;
        if (_options.Compress)
        {
            _gzip ??= new GZipStream(_output, _options.CompressionLevel, leaveOpen: true);
            _gzip.Write(bytes);
            _memberBytes += bytes.Length;
        }
        else
        {
            _output.Write(bytes);
        }

        _failed = false;
    }

    private void EndMember()
    {
        _gzip?.Dispose();
        _gzip = null;
        _memberBytes = 0;
    }
}
