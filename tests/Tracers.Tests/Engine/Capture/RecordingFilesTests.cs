using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public sealed class RecordingFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracers-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_capture_that_does_not_begin_leaves_no_file()
    {
        new RecordingFiles(Options("a.scap")).Dispose();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_existing_file_is_refused_and_stays_as_it_is()
    {
        File.WriteAllText(Named("a.scap"), "mine");
        CaptureStartException e = Assert.Throws<CaptureStartException>(() => new RecordingFiles(Options("a.scap")));
        Assert.Equal(CaptureStartFailure.Path, e.Failure);
        Assert.Contains("a.scap' exists. Overwrite it with -Force", e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Named("a.scap")));
    }

    [Fact]
    public void A_file_that_is_to_be_overwritten_keeps_what_it_has_until_the_capture_begins()
    {
        string path = Named("a.scap");
        File.WriteAllText(path, new string('x', 100_000));
        CaptureOptions options = Options("a.scap") with { Overwrite = true };
        new RecordingFiles(options).Dispose();
        Assert.Equal(100_000, new FileInfo(path).Length);
        using RecordingFiles files = new(options);
        Write(files);
        Assert.InRange(new FileInfo(path).Length, 1, 1_000);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        CaptureStartException e = Assert.Throws<CaptureStartException>(() => new RecordingFiles(Options("no/such/a.scap")));
        Assert.Contains("its folder does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rotating_numbers_the_files_and_lets_the_oldest_go()
    {
        using RecordingFiles files = new(Options("a.scap") with { RotateBytes = 1, RotateCount = 2 });
        for (int i = 0; i < 4; i++)
            Write(files);
        Assert.Equal(["a.0003.scap", "a.0004.scap"], files.Kept.Select(Path.GetFileName));
        Assert.Equal([Named("a.0003.scap"), Named("a.0004.scap")], Directory.GetFiles(_folder).Order());
    }

    [Theory]
    [InlineData("a.0007.scap", true)]
    [InlineData("a.12345.scap", true)]
    [InlineData("a.x007.scap", false)]
    [InlineData("ab.0007.scap", false)]
    [InlineData("a.0007.scap.gz", false)]
    public void A_file_that_a_later_turn_would_meet_is_refused_at_the_start(string name, bool refused)
    {
        File.WriteAllText(Named(name), "mine");
        CaptureOptions options = Options("a.scap") with { RotateBytes = 1 };
        if (refused)
            Assert.Contains($"{name}' exists", Assert.Throws<CaptureStartException>(() => new RecordingFiles(options)).Message, StringComparison.Ordinal);
        else
            new RecordingFiles(options).Dispose();
        Assert.Equal([Named(name)], Directory.GetFiles(_folder));
    }

    private static void Write(RecordingFiles files)
    {
        using CaptureWriter writer = files.Begin();
        writer.WriteSectionHeader();
    }

    private string Named(string name) => Path.Combine(_folder, name);

    private CaptureOptions Options(string name) => new() { Path = Named(name) };
}
