namespace Tracers.Engine.Capture.Linux;

/// <summary>Open flags: Linux's numbers to the format's own (FORMAT.md 3.4).</summary>
internal static class OpenFlags
{
    // O_LARGEFILE is left out: the kernel sets it on whatever a 64-bit program opens.
    public static uint ToFormat(uint flags)
    {
        uint result = (flags & 3) switch { 1 => 2u, 2 => 3u, _ => 1u };
        result |= Bit(flags, 0x40, 4)
            | Bit(flags, 0x400, 8)
            | Bit(flags, 0x1000, 0x10)
            | Bit(flags, 0x80, 0x20)
            | Bit(flags, 0x800, 0x40)
            | Bit(flags, 0x101000, 0x80)
            | Bit(flags, 0x200, 0x100)
            | Bit(flags, 0x4000, 0x200)
            | Bit(flags, 0x10000, 0x400)
            | Bit(flags, 0x80000, 0x1000)
            | Bit(flags, 0x410000, 0x2000);
        return result;
    }

    // Some flags of Linux have two bits, of which one is a flag of its own.
    private static uint Bit(uint flags, uint bits, uint result) => (flags & bits) == bits ? result : 0;
}
