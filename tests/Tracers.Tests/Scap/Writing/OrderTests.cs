using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

public class OrderTests
{
    [Fact]
    public void Nothing_comes_before_the_section_header()
    {
        using CaptureWriter writer = new(new MemoryStream());
        Assert.Equal(
            "Processes need a section header first: call WriteSectionHeader.",
            Assert.Throws<InvalidOperationException>(() => writer.WriteProcesses([])).Message);
        Assert.Equal(
            "Events need a section header first: call WriteSectionHeader.",
            Assert.Throws<InvalidOperationException>(() => Written.AddWrite(writer)).Message);
        Assert.Throws<InvalidOperationException>(() => writer.WriteRawEvent(0, EventBlockOptions.None, EventBuilderTests.RawEvent()));
    }

    [Fact]
    public void The_machine_comes_before_its_processes()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            Assert.Equal(
                "Users cannot follow processes: they describe the machine before its processes.",
                Assert.Throws<InvalidOperationException>(() => writer.WriteUsers([], [])).Message);
            Assert.Throws<InvalidOperationException>(() => writer.WriteInterfaces([]));
            Assert.Throws<InvalidOperationException>(
                () => writer.WriteMachineInfo(new() { CpuCount = 1, MemoryBytes = 1, HostName = "h" }));
        });
    }

    [Fact]
    public void Processes_come_before_descriptors()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            writer.WriteProcesses([Written.Process(101)]);
            writer.WriteFds(100, []);
            Assert.Equal(
                "Processes cannot follow descriptor lists: they come before their descriptors.",
                Assert.Throws<InvalidOperationException>(() => writer.WriteProcesses([])).Message);
        });
    }

    [Fact]
    public void Descriptors_come_before_events()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            Written.AddWrite(writer);
            Assert.Equal(
                "Descriptor lists cannot follow events: they say what was open before the first event.",
                Assert.Throws<InvalidOperationException>(() => writer.WriteFds(100, [])).Message);
            Assert.Throws<InvalidOperationException>(() => writer.WriteRawMetadata(0x7777, []));
        });
    }

    [Fact]
    public void Descriptors_need_a_process_of_the_list()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteProcesses([Written.Process()]);
            Assert.Equal(
                "Descriptors of 42 need its process first: no WriteProcesses named that tid.",
                Assert.Throws<InvalidOperationException>(() => writer.WriteFds(42, [])).Message);
            writer.WriteFds(100, []);
        });
    }

    [Fact]
    public void Copied_process_lists_are_trusted_to_name_the_tid()
    {
        Written.AfterHeader(writer =>
        {
            writer.WriteRawMetadata(0x212, new byte[4]);
            writer.WriteFds(42, []);
        });
    }

    [Theory]
    [InlineData(0x0A0D0D0A)]
    [InlineData(0x216)]
    [InlineData(0x204)]
    [InlineData(0x222)]
    public void Section_headers_and_events_are_not_metadata(uint type) =>
        Written.AfterHeader(writer => Assert.Throws<ArgumentException>("blockType", () => writer.WriteRawMetadata(type, [])));

    [Fact]
    public void A_second_section_may_begin_only_after_an_event()
    {
        byte[] bytes = Written.AfterHeader(writer =>
        {
            Assert.Throws<InvalidOperationException>(writer.WriteSectionHeader);
            writer.WriteProcesses([Written.Process()]);
            Written.AddWrite(writer);
            writer.WriteSectionHeader();
            Assert.Throws<InvalidOperationException>(() => writer.WriteFds(100, []));
            writer.WriteProcesses([Written.Process()]);
            writer.WriteFds(100, []);
        });
        Assert.True(bytes.AsSpan().IndexOf(Convert.FromHexString("0A0D0D0A1C000000")) > 0);
    }

    [Fact]
    public void A_writer_that_was_disposed_says_so()
    {
        CaptureWriter writer = new(new MemoryStream());
        writer.WriteSectionHeader();
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Written.AddWrite(writer));
        Assert.Throws<ObjectDisposedException>(writer.Flush);
    }

    [Fact]
    public void The_buffer_must_hold_the_largest_event() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CaptureWriter(new MemoryStream(), new() { BufferBytes = 1 << 16 }));
}
