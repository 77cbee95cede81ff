using System.Numerics;

namespace Tracers.Engine.Capture.Linux;

/// <summary>How large a ring is: bytes of records, for one CPU.</summary>
internal static class RingSize
{
    /// <summary>Room for two of the largest records.</summary>
    public const int Smallest = 64 * 1024;

    /// <summary>The verifier follows offsets into a map's element up to 512 MiB, of which the ring must stay short.</summary>
    public const int Largest = 256 * 1024 * 1024;

    /// <summary>What a CPU gets at most unless told otherwise: 40 ms of a busy one.</summary>
    private const int MostByDefault = 16 * 1024 * 1024;

    /// <summary>What all CPUs together get at most unless told otherwise.</summary>
    private const int MachineByDefault = 512 * 1024 * 1024;

    /// <summary>Older kernels make no array element of 4 MiB or more: a power of two, the ring's head and the spill area have to fit.</summary>
    private const int LargestBefore6 = 2 * 1024 * 1024;

    private static readonly Version s_largeElements = new(6, 0);

    /// <summary>The size where the user named none.</summary>
    public static int Default(int possibleCpus, Version kernel)
    {
        int share = MachineByDefault / Math.Max(possibleCpus, 1);
        int size = share < Smallest ? Smallest : 1 << BitOperations.Log2((uint)Math.Min(share, MostByDefault));
        return Math.Min(size, LargestFor(kernel));
    }

    /// <summary>The size that the user named, or else the default.</summary>
    /// <exception cref="CaptureStartException">This machine cannot have that size; the message names the nearest that it can.</exception>
    public static int Choose(int? asked, int possibleCpus, Version kernel)
    {
        if (asked is not { } size)
            return Default(possibleCpus, kernel);
        int largest = LargestFor(kernel);
        if (size is >= Smallest && size <= largest && BitOperations.IsPow2(size))
            return size;

        int nearest = size <= Smallest ? Smallest : (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)size), (uint)largest);
        string limit = largest == LargestBefore6 ? $" (the kernel is {kernel}; from 6.0 on it can be more)" : "";
        throw new CaptureStartException(
            CaptureStartFailure.Option,
            $"A buffer of {Text(size)} is not possible: it must be a power of two from {Text(Smallest)} to {Text(largest)}{limit}. Use -BufferSize {nearest}.");
    }

    /// <summary>Bytes as people write them.</summary>
    public static string Text(int bytes) => bytes switch
    {
        >= 1 << 20 when bytes % (1 << 20) == 0 => $"{bytes >> 20} MB",
        >= 1 << 10 when bytes % (1 << 10) == 0 => $"{bytes >> 10} KB",
        _ => $"{bytes} bytes",
    };

    private static int LargestFor(Version kernel) => kernel < s_largeElements ? LargestBefore6 : Largest;
}
