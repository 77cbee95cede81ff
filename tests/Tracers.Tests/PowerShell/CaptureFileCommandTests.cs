using System.Management.Automation;
using Tracers.Engine.Scap;
using Tracers.Tests.PowerShell.Probes;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class CaptureFileCommandTests : IClassFixture<ModuleHost>, IDisposable
{
    private const string Probe = "Tracers.Tests.PowerShell.Probes.GetProbeCaptureCommand";

    private readonly ModuleHost _host;
    private readonly TemporaryFolder _folder = new();

    public CaptureFileCommandTests(ModuleHost host)
    {
        _host = host;
        host.SetVariable("folder", _folder.FullName);
        host.Run("Set-ProbeLocation $folder");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_names_are_read_in_the_order_given()
    {
        string b = _folder.File("b.scap");
        string a = _folder.File("a.scap");
        Assert.Equal([b, a], Paths(_host.Run("Get-ProbeCapture b.scap, a.scap")));
        Assert.Equal([b, a], Paths(_host.Run("'b.scap', 'a.scap' | Get-ProbeCapture")));
        Assert.Equal([b, a], Paths(_host.Run("Get-ProbeCapture -LiteralPath b.scap, a.scap")));
    }

    [Fact]
    public void A_wildcard_is_every_file_that_matches()
    {
        string[] files = [_folder.File("a1.scap"), _folder.File("a2.scap")];
        _folder.File("b1.scap");
        Assert.Equal(files, Paths(_host.Run("Get-ProbeCapture a*.scap")).Order());
        Assert.Equal(files, Paths(_host.Run("Get-ProbeCapture \"$folder/a[12].scap\"")).Order());
    }

    [Fact]
    public void A_relative_path_is_relative_to_the_location_of_PowerShell_and_not_of_the_process()
    {
        string file = _folder.File("here.scap");
        Assert.NotEqual(_folder.FullName, Environment.CurrentDirectory);
        Assert.Equal([file], Paths(_host.Run("Get-ProbeCapture ./here.scap")));
    }

    // What Get-ChildItem 'cap[1].scap' writes: a FileInfo with the PSPath that its provider adds. As a wildcard it is cap1.scap.
    [Fact]
    public void A_file_from_Get_ChildItem_is_read_by_its_literal_name()
    {
        string bracketed = _folder.File("cap[1].scap");
        _folder.File("cap1.scap");
        _host.SetVariable("file", new FileInfo(bracketed));
        _host.SetVariable("psPath", @"Microsoft.PowerShell.Core\FileSystem::" + bracketed);
        Assert.Equal([bracketed], Paths(_host.Run("$file | Add-ProbeNote -Name PSPath -Value $psPath | Get-ProbeCapture")));
    }

    [Fact]
    public void A_FileInfo_without_a_provider_is_read_by_its_literal_name_too()
    {
        string bracketed = _folder.File("cap[1].scap");
        string wildcard = _folder.File("cap1.scap");
        _host.SetVariable("bracketed", new FileInfo(bracketed));
        Assert.Equal([bracketed], Paths(_host.Run("$bracketed | Get-ProbeCapture")));
        Assert.Equal([bracketed], Paths(_host.Run("Get-ProbeCapture -LP $bracketed")));
        Assert.Equal([bracketed], Paths(_host.Run("Get-ProbeCapture -LiteralPath 'cap[1].scap'")));
        Assert.Equal([wildcard], Paths(_host.Run("'cap[1].scap' | Get-ProbeCapture")));
    }

    [Fact]
    public void An_object_with_a_Path_is_read_by_that_property()
    {
        string file = _folder.File("a.scap");
        Assert.Equal([file], Paths(_host.Run("[pscustomobject]@{ Path = 'a.scap' } | Get-ProbeCapture")));
    }

    [Theory]
    [InlineData("Get-ProbeCapture nothere.scap", "CaptureNotFound", ErrorCategory.ObjectNotFound, "nothere.scap", "Check the spelling")]
    [InlineData("Get-ProbeCapture -LiteralPath nothere.scap", "CaptureNotFound", ErrorCategory.ObjectNotFound, "{folder}/nothere.scap", "Check the spelling")]
    [InlineData("Get-ProbeCapture no*.scap", "NoFileMatches", ErrorCategory.ObjectNotFound, "no*.scap", "-LiteralPath")]
    [InlineData("Get-ProbeCapture .", "PathIsDirectory", ErrorCategory.InvalidArgument, "{folder}", "*.scap")]
    [InlineData("Get-ProbeCapture -LiteralPath -", "CaptureNotFound", ErrorCategory.ObjectNotFound, "{folder}/-", "Check the spelling")]
    [InlineData("Get-ProbeCapture Env:PATH", "NotAFileSystemPath", ErrorCategory.InvalidArgument, "Env:PATH", "Give the path of a file")]
    [InlineData("Get-ProbeCapture -LiteralPath Variable:HOME", "NotAFileSystemPath", ErrorCategory.InvalidArgument, "Variable:HOME", "Give the path of a file")]
    [InlineData("Get-ProbeCapture nodrive:/x.scap", "PathNotUsable", ErrorCategory.InvalidArgument, "nodrive:/x.scap", "nodrive")]
    [InlineData("Get-ProbeCapture NoProvider::x.scap", "PathNotUsable", ErrorCategory.InvalidArgument, "NoProvider::x.scap", "NoProvider")]
    public void A_name_that_is_no_file_is_one_error_and_the_next_is_read(
        string script, string id, ErrorCategory category, string target, string message)
    {
        string good = _folder.File("good.scap");
        Assert.Equal([good], Paths(_host.Try($"{script}; 'good.scap' | Get-ProbeCapture")));
        ErrorRecord error = Assert.Single(_host.Errors);
        Assert.Equal($"{id},{Probe}", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target.Replace("{folder}", _folder.FullName, StringComparison.Ordinal), error.TargetObject?.ToString()?.TrimEnd('/'));
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_name_among_good_ones_does_not_end_the_command()
    {
        string[] good = [_folder.File("1.scap"), _folder.File("3.scap")];
        Directory.CreateDirectory(Path.Join(_folder.FullName, "2.scap"));
        Assert.Equal(good, Paths(_host.Try("Get-ProbeCapture 1.scap, ./-, none.scap, *none, 2.scap, 3.scap")));
        Assert.Equal(
            ["CaptureNotFound", "CaptureNotFound", "NoFileMatches", "PathIsDirectory"],
            _host.ErrorIds.Select(id => id.Split(',')[0]));
    }

    [Fact]
    public void A_file_that_is_named_minus_is_read_by_its_literal_name_or_with_its_folder()
    {
        string file = _folder.File("-");
        Assert.Equal([file], Paths(_host.Run("Get-ProbeCapture ./-")));
        Assert.Equal([file], Paths(_host.Run("Get-ProbeCapture -LiteralPath -")));
    }

    [Theory]
    [InlineData("Get-ProbeCapture -Path ''")]
    [InlineData("Get-ProbeCapture -Path $null")]
    [InlineData("Get-ProbeCapture -LiteralPath @()")]
    public void An_empty_name_is_refused_before_anything_is_read(string script)
    {
        Assert.Empty(_host.Try(script));
        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(_host.ErrorIds), StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string, ErrorCategory> ReadingFailures => new()
    {
        { new ScapFormatException("f", 0, "section header", "f: not a capture"), "NotACapture", ErrorCategory.InvalidData },
        { new ScapFormatException("f", 12, "section header: major version", "f: version 7"), "NotACapture", ErrorCategory.InvalidData },
        { new ScapFormatException("f", 0, "gzip stream", "f: cut off after 0 inflated bytes"), "CaptureDamaged", ErrorCategory.InvalidData },
        { new ScapFormatException("f", 5000, "section header", "f: the second section is cut off"), "CaptureDamaged", ErrorCategory.InvalidData },
        { new ScapFormatException("f", 1234, "length", "f: offset 1234: cut off"), "CaptureDamaged", ErrorCategory.InvalidData },
        { new UnauthorizedAccessException("no"), "CaptureUnreadable", ErrorCategory.PermissionDenied },
        { new FileNotFoundException("gone"), "CaptureNotFound", ErrorCategory.ObjectNotFound },
        { new IOException("disk"), "CaptureUnreadable", ErrorCategory.ReadError },
    };

    [Theory]
    [MemberData(nameof(ReadingFailures))]
    public void What_reading_throws_about_a_file_is_one_error_after_what_was_whole_and_the_next_file_is_read(
        Exception thrown, string id, ErrorCategory category)
    {
        string[] files = [_folder.File("a.scap"), _folder.File("b.scap")];
        _host.SetVariable("thrown", thrown);
        Assert.Equal(files, Paths(_host.Try("Get-ProbeCapture a.scap, b.scap -Throw $thrown")));
        Assert.Equal([$"{id},{Probe}", $"{id},{Probe}"], _host.ErrorIds);
        Assert.All(_host.Errors, error => Assert.Equal(category, error.CategoryInfo.Category));
    }

    [Fact]
    public void The_message_of_a_damaged_capture_is_the_one_of_the_engine_and_the_file_its_target()
    {
        _folder.File("a.scap");
        _host.SetVariable("thrown", new ScapFormatException("/data/a.scap", 1234, "block length", "/data/a.scap: at offset 1234 the block is cut off."));
        _host.Try("Get-ProbeCapture a.scap -Throw $thrown");
        ErrorRecord error = Assert.Single(_host.Errors);
        Assert.Equal("/data/a.scap: at offset 1234 the block is cut off.", error.Exception.Message);
        Assert.Equal("/data/a.scap", error.TargetObject);
    }

    [Fact]
    public void An_exception_that_is_not_about_the_file_is_not_hidden()
    {
        _folder.File("a.scap");
        _host.SetVariable("thrown", new InvalidOperationException("a bug"));
        Assert.Single(_host.Try("Get-ProbeCapture a.scap, a.scap -Throw $thrown"));
        Assert.Equal("a bug", Assert.Single(_host.Errors).Exception.Message);
    }

    [Fact]
    public void A_subclass_can_take_objects_from_the_pipeline_or_work_without_any_input()
    {
        string file = _folder.File("a.scap");
        _host.SetVariable("records", new[] { new ProbeRecord(Duration.Parse("1s")), new ProbeRecord(Duration.Parse("2s")) });
        Assert.Equal(["record 1s", "record 2s", "end InputObject"], Paths(_host.Run("$records | Measure-Probe")));
        Assert.Equal([$"file {file}", "end Path"], Paths(_host.Run("Measure-Probe a.scap")));
        Assert.Equal([$"file {file}", "end Path"], Paths(_host.Run("'a.scap' | Measure-Probe")));
        Assert.Equal([$"file {file}", "end LiteralPath"], Paths(_host.Run("Measure-Probe -LiteralPath a.scap")));
        Assert.Equal(["end Path"], Paths(_host.Run("Measure-Probe")));
    }

    private static IEnumerable<string> Paths(IEnumerable<PSObject> output) => output.Select(path => (string)path.BaseObject);
}
