using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace Tracers.Tests.Commands.Probes;

/// <summary>Select-Object -First, which the engine alone does not have: passes so many objects on and stops the commands before it.</summary>
[Cmdlet(VerbsCommon.Select, "ProbeFirst")]
[OutputType(typeof(object))]
public sealed class SelectProbeFirstCommand : PSCmdlet
{
    private int _seen;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public int Count { get; set; } = 1;

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_seen == Count)
        {
            throw StopUpstream();
        }
    }

    // Internal to PowerShell, and the only way in which a command can end those before it without an error.
    private Exception StopUpstream()
    {
        Type type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        return (Exception)Activator.CreateInstance(
            type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [(InternalCommand)this], null)!;
    }
}
