using System.Diagnostics;
using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Captures that come through a named pipe; as <c>/dev/stdin</c> and <c>&lt;(...)</c> are.</summary>
public sealed class PipedCaptureTests : CommandTests
{
    public PipedCaptureTests(ModuleHost host)
        : base(host)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Named pipes are read on Linux only.");
        using Process make = Process.Start("mkfifo", FileName("pipe"));
        make.WaitForExit();
    }

    [SkippableTheory]
    [InlineData("Get-TracerSpan", "$folder/pipe")]
    [InlineData("Get-TracerSpan", "-LiteralPath $folder/pipe")]
    [InlineData("Get-TracerEvent", "$folder/pip?")]
    [InlineData("Measure-TracerIO", "$folder/pipe")]
    public async Task A_pipe_gives_what_the_file_gives(string command, string path)
    {
        string[] expected = [.. Host.Run($"{command} $sample").SelectMany(Properties).Where(Comparable)];
        Task feed = Feed(stream => stream.Write(File.ReadAllBytes(Sample)));
        Assert.Equal(expected, Host.Run($"{command} {path}").SelectMany(Properties).Where(Comparable));
        await feed;
        static bool Comparable(string property) => !property.StartsWith("Path=", StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_pipe_has_no_length_and_is_not_the_capture_that_is_read_again()
    {
        Host.Run("Get-TracerSpan $sample");
        Task feed = Feed(stream => stream.Write(File.ReadAllBytes(Sample)));
        Assert.Equal("null True False", Values(Host.Run("Get-TracerCapture $folder/pipe").Single(), "Length", "Complete", "BeingWritten"));
        await feed;
        Assert.NotEmpty(Host.Run("Measure-TracerIO"));
    }

    [SkippableTheory]
    [InlineData("Get-TracerSpan $folder/pipe", false)]
    [InlineData("Get-TracerSpan $folder/pipe", true)]
    [InlineData("Measure-TracerIO $folder/pipe", true)]
    public async Task Ctrl_C_ends_the_waiting_for_a_writer_or_for_its_bytes_at_once(string command, bool hasWriter)
    {
        using ManualResetEventSlim started = new(), stopped = new();
        Task<IReadOnlyList<PSObject>> script = Task.Run(() => Host.Try($"'started'; {command}; 'never'", _ => started.Set()));
        Assert.True(started.Wait(TimeSpan.FromSeconds(20)));
        Task feed = hasWriter ? Feed(_ => stopped.Wait()) : Task.CompletedTask;
        await Task.Delay(200);
        Assert.False(script.IsCompleted);

        TimeSpan took = Host.Stop();

        stopped.Set();
        await feed;
        Assert.Equal(["started"], (await script).Select(o => o.ToString()));
        Assert.True(Host.WasStopped);
        Assert.Empty(Host.Errors);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private Task Feed(Action<Stream> write) => Task.Run(() =>
    {
        using FileStream stream = new(FileName("pipe"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        write(stream);
    });
}
