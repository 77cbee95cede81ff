using System.Globalization;

namespace Tracers.Tests.Pages;

/// <summary>Numbers as the page has to show them: as the module's views do.</summary>
internal static class PageNumbers
{
    public static string Duration(long nanoseconds) => nanoseconds < 0 ? "" : Tracers.Duration.FromNanoseconds(nanoseconds).ToString("H", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes < 0 ? "" : Views.Bytes(bytes);

    public static string Count(long count) => count < 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);
}
