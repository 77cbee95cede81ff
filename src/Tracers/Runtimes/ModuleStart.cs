using System.Management.Automation;
using Tracers.Engine.Runtimes;

namespace Tracers.Runtimes;

/// <summary>Tells the engine, when the module is imported, where to find what reads traces of .NET runtimes. Nothing is loaded by that.</summary>
public sealed class ModuleStart : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => RuntimeProvider.Diagnostics ??= static () => RuntimeLibrary.Diagnostics;
}
