using System.Diagnostics;
using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class CompletionTests(ModuleHost host) : CommandTests(host)
{
    [Theory]
    [InlineData("Measure-TracerIO -By Sp", "SpanId SpanRoot SpanTag")]
    [InlineData("Measure-TracerIO -By SpanTag, FdD", "FdDirectory")]
    [InlineData("Measure-TracerIO -By SpanTag, proc.nam", "proc.name")]
    [InlineData("Measure-TracerCall -By Err", "ErrorName")]
    [InlineData("Measure-TracerCall -OrderBy ", "Average Calls Failed Maximum Time")]
    [InlineData("Get-TracerEvent x.scap -Property evt.nu", "evt.num")]
    [InlineData("Get-TracerField proc.nam", "proc.name")]
    [InlineData("Get-TracerField -Class ev", "evt evtin")]
    [InlineData("Get-TracerEvent x.scap -Filter proc.nam", "proc.name")]
    [InlineData("Get-TracerEvent x.scap -Filter 'proc.nam", "'proc.name'")]
    [InlineData("Get-TracerEvent x.scap -Filter \"evt.num=1 and proc.nam", "\"evt.num=1 and proc.name\"")]
    [InlineData("Get-TracerEvent x.scap -Filter 'not (fd.type=ip", "'not (fd.type=ipv4' 'not (fd.type=ipv6'")]
    [InlineData("Get-TracerEvent x.scap -Filter 'fd.type != IPV", "'fd.type != ipv4' 'fd.type != ipv6'")]
    [InlineData("Get-TracerEvent x.scap -Filter 'evt.dir=", "'evt.dir=<' 'evt.dir=>'")]
    [InlineData("Get-TracerEvent x.scap -Filter 'evt.num ", "'evt.num !=' 'evt.num <' 'evt.num <=' 'evt.num =' 'evt.num >' 'evt.num >=' 'evt.num exists ' 'evt.num in ' 'evt.num intersects '")]
    [InlineData("Get-TracerEvent x.scap -Filter 'evt.num=1 ", "'evt.num=1 and ' 'evt.num=1 or '")]
    [InlineData("Get-TracerEvent x.scap -Filter 'fd.type in (file, ipv", "'fd.type in (file, ipv4' 'fd.type in (file, ipv6'")]
    [InlineData("Get-TracerEvent $sample -Filter 'proc.name=", "'proc.name=tar' 'proc.name=web' 'proc.name=web-worker'")]
    [InlineData("Get-TracerSpan $sample -Filter 'evt.num>1 and proc.name=t", "'evt.num>1 and proc.name=tar'")]
    [InlineData("Measure-TracerCall $sample -Filter 'proc.name in ", "'proc.name in (tar' 'proc.name in (web' 'proc.name in (web-worker'")]
    [InlineData("Measure-TracerSpan -By ", "'Tag[1]' Args. Depth Id Process ProcessId Root State Tag ThreadId")]
    [InlineData("Compare-TracerCapture a.scap b.scap -By P", "Process ProcessId")]
    [InlineData("Measure-TracerSpan $sample -Tag REQ", "request request.read")]
    [InlineData("Compare-TracerCapture $sample $demo -Tag h", "hang")]
    [InlineData("Compare-TracerCapture -Reference $sample -Tag lo", "long lost")]
    [InlineData("Measure-TracerIO -FdType i", "inotify io_uring ipv4 ipv6")]
    [InlineData("Measure-TracerIO -FdType ", "bpf directory event eventpoll file inotify io_uring ipv4 ipv6 memfd netlink pidfd pipe signalfd timerfd unix userfaultfd")]
    [InlineData("Measure-TracerIO -Direction ", "Both Read Write")]
    [InlineData("Get-TracerSpan x.scap -State ", "Finished Orphan Unfinished")]
    [InlineData("Get-TracerSpan x.scap -State Orphan, U", "Unfinished")]
    [InlineData("Get-TracerEvent x.scap -Category s", "scheduler signal sleep system")]
    [InlineData("Get-TracerEvent x.scap -Type read", "read readahead readdir readlink readlinkat readv")]
    [InlineData("Get-TracerEvent x.scap -Type *tracer", "tracer")]
    [InlineData("Export-TracerCapture x.scap -Format ", "Scap Text")]
    [InlineData("Export-TracerReport $sample -Tag t", "tick tick.long tick.short")]
    [InlineData("Export-TracerReport $sample -Filter 'proc.name=", "'proc.name=tar' 'proc.name=web' 'proc.name=web-worker'")]
    [InlineData("Get-TracerSpan $sample -Tag ", "hang long lost read request request.read short slow tick tick.long tick.short")]
    [InlineData("Get-TracerSpan $sample -Tag REQ", "request request.read")]
    [InlineData("Get-TracerSpan $sample | Get-TracerEvent -Scope ", "Children Machine Process Thread")]
    [InlineData("Measure-TracerIO $sample -Scope M", "Machine")]
    [InlineData("Get-TracerSpan $sample | Measure-TracerIO -Nesting ", "Any Innermost")]
    [InlineData("Get-TracerSpan $sample -Tag *.s", "tick.short")]
    [InlineData("Get-TracerSpan $sample -Tag hang, t", "tick tick.long tick.short")]
    [InlineData("Get-TracerSpan -LiteralPath $sample -Tag h", "hang")]
    [InlineData("Get-TracerSpan -Tag h -Path $sample -Id 1", "1 10 11 12")]
    [InlineData("Measure-TracerIO $sample -By SpanTag -Tag lo", "long lost")]
    [InlineData("Get-TracerEvent $sample -ProcessName ", "tar web web-worker")]
    [InlineData("Get-TracerEvent $sample -ProcessId ", "100 200")]
    [InlineData("Get-TracerEvent $sample -ThreadId 1", "100 101")]
    [InlineData("Get-TracerProcess $sample -ProcessId ", "100 200")]
    [InlineData("Get-TracerFile $sample -ProcessName ta", "tar")]
    [InlineData("Get-TracerFile $sample -FdType e", "event eventpoll")]
    [InlineData("Get-TracerConnection $sample -FdType ", "ipv4 ipv6 unix")]
    [InlineData("Get-TracerConnection $sample -State ", "Closed Connected Listening Unconnected")]
    public void Tab_offers_the_values(string text, string values) =>
        Assert.Equal(values, string.Join(' ', Host.Complete(text).Select(match => match.CompletionText).Order(StringComparer.Ordinal)));

    [Fact]
    public void Tab_offers_short_names_before_fields()
    {
        string[] offered = [.. Host.Complete("Measure-TracerIO -By ").Select(match => match.CompletionText)];
        string[] names = [.. offered.TakeWhile(name => !name.Contains('.', StringComparison.Ordinal))];
        Assert.Equal("SpanTag SpanRoot SpanId FdName FdType FdDirectory Process ProcessId ThreadId User Container Syscall Port ErrorName Category", string.Join(' ', names));
        Assert.Contains("evt.num", offered);
        Assert.DoesNotContain(offered, name => name.StartsWith("span.", StringComparison.Ordinal));
    }

    // Of a name with blanks the quotes of the filter stand inside those of PowerShell.
    [Theory]
    [InlineData("it's a \\", "'proc.name=\"it''s a \\\\\"'")]
    [InlineData("a b", "'proc.name=\"a b\"'")]
    public void A_completed_name_finds_its_events(string name, string completed)
    {
        CaptureScript.Write(FileName("odd.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:x::"), webName: name);
        string text = Assert.Single(Host.Complete("Get-TracerEvent $folder/odd.scap -Filter 'proc.name="), match => match.ListItemText == name).CompletionText;
        Assert.Equal(completed, text);
        Assert.NotEmpty(Host.Run($"Get-TracerEvent $folder/odd.scap -Filter {text}"));
    }

    [Theory]
    [InlineData("Get-Trac", "Get-TracerCapture Get-TracerConnection Get-TracerDotNetProcess Get-TracerEvent Get-TracerField Get-TracerFile Get-TracerProcess Get-TracerSpan")]
    [InlineData("Measure-Tra", "Measure-TracerCall Measure-TracerIO Measure-TracerSpan")]
    [InlineData("Get-TracerSpan -M", "-MinDuration")]
    [InlineData("Get-TracerEvent -Property proc.an", "'proc.aname[1]'")]
    [InlineData("Get-TracerEvent -Pro", "-ProcessId -ProcessName -ProgressAction -Property")]
    [InlineData("Measure-TracerIO -In", "-IncludeUnattributed -InformationAction -InformationVariable -InputObject -Interval")]
    public void Tab_offers_commands_and_parameters(string text, string names) =>
        Assert.Equal(names.Split(' '), Host.Complete(text).Select(match => match.CompletionText).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-TracerSpan $sample -Tag request.r", "request.read: 1 span, 3ms")]
    [InlineData("Get-TracerSpan $sample -Tag lo*g", "long in any place: 1 span, 500us")]
    [InlineData("Get-TracerSpan $sample -Id 7", "request: 2 spans, 503ms")]
    [InlineData("Get-TracerEvent $sample -ProcessName ta", "tar: 23 events of process 200")]
    [InlineData("Get-TracerEvent $sample -ProcessId 1", "web: 24 events")]
    [InlineData("Get-TracerEvent $sample -ThreadId 101", "web-worker of process 100: 8 events")]
    [InlineData("Get-TracerEvent $sample -Type recvf", "recvfrom: reads; the category goes by the descriptor")]
    [InlineData("Get-TracerEvent $sample -Type alar", "alarm: time")]
    [InlineData("Get-TracerEvent $sample -Category sig", "signal: signals are sent, handled and blocked")]
    [InlineData("Get-TracerSpan $sample -State Unf", "Still open when the capture ended.")]
    [InlineData("Measure-TracerIO -Scope Ch", "The work of that process and of all its descendants: the commands that a script starts.")]
    [InlineData("Get-TracerEvent -Nesting I", "Only what has one of the given spans as the innermost around it.")]
    [InlineData("Measure-TracerIO -By SpanR", "The first tag of the innermost span.")]
    [InlineData("Measure-TracerSpan -By Root", "The first tag.")]
    [InlineData("Compare-TracerCapture a b -FailOn mean", "The mean is more than 1.2 times that of the reference.")]
    [InlineData("Measure-TracerIO -By evt.nu", "evt.num: Number of the event in the capture, from 1.")]
    [InlineData("Get-TracerEvent $sample -Filter 'proc.name=ta", "tar: 23 events of process 200")]
    [InlineData("Get-TracerEvent $sample -Filter 'evt.num=1 o", "One of them is true.")]
    [InlineData("Get-TracerEvent $sample -Filter 'proc.name ex", "Has a value.")]
    [InlineData("Measure-TracerCall -OrderBy Max", "The longest single call.")]
    [InlineData("Measure-TracerIO -FdType ipv6", "Sockets of IPv6.")]
    [InlineData("Get-TracerConnection -State Conn", "Has a peer.")]
    [InlineData("Get-TracerConnection -FdType unix", "Sockets between processes of one machine.")]
    public void A_value_has_a_word_about_it(string text, string toolTip) => Assert.Equal(toolTip, Assert.Single(Host.Complete(text)).ToolTip);

    [Fact]
    public void Every_key_and_type_of_descriptor_has_a_word_about_it()
    {
        Assert.All(Host.Complete("Measure-TracerIO -By "), match => Assert.NotEqual(match.ListItemText, match.ToolTip));
        Assert.All(Host.Complete("Measure-TracerIO -FdType "), match => Assert.NotEqual(match.ListItemText, match.ToolTip));
    }

    // A tag is a pattern where it is used, and a word on the line where it is written.
    [Theory]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a[1]", "'a`[1`]'")]
    [InlineData("50%", "'50%'")]
    [InlineData("$home", "'$home'")]
    [InlineData("-x", "'-x'")]
    [InlineData("é", "é")]
    public void A_completed_tag_finds_its_spans(string tag, string completed)
    {
        CaptureScript.Write(FileName("odd.scap"), script =>
        {
            script.Mark(1000, CaptureScript.Web, $">:1:{tag}::");
            script.Mark(2000, CaptureScript.Web, ">:2:other::");
        });
        string text = Assert.Single(Host.Complete("Get-TracerSpan $folder/odd.scap -Tag "), match => match.ListItemText == tag).CompletionText;
        Assert.Equal(completed, text);
        Assert.Equal(["1"], Lines($"Get-TracerSpan $folder/odd.scap -Tag {text} | ForEach-Object Id"));
        string quoted = Assert.Single(Host.Complete("Get-TracerSpan $folder/odd.scap -Tag \""), match => match.ListItemText == tag).CompletionText;
        Assert.StartsWith("\"", quoted, StringComparison.Ordinal);
        Assert.Equal(["1"], Lines($"Get-TracerSpan $folder/odd.scap -Tag {quoted} | ForEach-Object Id"));
    }

    [Fact]
    public void A_quote_that_was_begun_is_kept() => Assert.Equal(
        ["'request'", "'request.read'"], Host.Complete("Get-TracerSpan $sample -Tag 'req").Select(match => match.CompletionText));

    [Fact]
    public void What_could_command_a_terminal_is_not_offered()
    {
        CaptureScript.Write(FileName("esc.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:\u001b[2J::"));
        Assert.Empty(Host.Complete("Get-TracerSpan $folder/esc.scap -Tag "));
    }

    [Theory]
    [InlineData("Get-TracerSpan nowhere.scap -Tag ")]
    [InlineData("Get-TracerSpan $folder -Tag ")]
    [InlineData("Get-TracerSpan $nothing -Tag ")]
    [InlineData("Get-TracerSpan $folder/text.scap -Tag ")]
    [InlineData("Get-TracerSpan 'nowhere[' -Tag ")]
    [InlineData("Get-TracerSpan variable:home -Tag ")]
    [InlineData("Get-TracerSpan \"$(throw 'Tab ran it')\" -Tag ")]
    [InlineData("Get-TracerSpan (throw 'Tab ran it') -Tag ")]
    [InlineData("Get-TracerSpan $sample -Tag nosuch")]
    [InlineData("Get-TracerSpan $sample -Tag [")]
    public void Where_there_is_nothing_to_offer_Tab_is_silent(string text)
    {
        File.WriteAllText(FileName("text.scap"), "no capture");
        Assert.DoesNotContain(Host.Complete(text), match => match.ResultType == CompletionResultType.ParameterValue);
    }

    [Fact]
    public void A_command_without_a_path_has_the_names_of_the_last_capture()
    {
        Host.Run("Get-TracerSpan $sample");
        Assert.Empty(Host.Complete("Get-TracerSpan (Get-Location) -Tag ha"));
        Assert.Equal(["hang"], Host.Complete("Get-TracerSpan -Tag ha").Select(match => match.CompletionText));
        Assert.Equal(["hang"], Host.Complete("Measure-TracerIO -Tag ha").Select(match => match.CompletionText));
    }

    [Fact]
    public void The_names_are_of_the_file_as_it_is_now_and_of_all_files_together()
    {
        CaptureScript.Write(FileName("a1.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:first::"));
        Assert.Equal(["first"], Host.Complete("Get-TracerSpan $folder/a*.scap -Tag ").Select(match => match.CompletionText));
        CaptureScript.Write(FileName("a1.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:changed::"));
        CaptureScript.Write(FileName("a2.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:second::"));
        Assert.Equal(["changed", "second"], Host.Complete("Get-TracerSpan $folder/a*.scap -Tag ").Select(match => match.CompletionText));
    }

    [Fact]
    public void What_is_whole_in_a_damaged_capture_is_offered()
    {
        File.WriteAllBytes(FileName("cut.scap"), File.ReadAllBytes(Sample)[..^100]);
        Assert.Contains("request", Host.Complete("Get-TracerSpan $folder/cut.scap -Tag ").Select(match => match.CompletionText));
    }

    [SkippableFact]
    public void A_pipe_is_left_to_the_command()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Named pipes are read on Linux only.");
        using Process make = Process.Start("mkfifo", FileName("pipe"));
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
        Assert.Empty(Host.Complete("Get-TracerSpan $folder/pipe -Tag "));
        Assert.DoesNotContain(Host.Complete("Get-TracerSpan -Path - -Tag "), match => match.ResultType == CompletionResultType.ParameterValue);
    }

    [Fact]
    public void A_large_file_is_not_read()
    {
        CaptureScript.Write(FileName("big.scap"), script => script.Mark(1000, CaptureScript.Web, ">:1:first::"));
        using (FileStream file = File.OpenWrite(FileName("big.scap"))) file.SetLength((32 << 20) + 1);
        Assert.Empty(Host.Complete("Get-TracerSpan $folder/big.scap -Tag "));
    }
}
