namespace Tracers.Engine.Pictures;

/// <summary>How some characters of a line look in a terminal with colours.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Length">How many.</param>
/// <param name="Foreground">Index into the 256 colours of a terminal; null for its own.</param>
/// <param name="Background">Index into the 256 colours of a terminal; null for its own.</param>
/// <param name="Bold">Whether they are bold.</param>
internal readonly record struct PictureRun(int Start, int Length, byte? Foreground, byte? Background = null, bool Bold = false);
