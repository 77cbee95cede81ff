using System.Management.Automation;
using System.Text.RegularExpressions;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class ShowTracerSpanTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void Without_a_selection_the_longest_trace_is_drawn_and_the_picture_says_so()
    {
        string[] lines = Picture("Show-TracerSpan $demo -Width 80");
        Assert.Equal("Trace 1 of 177 in demo.scap, the longest; -First draws more", lines[0]);
        Assert.StartsWith("download_handler  1.979s  id 2640706402000000077  .NET TP Worker 22041/22094", lines[1], StringComparison.Ordinal);
        Assert.Equal(
            [
                "download_handler         ======================   1.979s  62.09us  1.00 GB     0",
                " download_headers        #                       49.27us  49.27us    182 B     0",
                " download_write          ######################   1.979s   1.979s  1.00 GB     0",
                "# longest path   = other time of a span",
            ],
            lines[4..]);
    }

    [Fact]
    public void The_numbers_are_those_of_Get_TracerSpan()
    {
        string numbers = Lines("Get-TracerSpan $demo -Tag fib_handler.fib_calculate -IO | Where-Object Duration -gt '1ms' | ForEach-Object { $time = $_.Duration.ToString('H', $null); \"$time $($_.SelfTime.ToString('H', $null)) $time $($_.Bytes) B $($_.Errors)\" }").Single();
        string line = Picture("Get-TracerSpan $demo -Tag fib_handler.fib_calculate | Where-Object Duration -gt '1ms' | Show-TracerSpan -Width 120").Single(l => l.Contains("*fib_calculate", StringComparison.Ordinal));
        Assert.EndsWith("# " + numbers, Regex.Replace(line, " +", " "), StringComparison.Ordinal);
    }

    [Fact]
    public void First_draws_the_longest_ones_in_order()
    {
        string[][] pictures = Pictures("Show-TracerSpan $sample -First 3 -Width 100");
        Assert.Equal(["Trace 1 of 7 in sample.scap, the longest; -First draws more", "Trace 2 of 7 in sample.scap, by length; -First draws more", "Trace 3 of 7 in sample.scap, by length; -First draws more"], pictures.Select(p => p[0]));

        // The one that hangs has been open for longer than any other took.
        Assert.Equal(["hang  >20.47s", "slow  10s", "slow  10s"], pictures.Select(p => string.Join("  ", p[1].Split("  ")[..2])));
    }

    [Fact]
    public void All_traces_are_drawn_if_asked_for_and_then_there_is_no_hint()
    {
        string[][] pictures = Pictures("Show-TracerSpan $sample -First 100 -Width 100");
        Assert.Equal(7, pictures.Length);
        Assert.Equal("Trace 7 of 7 in sample.scap, by length", pictures[^1][0]);
        Assert.Equal(["1 span of '" + Sample + "' not drawn: where they began is not in the capture."], Host.Warnings);
    }

    [Theory]
    [InlineData("-Tag request.read")]
    [InlineData("-Filter 'span.tags = request.read'")]
    public void Of_a_selected_part_the_whole_trace_is_drawn_with_a_mark(string selection)
    {
        string[] lines = Picture($"Show-TracerSpan $sample {selection} -Width 80");
        Assert.Equal("Trace 1 of 1 in sample.scap, the longest", lines[0]);
        Assert.StartsWith("request ", lines[3], StringComparison.Ordinal);
        Assert.StartsWith(" *read ", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("* selected", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Piped_spans_are_drawn_with_what_is_around_and_in_them_and_no_trace_twice()
    {
        string[][] pictures = Pictures("Get-TracerSpan $sample | Where-Object Tag -like 'request*' | Show-TracerSpan -Width 80");
        Assert.Equal(["request  500ms", "request  500ms"], pictures.Select(p => string.Join("  ", p[1].Split("  ")[..2])));
        Assert.Equal([3, 4], pictures.Select(p => p.Length - 2).Order());
    }

    [Fact]
    public void Piped_spans_of_a_capture_that_changed_are_one_error()
    {
        File.Copy(Sample, FileName("copy.scap"));
        Host.Run("$spans = Get-TracerSpan $folder/copy.scap");
        File.Copy(Service, FileName("copy.scap"), overwrite: true);
        Host.Try("$spans | Show-TracerSpan");
        Assert.Equal(["CaptureChanged"], ShortErrorIds);
        File.Delete(FileName("copy.scap"));
        Host.Try("$spans | Show-TracerSpan");
        Assert.Equal(["CaptureOfSpansGone"], ShortErrorIds);
    }

    [Fact]
    public void Piped_spans_are_no_more_than_ten_traces_unless_asked_for()
    {
        Assert.Equal(10, Pictures("Get-TracerSpan $demo -Tag fib_handler | Show-TracerSpan").Length);
        Assert.Equal(71, Pictures("Get-TracerSpan $demo -Tag fib_handler | Show-TracerSpan -First 100").Length);
    }

    [Fact]
    public void A_filter_of_piped_spans_is_refused()
    {
        Host.Try("Get-TracerSpan $sample | Show-TracerSpan -Filter 'span.tag[0] = request'");
        Assert.Equal(["FilterOfInput"], ShortErrorIds);
    }

    [Fact]
    public void Without_a_path_the_sessions_last_capture_is_drawn()
    {
        Host.Run("$null = Get-TracerSpan $sample");
        Assert.Contains("sample.scap", Picture("Show-TracerSpan")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_damaged_capture_what_is_whole_is_drawn_and_then_there_is_one_error()
    {
        byte[] whole = File.ReadAllBytes(Service);
        File.WriteAllBytes(FileName("cut.scap"), whole[..(whole.Length / 2)]);
        IReadOnlyList<PSObject> output = Host.Try("Show-TracerSpan $folder/cut.scap");
        Assert.Equal(["CaptureDamaged"], ShortErrorIds);
        Assert.Single(output);
        Assert.Empty(Host.Warnings);
    }

    [Fact]
    public void A_capture_that_lost_events_is_warned_of_once()
    {
        string path = CaptureScript.Write(FileName("lossy.scap"), script =>
        {
            script.Mark(1, CaptureScript.Web, ">:1:a::");
            script.Drop(10);
            script.Mark(1000, CaptureScript.Web, "<:1:a::");
        });
        Host.SetVariable("lossy", path);
        Host.Run("Show-TracerSpan $lossy");
        Assert.Single(Host.Warnings, w => w.Contains("lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_is_nothing_to_draw_a_warning_says_so()
    {
        Assert.Empty(Host.Run("Show-TracerSpan $sample -Tag none"));
        Assert.Contains("no span to draw", Assert.Single(Host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_cannot_be_read_twice()
    {
        Host.Try("Show-TracerSpan -");
        Assert.Equal(["CanBeReadOnlyOnce"], ShortErrorIds);
    }

    [Fact]
    public void The_width_is_that_of_the_window_or_the_one_given()
    {
        Assert.Equal(119, Picture("Show-TracerSpan $demo").Max(l => l.Length));
        Assert.Equal(200, Picture("Show-TracerSpan $demo -Width 200").Max(l => l.Length));
        Assert.Equal(40, Picture("Show-TracerSpan $demo -Width 40").Max(l => l.Length));
        Host.Try("Show-TracerSpan $demo -Width 39");
        Assert.Single(Host.Errors);
    }

    [Fact]
    public void What_is_shown_is_the_picture_with_colours_only_where_they_are_wanted()
    {
        string plain = string.Join('\n', Picture("Show-TracerSpan $demo -Width 80"));
        Assert.Contains(plain, Host.Text("$PSStyle.OutputRendering = 'PlainText'; Show-TracerSpan $demo -Width 80"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", string.Concat(Lines("$PSStyle.OutputRendering = 'PlainText'; (Show-TracerSpan $demo).Lines")), StringComparison.Ordinal);
        Assert.Contains("\u001b[38;5;208", string.Concat(Lines("$PSStyle.OutputRendering = 'Ansi'; (Show-TracerSpan $demo).Lines; $PSStyle.OutputRendering = 'Host'")), StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_table_it_is_still_a_picture() =>
        Assert.Contains("\nsample.scap"[1..] + ", the longest", Host.Text("Get-TracerSpan $sample -Id 7; Show-TracerSpan $sample"), StringComparison.Ordinal);

    [Fact]
    public void What_programs_wrote_does_nothing_to_the_terminal()
    {
        Host.SetVariable("evil", CaptureScript.Write(FileName("evil.scap"), script =>
        {
            script.Mark(1_000, CaptureScript.Web, ">:1:\u001b[2J\u001b]0;title\u0007red\u202Eevil:a\u009b31m=\\\nline:");
            script.Mark(900_000, CaptureScript.Web, "<:1:\u001b[2J\u001b]0;title\u0007red\u202Eevil::");
        }));
        string text = string.Concat(Lines("$PSStyle.OutputRendering = 'PlainText'; (Show-TracerSpan $evil -Width 150).Lines; $PSStyle.OutputRendering = 'Host'"));
        Assert.Contains("\uFFFD[2J\uFFFD]0;title\uFFFDred\uFFFDevil", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
        Assert.DoesNotContain('\u202E', text);
    }

    private string[] Picture(string script) => Assert.Single(Pictures(script));

    private string[][] Pictures(string script) => [.. Host.Run(script).Select(p => p.BaseObject.ToString()!.Split(Environment.NewLine))];
}
