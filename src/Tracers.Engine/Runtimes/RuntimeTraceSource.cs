using Tracers.Engine.Scap;

namespace Tracers.Engine.Runtimes;

/// <summary>A trace of a .NET runtime, made into a capture on a thread of its own while the caller decodes that.</summary>
internal sealed class RuntimeTraceSource : PieceSource
{
    private readonly string _path;
    private readonly IRuntimeDiagnostics _diagnostics;
    private long _position;

    /// <summary>Begins to read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">What reads it.</param>
    /// <param name="stop">Ends the reading; disposed of with the source.</param>
    public RuntimeTraceSource(string path, IRuntimeDiagnostics diagnostics, CancellationTokenSource stop)
        : base("Tracers trace", stop)
    {
        _path = path;
        _diagnostics = diagnostics;
        FileLength = new FileInfo(path).Length;
        Begin();
    }

    public override string Format => RuntimeTraceFile.FormatOf(_path);

    public override long FilePosition => Volatile.Read(ref _position);

    public override bool Compressed => false;

    protected override void Produce(CancellationToken stop)
    {
        using PieceStream output = new(this);
        using RuntimeTraceCapture capture = new(output, stop);
        try
        {
            _diagnostics.ReadTrace(_path, capture, read => Volatile.Write(ref _position, read), stop);
        }
        catch (Exception e) when (e is ScapFormatException or IOException)
        {
            // What was whole is wanted; the error follows it.
            capture.End();
            throw;
        }

        capture.End();
        if (!capture.HasMarks)
        {
            throw new ScapFormatException(
                _path, 0, "trace",
                $"'{_path}' says nothing of activities, requests, garbage collections, waits for locks or pairs of Start and Stop. Record again: Start-TracerCapture -DotNet, or dotnet-trace with providers that tell of them (about_TracerDotNet).");
        }
    }

    /// <summary>From what is written to the pieces that are read.</summary>
    private sealed class PieceStream(RuntimeTraceSource source) : WriteOnlyStream
    {
        private ArraySegment<byte> _room;
        private int _used;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                if (_room.Array is null)
                    _room = source.TakeRoom();
                int count = Math.Min(buffer.Length, _room.Count - _used);
                buffer[..count].CopyTo(_room.AsSpan(_used));
                buffer = buffer[count..];
                _used += count;
                if (_used == _room.Count)
                    Flush();
            }
        }

        public override void Flush()
        {
            if (_used == 0)
                return;
            source.HandOver(_room, _used);
            (_room, _used) = (default, 0);
        }
    }
}
