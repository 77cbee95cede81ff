using System.Globalization;
using System.Text;

namespace Tracers.Engine.Events;

/// <summary>Parameters as the listing shows them: <c>res=-9(EBADF) data=GET /</c>.</summary>
internal static class ParameterText
{
    private const int LongestBuffer = 80;

    /// <summary>Appends <c>name=value</c> and a blank.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="parameter">What the table says of the parameter.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="descriptor">For a descriptor what stands in brackets behind its number, null for nothing.</param>
    public static void Append(StringBuilder text, ParameterInfo parameter, ReadOnlySpan<byte> data, string? descriptor)
    {
        text.Append(parameter.Name).Append('=');
        switch (parameter.Type)
        {
            case ParameterType.ByteBuf:
                AppendBuffer(text, data);
                break;
            case ParameterType.Errno or ParameterType.Pid when ParameterDecoder.Number(data, signed: true) is long number:
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                if (ErrnoNames.Name(-number) is { } error)
                    text.Append('(').Append(error).Append(')');
                break;
            case ParameterType.Fd when ParameterDecoder.Number(data, signed: true) is long fd:
                text.Append(CultureInfo.InvariantCulture, $"{fd}");
                string? detail = fd == -100 ? "AT_FDCWD" : fd < 0 ? ErrnoNames.Name(-fd) : descriptor;
                if (detail is not null)
                    text.Append('(').Append(detail).Append(')');
                break;
            case ParameterType.Dyn or ParameterType.FdList or ParameterType.CharBufArray or ParameterType.CharBufPairArray:
                text.Append(Convert.ToHexString(data));
                break;
            default:
                AppendValue(text, ParameterDecoder.Value(parameter, data), parameter.Format);
                break;
        }

        text.Append(' ');
    }

    private static void AppendValue(StringBuilder text, object? value, NumberFormat format) => _ = (value, format) switch
    {
        (ulong number, NumberFormat.Hex) => text.Append(CultureInfo.InvariantCulture, $"{number:X}"),
        (long number, NumberFormat.Hex) => text.Append(CultureInfo.InvariantCulture, $"{number:X}"),
        (ulong number, NumberFormat.Octal) => text.Append(Convert.ToString((long)number, 8)),
        _ => text.Append(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static void AppendBuffer(StringBuilder text, ReadOnlySpan<byte> data)
    {
        bool cut = data.Length > LongestBuffer;
        foreach (byte b in cut ? data[..(LongestBuffer - 3)] : data)
            text.Append(b is >= 0x20 and < 0x7f ? (char)b : '.');
        if (cut)
            text.Append("...");
    }
}
