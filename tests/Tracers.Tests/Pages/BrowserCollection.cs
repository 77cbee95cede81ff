using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Tracers.Tests.Pages;

/// <summary>The tests that open pages: one browser, and one test at a time, so that a machine of two cores answers them.</summary>
[CollectionDefinition(Name)]
[SuppressMessage("Naming", "CA1711", Justification = "xunit calls it so.")]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
