namespace Tracers.Engine.Analysis;

/// <summary>What a number in an event's parameters stood for when the event happened.</summary>
/// <param name="Number">The number: a descriptor, a tid, AT_FDCWD, a uid or a gid.</param>
/// <param name="What">Immutable: a descriptor's record, a thread's identity, the bytes of a directory's path, or an account.</param>
internal readonly record struct NameReference(long Number, object What);
