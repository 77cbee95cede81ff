using System.Reflection;
using System.Runtime.Loader;

namespace Tracers.Runtimes;

/// <summary>Loads what only this module uses, apart from what the session and its other modules have: two versions of a library do not meet.</summary>
/// <param name="folder">Where the assemblies are.</param>
internal sealed class DependencyContext(string folder) : AssemblyLoadContext("Tracers.Dependencies")
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The engine's types must be the same on both sides. What is not in the folder is the framework's.
        Assembly engine = typeof(Engine.Runtimes.IRuntimeDiagnostics).Assembly;
        if (assemblyName.Name == engine.GetName().Name)
            return engine;
        string path = Path.Join(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
