namespace Tracers.Engine.Capture.Linux;

/// <summary><c>enum record_flags</c> of the probe.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>Records were lost on this CPU between the one before and this one.</summary>
    AfterLoss = 1,

    /// <summary>The caller is a 32-bit program: the number is one of its table, and arguments have 32 bits.</summary>
    Compat = 2,

    /// <summary>Of an exit: six arguments stand between the result and the copies.</summary>
    HasArguments = 4,
}
