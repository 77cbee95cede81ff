using System.Globalization;

namespace Tracers.Engine.Events;

/// <summary>The event types that this reader knows, from events.txt beside this file.</summary>
internal static class EventTable
{
    /// <summary>Event types by number; a number at or above the length is unknown.</summary>
    public static readonly EventInfo[] Infos = Load();

    /// <summary>Only the traits by number: what the hot loop needs of the table.</summary>
    public static readonly EventTraits[] Traits = TraitsOf(Infos);

    private static EventTraits[] TraitsOf(EventInfo[] infos)
    {
        EventTraits[] traits = new EventTraits[infos.Length];
        for (int i = 0; i < infos.Length; i++)
            traits[i] = infos[i].Traits;
        return traits;
    }

    private static EventInfo[] Load()
    {
        using Stream stream = typeof(EventTable).Assembly.GetManifestResourceStream("events.txt")
            ?? throw new InvalidOperationException("The event table is missing from the assembly.");
        using StreamReader reader = new(stream);

        List<EventInfo> infos = new(512);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] words = line.Split(' ');
            ushort number = ushort.Parse(words[0], CultureInfo.InvariantCulture);
            if (number != infos.Count || words.Length < 5)
                throw new InvalidOperationException($"events.txt: the line of event {infos.Count} is missing or malformed: {line}");

            infos.Add(new EventInfo(number, words[1], words[2], ParseTraits(words[3]), words[4] == "-" ? [] : words[4..]));
        }

        return [.. infos];
    }

    private static EventTraits ParseTraits(string text)
    {
        EventTraits traits = EventTraits.None;
        if (text == "-")
            return traits;
        foreach (string word in text.Split(','))
        {
            traits |= word switch
            {
                "creates-fd" => EventTraits.CreatesFd,
                "destroys-fd" => EventTraits.DestroysFd,
                "uses-fd" => EventTraits.UsesFd,
                "reads" => EventTraits.Reads,
                "writes" => EventTraits.Writes,
                "state" => EventTraits.ChangesState,
                "unused" => EventTraits.Unused,
                "waits" => EventTraits.Waits,
                "detached" => EventTraits.Detached,
                "old" => EventTraits.Old,
                "large" => EventTraits.Large,
                _ => throw new InvalidOperationException($"events.txt: unknown trait '{word}'"),
            };
        }

        return traits;
    }
}
