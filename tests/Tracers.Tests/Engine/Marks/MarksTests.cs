using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Tests that put another output in the place of the process's: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class MarksTests
{
    public const string Name = "Marks";
}
