using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Tracers.Tests.WidestFirst", "Tracers.Tests")]

namespace Tracers.Tests;

/// <summary>Begins with the collections of several classes. They take longest: begun late, one would go on alone when all others have ended.</summary>
public sealed class WidestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(static c => c.CollectionDefinition is null);
}
