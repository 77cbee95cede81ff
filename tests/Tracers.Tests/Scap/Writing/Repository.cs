using Xunit;

namespace Tracers.Tests.Scap.Writing;

/// <summary>Where the repository is, and the captures that may stand beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the repository.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A file beside the repository; the test is skipped where there is none.</summary>
    public static string Shared(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        Skip.IfNot(File.Exists(path), $"no ../shared/{relative} beside the repository");
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Tracers.slnx"))) return directory.FullName;
        }

        throw new InvalidOperationException("No Tracers.slnx above " + AppContext.BaseDirectory);
    }
}
