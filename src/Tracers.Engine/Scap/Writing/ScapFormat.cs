namespace Tracers.Engine.Scap.Writing;

/// <summary>The numbers of the format that the writer needs (FORMAT.md).</summary>
internal static class ScapFormat
{
    public const uint Magic = 0x1A2B3C4D;
    public const ushort MajorVersion = 1;
    public const ushort MinorVersion = 2;

    /// <summary>Type and total length before the body.</summary>
    public const int BlockHeaderBytes = 8;

    /// <summary>The repeated total length after the body.</summary>
    public const int BlockTrailerBytes = 4;

    /// <summary>Timestamp, tid, length, type, parameter count.</summary>
    public const int EventHeaderBytes = 26;

    /// <summary>The largest whole event block that is not large.</summary>
    public const int MaxEventBlockBytes = BlockHeaderBytes + ScapLimits.EventBody;

    public const int HostNameBytes = 128;
    public const int MaxProcessName = 1024;
    public const int MaxProcessList = 4096;
    public const int MaxFdName = 1023;
    public const int MaxInterfaceName = 1023;
    public const int MaxUserName = 255;

    /// <summary>A length rounded up to the next multiple of four.</summary>
    public static int Pad(int length) => (length + 3) & ~3;
}
