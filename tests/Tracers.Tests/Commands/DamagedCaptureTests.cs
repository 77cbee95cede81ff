using System.Management.Automation;
using System.Text;
using Tracers.Tests.Engine.Scap;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class DamagedCaptureTests(ModuleHost host) : CommandTests(host)
{
    public static TheoryData<string> Commands => ["Get-TracerSpan", "Get-TracerEvent", "Measure-TracerIO", "Measure-TracerSpan", "Get-TracerCapture"];

    public static TheoryData<string, byte[]> OtherFiles => new()
    {
        { "empty.scap", [] },
        { "one.scap", [0x0a] },
        { "picture.png", [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[40]] },
        { "notes.txt", Encoding.UTF8.GetBytes("These are notes about a capture and not the capture itself.\n") },
        { "net.pcap", [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, .. new byte[32]] },
        { "zeros.scap", new byte[4096] },
        { "data.json", Encoding.UTF8.GetBytes("{ \"events\": [ { \"type\": \"read\", \"size\": 40 } ] }\n") },
        { "notes.gz", GzipReadingTests.Compress(Encoding.UTF8.GetBytes("These are notes about a capture and not the capture itself.\n")) },
        { "files.zip", [.. "PK"u8, 3, 4, 20, 0, 0, 0, 8, 0, .. new byte[40]] },
        { "program", [0x7f, .. "ELF"u8, 2, 1, 1, 0, .. new byte[56]] },
        { "notes.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x24, 5, .. new byte[20]] },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void A_file_of_another_kind_is_one_error_that_names_it_and_the_commands_go_on(string name, byte[] content)
    {
        File.WriteAllBytes(FileName(name), content);
        foreach (string command in Commands)
        {
            Assert.Equal(Texts(Host.Run($"{command} $sample")), Texts(Host.Try($"{command} $folder/{name}, $sample")));
            ErrorRecord error = Assert.Single(Host.Errors);
            Assert.StartsWith("NotACapture,Tracers.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
            Assert.Equal(FileName(name), error.TargetObject);
            Assert.Contains(FileName(name), error.Exception.Message, StringComparison.Ordinal);
        }
    }

    // Its blocks are built as a capture's are, down to the magic number of the first, and none of them is an event.
    [Fact]
    public void A_pcapng_file_is_one_error_too()
    {
        byte[] interfaces = [1, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 0, 20, 0, 0, 0];
        byte[] packet = [6, 0, 0, 0, 36, 0, 0, 0, .. new byte[24], 36, 0, 0, 0];
        byte[] section = [10, 13, 13, 10, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, .. Enumerable.Repeat((byte)0xff, 8), 28, 0, 0, 0];
        File.WriteAllBytes(FileName("net.pcapng"), [.. section, .. interfaces, .. packet]);
        Assert.Equal(9, Host.Try("Get-TracerSpan $folder/net.pcapng, $sample").Count);
        Assert.Contains(FileName("net.pcapng"), Assert.Single(Host.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["NotACapture"], ShortErrorIds);
    }

    [Fact]
    public void Of_three_files_the_good_two_are_read()
    {
        File.WriteAllBytes(FileName("b.scap"), [1, 2, 3]);
        SampleCapture.Write(FileName("c.scap"));
        Assert.Equal(["sample.scap", "c.scap"], TryLines("Get-TracerSpan $sample, $folder/b.scap, $folder/c.scap -State Orphan | ForEach-Object { [IO.Path]::GetFileName($_.Path) }"));
        Assert.Equal(["NotACapture"], ShortErrorIds);
        Assert.Equal(["request.read 2000"], Host.Try("Measure-TracerIO $sample, $folder/b.scap, $folder/c.scap -Tag *.read").Select(r => Values(r, "SpanTag", "Bytes")));
        Assert.Equal(["NotACapture"], ShortErrorIds);
        Assert.Equal(2, Host.Try("'b.scap', 'c.scap', 'sample.scap' | ForEach-Object { \"$folder/$_\" } | Get-TracerCapture").Count);
        Assert.Equal(["NotACapture"], ShortErrorIds);
    }

    [Fact]
    public void A_truncated_capture_gives_all_whole_objects_and_then_one_error_with_path_offset_and_advice()
    {
        int cut = CutSample(12);
        string file = FileName("cut.scap");
        Assert.Equal(47, Host.Run("Get-TracerEvent $sample -IncludeHidden").Count);
        Assert.Equal(46, Host.Try("Get-TracerEvent $folder/cut.scap -IncludeHidden").Count);
        AssertDamaged("GetTracerEventCommand", file, cut);

        // The second slow span has lost its end.
        Assert.Equal(
            ["request.read", "request", "request", "tick.long", "tick.short", "lost", "slow", "hang", "slow"],
            TryLines("Get-TracerSpan $folder/cut.scap | ForEach-Object Tag"));
        AssertDamaged("GetTracerSpanCommand", file, cut);

        Assert.Equal(Texts(Host.Run("Measure-TracerIO $sample")), Texts(Host.Try("Measure-TracerIO $folder/cut.scap")));
        AssertDamaged("MeasureTracerIOCommand", file, cut);
    }

    [Fact]
    public void The_summary_of_a_truncated_capture_says_so()
    {
        CutSample(12);
        PSObject capture = Assert.Single(Host.Try("Get-TracerCapture $folder/cut.scap"));
        Assert.Equal("46 15 3 False", Values(capture, "Events", "Markers", "Threads", "Complete"));
        Assert.Equal(Assert.Single(Host.Errors).Exception.Message, capture.Properties["Damage"].Value);
        Assert.Equal("47 16 3 True null", Values(Host.Run("Get-TracerCapture $sample").Single(), "Events", "Markers", "Threads", "Complete", "Damage"));
    }

    [Fact]
    public void A_capture_cut_between_two_events_is_whole()
    {
        byte[] bytes = File.ReadAllBytes(Sample);
        int last = BitConverter.ToInt32(bytes.AsSpan(bytes.Length - 4));
        File.WriteAllBytes(FileName("shorter.scap"), bytes[..^last]);
        Assert.Equal(46, Host.Run("Get-TracerEvent $folder/shorter.scap -IncludeHidden").Count);
    }

    [Fact]
    public void A_capture_damaged_in_the_middle_gives_what_is_before()
    {
        byte[] bytes = File.ReadAllBytes(Sample);
        int last = BitConverter.ToInt32(bytes.AsSpan(bytes.Length - 4));
        int at = bytes.Length - last;
        BitConverter.TryWriteBytes(bytes.AsSpan(at), 0xBAD0BADU);
        File.WriteAllBytes(FileName("cut.scap"), bytes);
        Assert.Equal(46, Host.Try("Get-TracerEvent $folder/cut.scap -IncludeHidden").Count);
        AssertDamaged("GetTracerEventCommand", FileName("cut.scap"), at, "damaged");
    }

    [Fact]
    public void What_lies_behind_the_first_events_is_not_looked_at()
    {
        CutSample(12);
        Assert.Equal(2, Host.Run("Get-TracerEvent $folder/cut.scap -First 2").Count);
        Assert.Single(Host.Run("Get-TracerEvent $folder/cut.scap -Type sendto -ThreadId 100 -First 1"));
    }

    [Fact]
    public void ErrorAction_Stop_ends_the_command_at_the_bad_file()
    {
        CutSample(12);
        Host.Try("Get-TracerEvent $folder/cut.scap, $sample -ErrorAction Stop");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Equal(46, Host.Try("Get-TracerEvent $folder/cut.scap -IncludeHidden -ErrorAction Ignore").Count);
        Assert.Empty(Host.Errors);
    }

    [SkippableFact]
    public void A_file_without_read_permission_is_one_error()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "the administrator may read every file");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Sample, UnixFileMode.None);
        Assert.Empty(Host.Try("Get-TracerSpan $sample"));
        Assert.Equal(ErrorCategory.PermissionDenied, Assert.Single(Host.Errors).CategoryInfo.Category);
        Assert.Equal(["CaptureUnreadable"], ShortErrorIds);
    }

    [SkippableFact]
    public void A_capture_that_is_still_being_written_is_a_warning_and_no_error()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells who writes to a file.");
        CutSample(12);
        FileStream writer = new(FileName("cut.scap"), FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (string command in Commands)
        {
            Assert.NotEmpty(Host.Run($"{command} $folder/cut.scap"));
            Assert.Matches(@"'.*cut\.scap' is still being written: everything up to byte \d+ was read", Host.Warnings.Single(w => w.Contains("still", StringComparison.Ordinal)));
        }

        PSObject capture = Host.Run("Get-TracerCapture $folder/cut.scap").Single();
        Assert.Equal("46 False True", Values(capture, "Events", "Complete", "BeingWritten"));
        Assert.Equal(Host.Warnings.Single(w => w.Contains("still", StringComparison.Ordinal)), capture.Properties["Damage"].Value);
        writer.Write(File.ReadAllBytes(Sample).AsSpan()[^12..]);
        writer.Flush();
        Assert.Equal("47 False True", Values(Host.Run("Get-TracerCapture $folder/cut.scap").Single(), "Events", "Complete", "BeingWritten"));
        writer.Dispose();
        Assert.Equal("47 True False null", Values(Host.Run("Get-TracerCapture $folder/cut.scap").Single(), "Events", "Complete", "BeingWritten", "Damage"));
    }

    [SkippableFact]
    public void A_file_that_the_system_fails_to_read_is_one_error()
    {
        // It has a length, and reading it is an error: the loopback interface has no speed.
        const string Unreadable = "/sys/class/net/lo/speed";
        Skip.IfNot(File.Exists(Unreadable), "no " + Unreadable);
        Assert.Equal(9, Host.Try($"Get-TracerSpan {Unreadable}, $sample").Count);
        Assert.Equal(["CaptureUnreadable"], ShortErrorIds);
        Assert.Equal(ErrorCategory.ReadError, Host.Errors[0].CategoryInfo.Category);
        Assert.Contains(Unreadable, Host.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    // Takes bytes off the end of the sample and returns where its last event begins.
    private int CutSample(int bytes)
    {
        byte[] whole = File.ReadAllBytes(Sample);
        File.WriteAllBytes(FileName("cut.scap"), whole[..^bytes]);
        return whole.Length - BitConverter.ToInt32(whole.AsSpan(whole.Length - 4));
    }

    private void AssertDamaged(string command, string file, int offset, string what = "cut off")
    {
        ErrorRecord error = Assert.Single(Host.Errors);
        Assert.Equal($"CaptureDamaged,Tracers.Commands.{command}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Equal(file, error.TargetObject);
        Assert.Contains($"'{file}' is {what} at byte ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains($"at byte {offset}", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Everything before it was read; ", error.Exception.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(IEnumerable<PSObject> objects) =>
        objects.Select(o => string.Join(' ', Properties(o))).Where(text => !text.Contains("Damage=", StringComparison.Ordinal) || text.EndsWith("Damage=null", StringComparison.Ordinal));
}
