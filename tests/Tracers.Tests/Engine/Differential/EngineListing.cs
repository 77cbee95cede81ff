using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap;

namespace Tracers.Tests.Engine.Differential;

/// <summary>A capture's events as lines, in UTC.</summary>
internal static class EngineListing
{
    public static List<string> Read(string path, bool includeHidden = false)
    {
        List<string> lines = [];
        TextBuffer text = new();
        using CaptureFile file = new(path, keepArguments: false, CancellationToken.None);
        try
        {
            file.List(new EventQuery { IncludeHidden = includeHidden }, text, TimeZoneInfo.Utc, () =>
            {
                lines.Add(text.ToString());
                text.Length = 0;
            });
        }
        catch (ScapFormatException)
        {
            // sysdig, too, lists what is whole.
        }

        return lines;
    }
}
