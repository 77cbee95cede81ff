namespace Tracers.Engine.Scap;

/// <summary>Bytes that a thread of its own makes, piece by piece, while the caller decodes.</summary>
/// <remarks>
/// Not for plain files: what another processor has read has to be fetched from its caches, which took a quarter more processor time to end a tenth
/// earlier (tests/Tracers.Benchmarks).
/// </remarks>
internal abstract class PieceSource : ByteSource
{
    // So large that handing one over costs nothing beside it, so small that those in use stay in the caches and a pipe is not waited for too long.
    internal const int PieceSize = 256 * 1024;
    private const int Pieces = 4;

    // Before each piece there is room for the block that the one before it ends within, so that a piece is decoded where it lies.
    private const int Headroom = ScapLimits.EventBody + 64;

    private readonly CancellationTokenSource _stop;
    private readonly PieceQueue<Piece> _full;
    private readonly PieceQueue<byte[]> _empty;
    private readonly Thread _producer;
    private Piece _current;
    private int _taken;
    private bool _ended;

    /// <param name="thread">Name of the thread.</param>
    /// <param name="stop">Ends it; disposed of with the source.</param>
    protected PieceSource(string thread, CancellationTokenSource stop)
    {
        _stop = stop;

        // One more than there are buffers: the end is a piece without one.
        _full = new PieceQueue<Piece>(Pieces + 1, stop.Token);
        _empty = new PieceQueue<byte[]>(Pieces, stop.Token);
        for (int i = 0; i < Pieces; i++)
            _empty.Add(NewBuffer());
        _producer = new Thread(Produce) { IsBackground = true, Name = thread };
    }

    public override bool HandsOver => true;

    public override int Read(Span<byte> target)
    {
        if (_taken == _current.Length && !_ended)
        {
            GiveBack();
            Take();
        }

        // An empty piece stays current, so that asking again says the same.
        if (_ended)
            return _current.Failure is null ? 0 : throw _current.Failure;

        int count = Math.Min(target.Length, _current.Length - _taken);
        _current.Buffer.AsSpan(Headroom + _taken, count).CopyTo(target);
        _taken += count;
        return count;
    }

    public override bool TrySwap(ref byte[] buffer, ref int start, ref int end)
    {
        int left = end - start;
        if (_taken < _current.Length || _ended || left > Headroom)
            return false;
        GiveBack();
        Take();
        if (_ended)
            return false;

        buffer.AsSpan(start, left).CopyTo(_current.Buffer.AsSpan(Headroom - left));
        if (buffer.Length != 0)
        {
            // One that grew for a larger block is not kept.
            _empty.Add(buffer.Length == Headroom + PieceSize ? buffer : NewBuffer());
        }

        buffer = _current.Buffer;
        start = Headroom - left;
        end = Headroom + _current.Length;
        _current = default;
        _taken = 0;
        return true;
    }

    public override void Dispose()
    {
        _stop.Cancel();
        _producer.Join();
        _full.End();
        _empty.End();
        _stop.Dispose();
    }

    /// <summary>Starts the thread, when all that it needs is there.</summary>
    protected void Begin() => _producer.Start();

    /// <summary>Fills a piece; called on the thread.</summary>
    /// <param name="room">Where to, from its start.</param>
    /// <param name="failure">Why there is no more, behind what was filled in; null otherwise.</param>
    /// <returns>How many bytes; fewer than there is room for are the last ones.</returns>
    protected abstract int Fill(ArraySegment<byte> room, out Exception? failure);

    private void Produce()
    {
        try
        {
            while (true)
            {
                byte[] buffer = _empty.Take();
                int length = Fill(new ArraySegment<byte>(buffer, Headroom, PieceSize), out Exception? failure);
                if (length > 0)
                    _full.Add(new Piece(buffer, length, null));
                if (length < PieceSize || failure is not null)
                {
                    _full.Add(new Piece([], 0, failure));
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader was disposed or its command stopped: nobody takes pieces any more.
        }
        catch (Exception e)
        {
            // It is the reader's: on this thread it would end the process.
            GiveFailure(e);
        }
    }

    private void GiveFailure(Exception e)
    {
        try
        {
            _full.Add(new Piece([], 0, e));
        }
        catch (OperationCanceledException)
        {
            // Nobody asks any more.
        }
    }

    // Pages that nothing is read into are never touched.
    private static byte[] NewBuffer() => GC.AllocateUninitializedArray<byte>(Headroom + PieceSize);

    private void Take()
    {
        _current = _full.Take();
        _taken = 0;
        _ended = _current.Length == 0;
    }

    private void GiveBack()
    {
        if (_current.Length > 0)
            _empty.Add(_current.Buffer);
        _current = default;
    }

    private readonly record struct Piece(byte[] Buffer, int Length, Exception? Failure);
}
