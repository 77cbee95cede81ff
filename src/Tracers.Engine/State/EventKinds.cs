using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>All that the hot loop asks of an event's number, in one word: one load where traits and rules would be two.</summary>
internal static class EventKinds
{
    /// <summary>Not made by a thread's own call: it must not touch the call that the thread is in.</summary>
    public const uint Aside = 1u << 31;

    /// <summary>Moves bytes between descriptors, or a message at a time: which sides it has stands in <see cref="CaptureState.Sides"/>.</summary>
    public const uint Transfer = 1u << 30;

    /// <summary>Only changes the state: it is not counted and not shown, as sysdig 0.29.3 does with what it does not know.</summary>
    public const uint Unnumbered = 1u << 29;

    /// <summary>Has a rule only for descriptors of <see cref="FdInfo.TakesAddressFromTraffic"/>, which few are. Of others the address is not looked at, not even whether it is whole.</summary>
    public const uint Traffic = 1u << 14;

    /// <summary>
    /// Changes nothing but which call its thread is in, and moves no bytes: a pass that hands out no events need not look closer. Of
    /// <see cref="Traffic"/> that is so where the descriptor is none of those few.
    /// </summary>
    public const uint Quiet = 1u << 13;

    /// <summary>The same but that it moves bytes, and not to where markers go: for a pass that hands out no I/O either.</summary>
    public const uint QuietIo = 1u << 12;

    private const int RuleShift = 16;
    private const int OwnFdShift = 24;
    private const uint OwnFdMask = 0x1f;

    /// <summary>The event of a thread that is switched out for another one.</summary>
    public const int SchedulerSwitch = 152;

    /// <summary>The same in the oldest captures.</summary>
    public const int OldSwitch = 146;

    /// <summary>Traits in the low half, above them the rule, above that where an exit has its own descriptor.</summary>
    public static readonly uint[] ByType = Make();

    /// <summary>The same for a pass that follows memory and time on cpus: events that others pass over have rules.</summary>
    public static uint[] WithUse()
    {
        uint[] kinds = [.. ByType];
        foreach (int type in (ReadOnlySpan<int>)[OldSwitch, SchedulerSwitch])
            kinds[type] = (kinds[type] | ((uint)StateRule.Switch << RuleShift)) & ~Quiet;
        foreach (int type in (ReadOnlySpan<int>)[159, 161, 163, 165])
            kinds[type] = (kinds[type] | ((uint)StateRule.Memory << RuleShift)) & ~Quiet;
        return kinds;
    }

    public static EventTraits Traits(uint kind) => (EventTraits)(ushort)(kind & ~(Traffic | Quiet | QuietIo));

    public static StateRule Rule(uint kind) => (StateRule)(byte)(kind >> RuleShift);

    /// <summary>The parameter in which an exit without an enter event carries the descriptor that the call works on; 0 when it does not.</summary>
    public static int OwnFd(uint kind) => (int)(kind >> OwnFdShift & OwnFdMask);

    private static uint[] Make()
    {
        EventTraits[] traits = EventTable.Traits;
        StateRule[] rules = StateRules.ByType;
        uint[] kinds = new uint[traits.Length];
        for (int type = 0; type < kinds.Length; type++)
        {
            // The scheduler's switch names the thread that is switched out in the middle of a call, and the call goes on; the table
            // does not say so. What tells of containers and users is made by the recorder.
            StateRule rule = rules[type];
            bool aside = (traits[type] & EventTraits.Detached) != 0 || type == SchedulerSwitch || rule is StateRule.Container or StateRule.Account;
            bool transfer = rule is StateRule.Transfer or StateRule.Messages;
            bool unnumbered = type is >= 354 and <= 361 or >= 430 and <= 448;
            int ownFd = (type & 1) != 0 && (traits[type] & EventTraits.UsesFd) != 0 ? Math.Max(EventTable.Infos[type].OwnFdParameter(), 0) : 0;
            bool traffic = rule is StateRule.KeepSendEnter or StateRule.Send or StateRule.ReceiveFrom or StateRule.ReceiveMessage;
            bool mayBeQuiet = !unnumbered && (!aside || type == SchedulerSwitch) && (rule == StateRule.None || traffic);
            kinds[type] = (mayBeQuiet ? QuietOf(type, traits[type], traffic) : 0) | (traffic ? Traffic : 0) | (uint)ownFd << OwnFdShift | (ushort)traits[type] | ((uint)rule << RuleShift)
                | (aside || unnumbered ? Aside : 0) | (transfer ? Transfer : 0) | (unnumbered ? Unnumbered : 0);
        }

        return kinds;
    }

    // Of a call that changes nothing: 0 where it writes to what can be a descriptor of /dev/null.
    private static uint QuietOf(int type, EventTraits traits, bool traffic)
    {
        if ((type & 1) == 0 || (traits & EventTraits.Io) == 0)
            return Quiet;
        return (traits & EventTraits.Writes) == 0 || traffic ? QuietIo : 0;
    }
}
