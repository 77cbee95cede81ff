namespace Tracers.Marks;

/// <summary>A descriptor of <c>/dev/null</c> that is opened by the first write and closed with the process; programs that it starts do not inherit it.</summary>
internal struct NullDescriptor
{
    // What cannot be opened or written to so many times is left alone: marks must not cost system calls that fail for ever.
    private const int MaxFailures = 16;

    // One more than its number: a fresh struct is not open.
    private int _fdPlusOne;
    private int _failures;

    /// <summary>Its number; −1 while it is not open.</summary>
    public readonly int Number => _fdPlusOne - 1;

    public unsafe bool Write(byte[] bytes, int length)
    {
        int fd = Volatile.Read(ref _fdPlusOne) - 1;
        if (fd < 0 && !TryOpen(out fd))
            return false;
        fixed (byte* start = bytes)
        {
            if (Libc.Write(fd, start, length) == length)
                return true;
        }

        // Somebody closed it who had not opened it. The number is nobody's now, or the write would have gone there.
        Interlocked.CompareExchange(ref _fdPlusOne, 0, fd + 1);
        Interlocked.Increment(ref _failures);
        return false;
    }

    private bool TryOpen(out int fd)
    {
        fd = -1;
        if (Volatile.Read(ref _failures) >= MaxFailures)
            return false;
        try
        {
            fd = Libc.OpenNullDevice();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            Volatile.Write(ref _failures, MaxFailures);
            return false;
        }

        if (fd < 0)
        {
            Interlocked.Increment(ref _failures);
            return false;
        }

        int first = Interlocked.CompareExchange(ref _fdPlusOne, fd + 1, 0);
        if (first != 0)
        {
            // Two threads wrote their first marker at once.
            _ = Libc.Close(fd);
            fd = first - 1;
        }

        return true;
    }
}
