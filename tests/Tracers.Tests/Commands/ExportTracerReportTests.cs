using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using Tracers.Tests.Pages;
using Tracers.Tests.PowerShell;
using Xunit;
using static Tracers.Tests.Commands.CaptureScript;

namespace Tracers.Tests.Commands;

public sealed class ExportTracerReportTests(ModuleHost host) : CommandTests(host)
{
    private static readonly string[] s_tables = ["spans", "calls", "io", "tags"];

    private string Destination => FileName("report.html");

    [Fact]
    public void A_page_has_its_captures_name_and_lies_in_the_sessions_folder()
    {
        Host.Run("Set-ProbeLocation $folder; Export-TracerReport $sample");
        Assert.Equal(9, ReportData.Read(FileName("sample.html")).Limit("spans", "shown"));
        Assert.Equal(["sample.html", "sample.scap"], Files());
    }

    [Theory]
    [InlineData("a.scap", "a.html")]
    [InlineData("a.scap.gz", "a.html")]
    [InlineData("a.SCAP", "a.html")]
    [InlineData("a.scap0", "a.scap0.html")]
    [InlineData("a.trace", "a.trace.html")]
    [InlineData(".scap", ".scap.html")]
    [InlineData("a[1].scap", "a[1].html")]
    public void A_folder_has_a_page_for_each_capture(string capture, string page)
    {
        Directory.CreateDirectory(FileName("pages"));
        File.Copy(Sample, FileName(capture));
        Assert.Equal([FileName($"pages/{page}")], Lines($"(Export-TracerReport -LiteralPath $folder/{capture} -Destination $folder/pages -PassThru).FullName"));
        Assert.Equal(capture, ReportData.Read(FileName($"pages/{page}")).Capture.GetProperty("name").GetString());
    }

    [Fact]
    public void Several_captures_have_a_page_each()
    {
        Directory.CreateDirectory(FileName("pages"));
        Assert.Equal(
            ["sample.html", "demo.html", "service.html"],
            Lines("$sample, $demo, (Get-TracerCapture $service) | Export-TracerReport -Destination $folder/pages -PassThru | ForEach-Object Name"));
        Assert.Equal(532, ReportData.Read(FileName("pages/demo.html")).Limit("spans", "total"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void A_second_capture_has_no_place_in_the_same_file(string force)
    {
        Host.Try($"Export-TracerReport $sample, $service -Destination $folder/report.html {force}");
        Assert.Equal(["ReportWritten"], ShortErrorIds);
        Assert.Equal("sample.scap", ReportData.Read(Destination).Capture.GetProperty("name").GetString());
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_forced()
    {
        File.WriteAllText(Destination, "precious");
        Host.Try("Export-TracerReport $sample -Destination $folder/report.html");
        Assert.Equal(["DestinationExists"], ShortErrorIds);
        Assert.Equal("precious", File.ReadAllText(Destination));
        Assert.Empty(Host.Run("Export-TracerReport $sample -Destination $folder/report.html -Force"));
        Assert.Equal(9, ReportData.Read(Destination).Limit("spans", "shown"));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Host.Run("Export-TracerReport $sample -Destination $folder/report.html -WhatIf -Open");
        Assert.Equal(["sample.scap"], Files());
    }

    [Theory]
    [InlineData("$sample", "DestinationIsSource")]
    [InlineData("$folder/no/such/folder.html", "DestinationNotWritable")]
    [InlineData("Variable:x", "NotAFileSystemPath")]
    public void A_destination_that_cannot_be_written_is_one_error(string destination, string id)
    {
        byte[] before = File.ReadAllBytes(Sample);
        Host.Try($"Export-TracerReport $sample -Destination {destination} -Force");
        Assert.Equal([id], ShortErrorIds);
        Assert.NotEqual(ErrorCategory.NotSpecified, Assert.Single(Host.Errors).CategoryInfo.Category);
        Assert.DoesNotContain(".partial", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Sample));
    }

    [Theory]
    [InlineData("service.scap")]
    [InlineData("demo.scap")]
    public void A_capture_is_replaced_by_no_page_plain_or_compressed(string name)
    {
        File.Copy(name == "demo.scap" ? Demo : Service, FileName("other.scap"));
        byte[] before = File.ReadAllBytes(FileName("other.scap"));
        Host.Try("Export-TracerReport $sample, $folder/other.scap -Destination $folder/other.scap -Force");
        Assert.Equal(["DestinationIsCapture", "DestinationIsSource"], ShortErrorIds);
        Assert.Equal(before, File.ReadAllBytes(FileName("other.scap")));
    }

    [Fact]
    public void A_capture_of_few_calls_is_shown_with_all_of_them()
    {
        Host.Run("Export-TracerReport $demo -Destination $folder/report.html");
        ReportData report = ReportData.Read(Destination);
        Assert.Equal((177, report.Limit("calls", "total")), (report.Limit("calls", "traces"), report.Limit("calls", "shown")));
        Assert.Equal(report.Capture.GetProperty("calls").GetInt64(), report.Limit("calls", "total"));
    }

    [Fact]
    public void A_folder_with_the_name_of_a_page_is_one_error()
    {
        Directory.CreateDirectory(FileName("sample.html"));
        Host.Try("Export-TracerReport $sample -Destination $folder -Force");
        Assert.Equal(["DestinationIsDirectory"], ShortErrorIds);
        Assert.Contains("report.html", Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("-", "standard input")]
    [InlineData("$folder/pipe", "the pipe '")]
    public void What_can_be_read_only_once_is_refused(string path, string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Named pipes are read on Linux only.");
        using Process make = Process.Start("mkfifo", FileName("pipe"));
        make.WaitForExit();
        Host.Try($"Export-TracerReport {path} -Destination $folder/report.html");
        Assert.Equal(["CanBeReadOnlyOnce"], ShortErrorIds);
        Assert.Contains(name, Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public void Of_a_damaged_capture_the_page_is_of_what_is_whole_and_the_error_follows()
    {
        byte[] whole = File.ReadAllBytes(Sample);
        File.WriteAllBytes(FileName("cut.scap"), whole[..^20]);
        Host.Try("Export-TracerReport $folder/cut.scap -Destination $folder/report.html");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        ReportData report = ReportData.Read(Destination);
        Assert.False(report.Capture.GetProperty("complete").GetBoolean());
        Assert.Equal(Assert.Single(Host.Errors).Exception.Message.Replace(FileName("cut.scap"), "cut.scap", StringComparison.Ordinal), report.Capture.GetProperty("problem").GetString());
        Assert.Equal(9, report.Limit("spans", "shown"));
        Assert.Equal(2, report.Capture.GetProperty("unfinished").GetInt32());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1500)]
    [InlineData(2500)]
    public void Of_a_capture_that_is_damaged_in_its_middle_as_well(int from)
    {
        byte[] bytes = File.ReadAllBytes(Sample);
        bytes.AsSpan(from, 300).Fill(0xEE);
        File.WriteAllBytes(FileName("bad.scap"), bytes);
        IReadOnlyList<PSObject> spans = Host.Try("Get-TracerSpan $folder/bad.scap");
        string[] ids = [.. ShortErrorIds];
        Host.Try("Export-TracerReport $folder/bad.scap -Destination $folder/report.html");
        Assert.Equal(ids, ShortErrorIds);
        Assert.Equal(spans.Count, File.Exists(Destination) ? ReportData.Read(Destination).Limit("spans", "total") : 0);
    }

    [Fact]
    public void What_is_no_capture_leaves_no_file_behind()
    {
        File.WriteAllText(FileName("notes.txt"), "These are notes.");
        Host.Try("Export-TracerReport $folder/notes.txt, $folder/none.scap, $sample -Destination $folder");
        Assert.Equal(["NotACapture", "CaptureNotFound"], ShortErrorIds);
        Assert.Equal(["notes.txt", "sample.html", "sample.scap"], Files());
    }

    [Fact]
    public void What_the_recorder_lost_stands_on_the_page_and_is_a_warning()
    {
        CaptureScript.Write(FileName("lossy.scap"), script =>
        {
            script.Mark(Millisecond, Web, ">:1:a::");
            script.Drop(2 * Millisecond);
            script.Mark(3 * Millisecond, Web, "<:1:a::");
        });
        Host.Run("Export-TracerReport $folder/lossy.scap -Destination $folder/report.html");
        Assert.Contains("lost events in 1 intervals", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        JsonElement capture = ReportData.Read(Destination).Capture;
        Assert.Equal((1, JsonValueKind.Null), (capture.GetProperty("dropIntervals").GetInt32(), capture.GetProperty("lostEvents").ValueKind));
    }

    [SkippableFact]
    public void A_capture_that_is_being_written_is_read_up_to_one_place_and_said_to_be()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Who writes to a file is known on Linux only.");
        byte[] whole = File.ReadAllBytes(Sample);
        using FileStream growing = new(FileName("live.scap"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        growing.Write(whole.AsSpan(0, whole.Length - 20));
        growing.Flush();
        Host.Run("Export-TracerReport $folder/live.scap -Destination $folder/report.html");
        Assert.Contains("still being written", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        JsonElement capture = ReportData.Read(Destination).Capture;
        Assert.Equal((false, 2), (capture.GetProperty("complete").GetBoolean(), capture.GetProperty("unfinished").GetInt32()));
        Assert.Contains("still being written", capture.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_selection_stands_on_the_page()
    {
        Host.Run("Export-TracerReport $sample -Destination $folder/report.html -Tag request, tick* -Filter 'thread.tid < 300'");
        ReportData report = ReportData.Read(Destination);
        Assert.Equal(("request, tick*", "thread.tid < 300"), (report.Capture.GetProperty("tag").GetString(), report.Capture.GetProperty("filter").GetString()));
        Assert.Equal(["request", "request.read", "tick.long", "tick.short"], report.Texts("spans", "tag").Distinct().Order());
    }

    [Fact]
    public void A_selection_of_nothing_is_a_page_and_a_warning()
    {
        Host.Run("Export-TracerReport $sample -Destination $folder/report.html -Tag nosuch");
        Assert.Contains("Get-TracerSpan", Assert.Single(Host.Warnings), StringComparison.Ordinal);
        ReportData report = ReportData.Read(Destination);
        Assert.All(s_tables, table => Assert.All(report.Columns(table), column => Assert.Empty(report.Column(table, column))));
    }

    [Fact]
    public void A_filter_that_is_none_is_the_error_that_other_commands_give()
    {
        Host.Try("Export-TracerReport $sample -Destination $folder/report.html -Filter 'proc.nam = x'");
        Assert.Equal(["FilterNotValid"], ShortErrorIds);
        Assert.False(File.Exists(Destination));
    }

    [Theory]
    [InlineData("(Get-TracerSpan $sample)[0] | Export-TracerReport")]
    [InlineData("Get-TracerEvent $sample -First 1 | Export-TracerReport")]
    public void Spans_and_events_are_no_captures(string script)
    {
        Host.Try(script);
        Assert.Equal(["NotACaptureObject"], ShortErrorIds);
    }

    [Fact]
    public void Fewer_spans_are_shown_when_asked_for_and_the_sums_are_of_all()
    {
        Host.Run("Export-TracerReport $demo -Destination $folder/report.html -MaximumSpans 10 -Verbose");
        ReportData report = ReportData.Read(Destination);
        Assert.InRange(report.Limit("spans", "shown"), 5, 10);
        Assert.Equal((532L, 532L), (report.Limit("spans", "total"), report.Column("tags", "count").Sum()));
        Assert.Contains(Host.Verbose, line => line.Contains(" of 532 spans", StringComparison.Ordinal));
        long least = report.Limit("spans", "allAbove");
        Assert.Equal(
            Lines($"Get-TracerSpan $demo -MinDuration {least + 1}ns | ForEach-Object {{ $_.Duration.Nanoseconds }}").Order(),
            report.Column("spans", "duration").Where(d => d > least).Select(d => $"{d}").Order());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1000001")]
    public void The_number_of_spans_has_bounds(string number)
    {
        Host.Try($"Export-TracerReport $sample -MaximumSpans {number}");
        Assert.Equal(["ParameterArgumentValidationError"], ShortErrorIds);
    }

    [Fact]
    public void Hostile_texts_are_in_the_data_and_nowhere_else()
    {
        const string Script = "</script><script>alert(1)</script>";
        string[] tags = ["\"quoted\"\\\\", "\u2028\u202e\ud83d\ude00", "{{data}}", "\u001b[2J\u0007", "<!--<img src=x onerror=alert(2)>"];
        CaptureScript.Write(
            FileName("hostile.scap"),
            script =>
            {
                for (int i = 0; i < tags.Length; i++)
                {
                    script.Mark((1 + (10 * i)) * Millisecond, Web, $">:{i}:{tags[i]}:x={Script}:");
                    script.Read((2 + (10 * i)) * Millisecond, Web, DataFd, 10);
                    script.Mark((3 + (10 * i)) * Millisecond, Web, $"<:{i}:{tags[i]}::");
                }
            },
            dataFile: "/srv/" + Script,
            webName: "<b>w</b>");
        Host.Run($"Export-TracerReport $folder/hostile.scap -Destination $folder/report.html -Tag '*', '{Script}'");
        string page = File.ReadAllText(Destination);
        Assert.DoesNotContain("alert(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2028", page, StringComparison.Ordinal);
        ReportData report = ReportData.Read(Destination);
        Assert.Equal(Lines("Get-TracerSpan $folder/hostile.scap | ForEach-Object Tag"), report.Texts("spans", "tag"));
        Assert.Contains("{{data}}", report.Texts("spans", "tag"));
        Assert.All(report.Texts("spans", "args"), args => Assert.Equal("x=" + Script, args));
        Assert.All(report.Texts("io", "name"), name => Assert.Equal("/srv/" + Script, name));
    }

    [Fact]
    public void Long_texts_are_cut_and_say_so()
    {
        string tag = new string('t', 999) + "\ud83d\ude00" + new string('u', 2000);
        string argument = new('a', 3000);
        CaptureScript.Write(FileName("long.scap"), script =>
        {
            script.Mark(Millisecond, Web, $">:1:{tag}:x={argument}:");
            script.Mark(3 * Millisecond, Web, $"<:1:{tag}::");
        });
        Host.Run("Export-TracerReport $folder/long.scap -Destination $folder/report.html");
        ReportData report = ReportData.Read(Destination);
        string shown = Assert.Single(report.Texts("spans", "tag"));
        Assert.Equal(shown, Assert.Single(report.Texts("tags", "tag")));
        Assert.StartsWith(new string('t', 900), shown, StringComparison.Ordinal);
        Assert.EndsWith(" more characters)", shown, StringComparison.Ordinal);
        Assert.All(report.Strings, text => Assert.InRange(text.Length, 0, 1000));
        Assert.StartsWith("x=aaa", Assert.Single(report.Texts("spans", "args")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_capture_has_the_same_page_every_time()
    {
        Host.Run("Export-TracerReport $demo -Destination $folder/a.html -MaximumSpans 100; Export-TracerReport $demo -Destination $folder/b.html -MaximumSpans 100");
        Assert.Equal(File.ReadAllBytes(FileName("a.html")), File.ReadAllBytes(FileName("b.html")));
    }

    [Fact]
    public void The_capture_is_the_sessions_capture_from_then_on()
    {
        Host.Run("Export-TracerReport $sample -Destination $folder/report.html");
        Assert.NotEmpty(Host.Run("Measure-TracerIO"));
    }

    [Fact]
    public void The_page_is_that_of_the_engine_with_the_data_in_it()
    {
        Host.Run("Export-TracerReport $sample -Destination $folder/report.html");
        using Stream template = typeof(Tracers.Engine.CaptureFile).Assembly.GetManifestResourceStream("report.html")!;
        string page = new StreamReader(template, Encoding.UTF8).ReadToEnd();
        string[] parts = page.Split("{{data}}");
        Assert.Equal(2, parts.Length);
        Assert.Equal(parts[0] + ReportData.Read(Destination).Packed + parts[1], File.ReadAllText(Destination));
    }

    private IEnumerable<string?> Files() => Directory.EnumerateFileSystemEntries(Folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
