namespace Tracers.Tests.DotNet;

/// <summary>An activity at its end.</summary>
internal sealed record EndedActivity(ulong Id, IReadOnlyDictionary<string, string> Tags, bool Failed);
