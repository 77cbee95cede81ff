namespace Tracers.Engine.Capture.Linux;

/// <summary>
/// A file in which each write is there whole or not at all: when the disk is full, the part of it that still went in is cut off again,
/// so that the file ends where a block ends.
/// </summary>
internal sealed class WholeWrites(FileStream file) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        long before = file.Position;
        try
        {
            file.Write(buffer);
        }
        catch (IOException)
        {
            // A pipe or a device has nothing to cut.
            if (file.CanSeek)
                file.SetLength(before);
            throw;
        }
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
