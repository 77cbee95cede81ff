using System.Collections.Concurrent;
using Tracers.DotNet;
using Tracers.Engine.Runtimes;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>Reads files that begin as traces do by playing the scripts that tests have laid down for them.</summary>
/// <remarks>
/// There is one for the process, in which tests of several classes run: it knows the scripts by the files' names, and reads all other files as they are.
/// </remarks>
internal sealed class ScriptedDiagnostics : IRuntimeDiagnostics
{
    private static readonly ScriptedDiagnostics s_scripted = new();
    private static readonly ConcurrentDictionary<string, TraceScript> s_scripts = new();
    private static readonly RuntimeDiagnostics s_real = new();

    /// <summary>Writes a trace that says what a script does.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, TraceScript script)
    {
        File.WriteAllBytes(path, [.. "Nettrace"u8, .. new byte[92]]);
        s_scripts[path] = script;
        Use();
        return path;
    }

    /// <summary>From now on traces can be read in this process.</summary>
    public static void Use() => RuntimeProvider.Diagnostics = Give;

    public IReadOnlyList<RuntimeProcess> FindProcesses() => s_real.FindProcesses();

    public IRuntimeSession Listen(int pid, RuntimeListening listening, IRuntimeSink sink) => s_real.Listen(pid, listening, sink);

    public void Inject(int pid, string hook) => s_real.Inject(pid, hook);

    public void ReadTrace(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation)
    {
        if (s_scripts.TryGetValue(path, out TraceScript? script))
            script.SayTo(sink, progress, cancellation);
        else
            s_real.ReadTrace(path, sink, progress, cancellation);
    }

    private static ScriptedDiagnostics Give() => s_scripted;
}
