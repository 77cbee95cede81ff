using System.Buffers.Binary;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Scap.Writing;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Every call of either table, entered and left by a thread of its own, is listed as sysdig lists it.</summary>
public class ShapedListingTests
{
    private const int FirstTid = 5000;
    private const int SocketEnter = 18;

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-2)]
    public void Every_call_is_listed_as_sysdig_lists_it(long result)
    {
        using TempFile file = new();
        CallTable table = CallTable.Load(CaptureMode.Full, []);
        RecordShaper shaper = new(table, new NoCgroups()) { ClockOffset = (long)Shaped.ClockOffset };
        using (CaptureWriter writer = CaptureWriter.Create(file.Path))
        {
            writer.WriteSectionHeader();
            writer.WriteProcesses([.. Enumerable.Range(0, CallRow.Count).Select(i => CaptureBuilder.Process(FirstTid + i, $"p{i}"))]);
            for (int i = 0; i < CallRow.Count; i++)
                writer.WriteFds((ulong)(FirstTid + i), EventChance.Descriptors());
            for (int i = 0; i < CallRow.Count; i++)
            {
                // A socket's descriptor, or a family that sysdig gives a name to.
                int first = table.Enter[i]!.Type == SocketEnter ? 2 : 6;
                Assert.True(shaper.Shape(Record(i, RecordBytes.Enter(i % CallRow.FirstCompat, first, 5, 3, 1, 2, 0), table.Enter[i]!), 0, writer));
                Assert.True(shaper.Shape(Record(i, RecordBytes.ExitWith(i % CallRow.FirstCompat, result, first, 5, 3, 1, 2, 0), table.Exit[i]!), 0, writer));
            }
        }

        string[] sysdig = Sysdig.Read(file.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] ours = [.. EngineListing.Read(file.Path).SelectMany(l => l.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(UnnumberedCalls.AsSysdigHasIt)];
        string[] differences = [.. sysdig.Zip(ours).Where(p => p.First != p.Second).Select(p => $"sysdig {p.First}\nours   {p.Second}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
        Assert.Equal(sysdig.Length, ours.Length);
        Assert.Equal(2 * CallRow.Count, ours.Length);
    }

    private static byte[] Record(int index, RecordBytes record, EventShape shape)
    {
        foreach (CopyKind kind in shape.Slots)
            record.Copy(kind, CopyOf(kind));
        byte[] bytes = record.ToArray();
        if (index >= CallRow.FirstCompat)
            bytes[5] |= (byte)RecordFlags.Compat;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), FirstTid + index);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), FirstTid + index);
        return bytes;
    }

    private static byte[] CopyOf(CopyKind kind) => kind switch
    {
        CopyKind.String => "/tmp/some file"u8.ToArray(),
        CopyKind.Buffer or CopyKind.IoVec => "data\x01 of a call"u8.ToArray(),
        CopyKind.Fixed => Written.Join(7, 0, 3, 0, 2L, 1L, 0L, 5L, 6L, 7L, 0x3F),
        CopyKind.SockAddr or CopyKind.SockAddrOut => [2, 0, 0x22, 0xB8, 10, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0],
        CopyKind.Socket => SocketRecordTests.Socket(2),
        CopyKind.PollFds => Written.Join(3, (ushort)1, (ushort)1, 4, (ushort)4, (ushort)0x10),
        CopyKind.Task or CopyKind.TaskEnvironment => TaskRecordTests.Task("ls\0-l\0", "A=1\0"),
        CopyKind.Memory => Written.Join(5000, 600, 7, 0),
        CopyKind.File => Written.Join(77UL, (0x103u << 20) | 2, 0x81A4u),
        CopyKind.Argv => "ls\0-l\0"u8.ToArray(),
        _ => [],
    };

    private sealed class NoCgroups : ICgroupNames
    {
        public ReadOnlySpan<byte> Find(ulong cgroupId, uint tid) => default;
    }
}
