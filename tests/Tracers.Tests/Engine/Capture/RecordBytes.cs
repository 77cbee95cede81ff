using System.Buffers.Binary;
using System.Text;
using Tracers.Engine.Capture.Linux;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Records as the probe writes them, byte by byte.</summary>
internal sealed class RecordBytes
{
    public const ulong Time = 1_000;
    public const int Tid = 100;

    private readonly List<byte> _bytes = [];

    private RecordBytes(byte kind, ushort number, byte flags, object[] body) =>
        _bytes.AddRange(Written.Join([0, kind, flags, number, Time, (uint)Tid, (uint)Tid, .. body]));

    /// <summary>The beginning of a call; arguments that are not given are 0.</summary>
    public static RecordBytes Enter(int number, params long[] arguments) => new(0, (ushort)number, 0, Six(arguments));

    public static RecordBytes EnterCompat(int number, params long[] arguments) => new(0, (ushort)number, 2, Six(arguments));

    /// <summary>The end of a call, without arguments.</summary>
    public static RecordBytes Exit(int number, long result) => new(1, (ushort)number, 0, [result]);

    /// <summary>The end of a call, with arguments.</summary>
    public static RecordBytes ExitWith(int number, long result, params long[] arguments) => new(1, (ushort)number, 4, [result, .. Six(arguments)]);

    public static RecordBytes ExitCompat(int number, long result, params long[] arguments) => new(1, (ushort)number, 6, [result, .. Six(arguments)]);

    public static RecordBytes TaskExit(uint status, uint live = 0) => new(4, 0, 0, [status, live]);

    public static RecordBytes Fork(uint child) => new((byte)RecordKind.Fork, 0, 0, [child, child]);

    public static RecordBytes Of(byte kind) => new(kind, 0, 0, [0L]);

    public RecordBytes Copy(CopyKind kind, byte[] bytes, int? whole = null)
    {
        _bytes.AddRange(Written.Join((ushort)kind, (ushort)bytes.Length, whole ?? bytes.Length, bytes));
        while (_bytes.Count % 8 != 0)
            _bytes.Add(0xEE);
        return this;
    }

    /// <summary>Of another thread than <see cref="Tid"/>.</summary>
    public RecordBytes From(int tid)
    {
        byte[] bytes = BitConverter.GetBytes(tid);
        for (int i = 0; i < bytes.Length; i++)
            _bytes[16 + i] = bytes[i];
        return this;
    }

    public RecordBytes Text(string text) => Copy(CopyKind.String, Encoding.UTF8.GetBytes(text));

    public RecordBytes Data(string text, int? whole = null) => Copy(CopyKind.Buffer, Encoding.UTF8.GetBytes(text), whole);

    public RecordBytes Fixed(params object[] parts) => Copy(CopyKind.Fixed, Written.Join(parts));

    /// <summary>Memory that could not be read.</summary>
    public RecordBytes NotReadable(CopyKind kind) => Copy(kind, [], -1);

    /// <summary>The bytes, with their length in front.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = [.. _bytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        return bytes;
    }

    private static object[] Six(long[] arguments) => [.. Enumerable.Range(0, 6).Select(i => (object)(i < arguments.Length ? arguments[i] : 0L))];
}
