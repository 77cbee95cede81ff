namespace Tracers.Marks;

/// <summary>A span that <see cref="Tracer.Start(string)"/> began. Disposing of it writes the marker that ends it.</summary>
/// <remarks>
/// Whatever was begun inside of a span on its thread and is still open ends with it, innermost first. A span that has ended already is left
/// alone: disposing twice, of a copy, or of the default value does nothing. It may be disposed of on another thread.
/// </remarks>
public readonly struct MarkedSpan : IDisposable, IEquatable<MarkedSpan>
{
    private readonly ThreadNest? _nest;
    private readonly int _depth;
    private readonly long _serial;

    internal MarkedSpan(ThreadNest nest, int depth, long serial)
    {
        _nest = nest;
        _depth = depth;
        _serial = serial;
    }

    /// <summary>Whether a marker that begins the span was written, and none yet that ends it.</summary>
    public bool IsOpen => _nest is not null && _nest.IsOpen(_depth, _serial);

    /// <summary>Ends the span. Never throws.</summary>
    public void Dispose() => End(default(NoArguments));

    /// <summary>Ends the span with an argument, such as a result that was not known when it began. Never throws.</summary>
    /// <typeparam name="T">The type of its value, see <see cref="Tracer"/>.</typeparam>
    /// <param name="argument">Name and value.</param>
    public void End<T>((string Name, T Value) argument) => End(new Arguments<NoArguments, T>(default, argument));

    /// <summary>Ends the span with two arguments. Never throws.</summary>
    /// <typeparam name="T1">The type of the first value, see <see cref="Tracer"/>.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="first">Name and value.</param>
    /// <param name="second">Name and value.</param>
    public void End<T1, T2>((string Name, T1 Value) first, (string Name, T2 Value) second) =>
        End(new Arguments<Arguments<NoArguments, T1>, T2>(new(default, first), second));

    /// <inheritdoc/>
    public bool Equals(MarkedSpan other) => ReferenceEquals(_nest, other._nest) && _serial == other._serial;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MarkedSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _serial.GetHashCode();

    /// <summary>Whether two values are the same span.</summary>
    public static bool operator ==(MarkedSpan left, MarkedSpan right) => left.Equals(right);

    /// <summary>Whether two values are not the same span.</summary>
    public static bool operator !=(MarkedSpan left, MarkedSpan right) => !left.Equals(right);

    internal void End<TArguments>(TArguments arguments)
        where TArguments : struct, IMarkerArguments => _nest?.End(_depth, _serial, arguments);
}
