using System.Globalization;

namespace Tracers.Marks;

/// <summary>How a value of one type is written in a marker.</summary>
internal static class ArgumentValue<T>
{
    /// <summary>Appends a value without making a string of it; null for a type that is none of those known here.</summary>
    public static readonly Action<MarkerBuffer, T>? Append = (Action<MarkerBuffer, T>?)(object?)ArgumentFormats.Of(typeof(T));

    /// <summary>What a value of an unknown type says of itself, in the invariant culture; null for a known type, for null, and where its own code fails.</summary>
    public static string? ForeignText(T value)
    {
        if (Append is not null)
            return null;
        try
        {
            return value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        }
        catch (Exception)
        {
            // The application's own code. A mark never throws into it, and an argument without a value says that it was there.
            return null;
        }
    }
}
