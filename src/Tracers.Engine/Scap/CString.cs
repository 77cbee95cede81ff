using System.Runtime.CompilerServices;

namespace Tracers.Engine.Scap;

/// <summary>Text that ends at a NUL, as most text of a capture does.</summary>
internal static class CString
{
    /// <summary>The bytes before the first NUL; all where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> UntilNul(this ReadOnlySpan<byte> text)
    {
        int nul = text.IndexOf((byte)0);
        return nul < 0 ? text : text[..nul];
    }
}
