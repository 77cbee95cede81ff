using System.Globalization;

namespace Tracers.Engine.Analysis;

/// <summary>Names of terminals by their device numbers, as the kernel numbers them.</summary>
internal static class TerminalNames
{
    private const uint Consoles = 4;
    private const uint FirstSerial = 64;
    private const uint FirstPseudo = 136;
    private const uint LastPseudo = 143;

    /// <summary><c>pts/0</c>, <c>tty1</c>, <c>ttyS0</c>, for others <c>major:minor</c>; null for none.</summary>
    public static string? Name(uint device)
    {
        if (device == 0)
            return null;
        uint major = (device >> 8) & 0xFFF;
        uint minor = (device & 0xFF) | ((device >> 12) & 0xFFF00);
        return major switch
        {
            >= FirstPseudo and <= LastPseudo => string.Create(CultureInfo.InvariantCulture, $"pts/{((major - FirstPseudo) << 8) + minor}"),
            Consoles when minor < FirstSerial => string.Create(CultureInfo.InvariantCulture, $"tty{minor}"),
            Consoles => string.Create(CultureInfo.InvariantCulture, $"ttyS{minor - FirstSerial}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}"),
        };
    }
}
