using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Tests that count what the process holds of the kernel's: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ProbeTestGroup
{
    public const string Name = "Probe";
}
