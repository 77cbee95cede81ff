using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Demo;

public sealed partial class ServiceTests
{
    [Fact]
    public async Task It_serves_numbers_nothing_and_each_file_in_its_turn()
    {
        using DemoProcess demo = DemoProcess.Start("serve");
        (Uri address, string folder) = demo.WaitUntilItServes();
        using HttpClient client = new() { BaseAddress = address };
        Assert.Equal("6765\n", await client.GetStringAsync("/fib/20"));
        Assert.Equal("", await client.GetStringAsync("/empty"));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/fib/36")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/fib/x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/else")).StatusCode);
        string[] files = ["notes.txt", "photo.jpg", "song.flac", "disk.img", "notes.txt"];
        foreach (string file in files) Assert.Equal(new FileInfo(Path.Join(folder, file)).Length, await LengthAsync(client));
        Assert.Equal(9, File.ReadLines(Path.Join(folder, "access.log")).Count());
        if (OperatingSystem.IsWindows()) return;
        demo.Terminate();
        Assert.Equal(0, demo.Finish().Code);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_the_service_well()
    {
        using DemoProcess demo = DemoProcess.Start("serve");
        (Uri address, _) = demo.WaitUntilItServes();
        using HttpClient client = new() { BaseAddress = address };
        for (int file = 0; file < 3; file++) await LengthAsync(client);
        using (HttpResponseMessage large = await client.GetAsync("/download", HttpCompletionOption.ResponseHeadersRead))
            Assert.True(large.Content.Headers.ContentLength >= 64 << 20);
        Assert.Equal("1\n", await client.GetStringAsync("/fib/2"));
    }

    [Fact]
    public void The_load_asks_for_all_three_and_says_how_it_went()
    {
        using DemoProcess demo = DemoProcess.Start("run", "--seconds", "2", "--clients", "2");
        (int code, string output) = demo.Finish();
        Assert.Equal(0, code);
        string[] rows = [.. output.Split('\n').Where(line => line.StartsWith('/'))];
        Assert.Equal(["/download", "/empty", "/fib"], rows.Select(row => row.Split(' ')[0]));
        Assert.All(rows, row => Assert.True(int.Parse(Blanks().Split(row)[1], CultureInfo.InvariantCulture) > 1, row));
        Assert.All(rows[1..], row => Assert.Equal("0", Blanks().Split(row)[2]));
    }

    [Theory]
    [InlineData("The first argument must be serve, load or run.")]
    [InlineData("The first argument must be serve, load or run.", "stop")]
    [InlineData("serve has no option '--clients'.", "serve", "--clients", "2")]
    [InlineData("--seconds needs a number from 1 to 3600.", "serve", "--seconds")]
    [InlineData("--seconds needs a number from 1 to 3600.", "run", "--seconds", "0")]
    [InlineData("--clients needs a number from 1 to 64.", "run", "--clients", "65")]
    [InlineData("load needs --port: what the service says when it starts.", "load")]
    public void A_command_line_that_means_nothing_is_refused(string problem, params string[] arguments)
    {
        using DemoProcess demo = DemoProcess.Start(arguments);
        Assert.Equal(2, demo.Finish().Code);
        Assert.StartsWith(problem, demo.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_thread_that_runs_a_handler_makes_every_call_of_its_response_between_the_marks()
    {
        Skip.IfNot(File.Exists("/usr/bin/strace"), "no strace");
        using TemporaryFolder traces = new();
        string trace = Path.Join(traces.FullName, "calls");
        string folder;
        using (DemoProcess demo = DemoProcess.StartUnder(
            "strace", ["-f", "-qq", "-s", "200", "-e", "trace=write,pwrite64,pread64,openat,sendto,sendmsg", "-o", trace], "serve", "--seconds", "8"))
        {
            (Uri address, folder) = demo.WaitUntilItServes();
            using HttpClient client = new() { BaseAddress = address };
            for (int file = 0; file < 2; file++) await LengthAsync(client);
            demo.Finish();
        }

        // All that the handler's thread did from the mark that begins the second download to the one that ends it.
        string[] calls = File.ReadAllLines(trace);
        int begins = Array.FindLastIndex(calls, call => call.Contains("\">:", StringComparison.Ordinal) && call.Contains(":download_handler::", StringComparison.Ordinal));
        string thread = calls[begins].Split(' ')[0];
        string[] own = [.. calls[begins..].Where(call => call.StartsWith(thread + " ", StringComparison.Ordinal))];
        int ends = Array.FindIndex(own, call => call.Contains("\"<:", StringComparison.Ordinal) && call.Contains(":download_handler::", StringComparison.Ordinal));
        Assert.True(ends > 0, string.Join('\n', own));
        own = own[..ends];
        Assert.Contains(own, call => call.Contains($"openat(AT_FDCWD, \"{folder}/photo.jpg\"", StringComparison.Ordinal));
        Assert.Contains(own, call => call.Contains("pwrite64(", StringComparison.Ordinal) && call.Contains("GET /download", StringComparison.Ordinal));
        Assert.Contains(own, call => call.Contains("sendto(", StringComparison.Ordinal) && call.Contains("HTTP/1.1 200 OK", StringComparison.Ordinal));
        int write = Array.FindIndex(own, call => call.Contains("\">:", StringComparison.Ordinal) && call.Contains(":download_handler.download_write:", StringComparison.Ordinal));
        Assert.Equal(2 << 20, Bytes(own[write..], "pread64"));
        Assert.Equal(2 << 20, Bytes(own[write..], "sendto"));
    }

    private static async Task<long> LengthAsync(HttpClient client)
    {
        await using Stream body = await client.GetStreamAsync("/download");
        byte[] buffer = new byte[1 << 20];
        long length = 0;
        int count;
        while ((count = await body.ReadAsync(buffer)) > 0) length += count;
        return length;
    }

    // The results of a call, also of one that strace shows in two parts.
    private static long Bytes(IEnumerable<string> calls, string name) => calls
        .Where(call => call.Contains($" {name}(", StringComparison.Ordinal) || call.Contains($" {name} resumed>", StringComparison.Ordinal))
        .Select(call => Result().Match(call)).Where(result => result.Success)
        .Sum(result => long.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\) += (\d+)$")]
    private static partial Regex Result();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
