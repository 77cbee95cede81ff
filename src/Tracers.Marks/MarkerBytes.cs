namespace Tracers.Marks;

/// <summary>The bytes with a meaning in a marker <c>kind:id:tags:arguments:</c>.</summary>
internal static class MarkerBytes
{
    public const byte Open = (byte)'>';
    public const byte Close = (byte)'<';
    public const byte Switch = (byte)'=';
}
