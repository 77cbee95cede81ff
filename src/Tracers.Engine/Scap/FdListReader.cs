using System.Net;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Scap;

/// <summary>Reads one descriptor list (FORMAT.md 3.4).</summary>
internal static class FdListReader
{
    public static void Read(ref ByteCursor list, bool withLengths, SectionMetadata section)
    {
        int tid = (int)list.I64("tid");
        while (list.Remaining >= 4)
        {
            section.CountEntry();
            if (withLengths)
            {
                int length = list.I32("entry length");
                if (length < 4)
                    throw list.Bad("entry length", $"{length} bytes are less than the field itself");
                ByteCursor entry = list.Child(length - 4, "descriptor list entry");

                // Later programs may know more types. An entry with a length can be passed over; without one it is damage.
                if (ReadEntry(ref entry, withLengths) is { } record)
                    section.Descriptors.Add(new(tid, record));
                else
                    section.SkippedEntries++;
            }
            else
            {
                section.Descriptors.Add(new(tid, ReadEntry(ref list, withLengths) ?? throw list.Bad("type", "it is none of the known descriptor types")));
            }
        }
    }

    // Null for a type that is not known.
    private static FdRecord? ReadEntry(ref ByteCursor cursor, bool withLengths)
    {
        FdRecord record = new()
        {
            Fd = cursor.I64("fd"),
            Inode = (ulong)cursor.I64("inode"),
            Type = (FdRecordType)cursor.U8("type"),
        };
        switch (record.Type)
        {
            case FdRecordType.Unknown:
                return record;
            case FdRecordType.Ipv4Socket:
                return ReadSocket(record, ref cursor, 4);
            case FdRecordType.Ipv6Socket:
                return ReadSocket(record, ref cursor, 16);
            case FdRecordType.Ipv4Server:
                return ReadServer(record, ref cursor, 4);
            case FdRecordType.Ipv6Server:
                return ReadServer(record, ref cursor, 16);
            case FdRecordType.UnixSocket:
                return record with
                {
                    UnixSource = (ulong)cursor.I64("source"),
                    UnixDestination = (ulong)cursor.I64("destination"),
                    Name = cursor.Text("name"),
                };
            case FdRecordType.FileV2:
                record = record with { OpenFlags = cursor.U32("open flags"), Name = cursor.Text("name") };
                return withLengths && cursor.Remaining >= 4 ? record with { Device = cursor.U32("device") } : record;
            case <= FdRecordType.PidFd:
                return record with { Name = cursor.Text("name") };
            default:
                return null;
        }
    }

    private static FdRecord ReadSocket(FdRecord record, ref ByteCursor cursor, int size) => record with
    {
        SourceAddress = new IPAddress(cursor.Take(size, "source address")),
        DestinationAddress = new IPAddress(cursor.Take(size, "destination address")),
        SourcePort = cursor.U16("source port"),
        DestinationPort = cursor.U16("destination port"),
        Transport = cursor.U8("transport"),
    };

    private static FdRecord ReadServer(FdRecord record, ref ByteCursor cursor, int size) => record with
    {
        SourceAddress = new IPAddress(cursor.Take(size, "address")),
        SourcePort = cursor.U16("port"),
        Transport = cursor.U8("transport"),
    };
}
