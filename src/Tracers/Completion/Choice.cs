namespace Tracers.Completion;

/// <summary>A value that Tab offers.</summary>
/// <param name="Value">The value as the parameter takes it, not quoted.</param>
/// <param name="ToolTip">What it is.</param>
internal readonly record struct Choice(string Value, string ToolTip);
