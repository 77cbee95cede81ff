namespace Tracers.Marks;

/// <summary>What a thread ran at a moment.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Id">The id of the activity's span; 0 for none.</param>
/// <param name="Switches">Switch markers that the thread had written.</param>
internal readonly record struct RunningSpan(ThreadActivity? Thread, ulong Id, long Switches);
