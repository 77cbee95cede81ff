namespace Tracers.Marks;

/// <summary>Ids that no other span of the machine has: a number that the process drew at random, then nine digits that count.</summary>
/// <remarks>
/// Not the process id: in containers many processes are number 1, and spans pair by id and tags over the whole machine. In decimal, so that
/// the ids of one process look alike. After a billion spans the count begins anew.
/// </remarks>
internal static class SpanIds
{
    private const uint Count = 1_000_000_000;

    // 1 to 2^32, so that an id never begins with a zero, and the largest still is a positive number of 64 bits.
    private static readonly ulong s_process = (1UL + BitConverter.ToUInt32(Guid.NewGuid().ToByteArray(), 0)) * Count;

    private static long s_last;

    /// <summary>The next id.</summary>
    public static ulong Next() => s_process + ((ulong)Interlocked.Increment(ref s_last) % Count);
}
