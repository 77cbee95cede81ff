using System.Management.Automation.Runspaces;
using Tracers.Live;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands.Live;

/// <summary>Captures end with the module and with the session.</summary>
public sealed class SessionEndTests(ModuleHost host) : LiveCommandTests(host)
{
    [Fact]
    public void Removing_the_module_ends_the_captures_of_the_session()
    {
        Start("a.scap");
        Start("b.scap");
        try
        {
            Host.Run("Remove-Module Tracers");
            Assert.All(Captures, capture => Assert.Equal(1, capture.Stops));
            Assert.Equal(2, Captures.Count);
        }
        finally
        {
            Host.Run("Import-Module -Name $ModuleUnderTest");
        }
    }

    [Fact]
    public void Closing_the_session_ends_its_captures_and_no_others()
    {
        Start("a.scap");
        using ModuleHost other = new();
        List<ScriptedCapture> theirs = [];
        SessionRecordings.Of(other.Runspace).Source = (options, _) =>
        {
            theirs.Add(new ScriptedCapture(options));
            return theirs[^1];
        };
        other.SetVariable("folder", Folder.FullName);
        other.Run("$null = Start-TracerCapture $folder/b.scap");
        Assert.Single(other.Run("Get-TracerCapture"));
        other.Runspace.Close();
        Assert.Equal(1, Assert.Single(theirs).Stops);
        Assert.Equal(0, Capture.Stops);
    }

    [Fact]
    public void Each_session_has_its_own_list()
    {
        Start("a.scap");
        using ModuleHost other = new();
        Assert.Empty(other.Run("Get-TracerCapture"));
        Assert.NotEmpty(Host.Run("Get-TracerCapture"));
        Assert.Equal(RunspaceState.Opened, Host.Runspace.RunspaceStateInfo.State);
    }
}
