using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Lines that differ from sysdig's on purpose and occur in no real capture at hand: one small capture each.</summary>
public class IntendedListingTests
{
    [SkippableFact]
    public void The_beginning_of_openat2_resolves_below_the_directory_of_the_call()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(100, 9, "/etc", 0x401).Event(100, 326, 9L, "passwd", 1u, 0u, 0u);
        AssertLines(capture, "> openat2 dirfd=9(<d>/etc) name=passwd(/root/passwd) flags=1(O_RDONLY) mode=0 resolve=0 ", "> openat2 dirfd=9(<d>/etc) name=passwd(/etc/passwd) flags=1(O_RDONLY) mode=0 resolve=0 ");
    }

    [SkippableFact]
    public void Calls_that_sysdig_has_no_number_for_have_their_name() => AssertLines(
        CaptureBuilder.Typical().Event(100, 0, (ushort)0, (ushort)332).Event(100, 1, (ushort)0, (ushort)332),
        "< <unknown> ",
        "< statx ");

    [SkippableFact]
    public void Letters_that_are_not_ascii_stay_in_names() => AssertLines(
        CaptureBuilder.Typical().Open(100, 9, "/tmp/Zürich\u0007").Event(100, 6, 9L, 1u),
        "> read fd=9(<f>/tmp/Z..rich.) size=1 ",
        "> read fd=9(<f>/tmp/Zürich) size=1 ");

    [Fact]
    public void Control_characters_of_the_captured_machine_do_not_reach_the_terminal()
    {
        const string Escape = "\u001b[31m";
        using TempFile file = new();
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100, $"a{Escape}b"))
            .Fds(100, FdRecord.ForFile(3, "/dev/null", 2))
            .Event(100, 94).Event(100, 95, 0L, $"/x{Escape}")
            .Event(100, 280, $"id{Escape}", $"line\n\tnext{Escape}")
            .Write(100, 3, $">:1:t{Escape}:k{Escape}=v{Escape}:");
        File.WriteAllBytes(file.Path, capture.ToArray());
        string text = string.Join('|', EngineListing.Read(file.Path));
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("a[31mb (100) < chdir res=0 path=/x[31m ", text, StringComparison.Ordinal);
        Assert.Contains("id=id[31m desc=line\n\tnext[31m ", text, StringComparison.Ordinal);
        Assert.Contains("tracer id=1 tags=t[31m args=k[31m:v[31m ", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Native_tracer_events_are_listed_without_what_the_file_does_not_hold() => Assert.Equal(
        ["> tracer id=7 tags= args= ", "< tracer id=7 tags= args= "],
        EngineListing.Read(Repository.Shared("vectors/native-tracer.scap")).Select(WithoutHead).Where(l => l.Contains("tracer", StringComparison.Ordinal)));

    [Fact]
    public void Times_of_day_are_those_of_their_own_day()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test", "test summer",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 27), TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 30)),
        ]);
        Assert.Equal("16:06:40.000000007", Time(new DateTime(2016, 11, 24, 15, 6, 40, DateTimeKind.Utc)));
        Assert.Equal("17:06:40.000000007", Time(new DateTime(2016, 7, 12, 15, 6, 40, DateTimeKind.Utc)));
        Assert.Equal("01:59:59.000000007", Time(new DateTime(2016, 3, 27, 0, 59, 59, DateTimeKind.Utc)));
        Assert.Equal("03:00:00.000000007", Time(new DateTime(2016, 3, 27, 1, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("00:59:59.999999999", Time(DateTime.UnixEpoch, -1));

        string Time(DateTime moment, long nanoseconds = 7)
        {
            TextBuffer text = new();
            new TimeOfDayText(zone).Append(text, ((moment - DateTime.UnixEpoch).Ticks * 100) + nanoseconds);
            return text.ToString();
        }
    }

    private static void AssertLines(CaptureBuilder capture, string sysdig, string ours)
    {
        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        Assert.Equal(sysdig, WithoutHead(Sysdig.Read(file.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]));
        Assert.Equal(ours, WithoutHead(EngineListing.Read(file.Path)[^1]));
    }

    private static string WithoutHead(string line) => line[(line.IndexOf(')', StringComparison.Ordinal) + 2)..];
}
