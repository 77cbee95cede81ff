using System.Buffers.Binary;
using Tracers.Engine.Filters;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>A field whose values are told apart by small numbers: 0 for none, the same number for the same value in one pass.</summary>
/// <remarks>One value can have two numbers; two values never have the same one.</remarks>
internal sealed class FieldKey(FieldReader reader)
{
    private const int AddressLength = 17;

    private readonly NumberInterner _numbers = new();
    private ByteInterner _texts = new();

    /// <summary>What a pass must keep for it.</summary>
    public FilterNeeds Needs => reader.Needs;

    /// <summary>Begins a pass. What stands for a name is another number in each.</summary>
    public void BeginPass() => _texts = new ByteInterner();

    /// <summary>The number of an event's value.</summary>
    public int Id(scoped in EventContext context)
    {
        // Numbers that the field has itself are even, those that are given here are odd.
        if (reader.Identity is not null && reader.Identity(in context, out long identity))
            return (int)(identity * 2) + 2;
        if (reader.Number is not null)
            return reader.Number(in context, out long number) ? (_numbers.Intern(number) * 2) - 1 : 0;
        if (reader.Text is not null)
            return reader.Text(in context, out ReadOnlySpan<byte> text) ? (_texts.Intern(text) * 2) + 1 : 0;
        if (reader.Real is not null)
            return reader.Real(in context, out double real) ? (_numbers.Intern(BitConverter.DoubleToInt64Bits(real)) * 2) - 1 : 0;
        return reader.Address is not null && reader.Address(in context, out FieldAddress address) ? (Intern(address) * 2) + 1 : 0;
    }

    /// <summary>The value as an object; null for none.</summary>
    public object? Value(scoped in EventContext context) => reader.Value(in context);

    private int Intern(FieldAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressLength];
        bytes[0] = address.V6 ? (byte)6 : (byte)4;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], address.Value.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[9..], address.Value.Low);
        return _texts.Intern(bytes);
    }
}
