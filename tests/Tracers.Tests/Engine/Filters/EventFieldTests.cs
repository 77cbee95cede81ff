using System.Globalization;
using System.Text;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>Fields of events, of what captures at hand do not hold.</summary>
public sealed class EventFieldTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Around_takes_what_is_just_so_far_away_and_nothing_further()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        foreach (long offset in (long[])[-1_000_001, -1_000_000, 0, 1_000_000, 1_000_001])
        {
            capture.Now = CaptureBuilder.Start + Second + offset;
            capture.Event(100, 158, 0UL);
        }

        string moment = (CaptureBuilder.Start + Second).ToString(CultureInfo.InvariantCulture);
        Assert.Equal([2, 3, 4], Filtered.Numbers(capture.ToArray(), $"evt.around[{moment}]=1"));
        Assert.Equal([2, 3, 4], Filtered.Numbers(capture.ToArray(), $"evt.around[{moment}]=1ms"));
        Assert.Equal([3], Filtered.Numbers(capture.ToArray(), $"evt.around[{moment}]=0"));
    }

    [Fact]
    public void A_time_of_a_damaged_event_is_far_from_every_other()
    {
        CaptureBuilder capture = CaptureBuilder.Typical();
        foreach (long time in (long[])[long.MinValue, -1, long.MaxValue - 1])
        {
            capture.Now = time;
            capture.Event(100, 158, 0UL);
        }

        Assert.Equal([1, 2, 3], Filtered.Numbers(capture.ToArray(), "evt.num>0"));
        Assert.Equal([2], Filtered.Numbers(capture.ToArray(), "evt.around[0]=1"));
        Assert.Equal([2, 3], Filtered.Numbers(capture.ToArray(), "evt.around[9223372036854775807]=9223372036855"));
        Assert.Equal([1, 2, 3], Filtered.Numbers(capture.ToArray(), "evt.around[0]=9223372036855"));
    }

    [Theory]
    [InlineData("evt.around[1]<5", "evt.around[1] is a distance, and only = asks whether it is not greater than a value.")]
    [InlineData("evt.around[now]=5", "'now' is no time: in the brackets stand nanoseconds since 1970, as evt.rawtime has them.")]
    [InlineData("evt.arg[-1]=x", "Parameters are numbered from 0.")]
    [InlineData("evt.arg.flgas=x", "No event has a parameter 'flgas'.")]
    [InlineData("evt.type.is.opennat=1", "There is no type of events 'opennat'. Did you mean openat?")]
    [InlineData("evt.type in (open, opennat)", "evt.type is never 'opennat'. Did you mean openat?\n  evt.type in (open, opennat)\n                     ^^^^^^^")]
    [InlineData("evt.category=IPC", "evt.category is never 'IPC'. Did you mean ipc?")]
    [InlineData("evt.latency > 10x", "'10x' is no number. Expected: a number of nanoseconds, or one with a unit such as 500ms.")]
    [InlineData("fd.port=no-such-service", "'no-such-service' is no port and no service that has one.")]
    public void What_a_field_cannot_do_is_said(string filter, string expected)
    {
        FilterSyntaxException error = Assert.Throws<FilterSyntaxException>(() => CaptureFilter.Parse(filter));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_a_type_of_its_own_is_found_by_its_name() =>
        Assert.Equal([1, 2], Filtered.Numbers(CaptureBuilder.Typical().Event(100, 0, (ushort)0, (ushort)332).Event(100, 1, (ushort)0, (ushort)332).ToArray(), "evt.type=statx"));

    [Fact]
    public void Every_example_of_a_field_is_a_filter_and_every_value_that_is_offered_can_be_compared()
    {
        foreach (FieldInfo field in FieldCatalogue.All)
        {
            CaptureFilter.Parse(field.Example);
            Assert.StartsWith(field.Name, field.Example, StringComparison.Ordinal);
            Assert.EndsWith(".", field.Description, StringComparison.Ordinal);
            foreach (string value in field.Values?.Invoke() ?? [])
                CaptureFilter.Parse($"{field.Name} = \"{value}\"");
        }
    }

    [Fact]
    public void A_call_whose_beginning_is_not_in_the_capture_took_no_known_time_and_entering_one_took_none()
    {
        byte[] capture = CaptureBuilder.Typical().Event(100, 7, 5L, "hello"u8.ToArray()).Read(100, 4, 5).ToArray();

        Assert.Equal([2, 3], Filtered.Numbers(capture, "evt.latency exists"));
        Assert.Equal([2], Filtered.Numbers(capture, "evt.latency=0"));
        Assert.Equal([3], Filtered.Numbers(capture, "evt.latency.human=1.00us"));
        Assert.Equal([3], Filtered.Numbers(capture, "evt.latency >= 1us"));
    }

    [Fact]
    public void A_failed_result_has_the_error_s_name_and_its_number()
    {
        byte[] capture = CaptureBuilder.Typical()
            .Event(100, 2, "/x", 1u, 0u).Event(100, 3, -2L, "/x", 1u, 0u, 0u)
            .Event(100, 160, 0UL, 4096UL, 0u, 0u, -1L, 0UL).Event(100, 161, -12L, 0u, 0u, 0u)
            .Read(100, 4, -4000).ToArray();

        Assert.Equal([2], Filtered.Numbers(capture, "evt.res=ENOENT"));
        Assert.Equal([4], Filtered.Numbers(capture, "evt.res=ENOMEM"));
        Assert.Equal([6], Filtered.Numbers(capture, "evt.res=-4000"));
        Assert.Equal([2, 4, 6], Filtered.Numbers(capture, "evt.failed=true"));
        Assert.Equal([2, 4, 6], Filtered.Numbers(capture, "evt.rawres<0"));
        Assert.Equal([2], Filtered.Numbers(capture, "evt.count.error.file=1 and not evt.type=read"));
        Assert.Equal([4], Filtered.Numbers(capture, "evt.count.error.memory=1"));
        Assert.Equal([], Filtered.Numbers(capture, "evt.buflen exists"));
    }

    [Fact]
    public void A_marker_is_a_tracer_with_parameters_of_its_own_and_without_a_descriptor()
    {
        byte[] capture = CaptureBuilder.Typical().Write(100, 3, @">:7:a.b\.c:k=v,w=x\=y:").ToArray();

        foreach (string filter in (string[])["evt.type=tracer", "evt.type.is.tracer=1", "evt.category=other and evt.dir=> and evt.arg.id exists", "evt.arg.id=7", "evt.arg[1]=a.b.c", "evt.arg.args=k:v,w:x=y", "evt.args=\"id=7 tags=a.b.c args=k:v,w:x=y \"", "evt.rawarg.id=7"])
            Assert.Equal([2], Filtered.Numbers(capture, filter));
        foreach (string filter in (string[])["evt.is_io=true", "fd.name exists", "evt.res exists", "evt.buffer exists", "evt.type=write"])
            Assert.DoesNotContain(2, Filtered.Numbers(capture, filter));
    }

    [Fact]
    public void Paths_below_directories_are_put_together()
    {
        byte[] capture = CaptureBuilder.Typical().Open(100, 9, "/etc", 0x401)
            .Event(100, 176).Event(100, 177, 0L, 9L, "a", -100L, "../b")
            .Event(100, 302).Event(100, 303, 0L, 9L, "/x/y", 0u).ToArray();

        Assert.Equal([4], Filtered.Numbers(capture, "evt.abspath=/etc/a"));
        Assert.Equal([4], Filtered.Numbers(capture, "evt.abspath.dst=/b"));
        Assert.Equal([6], Filtered.Numbers(capture, "evt.abspath=/x/y"));
    }

    [Fact]
    public void Opens_say_what_they_are_for()
    {
        byte[] capture = CaptureBuilder.Typical()
            .Open(100, 9, "/r", 1).Open(100, 10, "/w", 2).Open(100, 11, "/rw", 3)
            .Event(100, 2, "/x", 6u, 0x1edu).Event(100, 3, 12L, "/x", 6u, 0x1edu, 0u).ToArray();

        Assert.Equal([2, 6], Filtered.Numbers(capture, "evt.is_open_read=true"));
        Assert.Equal([4, 6, 8], Filtered.Numbers(capture, "evt.is_open_write=true"));
        Assert.Equal([8], Filtered.Numbers(capture, "evt.is_open_exec=true"));
    }

    [Fact]
    public void A_buffer_is_searched_as_bytes_also_behind_a_zero()
    {
        byte[] capture = CaptureBuilder.Typical().Write(100, 4, Encoding.ASCII.GetBytes("ab\0GET /x")).ToArray();

        Assert.Equal([2], Filtered.Numbers(capture, "evt.buffer contains \"GET /\""));
        Assert.Equal([2], Filtered.Numbers(capture, "evt.buffer contains \\x00GET"));
        Assert.Equal([], Filtered.Numbers(capture, "evt.buffer startswith GET"));
        Assert.Equal([2], Filtered.Numbers(capture, "evt.buflen=9"));
    }

    [Fact]
    public void Messages_to_the_system_s_log_are_taken_apart()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100))
            .Fds(100, FdRecord.ForNamed(3, FdRecordType.UnixSocket, "/dev/log"), FdRecord.ForNamed(4, FdRecordType.UnixSocket, "/run/x"))
            .Write(100, 3, "<86>sudo: opened").Write(100, 3, "no priority").Write(100, 4, "<86>elsewhere");

        Assert.Equal([2], Filtered.Numbers(capture.ToArray(), "syslog.facility=10 and syslog.severity=6 and syslog.facility.str=authpriv and syslog.severity.str=info and syslog.message=\"sudo: opened\""));
        Assert.Equal([2], Filtered.Numbers(capture.ToArray(), "syslog.message exists"));
        Assert.Equal([1, 2, 3, 4], Filtered.Numbers(capture.ToArray(), "evt.is_syslog=true"));
        Assert.Equal([2], Filtered.Numbers(capture.ToArray(), "evt.info startswith \"syslog sev=info\""));
        Assert.Equal([], Filtered.Numbers(capture.ToArray(), "evt.args startswith syslog"));
    }
}
