using Tracers.Engine.Events;

namespace Tracers.Engine.Filters.Fields;

/// <summary>Texts that are put together for an event.</summary>
internal static class MadeText
{
    /// <summary>Puts a text together; false when the event has none.</summary>
    public delegate bool Builder(scoped in EventContext context, TextBuffer text);

    /// <summary>The object that a text is made of, which does not change: as long as it is the same, so is the text. Null when there is none.</summary>
    public delegate object? Source(scoped in EventContext context);

    /// <summary>Reads a text that is put together in a buffer of the reader's own.</summary>
    /// <param name="build">Puts it together.</param>
    /// <param name="source">What it is made of, so that it is put together once for many events; null when that can change in place.</param>
    public static FieldReader.TextOf Reader(Builder build, Source? source = null)
    {
        TextBuffer buffer = new();
        object? last = null;
        bool known = false;
        return (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
        {
            object? current = source?.Invoke(in c);
            if (current is null || current != last)
            {
                buffer.Length = 0;
                known = build(in c, buffer);
                last = current;
            }

            value = known ? buffer.Written : default;
            return known;
        };
    }
}
