namespace Tracers.Engine.Filters.Syntax;

/// <summary>A value in a filter.</summary>
/// <param name="Text">Without quotes, escapes resolved; of characters above 0x7F in <c>\xHH</c> each stands for one byte.</param>
/// <param name="Bytes">The same as bytes.</param>
/// <param name="Position">Where it begins in the text.</param>
/// <param name="Length">How long it is there, quotes included.</param>
internal sealed record FilterValue(string Text, byte[] Bytes, int Position, int Length);
