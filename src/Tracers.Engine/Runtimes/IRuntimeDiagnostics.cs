namespace Tracers.Engine.Runtimes;

/// <summary>What speaks to .NET runtimes and reads their traces. It needs libraries that the engine does not have, and is loaded when it is used first.</summary>
internal interface IRuntimeDiagnostics
{
    /// <summary>The processes of this machine in which .NET runs, in the order of their pids.</summary>
    IReadOnlyList<RuntimeProcess> FindProcesses();

    /// <summary>Begins to listen to a process; returns when its runtime has agreed.</summary>
    /// <exception cref="RuntimeAccessException">It cannot be listened to.</exception>
    IRuntimeSession Listen(int pid, RuntimeListening listening, IRuntimeSink sink);

    /// <summary>Has a process load a startup hook, if it has not done so before.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="hook">Full path of the hook's assembly.</param>
    /// <exception cref="RuntimeAccessException">It cannot.</exception>
    void Inject(int pid, string hook);

    /// <summary>Reads a trace to its end.</summary>
    /// <param name="path">A .nettrace file, or .etl where that can be read.</param>
    /// <param name="sink">Takes what is in it.</param>
    /// <param name="progress">Told now and then how many bytes of the file were read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="Scap.ScapFormatException">It is none, truncated or damaged; the sink has had what is before that place.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    void ReadTrace(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation);
}
