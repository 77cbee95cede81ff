namespace Tracers.Engine.Events;

/// <summary>An event that cannot be true. Whoever reads the file adds its name and the offset.</summary>
internal sealed class EventDamagedException(string field, string why) : Exception($"{field}: {why}")
{
    /// <summary>The field whose value cannot be.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public string Why { get; } = why;
}
