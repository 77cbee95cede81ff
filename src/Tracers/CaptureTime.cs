using System.Globalization;
using Tracers.Engine.Analysis;

namespace Tracers;

/// <summary>A moment in a capture, said before the capture is known: a date and time, a time of day, or a time since its first event.</summary>
/// <remarks>
/// As text: <c>10:15</c> or <c>10:15:02.000000003</c>, local time as the tables show it; <c>+2s</c> or <c>500ms</c> after the first event;
/// or what <see cref="Timestamp"/> reads. A time of day is the first such moment that is not more than six hours before the first event.
/// </remarks>
public readonly partial struct CaptureTime : IEquatable<CaptureTime>
{
    private CaptureTime(TimeBoundKind kind, long nanoseconds) => Bound = new TimeBound(kind, nanoseconds);

    internal TimeBound Bound { get; }

    /// <summary>That moment.</summary>
    public static implicit operator CaptureTime(Timestamp value) => new(TimeBoundKind.Epoch, value.Nanoseconds);

    /// <summary>That moment.</summary>
    /// <exception cref="OverflowException">It is before 1677 or after 2262.</exception>
    public static implicit operator CaptureTime(DateTimeOffset value) => (Timestamp)value;

    /// <summary>That moment; a date without a kind is local time.</summary>
    /// <exception cref="OverflowException">It is before 1677 or after 2262.</exception>
    public static implicit operator CaptureTime(DateTime value) => (Timestamp)value;

    /// <summary>So long after the first event.</summary>
    public static implicit operator CaptureTime(Duration value) => new(TimeBoundKind.FirstEvent, value.Nanoseconds);

    /// <summary>So long after the first event.</summary>
    public static implicit operator CaptureTime(TimeSpan value) => (Duration)value;

    /// <summary>Whether both say the same.</summary>
    public static bool operator ==(CaptureTime left, CaptureTime right) => left.Equals(right);

    /// <summary>Whether they say different things, which can still be the same moment of a capture.</summary>
    public static bool operator !=(CaptureTime left, CaptureTime right) => !left.Equals(right);

    /// <summary>The moment in the capture whose first event is at <paramref name="first"/>.</summary>
    public Timestamp In(Timestamp first) => Timestamp.FromNanoseconds(Bound.At(first.Nanoseconds, TimeZoneInfo.Local));

    /// <inheritdoc/>
    public bool Equals(CaptureTime other) => Bound == other.Bound;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CaptureTime other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bound.GetHashCode();

    /// <summary>As <see cref="Parse(string)"/> reads it.</summary>
    public override string ToString() => Bound.Kind switch
    {
        TimeBoundKind.Epoch => Timestamp.FromNanoseconds(Bound.Nanoseconds).ToString(),
        TimeBoundKind.FirstEvent => $"+{Duration.FromNanoseconds(Bound.Nanoseconds)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(Bound.Nanoseconds / NanosecondsPerSecond):hh\\:mm\\:ss}.{Bound.Nanoseconds % NanosecondsPerSecond:D9}"),
    };
}
