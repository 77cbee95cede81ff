using System.Diagnostics;
using Tracers.Engine.Capture;
using Tracers.Tests.Engine.Capture;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>A live capture of chosen processes is given to others without what the rest of the machine is and has open.</summary>
[Collection(ProbeTestGroup.Name)]
public sealed class ChosenProcessTests(ModuleHost host) : CommandTests(host)
{
    [SkippableFact]
    public void Its_lists_have_the_chosen_process_and_its_children_and_no_other()
    {
        LiveMachine.Require();
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 30 & echo $!; wait"]) { RedirectStandardOutput = true })!;
        string child = shell.StandardOutput.ReadLine()!;
        try
        {
            CaptureOptions options = new() { Path = FileName("chosen.scap"), ProcessIds = [shell.Id] };
            using (CaptureSession session = CaptureSession.Start(options)) session.Stop();
            int open = Directory.GetFiles($"/proc/{shell.Id}/fd").Length + Directory.GetFiles($"/proc/{child}/fd").Length;
            Assert.Equal($"2 {open}", Values(Host.Run("Get-TracerCapture $folder/chosen.scap").Single(), "Threads", "OpenFds"));
        }
        finally
        {
            if (!shell.HasExited) shell.Kill(entireProcessTree: true);
        }
    }
}
