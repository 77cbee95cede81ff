using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class GetTracerEventTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void Events_come_in_order_without_the_hidden_ones_whose_numbers_are_left_out()
    {
        // What enters the write of a marker, but for the first on a descriptor; and an event of the recorder.
        int[] hidden = [3, 9, 13, 17, 19, 23, 25, 27, 29, 31, 35, 40, 42, 44, 46];
        Assert.Equal(
            Enumerable.Range(1, 47).Except(hidden).Select(n => $"{n}"),
            Lines("Get-TracerEvent $sample | ForEach-Object Number"));
        Assert.Equal(47, Host.Run("Get-TracerEvent $sample -IncludeHidden").Count);
        Assert.Equal(["35 k8s"], Lines("Get-TracerEvent $sample -IncludeHidden | Where-Object Number -eq 35 | ForEach-Object { \"$($_.Number) $($_.Type)\" }"));
    }

    [Fact]
    public void The_return_of_a_read_has_every_property() => Assert.Equal(
        [
            "Number=6", "Time=3000000", "Cpu=0", "ProcessName=web", "ProcessId=100", "ThreadId=100", "User=33", "Container=0123456789ab", "Direction=<", "Type=read",
            "Category=file", "Fd=4", "FdName=/srv/data.bin", "FdType=file", "Transport=null", "Client=null", "Server=null", "Result=1000", "ErrorName=null", "Bytes=1000", "Latency=200us",
            "SpanTag=request.read", "SpanId=7", "Spans=[request,request.read]", "Arguments={res=1000,data=80 bytes}",
            $"Info=res=1000 data={new string('r', 80)} ", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerEvent $sample | Where-Object Number -eq 6").Single()));

    [Fact]
    public void The_beginning_of_a_send_has_no_result_yet() => Assert.Equal(
        [
            "Number=11", "Time=5950000", "Cpu=0", "ProcessName=web", "ProcessId=100", "ThreadId=100", "User=33", "Container=0123456789ab", "Direction=>", "Type=sendto",
            "Category=net", "Fd=5", "FdName=10.0.0.9:52000->10.0.0.5:8080", "FdType=ipv4", "Transport=tcp", "Client=10.0.0.9:52000", "Server=10.0.0.5:8080", "Result=null", "ErrorName=null", "Bytes=null",
            "Latency=null", "SpanTag=request", "SpanId=7", "Spans=[request]", "Arguments={fd=5,size=300,tuple=null}",
            "Info=fd=5(<4t>10.0.0.9:52000->10.0.0.5:8080) size=300 tuple=NULL ", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerEvent $sample | Where-Object Number -eq 11").Single()));

    [Fact]
    public void A_marker_is_an_event_of_the_type_tracer() => Assert.Equal(
        [
            "Number=2", "Time=1000000", "Cpu=0", "ProcessName=web", "ProcessId=100", "ThreadId=100", "User=33", "Container=0123456789ab", "Direction=>", "Type=tracer",
            "Category=other", "Fd=null", "FdName=null", "FdType=null", "Transport=null", "Client=null", "Server=null", "Result=null", "ErrorName=null", "Bytes=null", "Latency=null",
            "SpanTag=request", "SpanId=7", "Spans=[request]", "Arguments={id=7,tags=request,args=path:/a,user:me}",
            "Info=id=7 tags=request args=path:/a,user:me ", $"Path={Sample}",
        ],
        Properties(Host.Run("Get-TracerEvent $sample -Type tracer -First 1").Single()));

    [Fact]
    public void A_failed_call_has_a_result_the_name_of_the_error_and_no_bytes() => Assert.Equal(
        ["-5 EIO null 100us res=-5(EIO) data= "],
        Host.Run("Get-TracerEvent $sample | Where-Object ErrorName").Select(e => Values(e, "Result", "ErrorName", "Bytes", "Latency", "Info")));

    [Fact]
    public void As_text_an_event_is_the_line_of_a_listing()
    {
        string time = Timestamp.FromNanoseconds(CaptureScript.Epoch + (8 * CaptureScript.Millisecond)).ToTimeOfDay();
        Assert.Equal(
            [$"16 {time} 1 web-worker (101) < write res=40 data={new string('w', 40)} "],
            Host.Run("Get-TracerEvent $sample | Where-Object Number -eq 16").Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("-Type read", "5 6 7 8 36 37")]
    [InlineData("-Type READ, send*", "5 6 7 8 11 12 36 37")]
    [InlineData("-Type tracer -ThreadId 101", "14 32")]
    [InlineData("-Type k8s", "")]
    [InlineData("-Type k8s -IncludeHidden", "35")]
    [InlineData("-ProcessName web -Type read, sendto", "5 6 7 8 11 12")]
    [InlineData("-ProcessName WEB-* -Type write", "15 16 33 34")]
    [InlineData("-ProcessName WEB-* -Type write -IncludeHidden", "13 15 16 31 33 34")]
    [InlineData("-ProcessName web -Type write -ThreadId 101", "")]
    [InlineData("-ProcessId 100 -ThreadId 101 -Type tracer", "14 32")]
    [InlineData("-ProcessId 100 -Type read, sendto", "5 6 7 8 11 12")]
    [InlineData("-ProcessId 200, 100 -Type read", "5 6 7 8 36 37")]
    [InlineData("-ProcessId 101", "")]
    [InlineData("-Category net", "11 12")]
    [InlineData("-Category IPC, net", "11 12 38 39")]
    [InlineData("-Category other -ThreadId 101", "14 32")]
    [InlineData("-Category file -Type read, sendto", "5 6 7 8 36 37")]
    [InlineData("-Category internal", "")]
    [InlineData("-Category internal -IncludeHidden", "35")]
    [InlineData("-After +10.6s", "45 47")]
    [InlineData("-After 10.6s -Before +20s", "45")]
    [InlineData("-Before +1us", "1")]
    [InlineData("-Before +1001ns", "1 2")]
    [InlineData("-Before +1000ns", "1")]
    [InlineData("-After +1000ns -Before +1001us", "2")]
    [InlineData("-After 2016-11-24T15:06:40.003Z -Before 2016-11-24T15:06:40.003000001Z", "6")]
    [InlineData("-After 1480000000.003 -Before 1480000000.004", "6 7")]
    [InlineData("-After $span.Start -Before $span.End", "2 4 5 6 7 8 10 11 12 14 15 16")]
    [InlineData("-After ([timespan]::FromSeconds(10.6))", "45 47")]
    [InlineData("-Skip 2 -First 2", "4 5")]
    [InlineData("-Skip 0 -First 1", "1")]
    [InlineData("-Skip 30", "45 47")]
    [InlineData("-Skip 100", "")]
    [InlineData("-Type read -Skip 4", "36 37")]
    [InlineData("-First 3", "1 2 4")]
    [InlineData("-Type read -First 5", "5 6 7 8 36")]
    [InlineData("-Type read -First 100", "5 6 7 8 36 37")]
    public void A_parameter_selects_events(string parameters, string numbers) => Assert.Equal(
        numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Lines($"$span = Get-TracerSpan $sample -Id 7 -Tag request | Where-Object Depth -eq 0; Get-TracerEvent $sample {parameters} | ForEach-Object Number"));

    [Fact]
    public void A_time_of_day_is_that_of_the_table()
    {
        string time = Timestamp.FromNanoseconds(CaptureScript.Epoch + CaptureScript.Millisecond).ToTimeOfDay();
        Assert.Equal(["2"], Lines($"Get-TracerEvent $sample -After {time} -First 1 | ForEach-Object Number"));
        Assert.Equal(["1"], Lines($"Get-TracerEvent $sample -Before {time} | ForEach-Object Number"));
    }

    [Fact]
    public void Ranges_that_touch_have_every_event_once() => Assert.Equal(
        Lines("Get-TracerEvent $demo | ForEach-Object Number"),
        Lines("Get-TracerEvent $demo -Before +3.5s | ForEach-Object Number").Concat(Lines("Get-TracerEvent $demo -After +3.5s | ForEach-Object Number")));

    [Fact]
    public void Skip_and_First_count_for_each_file() => Assert.Equal(
        ["4 sample.scap", "3 demo.scap"],
        Lines("Get-TracerEvent $sample, $demo -Skip 2 -First 1 | ForEach-Object { \"$($_.Number) $([IO.Path]::GetFileName($_.Path))\" }"));

    [Fact]
    public void First_counts_for_each_file() => Assert.Equal(
        ["1 sample.scap", "2 sample.scap", "1 demo.scap", "2 demo.scap"],
        Lines("Get-TracerEvent $sample, $demo -First 2 | ForEach-Object { \"$($_.Number) $([IO.Path]::GetFileName($_.Path))\" }"));

    [Theory]
    [InlineData("-First 0", "ParameterArgumentValidationError")]
    [InlineData("-First -1", "ParameterArgumentValidationError")]
    [InlineData("-Skip -1", "ParameterArgumentValidationError")]
    [InlineData("-Category files", "CannotConvertArgument")]
    [InlineData("-After 5", "CannotConvertArgument")]
    [InlineData("-After soon", "CannotConvertArgument")]
    [InlineData("-Before 25:00", "CannotConvertArgument")]
    [InlineData("-Type ''", "ParameterArgumentValidationError")]
    [InlineData("-ThreadId x", "CannotConvertArgument")]
    public void A_value_that_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Get-TracerEvent $sample {parameters}"));
        Assert.StartsWith(id, Assert.Single(Host.ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_keeps_its_own_bytes_when_the_capture_is_gone()
    {
        string copy = SampleCapture.Write(FileName("gone.scap"));
        Host.Run("$kept = @(Get-TracerEvent \"$folder/gone.scap\")");
        File.Delete(copy);
        Assert.Equal(Lines("Get-TracerEvent $sample | ForEach-Object Info"), Lines("$kept | ForEach-Object Info"));
    }
}
