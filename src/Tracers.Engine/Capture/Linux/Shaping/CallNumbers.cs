using Tracers.Engine.Events;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Names of the kernel's system calls by number: those of 64-bit callers, and those of 32-bit callers.</summary>
internal static class CallNumbers
{
    private static readonly Lazy<string?[]> s_compat = new(static () => TableText.NamesByNumber("numbers-i386.txt", CallRow.FirstCompat));

    /// <summary>x86-64's names by number; null for a number that is not known.</summary>
    public static ReadOnlySpan<string?> Native => NativeCalls.Names;

    /// <summary>i386's names by number.</summary>
    public static ReadOnlySpan<string?> Compat => s_compat.Value;
}
