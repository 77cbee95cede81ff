namespace Tracers.Engine.Scap;

/// <summary>What an untrusted file may ask of this reader. All sizes in bytes.</summary>
internal static class ScapLimits
{
    /// <summary>What one read asks of a plain file; also the first size of the block buffer.</summary>
    /// <remarks>Small enough that the bytes are still in the second-level cache when they are decoded.</remarks>
    public const int ReadSize = 256 * 1024;

    /// <summary>Largest block that is not an event: a process list of 16,000 threads with every string at its limit.</summary>
    public const int MetadataBlock = 160 * 1024 * 1024;

    /// <summary>Largest plain event block without its length fields (FORMAT.md, events).</summary>
    public const int EventBody = 65_536;

    /// <summary>Largest event in a large event block. The format allows 4 GiB; nothing known writes more than a megabyte.</summary>
    public const int LargeEventBlock = 64 * 1024 * 1024;

    /// <summary>Shortest block: type, length, length.</summary>
    public const int SmallestBlock = 12;

    /// <summary>Descriptors below this are kept in an array by number; above in a hash, so that one wild number costs nothing.</summary>
    public const int DenseDescriptors = 4096;

    /// <summary>Descriptors that one table keeps; the kernel's own default ceiling (fs.nr_open) is the same.</summary>
    public const int DescriptorsPerTable = 1 << 20;

    /// <summary>Longest resolved path; longer ones become <c>/PATH_TOO_LONG</c> as in sysdig.</summary>
    public const int PathLength = 1024;

    /// <summary>Bytes of different names of one sort (paths, processes, tags) that a pass keeps.</summary>
    public const int NameBytes = 512 * 1024 * 1024;

    /// <summary>Bytes of a marker in pieces that may wait for its rest, as in sysdig; longer ones are given up when another piece comes.</summary>
    public const int MarkerFragments = 65_536;

    /// <summary>Threads that may be in the middle of a marker at once; of more, old ones are given up.</summary>
    public const int MarkersInPieces = 512;

    /// <summary>Ancestors of a process in a process list that are looked at; a real one has some ten.</summary>
    public const int Ancestors = 256;
}
