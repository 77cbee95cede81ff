using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>One side of a call that moves bytes, as it is handed out.</summary>
/// <param name="Side">What it counts as.</param>
/// <param name="FdName">Name of its descriptor; empty when it has none or is not known.</param>
internal readonly record struct RecordedSide(IoSide Side, string FdName);
