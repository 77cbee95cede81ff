namespace Tracers.Tests.Engine;

/// <summary>One call of the read or write family as a pass hands it to an accounting.</summary>
internal sealed record SeenIo(int Tid, string? FdName, long Result, string? SpanTags);
