using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>Bytes of the captured machine as text that does no harm to a terminal.</summary>
internal static class PrintableText
{
    private const byte First = 0x20;
    private const byte Delete = 0x7f;
    private const byte Dot = (byte)'.';

    /// <summary>Appends data: printable ASCII as it is, a dot for every other byte.</summary>
    [MethodImpl(HotPath.Compile)]
    public static void AppendDots(this TextBuffer text, ReadOnlySpan<byte> data)
    {
        Span<byte> target = text.Reserve(data.Length);
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + Vector128<byte>.Count <= data.Length; i += Vector128<byte>.Count)
            {
                Vector128<byte> bytes = Vector128.Create(data.Slice(i, Vector128<byte>.Count));
                Vector128<byte> printable = Vector128.LessThan(bytes - Vector128.Create(First), Vector128.Create((byte)(Delete - First)));
                Vector128.ConditionalSelect(printable, bytes, Vector128.Create(Dot)).CopyTo(target[i..]);
            }
        }

        for (; i < data.Length; i++)
            target[i] = IsPrintable(data[i]) ? data[i] : Dot;
        text.Length += data.Length;
    }

    /// <summary>Appends a name without its control characters.</summary>
    /// <remarks>sysdig also drops every byte that is not ASCII, and so every letter with an accent; here names stay readable.</remarks>
    [MethodImpl(HotPath.Compile)]
    public static void AppendName(this TextBuffer text, ReadOnlySpan<byte> name)
    {
        if (!name.ContainsAnyInRange((byte)0, (byte)(First - 1)) && !name.Contains(Delete))
        {
            text.Append(name);
            return;
        }

        foreach (byte c in name)
        {
            if (c is >= First and not Delete)
                text.Append(c);
        }
    }

    /// <summary>Appends text that may have several lines, without the other control characters.</summary>
    /// <remarks>sysdig prints them: a program of the captured machine could so write what it likes into the terminal of who reads the capture.</remarks>
    [MethodImpl(HotPath.Compile)]
    public static void AppendText(this TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (!data.ContainsAnyInRange((byte)0, (byte)(First - 1)) && !data.Contains(Delete))
        {
            text.Append(data);
            return;
        }

        foreach (byte c in data)
        {
            if (c is (>= First and not Delete) or (byte)'\n' or (byte)'\t')
                text.Append(c);
        }
    }

    /// <inheritdoc cref="AppendText(TextBuffer, ReadOnlySpan{byte})"/>
    public static void AppendText(this TextBuffer text, string data)
    {
        if (data.AsSpan().ContainsAnyInRange('\0', (char)(First - 1)) || data.Contains((char)Delete, StringComparison.Ordinal))
            text.AppendText(Encoding.UTF8.GetBytes(data));
        else
            text.Append(data);
    }

    private static bool IsPrintable(byte c) => c is >= First and < Delete;
}
