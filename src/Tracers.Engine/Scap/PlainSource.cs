using Microsoft.Win32.SafeHandles;

namespace Tracers.Engine.Scap;

/// <summary>An uncompressed file, read in pieces.</summary>
/// <remarks>Not mapped: a whole-file map shows as resident memory, and a file that is truncated meanwhile ends the process.</remarks>
internal sealed class PlainSource : ByteSource
{
    private readonly SafeFileHandle _handle;
    private long _position;

    public PlainSource(SafeFileHandle handle)
    {
        _handle = handle;
        FileLength = RandomAccess.GetLength(handle);
    }

    public override long FilePosition => _position;

    public override bool Compressed => false;

    public override int Read(Span<byte> target)
    {
        int read = RandomAccess.Read(_handle, target, _position);
        _position += read;
        return read;
    }

    public override void Dispose() => _handle.Dispose();
}
