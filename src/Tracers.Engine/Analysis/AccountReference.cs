namespace Tracers.Engine.Analysis;

/// <summary>A user or a group that an event names by number.</summary>
/// <param name="User">True for a user.</param>
/// <param name="Name">Its name.</param>
internal sealed record AccountReference(bool User, string Name);
