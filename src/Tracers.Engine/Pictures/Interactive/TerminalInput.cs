namespace Tracers.Engine.Pictures.Interactive;

/// <summary>A key or something that the mouse did.</summary>
/// <param name="Stroke">The key; meaningless for the mouse.</param>
/// <param name="Mouse">What the mouse did; <see cref="MouseAction.None"/> for a key.</param>
/// <param name="X">Of the mouse the column, from 0.</param>
/// <param name="Y">Of the mouse the line, from 0.</param>
internal readonly record struct TerminalInput(KeyStroke Stroke, MouseAction Mouse = MouseAction.None, int X = 0, int Y = 0);
