using System.Management.Automation;

namespace Tracers.Commands;

/// <summary>A command that Ctrl+C stops at once: its work watches one token.</summary>
/// <remarks>A subclass overrides <see cref="OnBegin"/>, <see cref="OnInput"/> and <see cref="OnEnd"/> as it needs them.</remarks>
public abstract class CancellableCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is being stopped; for everything that reads, waits or loops.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Runs once before the first input.</summary>
    protected virtual void OnBegin()
    {
    }

    /// <summary>Runs once for each input; exactly once if there is no pipeline input.</summary>
    protected virtual void OnInput()
    {
    }

    /// <summary>Runs once after the last input.</summary>
    protected virtual void OnEnd()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => RunStoppable(OnBegin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => RunStoppable(OnInput);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => RunStoppable(OnEnd);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // PowerShell stops from another thread, and the command may have ended meanwhile: there is nothing left to stop.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the command holds; called on the pipeline's thread when it is over, however it ended.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    // To the user a stopped command says nothing: PowerShell knows this exception, and would print the other as an error.
    private void RunStoppable(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
