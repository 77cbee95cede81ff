using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace Tracers.Shell;

/// <summary>Ends the running pipeline when the user, the system or the reader of the output wants it to end.</summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private Pipeline? _running;
    private Timer? _deadline;

    /// <summary>Starts listening to signals.</summary>
    public Interrupts()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
    }

    /// <summary>Gets the exit code that the first reason to end stands for; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Gets or sets a value indicating whether there is a prompt to go back to: then Ctrl+C while nothing runs does not end the process.</summary>
    public bool HasPrompt { get; set; }

    /// <summary>Says which pipeline is to be stopped.</summary>
    /// <returns>False when the reason to end came before: the pipeline must not be started.</returns>
    public bool Watch(Pipeline pipeline)
    {
        lock (_lock)
        {
            if (ExitCode is not null)
                return false;

            _running = pipeline;
            return true;
        }
    }

    /// <summary>Says that the pipeline has ended.</summary>
    public void Unwatch()
    {
        lock (_lock)
            _running = null;
    }

    /// <summary>Forgets the last Ctrl+C: the prompt goes on after it.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            if (ExitCode == ExitCodes.Interrupted)
                ExitCode = null;
        }
    }

    /// <summary>Ends the run because nobody reads its output any more.</summary>
    public void OutputClosed() => Stop(ExitCodes.ClosedPipe);

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _deadline?.Dispose();
    }

    private void OnInterrupt(PosixSignalContext context)
    {
        lock (_lock)
        {
            if (_running is null && HasPrompt)
            {
                context.Cancel = true;
                return;
            }

            // The second one does what it does anywhere: it ends the process, whatever the pipeline is doing.
            context.Cancel = ExitCode is null;
            Stop(ExitCodes.Interrupted);
            if (_running is null)
                EndAfter(TimeSpan.Zero, ExitCodes.Interrupted);
        }
    }

    private void OnTerminate(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            Stop(ExitCodes.Terminated);
            EndAfter(_running is null ? TimeSpan.Zero : s_patience, ExitCodes.Terminated);
        }
    }

    private void EndAfter(TimeSpan patience, int exitCode) =>
        _deadline ??= new Timer(_ => Environment.Exit(exitCode), null, patience, Timeout.InfiniteTimeSpan);

    private void Stop(int exitCode)
    {
        lock (_lock)
        {
            ExitCode ??= exitCode;
            _running?.StopAsync();
        }
    }
}
