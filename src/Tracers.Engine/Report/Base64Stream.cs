using System.Buffers.Text;

namespace Tracers.Engine.Report;

/// <summary>Writes bytes as base64 text to another stream, which stays open.</summary>
/// <param name="target">Where to.</param>
internal sealed class Base64Stream(Stream target) : Stream
{
    // A multiple of 3: pieces of such a length need no padding.
    private const int PieceLength = 48 * 1024;

    private readonly byte[] _bytes = new byte[PieceLength];
    private readonly byte[] _text = new byte[PieceLength / 3 * 4];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, PieceLength - _count);
            buffer[..taken].CopyTo(_bytes.AsSpan(_count));
            _count += taken;
            buffer = buffer[taken..];
            if (_count == PieceLength)
                WritePiece();
        }
    }

    // What is held back is written when it is a whole piece, or at the end.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
            WritePiece();
        base.Dispose(disposing);
    }

    private void WritePiece()
    {
        Base64.EncodeToUtf8(_bytes.AsSpan(0, _count), _text, out _, out int written);
        target.Write(_text.AsSpan(0, written));
        _count = 0;
    }
}
