using Tracers.DotNet.Processes;
using Tracers.DotNet.Sessions;
using Tracers.DotNet.Traces;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet;

/// <summary>What the module loads this assembly for; made by its name.</summary>
internal sealed class RuntimeDiagnostics : IRuntimeDiagnostics
{
    /// <inheritdoc/>
    public IReadOnlyList<RuntimeProcess> FindProcesses() => ProcessFinder.FindAll();

    /// <inheritdoc/>
    public IRuntimeSession Listen(int pid, RuntimeListening listening, IRuntimeSink sink) => ListeningSession.Start(pid, listening, sink);

    /// <inheritdoc/>
    public void Inject(int pid, string hook) => HookInjection.Inject(pid, hook);

    /// <inheritdoc/>
    public void ReadTrace(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation) =>
        TraceFile.Read(path, sink, progress, cancellation);
}
