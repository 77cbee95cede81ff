using System.Net;
using System.Text;
using Tracers.Engine.Scap;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Scap;

/// <summary>Lists before the events, written by hand in every version of the format.</summary>
public class MetadataListTests
{
    private static readonly uint[] s_processBlocks = [0, 0x202, 0x207, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_process_list_of_every_version_is_read_field_by_field(int version)
    {
        byte[] entries = [.. ProcessEntry(version, 100, "one"), .. ProcessEntry(version, 200, "four")];
        SectionMetadata section = Read(s_processBlocks[version], entries);
        Assert.Equal([100ul, 200ul], section.Processes.Select(p => p.Tid));
        ProcessRecord process = section.Processes[1];
        Assert.Equal((200ul, 7ul, "four", "exe"), (process.Pid, process.ParentTid, process.Comm.ToString(), process.Exe.ToString()));
        Assert.Equal(("a\0b\0", "/cwd/"), (process.Arguments.ToString(), process.Cwd.ToString()));
        Assert.Equal((1024, 0x2001u, 33u, 34u), (process.FdLimit, process.Flags, process.Uid, process.Gid));
        Assert.Equal(version >= 2 ? (1u, 2u, 3u, 4ul, 5ul) : default, (process.VmSizeKb, process.VmRssKb, process.VmSwapKb, process.MajorFaults, process.MinorFaults));
        Assert.Equal(version >= 3 ? "K=v\0" : "", process.Environment.ToString());
        Assert.Equal(version >= 4 ? (8, 9, "cpu=/x\0") : (-1, -1, ""), (process.VTid, process.VPid, process.Cgroups.ToString()));
        Assert.Equal(version >= 5 ? "/root" : "", process.Root.ToString());
        Assert.Equal(version >= 6 ? 77 : ulong.MaxValue, process.SessionId);
        Assert.Equal(version >= 7 ? "/bin/exe" : "", process.ExePath.ToString());
        Assert.Equal(version >= 8 ? 88 : ulong.MaxValue, process.ProcessGroup);
        Assert.Equal(-1, process.LoginUid);
    }

    [Theory]
    [InlineData(0x8000ABCDu, 1)]
    [InlineData(0x8013ABCDu, 2)]
    [InlineData(0x8014ABCDu, 3)]
    public void The_block_numbers_of_pre_releases_are_known(uint block, int version) =>
        Assert.Equal("old", Assert.Single(Read(block, ProcessEntry(version, 100, "old")).Processes).Comm.ToString());

    // Behind root: nothing; loginuid; + exe_writable; + capabilities (the longest of the old order); the two inserted fields before them.
    [Theory]
    [InlineData(0, -1, false)]
    [InlineData(4, 1000, false)]
    [InlineData(5, 1000, true)]
    [InlineData(29, 1000, true)]
    [InlineData(30, 1000, true)]
    [InlineData(41, 1000, true)]
    [InlineData(75, 1000, true)]
    public void Late_fields_of_a_process_are_found_in_both_orders(int tail, int loginUid, bool writable)
    {
        byte[] late = Written.Join(tail > 29 ? new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 } : [], 1000, (byte)1, new byte[64]);
        byte[] entries = [.. ProcessEntry(9, 100, "first", late[..tail]), .. ProcessEntry(9, 101, "second")];
        SectionMetadata section = Read(0x215, entries);
        Assert.Equal((loginUid, writable), (section.Processes[0].LoginUid, section.Processes[0].ExeWritable));
        Assert.Equal("second", section.Processes[1].Comm.ToString());
    }

    [Fact]
    public void Todays_late_fields_of_a_process_are_read_as_far_as_the_entry_goes()
    {
        byte[] late = Written.Join(0x1122334455667788L, 34816u, 1000, (byte)1, 1L, 2L, 3L, (byte)1, 4L, 5L, 6L, (byte)1, (byte)1, 77L);
        for (int length = 30; length <= late.Length + 5; length++)
        {
            byte[] tail = [.. late, .. new byte[5]];
            ProcessRecord process = Assert.Single(Read(0x215, ProcessEntry(9, 100, "p", tail[..length])).Processes);
            ProcessRecord expected = Assert.Single(Read(0x215, ProcessEntry(9, 100, "p")).Processes) with
            {
                PidNamespaceStart = 0x1122334455667788,
                Tty = 34816,
                LoginUid = 1000,
                ExeWritable = true,
                InheritableCapabilities = length >= 25 ? 1ul : 0,
                PermittedCapabilities = length >= 33 ? 2ul : 0,
                EffectiveCapabilities = length >= 41 ? 3ul : 0,
                ExeUpperLayer = length >= 42,
                ExeInode = length >= 50 ? 4ul : 0,
                ExeChangeTime = length >= 58 ? 5ul : 0,
                ExeModifyTime = length >= 66 ? 6ul : 0,
                ExeFromMemfd = length >= 67,
                ExeLowerLayer = length >= 68,
                HostProcessGroup = length >= 76 ? 77 : -1,
            };
            Assert.Equal(expected, process);
        }
    }

    [Fact]
    public void The_capabilities_of_the_old_order_are_read()
    {
        ProcessRecord process = Assert.Single(Read(0x215, ProcessEntry(9, 100, "p", Written.Join(1000, (byte)1, 1L, 2L, 3L))).Processes);
        Assert.Equal((1000, true, 1ul, 2ul, 3ul, 0u), (process.LoginUid, process.ExeWritable, process.InheritableCapabilities, process.PermittedCapabilities, process.EffectiveCapabilities, process.Tty));
    }

    [Theory]
    [InlineData(0x203u)]
    [InlineData(0x8001ABCDu)]
    [InlineData(0x218u)]
    public void Descriptors_of_every_type_are_read(uint block)
    {
        bool withLengths = block == 0x218;
        byte[] four = [10, 0, 0, 1, 10, 0, 0, 2], six = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        List<byte> body = [.. Written.Join(100L)];
        Add(1, Str("/a"));
        Add(2, Str("/dir"));
        Add(3, Written.Join(four, (ushort)1234, (ushort)80, (byte)2));
        Add(4, Written.Join(six, (ushort)1234, (ushort)80, (byte)3));
        Add(5, Written.Join(four[..4], (ushort)8888, (byte)2));
        Add(6, Written.Join(six[..16], (ushort)8888, (byte)2));
        Add(8, Written.Join(0x11L, 0x22L, Str("/sock")));
        Add(16, Written.Join(2u, Str("/f"), withLengths ? BitConverter.GetBytes(5u) : []));
        foreach (byte type in (byte[])[7, 9, 10, 11, 12, 13, 14, 15])
            Add(type, Str($"name{type}"));

        List<FdRecord> fds = [.. Read(block, [.. body]).Descriptors.Select(d => d.Value)];
        Assert.Equal(16, fds.Count);
        Assert.All(fds, fd => Assert.Equal(((long)fd.Type + 10, 99ul), (fd.Fd, fd.Inode)));
        Assert.Equal(("/a", "/dir"), (fds[0].Name.ToString(), fds[1].Name.ToString()));
        Assert.Equal((IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), 1234, 80, 2), (fds[2].SourceAddress, fds[2].DestinationAddress, fds[2].SourcePort, fds[2].DestinationPort, fds[2].Transport));
        Assert.Equal((new IPAddress(six[..16]), new IPAddress(six[16..]), 1234, 80, 3), (fds[3].SourceAddress, fds[3].DestinationAddress, fds[3].SourcePort, fds[3].DestinationPort, fds[3].Transport));
        Assert.Equal((IPAddress.Parse("10.0.0.1"), 8888, 2), (fds[4].SourceAddress, fds[4].SourcePort, fds[4].Transport));
        Assert.Equal((new IPAddress(six[..16]), 8888), (fds[5].SourceAddress, fds[5].SourcePort));
        Assert.Equal((0x11ul, 0x22ul, "/sock"), (fds[6].UnixSource, fds[6].UnixDestination, fds[6].Name.ToString()));
        Assert.Equal((2u, "/f", withLengths ? 5u : 0u), (fds[7].OpenFlags, fds[7].Name.ToString(), fds[7].Device));
        Assert.All(fds[8..], fd => Assert.Equal($"name{(int)fd.Type}", fd.Name.ToString()));

        void Add(byte type, byte[] payload)
        {
            byte[] entry = Written.Join(type + 10L, 99L, type, payload);
            body.AddRange(withLengths ? Written.Join(entry.Length + 4, entry) : entry);
        }
    }

    [Theory]
    [InlineData(22)]
    [InlineData(200)]
    public void Descriptors_of_unknown_types_are_skipped_and_counted_where_the_entry_has_a_length(byte type)
    {
        byte[] entry = Written.Join(33L, 99L, type, new byte[] { 1, 2, 3 });
        byte[] next = Written.Join(34L, 99L, (byte)1, Str("/next"));
        CaptureBuilder capture = new CaptureBuilder().Header().Block(0x218, Written.Join(100L, entry.Length + 4, entry, next.Length + 4, next));
        Reading reading = Reading.Of(capture.Write(100, 34, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal((null, "/next"), (reading.FdName(100, 33), reading.FdName(100, 34)));
        Assert.Equal(1, reading.Statistics.SkippedEntries);

        ScapFormatException error = Assert.Throws<ScapFormatException>(() => Read(0x203, Written.Join(100L, entry)));
        Assert.Equal("descriptor list: type", error.Field);
    }

    [SkippableFact]
    public void The_vector_that_sysdig_refuses_for_it_is_read() =>
        Assert.Equal((2, null), (Reading.OfFile(Repository.Shared("vectors/fdl-badtid.scap")).Events.Count, Reading.OfFile(Repository.Shared("vectors/fdl-badtid.scap")).Error));

    [Fact]
    public void Interfaces_and_users_of_unknown_types_are_skipped_and_counted_where_the_entry_has_a_length()
    {
        byte[] user = Written.Join((byte)2, 33u, 34u), group = Written.Join((byte)1, 50u, Str("staff")), card = Written.Join((ushort)5, "what"u8.ToArray());
        SectionMetadata section = Read(0x220, Written.Join(user.Length + 4, user, group.Length + 4, group));
        Assert.Equal((1, 1), (section.SkippedEntries, section.Groups.Count));
        section = Read(0x219, Written.Join(card.Length, card));
        Assert.Equal((1, 0), (section.SkippedEntries, section.Interfaces.Count));

        Assert.Equal("user list: type", Assert.Throws<ScapFormatException>(() => Read(0x206, user)).Field);
        Assert.Equal("interface list: type", Assert.Throws<ScapFormatException>(() => Read(0x205, card)).Field);
    }

    [Theory]
    [InlineData(0x203u)]
    [InlineData(0x218u)]
    public void Descriptors_of_todays_types_have_a_type_and_a_name(uint block)
    {
        List<byte> body = [.. Written.Join(100L)];
        for (byte type = 17; type <= 21; type++)
        {
            byte[] entry = Written.Join((long)type, 99L, type, Str($"name{type}"));
            body.AddRange(block == 0x218 ? Written.Join(entry.Length + 4, entry) : entry);
        }

        Reading reading = Reading.Of(new CaptureBuilder().Header().Block(block, [.. body]).Write(100, 17, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal(["bpf b", "userfaultfd u", "io_uring r", "memfd m", "pidfd P"], Enumerable.Range(17, 5).Select(fd => $"{reading.Fd(100, fd)!.Kind.Name()} {reading.Fd(100, fd)!.Kind.Letter()}"));
        Assert.Equal(["name17", "name18", "name19", "name20", "name21"], reading.FdNames(100, 17, 18, 19, 20, 21));
    }

    [Fact]
    public void Descriptors_of_a_thread_that_no_process_list_declares_are_known()
    {
        byte[] entry = Written.Join(4L, 99L, (byte)1, Str("/x"));
        Reading reading = Reading.Of(new CaptureBuilder().Header().Block(0x203, Written.Join(42L, entry)).Write(42, 4, "abc"));
        Assert.Null(reading.Error);
        Assert.Equal("/x", reading.Events[1].FdName);
    }

    [Fact]
    public void A_descriptor_of_unknown_type_has_no_name_and_the_next_entry_follows_it()
    {
        SectionMetadata section = Read(0x203, Written.Join(100L, 5L, 1L, (byte)0, 6L, 1L, (byte)1, Str("/x")));
        Assert.Equal(["", "/x"], section.Descriptors.Select(d => d.Value.Name.ToString()));
    }

    [Theory]
    [InlineData(0x205u)]
    [InlineData(0x8011ABCDu)]
    [InlineData(0x219u)]
    public void Interfaces_of_all_four_types_are_read(uint block)
    {
        List<byte> body = [];
        foreach (ushort type in (ushort[])[1, 2, 3, 4])
        {
            int size = type % 2 == 1 ? 4 : 16;
            byte[] entry = Written.Join(type, (ushort)4, Enumerable.Range(0, size * 3).Select(i => (byte)(i + type)).ToArray(), type <= 2 ? BitConverter.GetBytes(1000L) : [], $"eth{type}");
            body.AddRange(block == 0x219 ? Written.Join(entry.Length, entry) : entry);
        }

        List<InterfaceRecord> interfaces = Read(block, [.. body]).Interfaces;
        Assert.Equal(["eth1", "eth2", "eth3", "eth4"], interfaces.Select(i => i.Name.ToString()));
        Assert.Equal([1000ul, 1000ul, 0ul, 0ul], interfaces.Select(i => i.LinkSpeed));
        Assert.Equal(IPAddress.Parse("1.2.3.4"), interfaces[0].Address);
        Assert.Equal(IPAddress.Parse("7.8.9.10"), interfaces[2].Netmask);
        Assert.Equal(new IPAddress([.. Enumerable.Range(36, 16).Select(i => (byte)i)]), interfaces[3].Broadcast);
    }

    [Theory]
    [InlineData(0x206u)]
    [InlineData(0x8012ABCDu)]
    [InlineData(0x220u)]
    public void Users_and_groups_are_read(uint block)
    {
        byte[] user = Written.Join((byte)0, 33u, 34u, Str("www"), Str("/var/www"), Str("/bin/sh")), group = Written.Join((byte)1, 50u, Str("staff"));
        SectionMetadata section = Read(block, block == 0x220 ? Written.Join(user.Length + 4, user, group.Length + 4, group) : Written.Join(user, group));
        Assert.Equal(new UserRecord(33, 34, "www", "/var/www", "/bin/sh"), Assert.Single(section.Users));
        Assert.Equal(new GroupRecord(50, "staff"), Assert.Single(section.Groups));
    }

    [Fact]
    public void The_machine_is_read()
    {
        byte[] host = new byte[128];
        "web"u8.CopyTo(host);
        MachineInfo machine = Read(0x201, Written.Join(8u, 16L << 30, 32768L, host, 5L, 6L, 0L, 0L)).Machine!;
        Assert.Equal((8u, 16ul << 30, 32768ul, "web", 5ul, 6ul), (machine.CpuCount, machine.MemoryBytes, machine.MaxPid, machine.HostName.ToString(), machine.BootTime, machine.Flags));
    }

    /// <summary>An entry of any version; only v9 has a length and late fields.</summary>
    internal static byte[] ProcessEntry(int version, long tid, string comm, byte[]? late = null)
    {
        byte[] none = [];
        byte[] entry = Written.Join(
            tid, tid, 7L,
            version >= 6 ? BitConverter.GetBytes(77L) : none,
            version >= 8 ? BitConverter.GetBytes(88L) : none,
            Str(comm), Str("exe"),
            version >= 7 ? Str("/bin/exe") : none,
            Str("a\0b\0"), Str("/cwd/"), 1024L, 0x2001u, 33u, 34u,
            version >= 2 ? Written.Join(1u, 2u, 3u, 4L, 5L) : none,
            version >= 3 ? Str("K=v\0") : none,
            version >= 4 ? Written.Join(8L, 9L, Str("cpu=/x\0")) : none,
            version >= 5 ? Str("/root") : none,
            late ?? none);
        return version == 9 ? Written.Join(entry.Length + 4, entry) : entry;
    }

    internal static byte[] Str(string text) => Written.Join((ushort)Encoding.UTF8.GetByteCount(text), text);

    private static SectionMetadata Read(uint block, byte[] body) => Reading.Metadata(new CaptureBuilder().Header().Block(block, body));
}
