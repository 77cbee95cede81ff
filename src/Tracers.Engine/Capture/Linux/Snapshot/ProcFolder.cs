using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Tracers.Engine.Capture.Linux.Snapshot;

/// <summary>Reads small files and links below <c>/proc</c>: hundreds of processes in a few milliseconds, without an exception for each that is gone.</summary>
/// <remarks>What a method returns is good until the next call. One thread at a time.</remarks>
/// <param name="root">Where the folder is; another than <c>/proc</c> in tests.</param>
internal sealed unsafe partial class ProcFolder(string root = "/proc")
{
    /// <summary>Bytes that a file gives at most; the lists of the format have less.</summary>
    public const int ReadLimit = 64 * 1024;

    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int LongestNumber = 20;

    private readonly byte[] _root = Encoding.UTF8.GetBytes(root + '/');
    private readonly byte[] _path = new byte[4096];
    private readonly byte[] _content = new byte[ReadLimit];

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>Content of a file of a process or thread; empty when it has none, is gone or may not be read.</summary>
    public ReadOnlySpan<byte> Read(uint tid, scoped ReadOnlySpan<byte> name) => MakePath(tid, name) ? ReadPath() : default;

    /// <summary>Content of a file that is no process's; empty as of <see cref="Read(uint, ReadOnlySpan{byte})"/>.</summary>
    public ReadOnlySpan<byte> Read(scoped ReadOnlySpan<byte> name) => MakePath(null, name) ? ReadPath() : default;

    /// <summary>Where a link of a process or thread leads; empty when that cannot be said.</summary>
    public ReadOnlySpan<byte> ReadLink(uint tid, scoped ReadOnlySpan<byte> name)
    {
        if (!MakePath(tid, name))
            return default;
        nint length;
        fixed (byte* path = _path, content = _content)
            length = ReadLink(path, content, ReadLimit);
        return length > 0 ? _content.AsSpan(0, (int)length) : default;
    }

    private bool MakePath(uint? tid, scoped ReadOnlySpan<byte> name)
    {
        Span<byte> path = _path;
        if (_root.Length + LongestNumber + name.Length + 2 > path.Length)
            return false;
        _root.CopyTo(path);
        int length = _root.Length;
        if (tid is { } number)
        {
            Utf8Formatter.TryFormat(number, path[length..], out int digits);
            length += digits;
            path[length++] = (byte)'/';
        }

        name.CopyTo(path[length..]);
        path[length + name.Length] = 0;
        return true;
    }

    private ReadOnlySpan<byte> ReadPath()
    {
        int length = 0;
        fixed (byte* path = _path, content = _content)
        {
            int descriptor = Open(path, ReadOnlyCloseOnExec);
            if (descriptor < 0)
                return default;
            nint read;
            while (length < ReadLimit && (read = Read(descriptor, content + length, ReadLimit - length)) > 0)
                length += (int)read;
            _ = Close(descriptor);
        }

        return _content.AsSpan(0, length);
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "readlink")]
    private static partial nint ReadLink(byte* path, byte* buffer, nint size);
}
