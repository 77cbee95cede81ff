namespace Tracers.Engine.Events;

/// <summary>
/// Calls that sysdig's last table has no number for: its recorder, and ours for its sake, gives them the number of an unknown call, and
/// beside it the kernel's own number, from numbers-x64.txt.
/// </summary>
internal static class NativeCalls
{
    /// <summary>sysdig 0.29.3 reads behind the end of its table for a number above.</summary>
    public const ushort LastOfSysdig = 328;

    private const int Most = 512;

    private static readonly Lazy<string?[]> s_names = new(static () => TableText.NamesByNumber("numbers-x64.txt", Most));
    private static readonly Lazy<ushort[]> s_ids = new(LoadIds);

    /// <summary>x86-64's names by the kernel's number; null for a number that is not known.</summary>
    public static ReadOnlySpan<string?> Names => s_names.Value;

    /// <summary>The format's number of a call that the event calls unknown; 0 when it is that.</summary>
    /// <remarks>
    /// A file does not say which processor it is from. Others have other numbers, but for calls that sysdig knows,
    /// of which no event is without its number.
    /// </remarks>
    public static int IdOf(int native) => (uint)native < Most ? s_ids.Value[native] : 0;

    private static ushort[] LoadIds()
    {
        ushort[] ids = new ushort[Most];
        for (int id = LastOfSysdig + 1; id < SyscallTable.Count; id++)
        {
            int native = Array.IndexOf(s_names.Value, SyscallTable.Name(id));
            if (native >= 0)
                ids[native] = (ushort)id;
        }

        return ids;
    }
}
