using System.Globalization;
using System.Management.Automation.Host;

namespace Tracers.Shell;

/// <summary>The host that the engine sees.</summary>
internal sealed class ShellHost(ShellHostUI ui) : PSHost
{
    /// <summary>The name by which scripts know that they run here and not in pwsh.</summary>
    public const string HostName = "Tracers.Shell";

    /// <summary>Gets the code that a script gave to exit; null when none did.</summary>
    public int? RequestedExitCode { get; private set; }

    /// <inheritdoc/>
    public override string Name => HostName;

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("This shell has no nested prompt. Answer the question with another choice.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() =>
        throw new NotSupportedException("This shell has no nested prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => ui.EraseProgress();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
