using System.Buffers.Binary;
using System.Text;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine;

/// <summary>
/// Builds a capture piece by piece: through the writer where it takes what a test needs, as raw blocks where it refuses. Time goes on by
/// one microsecond an event, unless a test sets it.
/// </summary>
internal sealed class CaptureBuilder
{
    public const long Start = 1_480_000_000_000_000_000;
    public const int Tid = 100;

    // The smallest buffer: a test builds thousands of pieces.
    private static readonly CaptureWriterOptions s_options = new() { BufferBytes = 128 << 10 };

    private readonly List<byte> _bytes = [];

    public long Now { get; set; } = Start;

    /// <summary>Length of the capture so far: where the next block begins.</summary>
    public int Length => _bytes.Count;

    /// <summary>A section header and the process 100 with /dev/null as 3, a file as 4 and a socket as 5.</summary>
    public static CaptureBuilder Typical() => new CaptureBuilder().Header().Processes(Process(Tid)).Fds(
        Tid,
        FdRecord.ForFile(3, "/dev/null", 2),
        FdRecord.ForFile(4, "/tmp/blob.bin", 3),
        FdRecord.ForSocket(5, new(0x0900000A, 50000), new(0x0500000A, 8888), 2));

    public static ProcessRecord Process(int tid, string comm = "python", int? pid = null, uint flags = 0) =>
        new() { Tid = (ulong)tid, Pid = (ulong)(pid ?? tid), ParentTid = 1, Comm = comm, Exe = comm, Cwd = "/root/", Flags = flags };

    public byte[] ToArray() => [.. _bytes];

    public CaptureBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public CaptureBuilder Header(ushort major = 1, ushort minor = 2, uint magic = 0x1A2B3C4D) =>
        Block(0x0A0D0D0A, Written.Join(magic, major, minor, ulong.MaxValue));

    /// <summary>A block around a body: lengths and padding are made right.</summary>
    public CaptureBuilder Block(uint type, params ReadOnlySpan<byte> body) => Raw(MakeBlock(type, body));

    public static byte[] MakeBlock(uint type, ReadOnlySpan<byte> body)
    {
        int padded = (body.Length + 3) & ~3;
        return Written.Join(type, padded + 12, body.ToArray(), new byte[padded - body.Length], padded + 12);
    }

    public CaptureBuilder Processes(params ProcessRecord[] processes) => Raw(Written.AfterHeader(w => w.WriteProcesses(processes), s_options));

    public CaptureBuilder Fds(int tid, params FdRecord[] fds)
    {
        // The writer wants the process first; only the block behind it is taken.
        byte[] both = Written.AfterHeader(w =>
        {
            w.WriteProcesses([Process(tid)]);
            w.WriteFds((ulong)tid, fds);
        }, s_options);
        return Raw(both.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(both.AsSpan(4))));
    }

    /// <summary>An event v2 with parameters as <see cref="Parameter"/> encodes them.</summary>
    public CaptureBuilder Event(int tid, ushort type, params ReadOnlySpan<object> parameters) =>
        EventBlock(0x216, tid, type, 0, wide: false, parameters);

    /// <summary>Sets all 64 bits of the last event's tid, which must be of <see cref="Event"/>.</summary>
    public CaptureBuilder WithLastTid(long tid)
    {
        const int TidInBlock = 8 + 2 + 8;
        int start = _bytes.Count - BinaryPrimitives.ReadInt32LittleEndian([.. _bytes[^4..]]) + TidInBlock;
        byte[] bytes = BitConverter.GetBytes(tid);
        for (int i = 0; i < bytes.Length; i++)
            _bytes[start + i] = bytes[i];
        return this;
    }

    /// <summary>An event in a block of any of the six types, its lengths as wide as asked for.</summary>
    public CaptureBuilder EventBlock(uint block, int tid, ushort type, uint flags, bool wide, params ReadOnlySpan<object> parameters)
    {
        byte[][] encoded = Encode(parameters);
        bool v1 = block is 0x204 or 0x208 or 0x8010ABCD;
        byte[] lengths = Written.Join(encoded.Select(p => wide ? (object)p.Length : (ushort)p.Length));
        int length = (v1 ? 22 : 26) + lengths.Length + encoded.Sum(p => p.Length);
        byte[] header = Written.Join(Now, (long)tid, length, type, v1 ? Array.Empty<byte>() : BitConverter.GetBytes(encoded.Length));
        byte[] prefix = block is 0x208 or 0x217 or 0x222 ? Written.Join((ushort)0, flags) : Written.Join((ushort)0);
        Now += 1000;
        return Block(block, [.. prefix, .. header, .. lengths, .. encoded.SelectMany(p => p)]);
    }

    public CaptureBuilder Write(int tid, long fd, string data) => Write(tid, fd, Encoding.UTF8.GetBytes(data));

    public CaptureBuilder Write(int tid, long fd, byte[] data, long? result = null) =>
        Event(tid, 8, fd, (uint)data.Length).Event(tid, 9, result ?? data.Length, data);

    public CaptureBuilder Read(int tid, long fd, long result) =>
        Event(tid, 6, fd, (uint)Math.Max(result, 0)).Event(tid, 7, result, Array.Empty<byte>());

    public CaptureBuilder Open(int tid, long fd, string name, uint flags = 1) =>
        Event(tid, 2, name, flags, 0u).Event(tid, 3, fd, name, flags, 0u, 0u);

    public CaptureBuilder Close(int tid, long fd) => Event(tid, 4, fd).Event(tid, 5, 0L);

    private static byte[][] Encode(ReadOnlySpan<object> parameters)
    {
        byte[][] encoded = new byte[parameters.Length][];
        for (int i = 0; i < encoded.Length; i++)
            encoded[i] = Parameter(parameters[i]);
        return encoded;
    }

    /// <summary>Numbers in their width, text with its NUL, bytes as they are.</summary>
    private static byte[] Parameter(object value) => value is string text ? [.. Encoding.UTF8.GetBytes(text), 0] : Written.Join(value);
}
