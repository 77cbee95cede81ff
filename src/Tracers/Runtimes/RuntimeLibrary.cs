using System.Reflection;
using Tracers.Engine.Runtimes;

namespace Tracers.Runtimes;

/// <summary>The library that speaks to .NET runtimes; loaded when it is used first.</summary>
internal static class RuntimeLibrary
{
    private const string FolderName = "Dependencies";
    private const string AssemblyName = "Tracers.DotNet";
    private const string HookName = "Tracers.StartupHook";
    private const string TypeName = "Tracers.DotNet.RuntimeDiagnostics";

    private static readonly Lazy<IRuntimeDiagnostics> s_loaded = new(Load, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>What it offers.</summary>
    /// <exception cref="FileNotFoundException">A part of the module is missing; the message says what to do.</exception>
    public static IRuntimeDiagnostics Diagnostics => s_loaded.Value;

    /// <summary>Full path of the startup hook by which a process marks its activities itself.</summary>
    /// <exception cref="FileNotFoundException">A part of the module is missing; the message says what to do.</exception>
    public static string Hook => PathOf(HookName);

    private static string Folder => Path.Join(Path.GetDirectoryName(typeof(RuntimeLibrary).Assembly.Location), FolderName);

    /// <summary>Whether an exception says that a part of the module is missing.</summary>
    public static bool IsMissing(FileNotFoundException exception) => Path.GetDirectoryName(exception.FileName) == Folder;

    private static IRuntimeDiagnostics Load()
    {
        string path = PathOf(AssemblyName);
        Type type = new DependencyContext(Path.GetDirectoryName(path)!).LoadFromAssemblyPath(path).GetType(TypeName, throwOnError: true)!;
        return (IRuntimeDiagnostics)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, null, null)!;
    }

    private static string PathOf(string assembly)
    {
        string path = Path.Join(Folder, assembly + ".dll");
        return File.Exists(path) ? path
            : throw new FileNotFoundException($"A part of the module is missing: '{path}'. Install the module again, or in a checkout build it: dotnet build src/Tracers", path);
    }
}
