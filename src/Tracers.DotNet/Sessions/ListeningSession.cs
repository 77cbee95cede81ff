using System.Diagnostics;
using Microsoft.Diagnostics.NETCore.Client;
using Tracers.DotNet.Traces;
using Tracers.Engine.Runtimes;

namespace Tracers.DotNet.Sessions;

/// <summary>Listens to one runtime on a thread of its own.</summary>
internal sealed class ListeningSession : IRuntimeSession
{
    private const int BufferMegabytes = 256;
    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_closePatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_disposePatience = TimeSpan.FromSeconds(2);

    private readonly EventPipeSession _session;
    private readonly IRuntimeSink _sink;
    private readonly SessionStream _stream;
    private readonly Thread _thread;
    private readonly Lock _stopping = new();
    private volatile TracePump? _pump;
    private volatile bool _isStopped;
    private volatile bool _hasEnded;
    private volatile string? _problem;

    private ListeningSession(int pid, EventPipeSession session, IRuntimeSink sink)
    {
        Pid = pid;
        _session = session;
        _sink = sink;
        _stream = new SessionStream(session.EventStream);
        _thread = new Thread(Run) { Name = $"Tracers .NET {pid}", IsBackground = true };
    }

    /// <inheritdoc/>
    public int Pid { get; }

    /// <inheritdoc/>
    public bool HasEnded => _hasEnded;

    /// <inheritdoc/>
    public string? Problem => _problem ?? (_pump is not { WasTakenOver: true } ? null
        : $"Another tool has asked process {Pid} for its activities meanwhile. The runtime tells one at a time: spans of the process are missing from then on. Listen with one tool at a time, or with -DotNetHook, which others do not disturb.");

    /// <summary>See <see cref="IRuntimeDiagnostics.Listen"/>.</summary>
    public static ListeningSession Start(int pid, RuntimeListening listening, IRuntimeSink sink)
    {
        DiagnosticsClient client = RuntimeConnection.Open(pid);

        // No stacks: they cost the process more than the events. No rundown: nothing here needs the names of methods.
        EventPipeSessionConfiguration configuration = new(SessionProviders.Of(listening), BufferMegabytes, requestRundown: false, requestStackwalk: false);
        using CancellationTokenSource patience = new(s_startPatience);
        EventPipeSession session;
        try
        {
            session = client.StartEventPipeSessionAsync(configuration, patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (RuntimeConnection.ToAccessException(pid, e, "could not be listened to") is { } access)
        {
            throw access;
        }

        ListeningSession listener = new(pid, session, sink);
        listener._thread.Start();
        return listener;
    }

    /// <inheritdoc/>
    public void Stop(TimeSpan patience)
    {
        lock (_stopping)
        {
            if (_isStopped)
                return;
            _isStopped = true;
            long begin = Stopwatch.GetTimestamp();
            AskToStop(patience);
            TimeSpan left = patience - Stopwatch.GetElapsedTime(begin);
            bool isDone = _thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (!isDone)
                _pump?.Stop();
            CloseStream();

            // What waited for the stream ends with it; the sink is not to hear of anything later.
            if (!isDone)
                _thread.Join(s_closePatience);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop(s_disposePatience);

    private void AskToStop(TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        try
        {
            _session.StopAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is DiagnosticsClientException or IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            // Its process has ended, or does not answer: there is no more to hear.
        }
    }

    // Once it was asked to stop, disposing of the session asks no second time, which would have no limit of time.
    private void CloseStream()
    {
        try
        {
            _session.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Closed by the other side.
        }
    }

    private void Run()
    {
        try
        {
            NettraceHeader header = NettraceHeader.Read(_stream);
            BlockStream blocks = new(_stream, header, CancellationToken.None);
            using TracePump pump = new(blocks, header, _sink, everything: false);
            _pump = pump;
            pump.Run();
            if (blocks.Fault is { EndsEarly: false } fault)
                throw fault;
        }
        catch (Exception e)
        {
            // A process that ends cuts its stream anywhere. A thread must not let anything out.
            if (!_stream.HasEnded && !_isStopped)
                _problem = $"What the runtime of process {Pid} said could not be read: {e.Message.TrimEnd('.')}. Listen to it again.";
        }
        finally
        {
            _hasEnded = true;
        }
    }
}
