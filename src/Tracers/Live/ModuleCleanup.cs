using System.Management.Automation;

namespace Tracers.Live;

/// <summary>Ends the session's captures when the module is removed from it: nothing could end them later.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionRecordings.Current?.EndAll();
}
