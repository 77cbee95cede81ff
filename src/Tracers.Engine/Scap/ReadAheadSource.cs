using Microsoft.Win32.SafeHandles;

namespace Tracers.Engine.Scap;

/// <summary>An uncompressed file that is large enough to read on a second processor: the copy out of the kernel's cache is a quarter of the time.</summary>
/// <remarks>Not mapped, for the reasons of <see cref="PlainSource"/>.</remarks>
internal sealed class ReadAheadSource : PieceSource
{
    /// <summary>What a second thread is worth while: less is read before it runs.</summary>
    public const long SmallestFile = 16 * 1024 * 1024;

    private readonly SafeFileHandle _handle;
    private long _position;

    /// <summary>Begins to read.</summary>
    /// <param name="handle">The file; disposed of with the source.</param>
    /// <param name="stop">Ends the reading; disposed of with the source.</param>
    public ReadAheadSource(SafeFileHandle handle, CancellationTokenSource stop)
        : base("Tracers read", stop)
    {
        _handle = handle;
        FileLength = RandomAccess.GetLength(handle);
        Begin();
    }

    public override long FilePosition => Volatile.Read(ref _position);

    public override bool Compressed => false;

    public override void Dispose()
    {
        base.Dispose();
        _handle.Dispose();
    }

    protected override int Fill(ArraySegment<byte> room, out Exception? failure)
    {
        failure = null;
        int length = 0;
        try
        {
            int read;
            while (length < room.Count && (read = RandomAccess.Read(_handle, room.AsSpan(length), _position + length)) > 0)
                length += read;
        }
        catch (IOException e)
        {
            failure = e;
        }

        Volatile.Write(ref _position, _position + length);
        return length;
    }
}
