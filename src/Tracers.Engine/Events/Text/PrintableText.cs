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

    // U+0080 to U+009F in UTF-8: this byte and one from 0x80 to 0x9f. Terminals take them as they take an escape character and what follows.
    private const byte LeadOfControls = 0xc2;
    private const byte LastOfControls = 0x9f;

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
        if (name.ContainsAnyExceptInRange(First, (byte)(Delete - 1)))
            AppendWithoutControls(text, name, keepsLines: false);
        else
            text.Append(name);
    }

    /// <summary>Appends text that may have several lines, without the other control characters.</summary>
    /// <remarks>sysdig prints them: a program of the captured machine could so write what it likes into the terminal of who reads the capture.</remarks>
    [MethodImpl(HotPath.Compile)]
    public static void AppendText(this TextBuffer text, ReadOnlySpan<byte> data)
    {
        if (data.ContainsAnyExceptInRange(First, (byte)(Delete - 1)))
            AppendWithoutControls(text, data, keepsLines: true);
        else
            text.Append(data);
    }

    /// <inheritdoc cref="AppendText(TextBuffer, ReadOnlySpan{byte})"/>
    public static void AppendText(this TextBuffer text, string data)
    {
        if (data.AsSpan().ContainsAnyExceptInRange((char)First, (char)(Delete - 1)))
            text.AppendText(Encoding.UTF8.GetBytes(data));
        else
            text.Append(data);
    }

    private static void AppendWithoutControls(TextBuffer text, ReadOnlySpan<byte> data, bool keepsLines)
    {
        foreach (byte c in data)
        {
            // Also where the two meet only here: because of what was dropped between them, or at the end of another text.
            if (c is > Delete and <= LastOfControls && text.Length > 0 && text.Written[^1] == LeadOfControls)
                text.Length--;
            else if (c is >= First and not Delete || (keepsLines && (c is (byte)'\n' or (byte)'\t')))
                text.Append(c);
        }
    }

    private static bool IsPrintable(byte c) => c is >= First and < Delete;
}
