using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>Tests that record this machine: one after the other, and alone. Their workload is compiled once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "xunit calls it so.")]
public sealed class LiveCollection : ICollectionFixture<WorkloadProgram>
{
    public const string Name = "Live";
}
