using System.Globalization;

namespace Tracers.Marks;

internal static partial class ArgumentFormats
{
    // As many characters as any of these has at most.
    private const int LongestValue = 64;

    static partial void AddMore(Dictionary<Type, Delegate> known)
    {
        AddFormattable<double>(known);
        AddFormattable<float>(known);
        AddFormattable<decimal>(known);
        AddFormattable<Guid>(known);
        AddFormattable<TimeSpan>(known);
        AddFormattable<DateTime>(known, "O");
        AddFormattable<DateTimeOffset>(known, "O");
    }

    private static void AddFormattable<T>(Dictionary<Type, Delegate> known, string? format = null)
        where T : ISpanFormattable => Add<T>(known, (buffer, value) =>
    {
        Span<char> text = stackalloc char[LongestValue];
        if (value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
            buffer.AppendEscaped(text[..length]);
    });
}
