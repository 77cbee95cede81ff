using System.Net;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class LimitsTests
{
    private static ByteText Long(int length) => new string('n', length);

    [Fact]
    public void A_process_name_of_1024_bytes_is_the_longest()
    {
        Written.AfterHeader(writer => writer.WriteProcesses([Written.Process() with { Comm = Long(1024), Cwd = Long(1024) }]));
        ArgumentException error = Refused(writer => writer.WriteProcesses([Written.Process() with { Cwd = Long(1025) }]));
        Assert.Equal(
            "ProcessRecord.Cwd of 100 is 1025 bytes long; a capture can hold 1024. Shorten it, or set CaptureWriterOptions.CutLongNames.",
            error.Message);
    }

    [Theory]
    [InlineData("Comm")]
    [InlineData("Exe")]
    [InlineData("ExePath")]
    [InlineData("Root")]
    public void The_error_names_the_field(string field)
    {
        ProcessRecord process = Written.Process();
        process = field switch
        {
            "Comm" => process with { Comm = Long(1025) },
            "Exe" => process with { Exe = Long(1025) },
            "ExePath" => process with { ExePath = Long(1025) },
            _ => process with { Root = Long(1025) },
        };
        string message = Refused(writer => writer.WriteProcesses([process])).Message;
        Assert.StartsWith($"ProcessRecord.{field} of 100 is 1025 bytes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_name_of_1023_bytes_is_the_longest()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            writer.WriteFds(100, [FdRecord.ForFile(3, Long(1023), 1)]);
            Assert.StartsWith(
                "FdRecord.Name of 3 is 1024 bytes",
                Assert.Throws<ArgumentException>(() => writer.WriteFds(100, [FdRecord.ForFile(3, Long(1024), 1)])).Message,
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Names_of_users_groups_interfaces_and_the_host_have_limits()
    {
        Assert.Contains(
            "UserRecord.Home of 5 is 256",
            Refused(w => w.WriteUsers([new(5, 5, "u", Long(256), "/s")], [])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "GroupRecord.Name of 6 is 256", Refused(w => w.WriteUsers([], [new(6, Long(256))])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "InterfaceRecord.Name is 1024",
            Refused(w => w.WriteInterfaces([new(Long(1024), IPAddress.Any, IPAddress.Any, IPAddress.Any)])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "MachineInfo.HostName is 129",
            Refused(w => w.WriteMachineInfo(new() { CpuCount = 1, MemoryBytes = 1, HostName = Long(129) })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Long_names_are_cut_where_that_is_wanted()
    {
        byte[] cut = Written.AfterHeader(
            writer => writer.WriteProcesses([Written.Process() with { Exe = Long(2000) }]), new() { CutLongNames = true });
        byte[] fits = Written.AfterHeader(writer => writer.WriteProcesses([Written.Process() with { Exe = Long(1024) }]));
        Assert.Equal(fits, cut);
    }

    [Fact]
    public void Lists_above_4096_bytes_are_cut_where_a_string_ends()
    {
        byte[] cut = Written.AfterHeader(writer => writer.WriteProcesses(
            [Written.Process() with { Environment = ByteText.FromList(new string('a', 3000), new string('b', 3000)) }]));
        byte[] fits = Written.AfterHeader(writer => writer.WriteProcesses(
            [Written.Process() with { Environment = ByteText.FromList(new string('a', 3000)) }]));
        Assert.Equal(fits, cut);
    }

    [Fact]
    public void A_list_of_4096_bytes_is_kept_whole()
    {
        ByteText list = ByteText.FromList(new string('a', 4095));
        byte[] bytes = Written.AfterHeader(writer => writer.WriteProcesses([Written.Process() with { Arguments = list }]));
        Assert.True(bytes.AsSpan().IndexOf(Written.Join((ushort)4096, list.Bytes.ToArray())) > 0);
    }

    [Fact]
    public void A_socket_needs_addresses_of_its_family()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            FdRecord without = new() { Fd = 5, Type = FdRecordType.Ipv4Socket };
            FdRecord mixed = new() { Fd = 6, Type = FdRecordType.Ipv4Server, SourceAddress = IPAddress.IPv6Loopback };
            Assert.Equal(
                "FdRecord.SourceAddress of 5 must be an IPv4 address, but is null.",
                Assert.Throws<ArgumentException>(() => writer.WriteFds(100, [without])).Message);
            Assert.Equal(
                "FdRecord.SourceAddress of 6 must be an IPv4 address, but is ::1.",
                Assert.Throws<ArgumentException>(() => writer.WriteFds(100, [mixed])).Message);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void Descriptor_types_that_old_readers_die_of_are_refused(byte type)
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            FdRecord fd = FdRecord.ForNamed(5, (FdRecordType)type, "x");
            string message = Assert.Throws<ArgumentException>(() => writer.WriteFds(100, [fd])).Message;
            Assert.StartsWith($"FdRecord.Type of 5 is {type};", message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_refused_record_leaves_nothing_behind()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            ProcessRecord bad = Written.Process(101) with { Comm = Long(1025) };
            Assert.Throws<ArgumentException>(() => writer.WriteProcesses([Written.Process(), bad]));
            writer.WriteUsers([], []);
        });
        Assert.Equal(Written.Join(0x220, 12, 12), bytes);
    }

    private static ArgumentException Refused(Action<CaptureWriter> write)
    {
        ArgumentException? error = null;
        Written.AfterHeader(writer => error = Assert.Throws<ArgumentException>(() => write(writer)));
        return error!;
    }
}
