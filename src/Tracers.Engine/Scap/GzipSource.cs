using System.IO.Compression;

namespace Tracers.Engine.Scap;

/// <summary>A gzip file of one or many members, inflated on a thread of its own while the caller decodes.</summary>
internal sealed class GzipSource : PieceSource
{
    // What one request had inflated before it met damage is lost.
    private const int RequestSize = 2048;

    private readonly Stream _file;
    private readonly string _path;
    private readonly EndMarkedStream _marked;
    private readonly GZipStream _stream;
    private bool _trailing;
    private long _position;
    private long _inflated;

    /// <summary>Begins to inflate.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="file">Its bytes; disposed of with the source.</param>
    /// <param name="stop">Ends the inflating, and a read of <paramref name="file"/> that waits; disposed of with the source.</param>
    public GzipSource(string path, Stream file, CancellationTokenSource stop)
        : base("Tracers inflate", stop)
    {
        _path = path;
        _file = file;
        FileLength = file.CanSeek ? file.Length : null;
        _marked = new EndMarkedStream(file);
        _stream = new GZipStream(_marked, CompressionMode.Decompress, leaveOpen: true);
        Begin();
    }

    public override long FilePosition => Volatile.Read(ref _position);

    public override bool Compressed => true;

    public override bool HasTrailingBytes => Volatile.Read(ref _trailing);

    public override void Dispose()
    {
        base.Dispose();
        _stream.Dispose();
        _marked.Dispose();
        _file.Dispose();
    }

    protected override void Produce(CancellationToken stop)
    {
        int length;
        Exception? failure;
        do
        {
            ArraySegment<byte> room = TakeRoom();
            length = Fill(room, out failure);
            HandOver(room, length);
        }
        while (length == PieceSize && failure is null);
        if (failure is not null)
            throw failure;
    }

    // Fewer bytes than there is room for are the last ones; why there are no more, where that is not the end.
    private int Fill(ArraySegment<byte> room, out Exception? failure)
    {
        int length = 0;
        failure = null;
        try
        {
            int read = -1;
            while (length < room.Count && (read = _stream.Read(room.Array!, room.Offset + length, Math.Min(RequestSize, room.Count - length))) > 0)
            {
                if (_marked.IsMark)
                {
                    if (!EndMarkedStream.IsWhole(room.AsSpan(length, read), _stream))
                        failure = Broken(length, endsEarly: true);
                    break;
                }

                length += read;
            }

            if (length < room.Count && read == 0)
            {
                // The inflater stops where a member ends and no other begins. Before the mark that means that there is more in the file.
                if (_marked.IsMark)
                    failure = Broken(length, endsEarly: true);
                else
                    Volatile.Write(ref _trailing, true);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            failure = Broken(length, endsEarly: _marked.IsMark);
        }
        catch (IOException e)
        {
            failure = e;
        }

        _inflated += length;
        Volatile.Write(ref _position, _marked.BytesRead);
        return length;
    }

    private ScapFormatException Broken(int length, bool endsEarly) => new(
        _path,
        _inflated + length,
        "gzip stream",
        $"'{_path}': the compressed data is {(endsEarly ? "cut off" : "damaged")} after {_inflated + length} inflated bytes. " +
        "What came before was read; copy the file again, or capture again, for the rest.")
    {
        EndsEarly = endsEarly,
    };
}
