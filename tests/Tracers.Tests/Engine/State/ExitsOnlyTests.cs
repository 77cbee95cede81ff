using Tracers.Engine.Analysis;
using Tracers.Engine.State;
using Tracers.Tests.Engine.Differential;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Captures of recorders that write no enter events (libs 0.21 and later): what stood there stands behind the exit's own parameters.</summary>
public class ExitsOnlyTests
{
    private static readonly byte[] s_data = "data"u8.ToArray();

    [Fact]
    public void Reads_and_writes_know_their_descriptor()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(100, 7, 4L, s_data, 4L, 10u)
            .Event(100, 9, 5L, s_data, 5L, 4u)
            .Event(100, 113, 3L, s_data, 4L, 3u, 0L)
            .Event(100, 117, 6L, 6u, s_data, 4L)
            .Event(100, 119, 7L, s_data, 5L, 7u));
        Assert.Equal(
            [("/tmp/blob.bin", 4L), ("10.0.0.9:50000->10.0.0.5:8888", 5), ("/tmp/blob.bin", 3), ("/tmp/blob.bin", 6), ("10.0.0.9:50000->10.0.0.5:8888", 7)],
            reading.Io.Select(io => (io.FdName, io.Result)));
    }

    [Fact]
    public void Nothing_is_made_of_the_time_in_the_call()
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, CaptureBuilder.Typical().Event(100, 7, 4L, s_data, 4L, 10u).ToArray());
        Assert.Empty(EngineTable.Read(file.Path, new IoQuery { Keys = [IoKey.FdName] }, t => t.Time));
        Assert.Equal([new("/tmp/blob.bin", 4)], EngineTable.Read(file.Path, new IoQuery { Keys = [IoKey.FdName] }, t => t.Bytes));
    }

    [Fact]
    public void Files_are_opened_and_closed()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(100, 3, 9L, "/a", 1u, 0u, 0u, 0L)
            .Event(100, 307, 10L, -100L, "b", 1u, 0u, 0u, 0L)
            .Event(100, 337, 11L, 4L, 0x401u, "/mnt/dir", 0u, 0L)
            .Event(100, 3, 12L, "/gone", 1u, 0u, 0u, 0L)
            .Event(100, 5, 0L, 12L)
            .Event(100, 3, 13L, "/kept", 1u, 0u, 0u, 0L)
            .Event(100, 5, -5L, 13L));
        Assert.Equal(("/a", "/root/b", "/mnt/dir", null, "/kept"), (reading.FdName(100, 9), reading.FdName(100, 10), reading.FdName(100, 11), reading.FdName(100, 12), reading.FdName(100, 13)));
        Assert.Equal(FdKind.Directory, reading.Fd(100, 11)!.Kind);
    }

    [Fact]
    public void Descriptors_are_duplicated_and_closed_by_ranges()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(100, 367, 20L, 4L)
            .Event(100, 363, 21L, 4L, 21L)
            .Event(100, 365, 22L, 5L, 22L, 0u)
            .Event(100, 151, 23L, 4L, (byte)1, 0L)
            .Event(100, 151, 24L, 4L, (byte)4, 0L)
            .Event(100, 451, 0L, 21u, 22u, 0u)
            .Event(100, 451, 0L, 3u, 5u, 2u));
        Assert.Equal(("/tmp/blob.bin", null, null, "/tmp/blob.bin", null), (reading.FdName(100, 20), reading.FdName(100, 21), reading.FdName(100, 22), reading.FdName(100, 23), reading.FdName(100, 24)));
        Assert.NotNull(reading.Fd(100, 3));
    }

    [Fact]
    public void Sockets_are_made_connected_and_accepted()
    {
        byte[] tuple = Written.Join((byte)2, 0x0500000A, (ushort)40000, 0x08080808, (ushort)53);
        byte[] listening = Written.Join((byte)2, 0, (ushort)8080);
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(100, 19, 30L, 2u, 1u, 0u).Event(100, 23, 0L, tuple, 30L, Array.Empty<byte>())
            .Event(100, 19, 31L, 2u, 1u, 0u).Event(100, 21, 0L, listening, 31L)
            .Event(100, 389, 32L, tuple, (byte)0, 0u, 1u, 0u)
            .Event(100, 19, 33L, 2u, 2u, 0u).Event(100, 31, 4L, s_data, 33L, 4u, tuple)
            .Event(100, 19, 34L, 1u, 1u, 0u));
        Assert.Equal("10.0.0.5:40000->8.8.8.8:53", reading.FdName(100, 30));
        Assert.Equal(("0.0.0.0:8080", SocketRole.Server), (reading.FdName(100, 31), reading.Fd(100, 31)!.Role));
        Assert.Equal(("10.0.0.5:40000->8.8.8.8:53", SocketRole.Server, Transport.Tcp), (reading.FdName(100, 32), reading.Fd(100, 32)!.Role, reading.Fd(100, 32)!.Transport));
        Assert.Equal(("10.0.0.5:40000->8.8.8.8:53", SocketRole.Client, Transport.Udp), (reading.FdName(100, 33), reading.Fd(100, 33)!.Role, reading.Fd(100, 33)!.Transport));
        Assert.Equal(FdKind.Unix, reading.Fd(100, 34)!.Kind);
    }

    [Fact]
    public void What_todays_calls_make_has_its_kind()
    {
        Reading reading = Reading.Of(CaptureBuilder.Typical()
            .Event(100, 393, 0L, 40L, 41L, 1L, 0u).Event(100, 397, 42L, (ushort)0, 0L).Event(100, 399, 43L, (ushort)0, -1L, 0u).Event(100, 395, 44L, (ushort)0)
            .Event(100, 375, 45L, 1).Event(100, 377, 46L, 0u).Event(100, 339, 47L, 1u).Event(100, 405, 48L, "heap", 0u).Event(100, 409, 49L, 100L, 0u)
            .Event(100, 407, 50L, 49L, 4L, 0u));
        Assert.Equal(
            [FdKind.Pipe, FdKind.Pipe, FdKind.Event, FdKind.SignalFd, FdKind.Inotify, FdKind.EventPoll, FdKind.EventPoll, FdKind.IoUring, FdKind.MemFd, FdKind.PidFd, FdKind.File],
            Enumerable.Range(40, 11).Select(fd => reading.Fd(100, fd)!.Kind));
        Assert.Equal(("heap", "/proc/100", "/tmp/blob.bin"), (reading.FdName(100, 48), reading.FdName(100, 49), reading.FdName(100, 50)));
    }

    [Fact]
    public void Markers_make_spans_and_hold_what_lies_between()
    {
        using TempFile file = new();
        byte[] open = "<:9:x::"u8.ToArray();
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 9, 7L, ">:9:x::"u8.ToArray(), 3L, 7u).Event(100, 7, 4L, s_data, 4L, 10u).Event(100, 9, 7L, open, 3L, 7u);
        File.WriteAllBytes(file.Path, capture.ToArray());
        Assert.Equal(("x", 2000), Assert.Single(Reading.OfFile(file.Path).Spans) is var span ? (span.Tags.Text, span.Duration) : default);
        Assert.Equal([new("x", 4)], EngineTable.Read(file.Path, new IoQuery { Keys = [IoKey.SpanTag] }, t => t.Bytes));
    }

    [Fact]
    public void A_line_shows_what_was_appended_only_where_there_is_no_enter_event()
    {
        using TempFile file = new();
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 7, 4L, s_data, 4L, 10u).Event(100, 6, 4L, 10u).Event(100, 7, 4L, s_data, 4L, 10u);
        File.WriteAllBytes(file.Path, capture.ToArray());
        Assert.Equal(
            ["< read res=4 data=data fd=4(<f>/tmp/blob.bin) size=10 ", "> read fd=4(<f>/tmp/blob.bin) size=10 ", "< read res=4 data=data "],
            EngineListing.Read(file.Path).Select(l => l[(l.IndexOf(')', StringComparison.Ordinal) + 2)..]));
    }
}
