using System.Text;
using Tracers.Engine.Events;

namespace Tracers.Engine.Export;

/// <summary>Names that tell nothing of a machine, since every one has them; from common-names.txt.</summary>
internal static class CommonNames
{
    private static readonly HashSet<string> s_names =
        [.. TableText.Lines("common-names.txt").SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Whether a name is one: of the list, or one that the kernel gives to what has no name, such as <c>pipe:[4711]</c>.</summary>
    public static bool Contains(ReadOnlySpan<byte> name) => name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) || IsListed(name) || IsOfKernel(name);

    private static bool IsListed(ReadOnlySpan<byte> name) => s_names.Contains(Encoding.Latin1.GetString(name));

    private static bool IsOfKernel(ReadOnlySpan<byte> name)
    {
        int colon = name.IndexOf((byte)':');
        if (colon < 0 || !(name[..colon].SequenceEqual("pipe"u8) || name[..colon].SequenceEqual("socket"u8) || name[..colon].SequenceEqual("anon_inode"u8)))
            return false;
        ReadOnlySpan<byte> what = name[(colon + 1)..];
        if (what is [(byte)'[', .., (byte)']'])
            what = what[1..^1];
        return what.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 || IsListed(what);
    }
}
