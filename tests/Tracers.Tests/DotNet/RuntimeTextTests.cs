using System.Buffers.Binary;
using System.Text;
using Tracers.DotNet.Traces;
using Xunit;

namespace Tracers.Tests.DotNet;

public sealed class RuntimeTextTests
{
    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 0xb7ad6b7169203331, "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("", 0, "")]
    [InlineData("|abc.1.", 1, "")]
    public void An_id_is_a_number(string id, ulong number, string traceId)
    {
        ulong parsed = ActivityId.Parse(id, out string trace);
        Assert.Equal(traceId, trace);
        if (id.StartsWith('|'))
            Assert.NotEqual(0UL, parsed);
        else
            Assert.Equal(number, parsed);
        Assert.Equal(parsed, ActivityId.Parse(id, out _));
    }

    [Theory]
    [InlineData("|abc.1.2.", "|abc.1.")]
    [InlineData("|abc.1.f00_", "|abc.1.")]
    [InlineData("|abc.", "")]
    [InlineData("custom", "")]
    public void An_older_id_holds_that_of_its_parent(string id, string parent) => Assert.Equal(parent, ActivityId.ParentOf(id).ToString());

    [Theory]
    [InlineData("", "")]
    [InlineData("[a, 1]", "a=1")]
    [InlineData("[a, 1],[b.c, x, y],[d, ]", "a=1 b.c=x, y d=")]
    [InlineData("no tags", "")]
    public void Tags_come_as_one_text(string text, string expected) => Assert.Equal(expected, string.Join(' ', ActivityTags.Parse(text).Select(t => $"{t.Key}={t.Value}")));

    [Theory]
    [InlineData("127.0.0.1", "80", "127.0.0.1:80")]
    [InlineData("::ffff:10.1.2.3", "5000", "10.1.2.3:5000")]
    [InlineData("fe80::1%3", "5000", "[fe80::1]:5000")]
    [InlineData("", "", "")]
    [InlineData("", "0", "")]
    public void An_end_of_a_connection_is_as_captures_have_it(string address, string port, string end) => Assert.Equal(end, ConnectionEnd.Format(address, port));

    [Theory]
    [InlineData("Executing endpoint 'HTTP: GET /users/{id} => Handler'", "GET /users/{id}")]
    [InlineData("Executing endpoint 'HTTP: GET /it's'", "GET /it's")]
    [InlineData("Executing endpoint 'gRPC - /greet.Greeter/SayHello'", "gRPC - /greet.Greeter/SayHello")]
    [InlineData("Executing endpoint 'App.HomeController.Index (App)'", null)]
    [InlineData("Executing", null)]
    public void A_route_is_in_the_message_of_the_endpoint(string message, string? route) =>
        Assert.Equal(route, Routes.FromMessage([0, 0, 0, 0, 0, 0, 0, 0, .. Text("Microsoft.AspNetCore.Routing.EndpointMiddleware"), 0, 0, 0, 0, .. Text("ExecutingEndpoint"), .. Text(message)]));

    [Theory]
    [InlineData("GET", "api/things/{id}", "", "GET /api/things/{id}")]
    [InlineData("POST", "", "App.Controllers.HomeController.Index (App)", "POST HomeController.Index")]
    [InlineData("GET", "", "/Privacy", "GET /Privacy")]
    [InlineData("GET", "", "", null)]
    public void A_route_is_in_the_action(string method, string template, string name, string? route) => Assert.Equal(route, Routes.FromAction(method, template, name));

    [Fact]
    public void The_description_of_an_event_may_not_be_bottomless_or_endless()
    {
        // An object in an object in an object: each is a field of the type 1 with one field.
        byte[] deep = [.. Number(1), .. Enumerable.Repeat<IEnumerable<byte>>([.. Number(1), .. Number(1)], 5_000).SelectMany(b => b)];
        Assert.Equal("an event has too many fields", Assert.Throws<NettraceFormatException>(() => MetadataCheck.Check(Block(deep), 0)).Message);
        Assert.Equal("an event has too many fields", Assert.Throws<NettraceFormatException>(() => MetadataCheck.Check(Block(Number(int.MaxValue)), 0)).Message);
        Assert.Equal("the description of an event ends early", Assert.Throws<NettraceFormatException>(() => MetadataCheck.Check(Block(Number(1)), 0)).Message);
        MetadataCheck.Check(Block([.. Number(1), .. Number(9), .. Text("Count")]), 0);
        MetadataCheck.Check(Block(Number(0)), 0);
    }

    // A block of one event: the block's head, the event's head of which only the length counts, names and numbers, then the fields.
    private static byte[] Block(byte[] fields)
    {
        byte[] payload = [.. Number(1), .. Text("Provider"), .. Number(1), .. Text("Event"), .. new byte[16], .. fields];
        return [20, 0, 0, 0, .. new byte[16], .. new byte[76], .. Number(payload.Length), .. payload];
    }

    private static byte[] Number(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Text(string text) => Encoding.Unicode.GetBytes(text + '\0');
}
