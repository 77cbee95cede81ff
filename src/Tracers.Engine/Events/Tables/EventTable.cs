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
        List<EventInfo> infos = new(512);
        foreach (string line in TableText.Lines("events.txt"))
        {
            string[] words = line.Split(' ');
            ushort number = ushort.Parse(words[0], CultureInfo.InvariantCulture);
            if (number != infos.Count || words.Length < 5)
                throw new InvalidOperationException($"events.txt: the line of event {infos.Count} is missing or malformed: {line}");

            // Behind '|' stands what sysdig 0.29.3 does not list; a type that it does not know has no such mark.
            string[] parameters = words[4] == "-" ? [] : words[4..];
            int bar = Array.IndexOf(parameters, "|");
            if (bar >= 0)
                parameters = [.. parameters[..bar], .. parameters[(bar + 1)..]];
            infos.Add(new EventInfo(number, words[1], words[2], ParseTraits(words[3]), parameters, bar >= 0 ? bar : parameters.Length));
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
