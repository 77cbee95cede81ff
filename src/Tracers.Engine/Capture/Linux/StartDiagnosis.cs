using System.Runtime.InteropServices;
using System.Text;
using Tracers.Engine.Capture.Linux.Native;

namespace Tracers.Engine.Capture.Linux;

/// <summary>Says why the probe does not run here, from what failed and what the machine is like. Holds what libbpf said meanwhile.</summary>
internal sealed class StartDiagnosis(MachineFacts facts)
{
    /// <summary>The map that takes the memory.</summary>
    public const string RingsMap = "rings";

    private readonly StringBuilder _messages = new();

    /// <summary>What is missing for certain, before anything is tried.</summary>
    /// <returns>Null when nothing is.</returns>
    public static CaptureStartException? Unsupported(MachineFacts facts) => facts switch
    {
        { IsLinux: false } => StartErrors.NotLinux(),
        { Architecture: not Architecture.X64 } => StartErrors.NoProbeFor(facts.Architecture),
        { HasBtf: false } => StartErrors.NoBtf(facts),
        { HasLibbpf: false } => StartErrors.NoLibbpf(facts),
        { InPidNamespace: true } => StartErrors.InPidNamespace(),
        _ => null,
    };

    /// <summary>What a failed call means.</summary>
    /// <param name="facts">The machine.</param>
    /// <param name="call">What failed.</param>
    /// <param name="messages">What libbpf said until then.</param>
    public static CaptureStartException Explain(MachineFacts facts, NativeCallException call, string messages)
    {
        bool isRefused = call.Errno is Errno.NotPermitted or Errno.AccessDenied;
        if (isRefused && StartErrors.MissingCapabilities(facts) is { Length: > 0 } missing)
            return StartErrors.NoRights(facts, missing, call);
        if (facts.Kernel < StartErrors.OldestKernel)
            return StartErrors.KernelTooOld(facts, call);
        if (call.Errno == Errno.NotPermitted)
            return StartErrors.Forbidden(facts, call);

        // E2BIG is also what the verifier says of a program, and what a full map says.
        bool isAboutRings = messages.Contains($"map '{RingsMap}'", StringComparison.Ordinal);
        if (call.Errno == Errno.NoMemory || (call.Errno == Errno.TooBig && isAboutRings))
            return StartErrors.NoMemory(call);
        return StartErrors.Other(call, LibbpfMessages.Essence(messages));
    }

    /// <summary>Does one step; if it fails, says what that means.</summary>
    /// <exception cref="CaptureStartException">It failed.</exception>
    public T Run<TArgument, T>(TArgument argument, Func<TArgument, T> step)
        where TArgument : allows ref struct
    {
        _messages.Clear();
        Libbpf.CollectMessages(_messages);
        try
        {
            return step(argument);
        }
        catch (NativeCallException e)
        {
            throw Explain(facts, e, _messages.ToString());
        }
        finally
        {
            Libbpf.CollectMessages(null);
        }
    }

    public T Run<T>(Func<T> step) => Run(step, static s => s());

    public void Run(Action step) => Run(step, static s =>
    {
        s();
        return true;
    });
}
