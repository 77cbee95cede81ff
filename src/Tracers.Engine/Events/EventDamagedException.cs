namespace Tracers.Engine.Events;

/// <summary>A length inside an event leaves the event. Whoever reads the file adds its name and the offset.</summary>
internal sealed class EventDamagedException(string field) : Exception($"The {field} leaves the event.")
{
    /// <summary>The field whose value cannot be.</summary>
    public string Field { get; } = field;
}
