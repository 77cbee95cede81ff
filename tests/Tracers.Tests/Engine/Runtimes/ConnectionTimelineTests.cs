using System.Text;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>What a web server's connection does for a request stands inside of that, whatever thread did it.</summary>
public sealed class ConnectionTimelineTests : IDisposable
{
    private const int Pid = 20;
    private const int Poller = 30;
    private const ushort Send = 1 + SendEnter;
    private const ushort SendEnter = 38;
    private const ushort ReceiveEnter = 42;
    private const ushort Receive = 1 + ReceiveEnter;
    private const ulong First = 0x20;
    private const ulong Second = 0x40;

    private static readonly FdCatalog s_fds = new();
    private static readonly FdInfo s_server = Connection(SocketRole.Server, "127.0.0.1", 40000, "127.0.0.1", 5000);

    private readonly CaptureWriter _former = new(Stream.Null);
    private readonly List<string> _lines = [];
    private readonly Output _output;
    private readonly EventTimeline _timeline;
    private readonly RuntimeActivities _activities;

    public ConnectionTimelineTests()
    {
        _former.WriteSectionHeader();
        _output = new Output(_lines);
        _timeline = new EventTimeline(_output);
        _activities = new RuntimeActivities(new RuntimeNumbers(Pid), _timeline.Requests, _timeline.Add);
    }

    public void Dispose()
    {
        _timeline.Dispose();
        _former.Dispose();
    }

    [Fact]
    public void What_is_received_before_a_request_begins_and_sent_in_it_is_its_own()
    {
        Call(5, 6, Receive, s_server);
        Request(10, First);
        Call(20, 21, Send, s_server);
        End(30, First);
        Assert.Equal([.. Received(5, 6, 16), ">16", .. Sent(20, 21, 16), "<16"], Released());
    }

    [Fact]
    public void A_response_that_is_sent_when_the_activity_has_ended_is_its_own_until_the_next_begins()
    {
        Request(10, First);
        End(20, First);
        Call(30, 31, Send, s_server);
        Call(40, 41, Receive, s_server);
        Request(50, Second);
        Call(60, 61, Send, s_server);
        End(70, Second);
        Assert.Equal([">16", "<16", .. Sent(30, 31, 16), .. Received(40, 41, 32), ">32", .. Sent(60, 61, 32), "<32"], Released());
    }

    [Fact]
    public void What_comes_in_before_the_response_is_the_request_s_own_body()
    {
        Request(10, First);
        Call(20, 21, Receive, s_server);
        Call(30, 31, Send, s_server);
        End(40, First);
        Call(50, 51, Receive, s_server);
        Request(60, Second);
        End(70, Second);
        Assert.Equal([">16", .. Received(20, 21, 16), .. Sent(30, 31, 16), "<16", .. Received(50, 51, 32), ">32", "<32"], Released());
    }

    [Fact]
    public void Behind_the_last_response_nothing_that_comes_in_is_anybody_s()
    {
        Request(10, First);
        Call(20, 21, Send, s_server);
        End(30, First);
        Call(40, 41, Receive, s_server);
        Assert.Equal([">16", .. Sent(20, 21, 16), "<16", "42 40", "43 41"], Released());
    }

    [Fact]
    public void Of_a_connection_that_requests_share_nobody_guesses()
    {
        Request(10, First, "HTTP/2");
        Call(20, 21, Send, s_server);
        End(30, First);
        Assert.Equal([">16", ">16 Ambiguous.send", "38 20", "39 21", "<16 Ambiguous.send", "<16"], Released());
    }

    [Fact]
    public void A_thread_that_is_in_a_span_does_what_it_does_for_that()
    {
        Request(10, First);
        Call(20, 21, Send, s_server, tid: Pid);
        End(30, First);
        Assert.Equal([">16", "38 20", "39 21", "<16"], Released());
    }

    [Fact]
    public void Of_a_call_whose_beginning_is_not_recorded_the_end_alone_is_in_the_span()
    {
        Request(10, First);
        Add(21, Send, new SocketUse(Pid, s_server, Receives: false), mayUse: false);
        End(30, First);
        Assert.Equal([">16", ">16 In.send", "39 21", "<16 In.send", "<16"], Released());
    }

    [Fact]
    public void A_call_that_moved_nothing_is_not_the_beginning_of_the_next()
    {
        Request(10, First);
        Add(15, SendEnter, null, mayUse: true);
        Add(16, Send, null, mayUse: false);
        Add(21, Send, new SocketUse(Pid, s_server, Receives: false), mayUse: false);
        End(30, First);
        Assert.Equal([">16", "38 15", "39 16", ">16 In.send", "39 21", "<16 In.send", "<16"], Released());
    }

    [Fact]
    public void What_was_sent_for_a_request_from_before_the_capture_is_not_in_it()
    {
        _timeline.Start = 15;
        Request(10, First);
        Call(20, 21, Send, s_server);
        Assert.Equal(["38 20", "39 21"], Released());
    }

    [Fact]
    public void What_was_sent_for_a_request_whose_tags_do_not_fit_is_in_none()
    {
        Request(10, First, name: new string('x', 40_000));
        Call(20, 21, Send, s_server);
        Assert.Equal(["38 20", "39 21"], Released());
    }

    [Fact]
    public void The_client_s_end_in_the_same_process_is_not_the_server_s()
    {
        Request(10, First);
        Call(20, 21, Send, Connection(SocketRole.Client, "127.0.0.1", 40000, "127.0.0.1", 5000));
        Assert.Equal([">16", "38 20", "39 21"], Released());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_a_connection_from_before_the_capture_the_own_end_stands_first(bool server)
    {
        const string Local = "[::1]:5000", Remote = "[::1]:40000";
        Request(10, First, local: Local, remote: Remote);
        Call(20, 21, Send, server ? Connection(SocketRole.Unknown, "::1", 5000, "::1", 40000) : Connection(SocketRole.Unknown, "::1", 40000, "::1", 5000));
        End(30, First);
        Assert.Equal(server ? [">16", .. Sent(20, 21, 16), "<16"] : [">16", "38 20", "39 21", "<16"], Released());
    }

    [Fact]
    public void A_scope_is_no_part_of_an_address()
    {
        Request(10, First, local: "[fe80::1%2]:5000", remote: "[fe80::2%2]:40000");
        Call(20, 21, Send, Connection(SocketRole.Server, "fe80::2", 40000, "fe80::1", 5000));
        End(30, First);
        Assert.Equal([">16", .. Sent(20, 21, 16), "<16"], Released());
    }

    [Fact]
    public void A_request_that_never_ends_has_what_is_sent_until_the_next()
    {
        Request(10, First);
        Call(20, 21, Send, s_server);
        Call(25, 26, Receive, s_server);
        Request(30, Second);
        Call(40, 41, Send, s_server);
        End(50, Second);
        Assert.Equal([">16", .. Sent(20, 21, 16), .. Received(25, 26, 32), ">32", .. Sent(40, 41, 32), "<32"], Released());
    }

    [Fact]
    public void Requests_and_responses_that_nobody_asks_about_are_forgotten()
    {
        const long Millisecond = 1_000_000;
        for (int i = 0; i < 100_000; i++)
        {
            Request(i * Millisecond, (ulong)(i + 1) << 8);
            End(i * Millisecond, (ulong)(i + 1) << 8);
            _timeline.Requests.Sent(new SocketUse(Pid, s_server, Receives: false), i * Millisecond);
        }

        Assert.InRange(_timeline.Requests.Remembered, 20_000, 50_000);
    }

    private static FdInfo Connection(SocketRole role, string source, ushort sourcePort, string destination, ushort destinationPort) => s_fds.Connection(
        source.Contains(':', StringComparison.Ordinal) ? FdKind.Ipv6 : FdKind.Ipv4, Transport.Tcp, role, Address(source), sourcePort, Address(destination), destinationPort);

    private static InternetAddress Address(string text) => InternetAddress.Read(System.Net.IPAddress.Parse(text));

    private static IEnumerable<string> Sent(long enter, long exit, long id) => [$">{id} In.send", $"38 {enter}", $"39 {exit}", $"<{id} In.send"];

    private static IEnumerable<string> Received(long enter, long exit, long id) => [$">{id} In.receive", $"42 {enter}", $"43 {exit}", $"<{id} In.receive"];

    private List<string> Released()
    {
        _timeline.ReleaseAll();
        return _lines;
    }

    private void Request(long time, ulong id, string protocol = "HTTP/1.1", string name = "In", string local = "127.0.0.1:5000", string remote = "127.0.0.1:40000")
    {
        RuntimeMoment moment = new(time, Pid);
        _activities.ActivityBegan(moment, new RuntimeActivity { Id = id, ParentId = 0, TraceId = "", Source = "", Name = name, Context = TraceScript.ContextOf(id) });
        _activities.RequestBegan(moment, new RuntimeRequest { ActivityId = id, Method = "GET", Path = "/", Protocol = protocol, LocalEnd = local, RemoteEnd = remote });
    }

    private void End(long time, ulong id)
    {
        _activities.ActivityEnded(new RuntimeMoment(time, Pid), id, [], failed: false);
    }

    private void Call(long enter, long exit, ushort type, FdInfo fd, int tid = Poller)
    {
        Add(enter, (ushort)(type & ~1), null, mayUse: true, tid);
        Add(exit, type, new SocketUse(Pid, fd, type == Receive), mayUse: false, tid);
    }

    private void Add(long time, ushort type, SocketUse? use, bool mayUse, int tid = Poller)
    {
        EventBuilder e = _former.BeginEvent((ulong)time, (ulong)tid, type, 1);
        e.AddI64(1);
        e.End();
        Assert.Null(EventView.TryCreate(_former.LastEventBlock, _former.LastEventOffset, 0, EventTable.Traits, out EventView view));
        _timeline.Add(in view, EventBlockOptions.None, time, use, mayUse);
    }

    /// <summary>Events by type and time; markers by kind, id and, of connections, tags.</summary>
    private sealed class Output(List<string> lines) : ITimelineOutput
    {
        private const int WriteExit = 9;

        public long ClockOffset => 0;

        public void Write(scoped in EventView e, EventBlockOptions options) => lines.Add($"{e.Type} {e.Timestamp}");

        public void Insert(scoped in EventView e, EventBlockOptions options)
        {
            if (e.Type != WriteExit)
                return;
            string[] parts = Encoding.UTF8.GetString(e.Parameter(1)).Split(':');
            lines.Add(parts[2].Contains('.', StringComparison.Ordinal) ? $"{parts[0]}{parts[1]} {parts[2]}" : parts[0] + parts[1]);
        }

        public void BeginNextFile() => lines.Add("next file");
    }
}
