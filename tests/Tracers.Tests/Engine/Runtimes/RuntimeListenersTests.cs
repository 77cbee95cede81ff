using System.Collections.Concurrent;
using Tracers.Engine.Events;
using Tracers.Engine.Runtimes;
using Tracers.Engine.Scap.Records;
using Xunit;

namespace Tracers.Tests.Engine.Runtimes;

/// <summary>Who is listened to while processes come, go and make trouble.</summary>
public sealed class RuntimeListenersTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Machine _machine = new();
    private readonly EventTimeline _timeline = new(new Output());

    public void Dispose() => _timeline.Dispose();

    [Fact]
    public void A_look_for_processes_that_fails_ends_nothing_and_is_told()
    {
        using RuntimeListeners listeners = StartNamed();
        _machine.Failure = new InvalidOperationException("The folder is on fire.");
        WaitFor(() => listeners.Problems.Any(p => p.Contains("The folder is on fire", StringComparison.Ordinal)));
        _machine.Failure = null;
        _machine.Processes = [Process(7)];
        WaitFor(() => listeners.Includes(7));
        Assert.Empty(listeners.Problems);
    }

    [Fact]
    public void One_that_makes_trouble_of_any_kind_keeps_nobody_from_the_others()
    {
        _machine.Processes = [Process(6), Process(7)];
        _machine.Refuses[6] = new UnauthorizedAccessException("Not yours.");
        using RuntimeListeners listeners = StartNamed();
        Assert.True(listeners.Includes(7));
        Assert.Contains("Process 6 could not be listened to: Not yours. ", Assert.Single(listeners.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_became_another_program_is_listened_to_again()
    {
        _machine.Processes = [Process(7)];
        using RuntimeListeners listeners = StartNamed();
        _machine.Sessions[0].HasEnded = true;
        WaitFor(() => _machine.Sessions.Count == 2);
        Assert.Empty(listeners.Problems);
    }

    [Fact]
    public void Of_one_that_is_going_nobody_says_that_it_could_not_be_listened_to()
    {
        _machine.Processes = [Process(7)];
        using RuntimeListeners listeners = StartNamed();
        _machine.Refuses[7] = new RuntimeAccessException("Nobody listens.");
        _machine.Sessions[0].HasEnded = true;
        int looks = _machine.Looks;
        WaitFor(() => _machine.Looks > looks + 1);
        Assert.Empty(listeners.Problems);
    }

    [Fact]
    public void When_a_start_fails_nobody_is_listened_to_any_more()
    {
        _machine.Refuses[8] = new RuntimeAccessException("No.");
        Assert.Throws<RuntimeAccessException>(() => RuntimeListeners.Start(new RuntimeOptions { Diagnostics = _machine, ProcessIds = [7, 8] }, _timeline));
        Assert.True(_machine.Sessions.Single().IsDisposed);
    }

    [Fact]
    public void One_that_cannot_be_stopped_keeps_nobody_else_from_it_and_is_told()
    {
        using RuntimeListeners listeners = RuntimeListeners.Start(new RuntimeOptions { Diagnostics = _machine, ProcessIds = [7, 8] }, _timeline);
        _machine.Sessions[0].StopFailure = new InvalidOperationException("Stuck.");
        listeners.Stop();
        Assert.True(_machine.Sessions[1].IsStopped);
        Assert.Contains("Stuck", Assert.Single(listeners.Problems), StringComparison.Ordinal);
    }

    private RuntimeListeners StartNamed() =>
        RuntimeListeners.Start(new RuntimeOptions { Diagnostics = _machine, ProcessNames = ["web"], IsNamed = static name => name == "web" }, _timeline);

    private static RuntimeProcess Process(int pid) => new() { Pid = pid, Name = "web", CommandLine = "web", Version = "10.0.0", User = "root", Problem = null };

    private static void WaitFor(Func<bool> isSo) => Assert.True(SpinWait.SpinUntil(isSo, s_patience));

    /// <summary>A machine with processes as a test says.</summary>
    private sealed class Machine : IRuntimeDiagnostics
    {
        private volatile IReadOnlyList<RuntimeProcess> _processes = [];
        private volatile Exception? _failure;
        private volatile int _looks;

        public IReadOnlyList<RuntimeProcess> Processes
        {
            set => _processes = value;
        }

        public Exception? Failure
        {
            set => _failure = value;
        }

        public int Looks => _looks;

        public ConcurrentDictionary<int, Exception> Refuses { get; } = new();

        public List<Session> Sessions { get; } = [];

        public IReadOnlyList<RuntimeProcess> FindProcesses()
        {
            _looks++;
            return _failure is { } failure ? throw failure : _processes;
        }

        public IRuntimeSession Listen(int pid, RuntimeListening listening, IRuntimeSink sink)
        {
            if (Refuses.TryGetValue(pid, out Exception? refusal))
                throw refusal;
            Session session = new(pid);
            Sessions.Add(session);
            return session;
        }

        public void Inject(int pid, string hook)
        {
        }

        public void ReadTrace(string path, IRuntimeSink sink, Action<long>? progress, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class Session(int pid) : IRuntimeSession
    {
        private volatile bool _hasEnded;

        public int Pid => pid;

        public bool HasEnded
        {
            get => _hasEnded;
            set => _hasEnded = value;
        }

        public string? Problem => null;

        public Exception? StopFailure { get; set; }

        public bool IsStopped { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Stop(TimeSpan patience)
        {
            if (StopFailure is not null)
                throw StopFailure;
            IsStopped = true;
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Output : ITimelineOutput
    {
        public long ClockOffset => 0;

        public void Write(scoped in EventView e, EventBlockOptions options)
        {
        }

        public void Insert(scoped in EventView e, EventBlockOptions options)
        {
        }

        public void BeginNextFile()
        {
        }
    }
}
