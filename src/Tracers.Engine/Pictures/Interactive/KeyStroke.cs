namespace Tracers.Engine.Pictures.Interactive;

/// <summary>A key as a host reads it. What a terminal sends and the host does not know comes as one key for each character.</summary>
/// <param name="Key">Which key; none where only the character is known.</param>
/// <param name="Character">The character; 0 for a key without one.</param>
/// <param name="Modifiers">What was held down, as far as the host tells.</param>
internal readonly record struct KeyStroke(ConsoleKey Key, char Character, ConsoleModifiers Modifiers = ConsoleModifiers.None);
