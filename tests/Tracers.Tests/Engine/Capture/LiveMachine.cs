using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>What a test needs that loads the probe.</summary>
internal static class LiveMachine
{
    /// <summary>This machine; skips the test where the probe cannot be loaded for want of rights or of the kernel's support.</summary>
    public static MachineFacts Require()
    {
        MachineFacts facts = MachineFacts.Read();
        CaptureStartException? reason = StartDiagnosis.Unsupported(facts);
        Skip.If(reason is not null, reason?.Message);
        string missing = StartErrors.MissingCapabilities(facts);
        Skip.If(missing.Length != 0, $"Loading the probe needs {missing}: run the tests as root.");
        Skip.If(facts.InUserNamespace, "Capabilities count for nothing in a user namespace.");
        return facts;
    }
}
