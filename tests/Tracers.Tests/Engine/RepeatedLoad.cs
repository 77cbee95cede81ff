using Tracers.Engine.Scap;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine;

/// <summary>A piece of load that leaves everything as it found it, so that a capture can hold it any number of times.</summary>
internal sealed class RepeatedLoad
{
    private const int File = 4;
    private const int Socket = 5;
    private const int New = 30;
    private const int Child = 160;

    // So many times in one block of memory: a source that is asked for some bytes at a time would be measured too.
    private const int PerBlock = 500;

    private static readonly byte[] s_tuple = Written.Join((byte)2, 0x0500000Au, (ushort)40000, 0x22D8B85Du, (ushort)80);
    private static readonly byte[] s_data = new byte[64];

    private readonly byte[] _head;
    private readonly byte[] _block;

    private RepeatedLoad(Action<CaptureBuilder> add)
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        int begin = capture.Length;
        add(capture);
        byte[] once = capture.ToArray();
        _head = once[..begin];
        _block = [.. Enumerable.Repeat(once[begin..], PerBlock).SelectMany(static b => b)];
        for (int at = begin; at < once.Length; at += BitConverter.ToInt32(once, at + 4))
            Events++;
        Events *= PerBlock;
    }

    /// <summary>The loads by what happens in them.</summary>
    public static IReadOnlyDictionary<string, Action<CaptureBuilder>> Kinds { get; } = new Dictionary<string, Action<CaptureBuilder>>
    {
        ["unknown events"] = static c => c.Event(100, 500, 1L).Event(100, 501, 1L, s_data),
        ["calls without a rule"] = static c => Noise(c),
        ["read and write"] = static c => c.Read(100, File, 100).Write(100, File, s_data),
        ["send and receive"] = static c => Traffic(c),
        ["open and close"] = static c => Files(c),
        ["socket and connect"] = static c => c.Event(100, 18, 2u, 1u, 0u).Event(100, 19, (long)New).Event(100, 22, (long)New, s_tuple).Event(100, 23, 0L, s_tuple).Close(100, New),
        ["accept"] = static c => c.Event(100, 248, 0).Event(100, 249, (long)New, s_tuple, (byte)0, 0u, 128u).Close(100, New),
        ["clone, execve and exit"] = static c => StartAndEnd(c),
        ["switches of threads"] = static c => c.Event(100, 152, 100L, 3UL, 900UL, 1000u, 1000u, 0u),
        ["markers"] = static c => c.Write(100, 3, ">:t:search.db:user=1:").Write(100, 3, "<:t:search.db:rows=3:"),
        ["requests"] = static c => Request(c),
    };

    /// <summary>Events in one block of <see cref="Source"/>.</summary>
    public int Events { get; }

    public static RepeatedLoad Of(string kind) => new(Kinds[kind]);

    /// <summary>A capture with the block so many times; its times begin anew with each.</summary>
    public ByteSource Source(int blocks) => new MemorySource((_head, 1), (_block, blocks));

    // A request of a server: everything that needs no new process.
    private static void Request(CaptureBuilder c)
    {
        Noise(c);
        c.Write(100, 3, ">:t:search::");
        c.Write(100, 3, ">:t:search.db:user=1:");
        Traffic(c);
        c.Write(100, 3, "<:t:search.db:rows=3:").Write(100, 3, ">:t:search.io::");
        Files(c);
        c.Read(100, File, 100).Write(100, File, s_data).Write(100, 3, "<:t:search.io::").Write(100, 3, "<:t:search:code=200:");
        c.Event(100, 152, 100L, 3UL, 900UL, 1000u, 1000u, 0u);
    }

    private static void Noise(CaptureBuilder c) =>
        c.Event(100, 64, 0x7F0011223344UL, (ushort)0, 1UL).Event(100, 65, 0L).Event(100, 78, 512L).Event(100, 79, 1L).Event(100, 70, (long)File).Event(100, 71, 0L);

    private static void Traffic(CaptureBuilder c) =>
        c.Event(100, 30, (long)Socket, 64u, s_tuple).Event(100, 31, 64L, s_data).Event(100, 34, (long)Socket, 64u).Event(100, 35, 64L, s_data, s_tuple);

    private static void Files(CaptureBuilder c) =>
        c.Open(100, New, "/srv/data/blob.bin").Close(100, New).Event(100, 306, -100L, "relative.txt", 1u, 0u).Event(100, 307, (long)New, -100L, "relative.txt", 1u, 0u, 0u).Close(100, New);

    private static void StartAndEnd(CaptureBuilder c) =>
        CloneCalls.Clone(c, Child, 0).Event(Child, 292, "/bin/cat").Event(Child, 293, 0L, "/bin/cat", Array.Empty<byte>(), (long)Child, (long)Child, 100L, "", 1024L, 0L, 0L, 1u, 1u, 0u, "cat", Array.Empty<byte>(), Array.Empty<byte>(), 0u, 1L, -1, 0u).Event(Child, 186, 0L);
}
