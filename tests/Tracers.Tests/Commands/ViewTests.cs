using Tracers.Engine.Analysis;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>What a console of 120 columns shows.</summary>
public sealed class ViewTests(ModuleHost host) : CommandTests(host)
{
    private const int Columns = 120;

    public static TheoryData<string> Scripts =>
    [
        "Get-TracerSpan $capture", "Get-TracerSpan $capture -IO", "Get-TracerEvent $capture", "Get-TracerEvent $capture -IncludeHidden", "Get-TracerCapture $capture",
        "Get-TracerProcess $capture -IncludeExited", "Get-TracerProcess $capture -Threads", "Get-TracerFile $capture -IncludeClosed", "Get-TracerFile $capture -Activity",
        "Get-TracerConnection $capture -IncludeClosed",
        .. Enum.GetNames<IoKey>().Select(key => $"Measure-TracerIO $capture -IncludeUnattributed -By {key}"),
        .. ((string[])["Tag", "Root", "Id", "Process", "ProcessId", "ThreadId", "State", "Depth", "Args.n", "Tag, Process"])
            .SelectMany(by => (string[])[$"Measure-TracerSpan $capture -By {by}", $"Compare-TracerCapture $capture $capture -By {by}"]),
        "Measure-TracerSpan $capture -IO -By Tag, Process", "Compare-TracerCapture $capture $capture -IO",
        "Measure-TracerIO $capture -By SpanTag, FdName, ProcessName, Syscall -IncludeUnattributed",
        "Measure-TracerIO $capture -By proc.name, evt.num -Interval 100ms", "Get-TracerField", "Measure-TracerCall $capture -By Syscall, fd.type",
        .. ((string[])["Duration", "Bytes", "Latency"]).SelectMany(metric => (string[])[$"Show-TracerSpectrogram $capture -Metric {metric}", $"Show-TracerSpectrogram $capture -Metric {metric} -PassThru"]),
        .. Enum.GetNames<IoKey>().Select(key => $"Measure-TracerCall $capture -IncludeUnattributed -By {key}"),
    ];

    [Fact]
    public void Spans_are_a_table() => Assert.Equal(
        $"""

        Tag                                 Duration Start              State                       Id Process         ThreadId
        ---                                 -------- -----              -----                       -- -------         --------
        request.read                             3ms {Time(2_000_000)} Finished                     7 web                  100
        request                                500ms {Time(1_000_000)} Finished                     7 web                  100
        request                                500ms {Time(7_000_000)} Finished                     8 web-worker           101
        lost                                                            Orphan                       9 tar                  200
        hang                                         {Time(530_000_000)} Unfinished                  10 web-worker           101


        """,
        Host.Text("Get-TracerSpan $sample -Id 7, 8, 9, 10"));

    [Fact]
    public void Events_are_a_table() => Assert.Equal(
        $"""

          Number Time               Cpu Process         ThreadId D Type            Info
          ------ ----               --- -------         -------- - ----            ----
               1 {Time(999_000)}   0 web                  100 > write           fd=3(<f>/dev/null) size=28
               2 {Time(1_000_000)}   0 web                  100 > tracer          id=7 tags=request args=path:/a,user:me
               4 {Time(2_000_000)}   0 web                  100 > tracer          id=7 tags=request.read args=
               5 {Time(2_800_000)}   0 web                  100 > read            fd=4(<f>/srv/data.bin) size=4096
               6 {Time(3_000_000)}   0 web                  100 < read            res=1000 data=rrrrrrrrrrrrrrrrrrrrrrrrrrrrr…


        """,
        Host.Text("Get-TracerEvent $sample -First 5"));

    [Fact]
    public void Rows_of_one_key_are_a_table_under_its_name() => Assert.Equal(
        """

        SpanTag                                        Calls    Bytes     Read  Written     File  Network Errors      Time  Fds
        -------                                        -----    -----     ----  -------     ----  ------- ------      ----  ---
                                                           2  4.94 KB  4.88 KB     60 B  4.88 KB      0 B      0    1.02ms    2
        request.read                                       2   1000 B   1000 B      0 B   1000 B      0 B      1     300us    1
        request                                            2    340 B      0 B    340 B     40 B    300 B      0      60us    2
        hang                                               1      7 B      0 B      7 B      7 B      0 B      0       5us    1


        """,
        Host.Text("Measure-TracerIO $sample -By SpanTag -IncludeUnattributed"));

    [Fact]
    public void Rows_of_several_keys_show_them_joined() => Assert.Equal(
        """

        Keys                                           Calls    Bytes     Read  Written     File  Network Errors      Time  Fds
        ----                                           -----    -----     ----  -------     ----  ------- ------      ----  ---
        request | ipv4                                     1    300 B      0 B    300 B      0 B    300 B      0      50us    1
        - | pipe                                           1     60 B      0 B     60 B      0 B      0 B      0      20us    1


        """,
        Host.Text("Measure-TracerIO $sample -By SpanTag, FdType -FdType ipv4, pipe -IncludeUnattributed"));

    [Fact]
    public void Summaries_of_spans_are_a_table_under_the_name_of_the_key() => Assert.Equal(
        """

        Tag                                   Count   Open     Total      Self   Average       P50       P99   Maximum   Inside
        ---                                   -----   ----     -----      ----   -------       ---       ---   -------   ------
        request                                   2      0        1s     997ms     500ms     500ms     500ms     500ms        1
        request.read                              1      0       3ms       3ms       3ms       3ms       3ms       3ms        0
        hang                                      0      1                                                                    0


        """,
        Host.Text("Measure-TracerSpan $sample -Tag request, hang"));

    [Fact]
    public void Comparisons_are_a_table_under_the_name_of_the_key() => Assert.Equal(
        """

        Keys                              Change      Ref    Diff  P50 Ref P50 Diff   Ratio  P99 Ref P99 Diff   Ratio       P
        ----                              ------      ---    ----  ------- --------   -----  ------- --------   -----       -
        fib_handler | Finished            Same         71      71  189.4us  189.4us   1.00x   15.8ms   15.8ms   1.00x   1.000
        download_handler | Finished       New           0      36           1.787ms                    1.979s
        hang | Unfinished                 TooFew        0       0


        """,
        Host.Text(
            "$rows = Compare-TracerCapture $sample, $demo $sample, $demo -By Tag, State -Tag fib_handler, hang; $new = Compare-TracerCapture $sample $demo -By Tag, State -Tag download_handler; "
            + "$rows[0]; $new | Where-Object Tag -eq download_handler; $rows | Where-Object Tag -eq hang"));

    [Fact]
    public void A_capture_is_a_list() => Assert.Equal(
        $"""

        Path          : {Sample}
        Length        : 4,204
        FormatVersion : 1.2
        Compressed    : False
        HostName      : sample
        Cpus          : 2
        Start         : {Timestamp.FromNanoseconds(CaptureScript.Epoch + 999_000)}
        End           : {Timestamp.FromNanoseconds(CaptureScript.Epoch + 21_000_000_001)}
        Duration      : 21s
        Events        : 47
        Categories    : other 16, file 12, ipc 2, net 2
        SkippedEvents : 0
        DropIntervals : 0
        LostEvents    :
        Markers       : 16
        BadMarkers    : 0
        Spans         : 7 finished, 1 unfinished, 1 orphan
        Threads       : 3
        OpenFds       : 6
        Complete      : True


        """,
        Host.Text("Get-TracerCapture $sample"));

    [Theory]
    [InlineData("SpanRoot")]
    [InlineData("SpanId")]
    [InlineData("FdName")]
    [InlineData("FdType")]
    [InlineData("FdDirectory")]
    [InlineData("Process")]
    [InlineData("ProcessName")]
    [InlineData("User")]
    [InlineData("Container")]
    [InlineData("Port")]
    [InlineData("ProcessId")]
    [InlineData("ThreadId")]
    [InlineData("Syscall")]
    public void Every_key_has_a_view_with_its_name_and_values(string key)
    {
        string[] lines = Host.Text($"Measure-TracerIO $sample -By {key} -IncludeUnattributed").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(key.PadRight(44), lines[0], StringComparison.Ordinal);
        Assert.Equal(
            Lines($"Measure-TracerIO $sample -By {key} -IncludeUnattributed | ForEach-Object {{ '' + $_.{key} }}"),
            lines[2..].Select(line => line[..44].TrimEnd()));
    }

    [Fact]
    public void A_bare_duration_or_moment_is_its_text()
    {
        Assert.Equal("500.000001ms", Host.Text("Get-TracerSpan $sample -Id 8 | ForEach-Object Duration").Trim());
        Assert.Equal(
            Timestamp.FromNanoseconds(CaptureScript.Epoch + 7_000_000).ToString(),
            Host.Text("Get-TracerSpan $sample -Id 8 | ForEach-Object Start").Trim());
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_line_of_the_demo_is_wider_than_the_console(string script) => AssertFits(script, Demo);

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public void No_line_of_a_real_capture_is_wider_than_the_console(string script) =>
        AssertFits(script, Repository.Shared("captures/sf-apache-mpm-event.scap"));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_text_of_a_capture_reaches_the_terminal_as_a_command(string script)
    {
        const string Hostile = "\u001b[2J\u001b]0;t\u0007\u009b31m\u202ex\u2066";
        string capture = FileName("hostile.scap");
        CaptureScript.Write(
            capture,
            static capture =>
            {
                capture.Mark(1 * CaptureScript.Millisecond, CaptureScript.Web, $">:1:a{Hostile}:n={Hostile}:");
                capture.Read(2 * CaptureScript.Millisecond, CaptureScript.Web, CaptureScript.DataFd, 10);
                capture.Mark(3 * CaptureScript.Millisecond, CaptureScript.Web, $"<:1:a{Hostile}:m={Hostile}:");
            },
            dataFile: $"/srv/{Hostile}/{Hostile}",
            webName: "w\u0007\u009b[\u202e");
        Host.SetVariable("capture", capture);
        string text = Host.Text(script);
        Assert.Empty(Host.Errors);
        Assert.DoesNotContain(text, static c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2066');
    }

    [Theory]
    [InlineData("Get-TracerSpan $sample", "Tag", "ShownTag")]
    [InlineData("Get-TracerEvent $sample -First 1", "Info", "ShownInfo")]
    public void What_a_view_takes_its_columns_from_is_no_property_to_work_with(string script, string property, string hidden)
    {
        string[] names = [.. Host.Run($"@({script})[0].PSObject.Properties.Name").Select(static name => name.ToString()!)];
        Assert.Contains(property, names);
        Assert.DoesNotContain(hidden, names);
        Assert.Equal(Host.Text($"@({script})[0].{property}"), Host.Text($"@({script})[0].{hidden}"));
    }

    // The thousands of events of a real capture would take long to format: the first and those of every kind are enough.
    private void AssertFits(string script, string capture)
    {
        Host.SetVariable("capture", capture);
        string sparse = script.Replace("Get-TracerEvent $capture", "Get-TracerEvent $capture -First 1500", StringComparison.Ordinal);

        // A warning has the capture's path, of any length.
        string text = Host.Text($"& {{ $WarningPreference = 'SilentlyContinue'; {sparse} }}");
        Assert.Empty(Host.Errors);
        Assert.DoesNotContain("#ERR", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.Length > Columns);

        // A real capture need not have spans; then there is nothing to show.
        Assert.True(text.Split('\n').Length > 3 || !Host.Run(script).Any(), "Nothing was shown.");
    }

    private static string Time(long nanoseconds) => Timestamp.FromNanoseconds(CaptureScript.Epoch + nanoseconds).ToTimeOfDay();
}
