namespace Tracers.Completion;

/// <summary>A value that Tab offers.</summary>
/// <param name="Value">The value as the parameter takes it, not quoted.</param>
/// <param name="ToolTip">What it is.</param>
internal readonly record struct Choice(string Value, string ToolTip)
{
    /// <summary>What a list of choices shows, where that is only a part of the value.</summary>
    public string? Label { get; init; }
}
