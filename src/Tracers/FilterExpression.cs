using Tracers.Engine.Filters;

namespace Tracers;

/// <summary>A filter in sysdig's language, such as <c>proc.name = web and evt.latency > 10ms</c>: about_TracerFilters tells all of it.</summary>
public sealed class FilterExpression
{
    private readonly CaptureFilter? _filter;

    private FilterExpression(string text, CaptureFilter? filter, FilterSyntaxException? error)
    {
        Text = text;
        _filter = filter;
        Error = error;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal FilterSyntaxException? Error { get; }

    /// <summary>The filter; there is none where there is an error.</summary>
    internal CaptureFilter Compiled => _filter ?? throw new InvalidOperationException("A text that is no filter cannot be asked.");

    /// <summary>Reads a filter.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">It is none; the message shows the place.</exception>
    public static FilterExpression Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        FilterExpression read = Read(s);
        return read.Error is null ? read : throw new FormatException(read.Error.Message, read.Error);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a filter, or what is wrong with it.</summary>
    internal static FilterExpression Read(string text)
    {
        try
        {
            return new FilterExpression(text, CaptureFilter.Parse(text), null);
        }
        catch (FilterSyntaxException e)
        {
            return new FilterExpression(text, null, e);
        }
    }
}
