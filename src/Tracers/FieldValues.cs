using Tracers.Engine.Filters;

namespace Tracers;

/// <summary>Values of fields as the objects of this module have them.</summary>
internal static class FieldValues
{
    /// <summary>A time as a <see cref="Duration"/>, a moment as a <see cref="Timestamp"/>, everything else as it is.</summary>
    public static object? ToObject(FieldUnit unit, object? value) => (unit, value) switch
    {
        (FieldUnit.Nanoseconds, long time) => Duration.FromNanoseconds(time),
        (FieldUnit.Moment, long time) => Timestamp.FromNanoseconds(time),
        _ => value,
    };
}
