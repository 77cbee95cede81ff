using System.Collections.Concurrent;
using System.IO.Compression;

namespace Tracers.Engine.Scap;

/// <summary>A gzip file of one or many members, inflated on a thread of its own while the caller decodes.</summary>
internal sealed class GzipSource : ByteSource
{
    private const int PieceSize = 256 * 1024;
    private const int Pieces = 4;

    // What one request had inflated before it met damage is lost.
    private const int RequestSize = 2048;

    private readonly Stream _file;
    private readonly string _path;
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<Piece> _full = new(Pieces);
    private readonly BlockingCollection<byte[]> _empty = new(Pieces);
    private readonly Thread _inflater;
    private Piece _current;
    private int _taken;
    private bool _ended;
    private bool _trailing;
    private long _position;
    private long _inflated;

    /// <summary>Begins to inflate.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="file">Its bytes; disposed of with the source.</param>
    /// <param name="stop">Ends the inflating, and a read of <paramref name="file"/> that waits; disposed of with the source.</param>
    public GzipSource(string path, Stream file, CancellationTokenSource stop)
    {
        _path = path;
        _file = file;
        FileLength = file.CanSeek ? file.Length : null;
        _stop = stop;
        for (int i = 0; i < Pieces; i++)
            _empty.Add(new byte[PieceSize], CancellationToken.None);

        _inflater = new Thread(Inflate) { IsBackground = true, Name = "Tracers inflate" };
        _inflater.Start();
    }

    public override long FilePosition => Volatile.Read(ref _position);

    public override bool Compressed => true;

    public override bool HasTrailingBytes => Volatile.Read(ref _trailing);

    public override int Read(Span<byte> target)
    {
        if (_taken == _current.Length && !_ended)
        {
            if (_current.Length > 0)
                _empty.Add(_current.Buffer, CancellationToken.None);
            _current = _full.Take(_stop.Token);
            _taken = 0;
            _ended = _current.Length == 0;
        }

        // An empty piece stays current, so that asking again says the same.
        if (_ended)
            return _current.Failure is null ? 0 : throw _current.Failure;

        int count = Math.Min(target.Length, _current.Length - _taken);
        _current.Buffer.AsSpan(_taken, count).CopyTo(target);
        _taken += count;
        return count;
    }

    public override void Dispose()
    {
        _stop.Cancel();
        _inflater.Join();
        _file.Dispose();
        _full.Dispose();
        _empty.Dispose();
        _stop.Dispose();
    }

    private void Inflate()
    {
        try
        {
            using EndMarkedStream marked = new(_file);
            using GZipStream stream = new(marked, CompressionMode.Decompress, leaveOpen: true);
            while (true)
            {
                byte[] buffer = _empty.Take(_stop.Token);
                int length = 0;
                bool ended = false;
                Exception? failure = null;
                try
                {
                    int read = -1;
                    while (length < buffer.Length && (read = stream.Read(buffer, length, Math.Min(RequestSize, buffer.Length - length))) > 0)
                    {
                        if (marked.IsMark)
                        {
                            if (!EndMarkedStream.IsWhole(buffer.AsSpan(length, read), stream))
                                failure = Broken(length, endsEarly: true);
                            break;
                        }

                        length += read;
                    }

                    ended = length < buffer.Length;
                    if (ended && read == 0)
                    {
                        // The inflater stops where a member ends and no other begins. Before the mark that means that there is more in the file.
                        if (marked.IsMark)
                            failure = Broken(length, endsEarly: true);
                        else
                            Volatile.Write(ref _trailing, true);
                    }
                }
                catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
                {
                    failure = Broken(length, endsEarly: marked.IsMark);
                }
                catch (IOException e)
                {
                    failure = e;
                }

                _inflated += length;
                Volatile.Write(ref _position, marked.BytesRead);
                if (length > 0)
                    _full.Add(new Piece(buffer, length, null), _stop.Token);
                if (ended || failure is not null)
                {
                    _full.Add(new Piece([], 0, failure), _stop.Token);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader was disposed or its command stopped: nobody takes pieces any more.
        }
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

    private readonly record struct Piece(byte[] Buffer, int Length, Exception? Failure);
}
