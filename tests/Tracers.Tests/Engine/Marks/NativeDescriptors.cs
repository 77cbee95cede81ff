using System.Runtime.InteropServices;

namespace Tracers.Tests.Engine.Marks;

/// <summary>What tests do to descriptors behind the back of their owner.</summary>
internal static partial class NativeDescriptors
{
    /// <summary>Makes a number another descriptor, at once.</summary>
    public static int Replace(nint by, int number) => Dup2((int)by, number);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);
}
