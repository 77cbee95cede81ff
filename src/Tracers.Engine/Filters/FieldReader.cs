using Tracers.Engine.Events;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters;

/// <summary>Reads the value of one field from an event, by the kind of value that it has: just one of the four is set.</summary>
/// <remarks>
/// Nothing is allocated by event. A reader that puts a text together does so in a buffer of its own: the text holds until it is read again.
/// </remarks>
internal sealed class FieldReader
{
    /// <summary>False when the event has none.</summary>
    public delegate bool NumberOf(scoped in EventContext context, out long value);

    /// <inheritdoc cref="NumberOf"/>
    public delegate bool RealOf(scoped in EventContext context, out double value);

    /// <inheritdoc cref="NumberOf"/>
    public delegate bool TextOf(scoped in EventContext context, out ReadOnlySpan<byte> value);

    /// <inheritdoc cref="NumberOf"/>
    public delegate bool AddressOf(scoped in EventContext context, out FieldAddress value);

    /// <summary>False behind the last value.</summary>
    public delegate bool NextNumberOf(scoped in EventContext context, ref FieldCursor cursor, out long value);

    /// <inheritdoc cref="NextNumberOf"/>
    public delegate bool NextTextOf(scoped in EventContext context, ref FieldCursor cursor, out ReadOnlySpan<byte> value);

    /// <inheritdoc cref="NextNumberOf"/>
    public delegate bool NextAddressOf(scoped in EventContext context, ref FieldCursor cursor, out FieldAddress value);

    public required FieldType Type { get; init; }

    public FieldUnit Unit { get; init; }

    /// <summary>Whether the number is a distance: <c>=</c> asks whether it is not greater than the value, and there is no other comparison.</summary>
    public bool IsDistance { get; init; }

    /// <summary>What the pass must keep for it.</summary>
    public FilterNeeds Needs { get; init; }

    /// <summary>Of <see cref="FieldType.Number"/>, <see cref="FieldType.Unsigned"/>, <see cref="FieldType.Boolean"/> and <see cref="FieldType.Port"/>.</summary>
    public NumberOf? Number { get; init; }

    /// <summary>Of <see cref="FieldType.Real"/>.</summary>
    public RealOf? Real { get; init; }

    /// <summary>Of <see cref="FieldType.Text"/> and <see cref="FieldType.Buffer"/>.</summary>
    public TextOf? Text { get; init; }

    /// <summary>All values that a text can ever have, where others are a slip: <c>=</c>, <c>!=</c> and <c>in</c> take no other. Null where it can be anything.</summary>
    public Lazy<HashSet<string>>? OnlyValues { get; init; }

    /// <summary>Of <see cref="FieldType.Address"/> and <see cref="FieldType.Network"/>.</summary>
    public AddressOf? Address { get; init; }

    /// <summary>Whether an event has one value of it; false for what only can be compared, with several at once.</summary>
    public bool HasValue => Number is not null || Text is not null || Real is not null || Address is not null;

    /// <summary>In a filter that one of several values must fulfil: all of them, one after another; null where there is only one.</summary>
    /// <remarks>With <c>!=</c> see <see cref="DiffersAsAWhole"/>.</remarks>
    public NextNumberOf? EachNumber { get; init; }

    /// <inheritdoc cref="EachNumber"/>
    public NextTextOf? EachText { get; init; }

    /// <inheritdoc cref="EachNumber"/>
    public NextAddressOf? EachAddress { get; init; }

    /// <summary>Whether <c>!=</c> asks this of all values, and not of one of several.</summary>
    public bool DiffersAsAWhole { get; init; }

    /// <summary>For a number that all events of one type have in common (but for markers, and calls without a type of their own): what it is. Null else.</summary>
    public Func<EventInfo, long?>? NumberByType { get; init; }

    /// <summary>The same of a text.</summary>
    public Func<EventInfo, string?>? TextByType { get; init; }

    /// <summary>A value whose numbers stand for the same in a whole pass, such as that of a name: tells them apart faster than their texts. Null when there is none.</summary>
    public NumberOf? Identity { get; init; }

    /// <summary>The value as an object: long, ulong, double, bool, string, byte[], IPAddress; null when the event has none.</summary>
    public object? Value(scoped in EventContext context)
    {
        if (Number is not null)
            return !Number(in context, out long number) ? null : Type switch
            {
                FieldType.Boolean => number != 0,
                FieldType.Unsigned => (ulong)number <= long.MaxValue ? number : (object)(ulong)number,
                _ => number,
            };
        if (Text is not null)
            return !Text(in context, out ReadOnlySpan<byte> text) ? null : Type == FieldType.Buffer ? text.ToArray() : System.Text.Encoding.UTF8.GetString(text);
        if (Real is not null)
            return Real(in context, out double real) ? real : null;
        return Address is not null && Address(in context, out FieldAddress address) ? address.Value.ToIPAddress(address.V6 ? FdKind.Ipv6 : FdKind.Ipv4) : null;
    }
}
