using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Tests.Scap.Writing;

/// <summary>Captures in memory: what a writer made, and pieces that many tests need.</summary>
internal static class Written
{
    public const int SectionHeaderBytes = 28;

    public static ProcessRecord Process(ulong tid = 100) => new() { Tid = tid, Pid = tid, Comm = "python", Exe = "python" };

    /// <summary>All bytes that the calls leave behind.</summary>
    public static byte[] Bytes(Action<CaptureWriter> write, CaptureWriterOptions? options = null)
    {
        MemoryStream output = new();
        using (CaptureWriter writer = new(output, options)) write(writer);
        return output.ToArray();
    }

    /// <summary>The bytes after a section header.</summary>
    public static byte[] AfterHeader(Action<CaptureWriter> write, CaptureWriterOptions? options = null) => Bytes(
        writer =>
        {
            writer.WriteSectionHeader();
            write(writer);
        },
        options)[SectionHeaderBytes..];

    /// <summary>A write event of one byte.</summary>
    public static void AddWrite(CaptureWriter writer, ulong timestamp = 1, ulong tid = 100)
    {
        EventBuilder builder = writer.BeginEvent(timestamp, tid, 9, 2);
        builder.AddI64(1);
        builder.AddBytes("x"u8);
        builder.End();
    }

    /// <summary>Little-endian numbers, text and the like, one after the other.</summary>
    public static byte[] Join(params IEnumerable<object> parts) => [.. parts.SelectMany(BytesOf)];

    private static IEnumerable<byte> BytesOf(object part) => part switch
    {
        byte value => [value],
        ushort value => BitConverter.GetBytes(value),
        uint value => BitConverter.GetBytes(value),
        int value => BitConverter.GetBytes(value),
        long value => BitConverter.GetBytes(value),
        ulong value => BitConverter.GetBytes(value),
        string value => System.Text.Encoding.UTF8.GetBytes(value),
        byte[] value => value,
        _ => throw new ArgumentException(part.GetType().Name),
    };
}
