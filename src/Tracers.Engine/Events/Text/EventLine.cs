using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>An event as a line of sysdig's default listing, without the end of line.</summary>
/// <remarks>
/// <c>number time cpu process (tid) direction type parameters</c>, a blank behind every parameter, also the last.
/// </remarks>
internal struct EventLine(TimeZoneInfo zone)
{
    // A new thread or process leaves a call that another one entered.
    private const string ProcessCategory = "process";

    private TimeOfDayText _time = new(zone);

    /// <summary>Appends everything before the direction.</summary>
    [MethodImpl(HotPath.Compile)]
    public void AppendHead<TNames>(TextBuffer text, scoped in EventView e, long number, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        text.Append(number);
        text.Append((byte)' ');
        _time.Append(text, e.Timestamp);
        text.Append((byte)' ');
        text.Append((long)e.Cpu);
        text.Append((byte)' ');
        names.AppendOwnName(text);
        text.Append(" ("u8);
        text.Append((long)e.Tid);
        text.Append(") "u8);
    }

    /// <summary>Appends the whole line of an event that is no marker.</summary>
    [MethodImpl(HotPath.Compile)]
    public void Append<TNames>(TextBuffer text, scoped in EventView e, long number, bool hasEnter, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        AppendHead(text, in e, number, in names);
        text.Append(e.IsExit ? "< "u8 : "> "u8);
        text.Append(Name(in e));
        text.Append((byte)' ');
        AppendParameters(text, in e, hasEnter, in names);
    }

    /// <summary>Appends the parameters as <c>name=value</c>, each with a blank behind it; what is written to the system's log as a message instead.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="e">The event.</param>
    /// <param name="hasEnter">False for an exit whose enter event is not in the capture: it then shows what was appended to exits for that.</param>
    /// <param name="names">What its numbers stand for.</param>
    [MethodImpl(HotPath.Compile)]
    public static void AppendParameters<TNames>(TextBuffer text, scoped in EventView e, bool hasEnter, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        if (e.IsExit && (EventTable.Infos[e.Type].Traits & EventTraits.Writes) != 0 && names.OwnFdIsSystemLog && e.Int64(0, -1) >= 0 && SyslogText.TryAppend(text, e.Parameter(1)))
            return;
        AppendPlainParameters(text, in e, hasEnter, in names);
    }

    /// <summary>Appends the parameters as <c>name=value</c>, each with a blank behind it, whatever they mean.</summary>
    /// <inheritdoc cref="AppendParameters"/>
    [MethodImpl(HotPath.Compile)]
    public static void AppendPlainParameters<TNames>(TextBuffer text, scoped in EventView e, bool hasEnter, ref readonly TNames names)
        where TNames : struct, IEventNames
    {
        // The number of a call without an event of its own is already its name.
        if (GenericCall.Is(e.Type))
            return;
        EventInfo info = EventTable.Infos[e.Type];
        int count = ParameterCount(in e, hasEnter);
        for (int i = 0; i < count; i++)
            ParameterText.Append(text, info, i, in e, in names);
    }

    /// <summary>How many of an event's parameters are shown.</summary>
    public static int ParameterCount(scoped in EventView e, bool hasEnter)
    {
        EventInfo info = EventTable.Infos[e.Type];
        bool whole = !hasEnter && e.IsExit && info.Category != ProcessCategory;
        return Math.Min(whole ? info.ParameterCount : info.ListedParameters, e.ParameterCount);
    }

    private static ReadOnlySpan<byte> Name(scoped in EventView e) =>
        GenericCall.Is(e.Type) ? SyscallTable.Utf8Name(GenericCall.Id(in e)) : EventTable.Infos[e.Type].Utf8Name;
}
