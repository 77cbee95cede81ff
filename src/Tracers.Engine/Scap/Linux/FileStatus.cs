using System.Runtime.InteropServices;

namespace Tracers.Engine.Scap.Linux;

/// <summary>What kind of thing a path leads to, and which one: two paths with the same device and inode are the same file.</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="Device">The device, as major and minor number.</param>
/// <param name="Inode">The inode on that device.</param>
internal readonly partial record struct FileStatus(ushort Mode, ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint TypeModeAndInode = 0x1 | 0x2 | 0x100;

    // struct statx, which is the same on every architecture.
    private const int StructSize = 256;
    private const int MaskAt = 0;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    private const int TypeBits = 0xF000;
    private const int Fifo = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int Regular = 0x8000;

    public bool IsRegular => (Mode & TypeBits) == Regular;

    /// <summary>Whether it gives its bytes once and in order, maybe late: a pipe, a terminal.</summary>
    public bool IsSequential => (Mode & TypeBits) is Fifo or CharacterDevice;

    /// <summary>Follows links; null when the path leads nowhere, may not be followed, or the system's library is too old to tell.</summary>
    public static FileStatus? Of(string path)
    {
        Span<byte> status = stackalloc byte[StructSize];
        try
        {
            if (Statx(CurrentFolder, path, 0, TypeModeAndInode, ref MemoryMarshal.GetReference(status)) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        uint mask = MemoryMarshal.Read<uint>(status[MaskAt..]);
        return (mask & TypeModeAndInode) != TypeModeAndInode ? null : new FileStatus(
            MemoryMarshal.Read<ushort>(status[ModeAt..]), MemoryMarshal.Read<ulong>(status[DeviceAt..]), MemoryMarshal.Read<ulong>(status[InodeAt..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
