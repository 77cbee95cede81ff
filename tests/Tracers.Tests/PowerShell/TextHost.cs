using System.Globalization;
using System.Management.Automation.Host;

namespace Tracers.Tests.PowerShell;

/// <summary>A PowerShell host without a console: 120 columns, and everything shown is collected.</summary>
internal sealed class TextHost : PSHost
{
    public TextHostInterface Collected { get; } = new();

    public override PSHostUserInterface UI => Collected;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Tracers.Tests";

    public override Version Version { get; } = new(1, 0);

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
