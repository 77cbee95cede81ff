namespace Tracers.Engine.Scap.Records;

/// <summary>The flag word that an event block can carry (FORMAT.md 4.2).</summary>
[Flags]
public enum EventBlockOptions : uint
{
    /// <summary>No flag word is stored.</summary>
    None = 0,

    /// <summary>The event only feeds the state of threads and descriptors; it is not shown.</summary>
    StateOnly = 1,

    /// <summary>The event is a write that carries a span marker, even if its descriptor is not known.</summary>
    Marker = 2,
}
