using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class MeasureTracerIOTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_sums = ["Calls", "Bytes", "ReadBytes", "WriteBytes", "FileBytes", "NetworkBytes", "Errors", "Time", "Fds"];

    // Keys, then calls, bytes, read, written, file, network, errors, time, descriptors; most bytes first.
    public static TheoryData<string, string[]> Tables => new()
    {
        {
            "SpanTag",
            ["request.read 2 1000 1000 0 1000 0 1 300us 1", "request 2 340 0 340 40 300 0 60us 2", "hang 1 7 0 7 7 0 0 5us 1"]
        },
        { "SpanRoot", ["request 4 1340 1000 340 1040 300 1 360us 2", "hang 1 7 0 7 7 0 0 5us 1"] },
        {
            "SpanId",
            ["7 3 1300 1000 300 1000 300 1 350us 2", "8 1 40 0 40 40 0 0 10us 1", "10 1 7 0 7 7 0 0 5us 1"]
        },
        {
            "FdName",
            [
                "/var/backup.tar 1 5000 5000 0 5000 0 0 1ms 1", "/srv/data.bin 4 1047 1000 47 1047 0 1 315us 1",
                "10.0.0.9:52000->10.0.0.5:8080 1 300 0 300 0 300 0 50us 1", "pipe:[77] 1 60 0 60 0 0 0 20us 1",
            ]
        },
        {
            "FdType",
            ["file 5 6047 6000 47 6047 0 1 1.315ms 2", "ipv4 1 300 0 300 0 300 0 50us 1", "pipe 1 60 0 60 0 0 0 20us 1"]
        },
        {
            "FdDirectory",
            ["/var 1 5000 5000 0 5000 0 0 1ms 1", "/srv 4 1047 1000 47 1047 0 1 315us 1", "null 2 360 0 360 0 300 0 70us 2"]
        },
        {
            "Process",
            ["tar 2 5060 5000 60 5000 0 0 1.02ms 2", "web 3 1300 1000 300 1000 300 1 350us 2", "web-worker 2 47 0 47 47 0 0 15us 1"]
        },
        { "User", ["root 2 5060 5000 60 5000 0 0 1.02ms 2", "33 5 1347 1000 347 1047 300 1 365us 2"] },
        {
            "Container",
            ["host 4 5107 5000 107 5047 0 0 1.035ms 3", "0123456789ab 3 1300 1000 300 1000 300 1 350us 2"]
        },
        { "Port", ["null 6 6107 6000 107 6047 0 1 1.335ms 3", "8080 1 300 0 300 0 300 0 50us 1"] },
        {
            "ProcessName",
            ["tar 2 5060 5000 60 5000 0 0 1.02ms 2", "web 3 1300 1000 300 1000 300 1 350us 2", "web-worker 2 47 0 47 47 0 0 15us 1"]
        },
        { "ProcessId", ["200 2 5060 5000 60 5000 0 0 1.02ms 2", "100 5 1347 1000 347 1047 300 1 365us 2"] },
        {
            "ThreadId",
            ["200 2 5060 5000 60 5000 0 0 1.02ms 2", "100 3 1300 1000 300 1000 300 1 350us 2", "101 2 47 0 47 47 0 0 15us 1"]
        },
        {
            "Syscall",
            ["read 3 6000 6000 0 6000 0 1 1.3ms 2", "sendto 1 300 0 300 0 300 0 50us 1", "write 3 107 0 107 47 0 0 35us 2"]
        },
        {
            "SpanTag, FdType",
            [
                "request.read file 2 1000 1000 0 1000 0 1 300us 1", "request ipv4 1 300 0 300 0 300 0 50us 1",
                "request file 1 40 0 40 40 0 0 10us 1", "hang file 1 7 0 7 7 0 0 5us 1",
            ]
        },
        {
            "ProcessId, Syscall, SpanRoot -IncludeUnattributed",
            [
                "200 read null 1 5000 5000 0 5000 0 0 1ms 1", "100 read request 2 1000 1000 0 1000 0 1 300us 1",
                "100 sendto request 1 300 0 300 0 300 0 50us 1", "200 write null 1 60 0 60 0 0 0 20us 1",
                "100 write request 1 40 0 40 40 0 0 10us 1", "100 write hang 1 7 0 7 7 0 0 5us 1",
            ]
        },
        { "SpanTag, SpanTag -Tag hang", ["hang 1 7 0 7 7 0 0 5us 1"] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_row_has_its_keys_first_and_then_the_sums(string by, string[] rows)
    {
        IReadOnlyList<PSObject> output = Host.Run($"Measure-TracerIO $sample -By {by}");
        Assert.Equal(rows, output.Select(row => string.Join(' ', Properties(row).Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]))));
        string[] keys = [.. by.Split(" -")[0].Split(", ").Distinct()];
        Assert.All(output, row => Assert.Equal(keys.Concat(s_sums), row.Properties.Select(p => p.Name)));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Events_from_the_pipeline_give_the_same_rows_as_their_file(string by, string[] rows)
    {
        Assert.NotEmpty(rows);
        Assert.Equal(AsText($"Measure-TracerIO $sample -By {by}"), AsText($"Get-TracerEvent $sample | Measure-TracerIO -By {by}"));
        Assert.Equal(AsText($"Measure-TracerIO $demo -By {by}"), AsText($"Get-TracerEvent $demo | Measure-TracerIO -By {by}"));
    }

    [Theory]
    [InlineData("-FdType file", "request.read 1000, request 40, hang 7")]
    [InlineData("-FdType ipv4", "request 300")]
    [InlineData("-FdType IPV4, ipv6", "request 300")]
    [InlineData("-FdType pipe", "")]
    [InlineData("-FdType pipe -IncludeUnattributed", "null 60")]
    [InlineData("-Direction Read", "request.read 1000")]
    [InlineData("-Direction Write", "request 340, hang 7")]
    [InlineData("-Direction Both", "request.read 1000, request 340, hang 7")]
    [InlineData("-IncludeUnattributed", "null 5060, request.read 1000, request 340, hang 7")]
    [InlineData("-Tag request", "request.read 1000, request 340")]
    [InlineData("-Tag request.*", "request.read 1000")]
    [InlineData("-Tag HANG, *.read", "request.read 1000, hang 7")]
    [InlineData("-Tag read", "request.read 1000")]
    [InlineData("-Tag equest", "")]
    [InlineData("-Tag request -IncludeUnattributed", "request.read 1000, request 340")]
    [InlineData("-Top 2", "request.read 1000, request 340")]
    [InlineData("-Top 100", "request.read 1000, request 340, hang 7")]
    [InlineData("-Top 1 -IncludeUnattributed", "null 5060")]
    [InlineData("-Tag request* -Direction Write -FdType file", "request 40")]
    public void A_parameter_selects_what_is_summed_from_files_and_from_events_alike(string parameters, string rows)
    {
        string[] expected = rows.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, Host.Run($"Measure-TracerIO $sample {parameters}").Select(r => Values(r, "SpanTag", "Bytes")));
        Assert.Equal(expected, Host.Run($"Get-TracerEvent $sample | Measure-TracerIO {parameters}").Select(r => Values(r, "SpanTag", "Bytes")));
        Assert.Equal(
            AsText($"Measure-TracerIO $demo -By SpanTag, FdName {parameters}"),
            AsText($"Get-TracerEvent $demo | Measure-TracerIO -By SpanTag, FdName {parameters}"));
    }

    [Fact]
    public void Where_Object_between_the_two_selects_what_is_summed()
    {
        Assert.Equal(
            ["request 40"],
            Host.Run("Get-TracerEvent $sample | Where-Object ThreadId -eq 101 | Where-Object SpanTag -like req* | Measure-TracerIO -By SpanTag")
                .Select(r => Values(r, "SpanTag", "Bytes")));
        Assert.Equal(
            ["request.read 1000"],
            Host.Run("Get-TracerEvent $sample | Where-Object Latency -gt 150us | Measure-TracerIO").Select(r => Values(r, "SpanTag", "Bytes")));
    }

    [Fact]
    public void The_sums_are_plain_numbers_and_the_time_a_duration() => Assert.Equal(
        ["Int64", "Int64", "Int64", "Int64", "Int64", "Int64", "Int64", "Duration", "Int32"],
        s_sums.Select(name => Host.Run("Measure-TracerIO $sample")[0].Properties[name].Value.GetType().Name));

    [Fact]
    public void What_lies_in_no_span_is_told_in_verbose_and_only_when_a_key_asks_for_spans()
    {
        const string Left = "2 calls with 5060 bytes lie in no span and are in no row; -IncludeUnattributed shows them.";
        Host.Run("Measure-TracerIO $sample -Verbose");
        Assert.Contains(Left, Host.Verbose);
        Host.Run("Get-TracerEvent $sample | Measure-TracerIO -Verbose");
        Assert.Contains(Left, Host.Verbose);
        Host.Run("Measure-TracerIO $sample -IncludeUnattributed -Verbose; Measure-TracerIO $sample -By FdName -Verbose");
        Assert.DoesNotContain(Left, Host.Verbose);
    }

    [Theory]
    [InlineData("-By Color", "FieldNotValid")]
    [InlineData("-By proc.nme", "FieldNotValid")]
    [InlineData("-Interval 0s", "IntervalNotPositive")]
    [InlineData("-Filter proc.name", "FilterNotValid")]
    [InlineData("-By @()", "ParameterArgumentValidationError")]
    [InlineData("-FdType socket", "ParameterArgumentValidationError")]
    [InlineData("-Top 0", "ParameterArgumentValidationError")]
    [InlineData("-Direction Sideways", "CannotConvertArgument")]
    public void A_value_that_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Measure-TracerIO $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }

    // Rows of equal bytes and calls come in no promised order.
    private IEnumerable<string> AsText(string script) => Host.Run(script).Select(row => string.Join(' ', Properties(row))).Order(StringComparer.Ordinal);
}
