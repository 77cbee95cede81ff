using System.Globalization;
using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Every event type that sysdig 0.29.3 knows, with parameters of every wire type by chance, is listed as sysdig lists it.</summary>
/// <remarks>Each type has a process of its own, so that what one changes does not show in another.</remarks>
public class EveryEventTests
{
    private const int FirstTid = 1000;

    // What sysdig reads as pointers of its own process, or hands to plugins and parsers of JSON.
    private static readonly int[] s_left = [228, 229, 260, 261, 268, 269, 270, 271, 272, 273, 322, 323, 324, 325];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_event_is_listed_as_sysdig_lists_it(int seed)
    {
        int known = EventTable.Infos.TakeWhile(i => i.Number < 336).Count();
        EventChance chance = new(seed);
        CaptureBuilder capture = new CaptureBuilder().Header().Processes([.. Enumerable.Range(0, known).Select(t => CaptureBuilder.Process(FirstTid + t, $"p{t}"))]);
        for (int type = 0; type < known; type++)
            capture.Fds(FirstTid + type, EventChance.Descriptors());
        for (int type = 0; type < known; type += 2)
        {
            if (s_left.Contains(type) || (EventTable.Infos[type].Traits & EventTraits.Unused) != 0)
                continue;
            capture.Event(FirstTid + type, (ushort)type, chance.Parameters(EventTable.Infos[type]));
            if ((EventTable.Infos[type + 1].Traits & EventTraits.Unused) == 0)
                capture.Event(FirstTid + type, (ushort)(type + 1), chance.Parameters(EventTable.Infos[type + 1]));
        }

        using TempFile file = new();
        File.WriteAllBytes(file.Path, capture.ToArray());
        string[] sysdig = Sysdig.Read(file.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] ours = [.. EngineListing.Read(file.Path).SelectMany(l => l.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.True(sysdig.Length > 250, string.Create(CultureInfo.InvariantCulture, $"sysdig lists {sysdig.Length} lines"));
        string[] differences = [.. sysdig.Zip(ours).Where(p => p.First != p.Second).Select(p => $"sysdig {p.First}\nours   {p.Second}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
        Assert.Equal(sysdig.Length, ours.Length);
    }
}
