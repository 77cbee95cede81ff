using System.Buffers.Binary;
using System.Net;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap;

/// <summary>Reads a section's header and the blocks up to its first event (FORMAT.md 2 and 3).</summary>
internal static class MetadataReader
{
    private const uint Magic = 0x1A2B3C4D;
    private const uint SwappedMagic = 0x4D3C2B1A;

    // Captures are built like network captures (pcapng), down to the magic number of the header; these then describe an interface.
    private const uint InterfaceDescription = 1;

    /// <summary>Reads from a section header to the first event, which stays unread.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="keepBlocks">Whether the section has its blocks as they are beside what they say.</param>
    /// <exception cref="ScapFormatException">Not a capture, of an unknown major version, truncated or damaged.</exception>
    public static SectionMetadata Read(BlockReader reader, CancellationToken cancellation, bool keepBlocks = false)
    {
        SectionMetadata section = ReadHeader(reader, keepBlocks, cancellation);
        while (reader.PeekType(out uint type) && !BlockType.IsEvent(type) && type != BlockType.SectionHeader)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Name(type) is not { } name)
            {
                reader.SkipBlock($"block of unknown type 0x{type:X}");
                section.SkippedBlocks++;
                continue;
            }

            ReadOnlySpan<byte> body = reader.ReadBlock(name, out long offset);
            section.Blocks?.Add((type, body.ToArray()));
            ByteCursor cursor = new(body, reader.Path, offset, name);
            switch (type)
            {
                case BlockType.MachineInfo:
                    section.Machine = ReadMachine(ref cursor);
                    break;
                case BlockType.InterfaceListV1 or BlockType.InterfaceListV2:
                    ReadInterfaces(ref cursor, type == BlockType.InterfaceListV2, section);
                    break;
                case BlockType.UserListV1 or BlockType.UserListV2:
                    ReadUsers(ref cursor, type == BlockType.UserListV2, section);
                    break;
                case BlockType.FdListV1 or BlockType.FdListV2:
                    FdListReader.Read(ref cursor, type == BlockType.FdListV2, section);
                    break;
                case InterfaceDescription:
                    throw NetworkCapture(reader);
                default:
                    ProcessListReader.Read(ref cursor, BlockType.ProcessListVersion(type), section);
                    break;
            }
        }

        return section;
    }

    private static ScapFormatException NetworkCapture(BlockReader reader) => new(
        reader.Path, 0, "section header",
        $"'{reader.Path}' is not a capture of system calls but of a network (pcapng). Give a file made by sysdig or Falco.");

    // From a plain file a trace is read as a capture, and does not come here.
    private static ScapFormatException RuntimeTrace(BlockReader reader) => new(
        reader.Path, 0, "section header",
        $"'{reader.Path}' is a trace of a .NET runtime (.nettrace), and those are read from plain files only. Store it in a file, uncompressed, and give that.");

    private static SectionMetadata ReadHeader(BlockReader reader, bool keepBlocks, CancellationToken cancellation)
    {
        if (!reader.Fill(8) && reader.Buffered.IsEmpty)
            throw new ScapFormatException(reader.Path, 0, "section header", $"'{reader.Path}' is empty. Give a capture made by sysdig or Falco.");
        if (reader.Fill(8) && reader.Buffered.StartsWith("Nettrace"u8))
            throw RuntimeTrace(reader);
        uint type = reader.Fill(12) ? BinaryPrimitives.ReadUInt32LittleEndian(reader.Buffered) : 0;
        uint magic = type == BlockType.SectionHeader ? BinaryPrimitives.ReadUInt32LittleEndian(reader.Buffered[8..]) : 0;
        if (magic != Magic)
        {
            bool swapped = magic == SwappedMagic;
            string why = swapped
                ? "it was written on a big-endian machine, which this reader does not support"
                : "it does not begin with the section header of a .scap file";
            throw new ScapFormatException(reader.Path, reader.Offset, "section header", $"'{reader.Path}' is not a capture: {why}. Give a file made by sysdig or Falco.");
        }

        ReadOnlySpan<byte> body = reader.ReadBlock("section header", out long offset);
        ByteCursor cursor = new(body, reader.Path, offset, "section header");
        cursor.U32("magic");
        ushort major = cursor.U16("major version");
        ushort minor = cursor.U16("minor version");
        if (major != 1)
            throw new ScapFormatException(reader.Path, offset + 4, "section header: major version", $"'{reader.Path}' has format version {major}.{minor}, and this reader knows version 1. Use a newer version of Tracers.");
        return new SectionMetadata(cancellation) { MajorVersion = major, MinorVersion = minor, Blocks = keepBlocks ? [] : null };
    }

    private static MachineInfo ReadMachine(ref ByteCursor cursor) => new()
    {
        CpuCount = cursor.U32("number of cpus"),
        MemoryBytes = (ulong)cursor.I64("memory"),
        MaxPid = (ulong)cursor.I64("highest pid"),
        HostName = new ByteText(cursor.Take(128, "host name").UntilNul().ToArray()),
        BootTime = (ulong)cursor.I64("boot time"),
        Flags = (ulong)cursor.I64("flags"),
    };

    private static void ReadInterfaces(ref ByteCursor list, bool withLengths, SectionMetadata section)
    {
        while (list.Remaining >= 4)
        {
            section.CountEntry();
            if (withLengths)
            {
                int length = list.I32("entry length");
                ByteCursor entry = list.Child(length, "interface list entry");
                if (ReadInterface(ref entry) is { } card)
                    section.Interfaces.Add(card);
                else
                    section.SkippedEntries++;
            }
            else
            {
                section.Interfaces.Add(ReadInterface(ref list) ?? throw list.Bad("type", "it is none of the known types 1 to 4"));
            }
        }
    }

    // Null for a type that is not known.
    private static InterfaceRecord? ReadInterface(ref ByteCursor cursor)
    {
        ushort type = cursor.U16("type");
        if (type is 0 or > 4)
            return null;
        int nameLength = cursor.U16("name length");
        int size = type is 1 or 3 ? 4 : 16;
        IPAddress address = new(cursor.Take(size, "address"));
        IPAddress netmask = new(cursor.Take(size, "netmask"));
        IPAddress broadcast = new(cursor.Take(size, "broadcast address"));
        ulong speed = type <= 2 ? (ulong)cursor.I64("link speed") : 0;
        return new InterfaceRecord(cursor.Text(nameLength, "name"), address, netmask, broadcast, speed);
    }

    private static void ReadUsers(ref ByteCursor list, bool withLengths, SectionMetadata section)
    {
        while (list.Remaining >= 4)
        {
            section.CountEntry();
            if (withLengths)
            {
                int length = list.I32("entry length");
                if (length < 4)
                    throw list.Bad("entry length", $"{length} bytes are less than the field itself");
                ByteCursor entry = list.Child(length - 4, "user list entry");
                if (!TryReadUser(ref entry, section))
                    section.SkippedEntries++;
            }
            else if (!TryReadUser(ref list, section))
            {
                throw list.Bad("type", "it is neither a user (0) nor a group (1)");
            }
        }
    }

    // False for a type that is not known.
    private static bool TryReadUser(ref ByteCursor cursor, SectionMetadata section)
    {
        switch (cursor.U8("type"))
        {
            case 0:
                section.Users.Add(new UserRecord(
                    cursor.U32("uid"), cursor.U32("gid"), cursor.Text("name"), cursor.Text("home directory"), cursor.Text("shell")));
                return true;
            case 1:
                section.Groups.Add(new GroupRecord(cursor.U32("gid"), cursor.Text("name")));
                return true;
            default:
                return false;
        }
    }

    // Null for a type that is not known.
    private static string? Name(uint type) => type switch
    {
        InterfaceDescription => "interface description block",
        BlockType.MachineInfo => "machine info block",
        BlockType.InterfaceListV1 or BlockType.InterfaceListV2 => "interface list",
        BlockType.UserListV1 or BlockType.UserListV2 => "user list",
        BlockType.FdListV1 or BlockType.FdListV2 => "descriptor list",
        _ => BlockType.ProcessListVersion(type) > 0 ? "process list" : null,
    };
}
