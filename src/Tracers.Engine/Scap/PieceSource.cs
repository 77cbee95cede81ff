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

    /// <summary>Makes all the bytes; called on the thread. What it throws is thrown where they are read, behind those that it has handed over.</summary>
    /// <param name="stop">Ends it: nobody takes pieces any more.</param>
    protected abstract void Produce(CancellationToken stop);

    /// <summary>Room for a piece, as soon as there is some; to be called on the thread.</summary>
    protected ArraySegment<byte> TakeRoom() => new(_empty.Take(), Headroom, PieceSize);

    /// <summary>Hands over what was made.</summary>
    /// <param name="room">Where it lies, from its start; with none in it, no more may be made.</param>
    /// <param name="length">How many bytes.</param>
    protected void HandOver(ArraySegment<byte> room, int length)
    {
        if (length > 0)
            _full.Add(new Piece(room.Array!, length, null));
    }

    private void Produce()
    {
        try
        {
            Produce(_stop.Token);
            _full.Add(new Piece([], 0, null));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
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
