using Tracers.Engine.Events;

namespace Tracers.Engine.State;

/// <summary>All that the hot loop asks of an event's number, in one word: one load where traits and rules would be two.</summary>
internal static class EventKinds
{
    /// <summary>Not made by a thread's own call: it must not touch the call that the thread is in.</summary>
    public const uint Aside = 1u << 31;

    /// <summary>Moves bytes between descriptors, or a message at a time: which sides it has stands in <see cref="CaptureState.Sides"/>.</summary>
    public const uint Transfer = 1u << 30;

    private const int RuleShift = 16;

    private const int SchedulerSwitch = 152;

    /// <summary>Traits in the low half, above them the rule.</summary>
    public static readonly uint[] ByType = Make();

    public static EventTraits Traits(uint kind) => (EventTraits)(ushort)kind;

    public static StateRule Rule(uint kind) => (StateRule)(byte)(kind >> RuleShift);

    private static uint[] Make()
    {
        EventTraits[] traits = EventTable.Traits;
        StateRule[] rules = StateRules.ByType;
        uint[] kinds = new uint[traits.Length];
        for (int type = 0; type < kinds.Length; type++)
        {
            // The scheduler's switch names the thread that is switched out in the middle of a call, and the call goes on; the table
            // does not say so. What tells of containers and users is made by the recorder.
            StateRule rule = type < rules.Length ? rules[type] : StateRule.None;
            bool aside = (traits[type] & EventTraits.Detached) != 0 || type == SchedulerSwitch || rule is StateRule.Container or StateRule.Account;
            bool transfer = rule is StateRule.Transfer or StateRule.Messages;
            kinds[type] = (ushort)traits[type] | ((uint)rule << RuleShift) | (aside ? Aside : 0) | (transfer ? Transfer : 0);
        }

        return kinds;
    }
}
