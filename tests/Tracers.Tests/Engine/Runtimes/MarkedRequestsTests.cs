using System.Text;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>A process that marks itself says which connection serves which request.</summary>
public sealed class MarkedRequestsTests
{
    private const int Pid = 20;
    private const string Connection = "connection=127.0.0.1\\:5000-127.0.0.1\\:40000";

    private static readonly FdInfo s_server = new FdCatalog().Connection(FdKind.Ipv4, Transport.Tcp, SocketRole.Server, new(0, 0x7F000001), 40000, new(0, 0x7F000001), 5000);

    private readonly ConnectionRequests _requests = new();
    private readonly MarkedRequests _marked;

    public MarkedRequestsTests() => _marked = new MarkedRequests(_requests);

    [Fact]
    public void A_request_s_opening_marker_names_its_connection()
    {
        Take(10, $">:16:GET /a\\.b:parent=7,method=GET,protocol=HTTP/1.1,{Connection},path=/a.b:");
        RuntimeSpan request = Find(20)!;
        Assert.Equal((16, "GET /a\\.b", "HTTP/1.1", false), (request.Id, Encoding.UTF8.GetString(request.Tags!), request.Request!.Protocol, request.Request.IsShared));
        Assert.Null(Find(5));
    }

    [Fact]
    public void Its_closing_marker_ends_it_and_that_of_a_span_inside_does_not()
    {
        Take(10, $">:16:In:{Connection}:");
        RuntimeSpan request = Find(15)!;
        Take(20, "<:16:In.query::");
        Assert.Null(request.End);
        Take(30, "<:16:In::");
        Assert.Equal(30, request.End);
    }

    [Theory]
    [InlineData(">:16:In::")]
    [InlineData(">:16:In:connection=unix:")]
    [InlineData("<:16:In:connection=127.0.0.1\\:5000-127.0.0.1\\:40000:")]
    public void Other_markers_are_of_no_connection(string marker)
    {
        Take(10, marker);
        Assert.Null(Find(20));
    }

    [Fact]
    public void Requests_whose_end_was_lost_are_forgotten()
    {
        for (int i = 1; i <= 100_000; i++)
            Take(i * 10_000_000L, $">:{i}:In:{Connection}:");
        Assert.InRange(_marked.Remembered, 1, 20_000);
    }

    private RuntimeSpan? Find(long time) => _requests.Find(new SocketUse(Pid, s_server, Receives: false), time);

    private void Take(long time, string text)
    {
        Assert.Equal(MarkerParse.Ok, MarkerParser.Parse(Encoding.UTF8.GetBytes(text), new ThreadIdentity(Pid, Pid, 1, "web", 0), out Marker marker));
        _marked.Take(in marker, Pid, time);
    }
}
