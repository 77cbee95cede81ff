using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class CapturePathTests : CommandTests
{
    public CapturePathTests(ModuleHost host)
        : base(host)
    {
        WriteOne("cap1.scap", 1);
        WriteOne("cap2.scap", 2);
        WriteOne("cap[1].scap", 3);
        host.Run("Set-ProbeLocation $folder");
    }

    public static TheoryData<string> Commands => ["Get-TracerSpan", "Get-TracerEvent", "Measure-TracerIO", "Measure-TracerSpan", "Get-TracerCapture"];

    [Theory]
    [InlineData("cap1.scap", "1")]
    [InlineData("-Path cap2.scap, cap1.scap", "2 1")]
    [InlineData("cap?.scap", "1 2")]
    [InlineData("\"$folder/cap[12].scap\"", "1 2")]
    [InlineData("cap[1].scap", "1")]
    [InlineData("-LiteralPath cap[1].scap", "3")]
    [InlineData("-LP ./cap[1].scap, cap2.scap", "3 2")]
    [InlineData("-PSPath \"$folder/cap[1].scap\"", "3")]
    [InlineData("cap1.scap, cap1.scap", "1 1")]
    public void A_parameter_names_captures(string parameters, string ids)
    {
        Assert.Equal(ids.Split(' '), Lines($"Get-TracerSpan {parameters} | ForEach-Object Id"));
        Assert.Equal(ids.Split(' '), Lines($"Get-TracerEvent -Type tracer -First 1 {parameters} | ForEach-Object SpanId"));
        Assert.Equal(ids.Split(' '), Lines($"Get-TracerCapture {parameters} | ForEach-Object {{ (Get-TracerSpan -LiteralPath $_.Path).Id }}"));
        Assert.Equal(ids.Split(' ').Distinct().Order(), Lines($"Measure-TracerIO -By SpanId {parameters} | ForEach-Object SpanId").Order());
    }

    [Theory]
    [InlineData("'cap2.scap', 'cap1.scap'", "2 1")]
    [InlineData("'cap?.scap'", "1 2")]
    [InlineData("[IO.FileInfo]::new(\"$folder/cap[1].scap\")", "3")]
    [InlineData("[IO.FileInfo]::new(\"$folder/cap[1].scap\") | Add-ProbeNote -Name PSPath -Value \"Microsoft.PowerShell.Core\\FileSystem::$folder/cap[1].scap\"", "3")]
    [InlineData("[IO.DirectoryInfo]::new($folder).GetFiles('cap[[12].scap')", "")]
    [InlineData("[pscustomobject]@{ Path = 'cap1.scap' }", "1")]
    [InlineData("[pscustomobject]@{ LiteralPath = 'cap[1].scap' }", "3")]
    public void The_pipeline_names_captures(string input, string ids)
    {
        string[] expected = ids.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, Lines($"{input} | Get-TracerSpan | ForEach-Object Id"));
        Assert.Equal(expected, Lines($"{input} | Get-TracerEvent -Type tracer -First 1 | ForEach-Object SpanId"));
        Assert.Equal(expected.Length, Lines($"{input} | Get-TracerCapture").Count);
        Assert.Equal(expected.Order(), Lines($"{input} | Measure-TracerIO -By SpanId | ForEach-Object SpanId").Order());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_no_file_is_one_error_each_and_the_rest_is_read(string command)
    {
        Directory.CreateDirectory(FileName("dir.scap"));
        Assert.NotEmpty(Host.Try($"{command} missing.scap, no*.scap, dir.scap, ./-, cap1.scap"));
        Assert.Equal(["CaptureNotFound", "NoFileMatches", "PathIsDirectory", "CaptureNotFound"], ShortErrorIds);
        Assert.Empty(Host.Try($"{command} -LiteralPath 'cap?.scap'"));
        Assert.Equal(["CaptureNotFound"], ShortErrorIds);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_gzip_capture_gives_what_the_plain_one_gives_whatever_its_name(string command)
    {
        SampleCapture.Write(FileName("plain.scap"));
        string[] plain = [.. Host.Run($"{command} plain.scap").SelectMany(Properties).Where(Comparable)];
        SampleCapture.Write(FileName("plain.scap"), compress: true);
        Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(FileName("plain.scap"))[..2]);
        Assert.Equal(plain, Host.Run($"{command} plain.scap").SelectMany(Properties).Where(Comparable));
        static bool Comparable(string property) =>
            !property.StartsWith("Length=", StringComparison.Ordinal) && !property.StartsWith("Compressed=", StringComparison.Ordinal);
    }

    // One span, of this id, with one read in it.
    private void WriteOne(string name, int id) => CaptureScript.Write(FileName(name), script =>
    {
        script.Mark(1000, CaptureScript.Web, $">:{id}:one::");
        script.Read(3000, CaptureScript.Web, CaptureScript.DataFd, 10);
        script.Mark(5000, CaptureScript.Web, $"<:{id}:one::");
    });
}
