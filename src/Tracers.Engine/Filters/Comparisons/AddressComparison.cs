using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters.Comparisons;

/// <summary>Compares addresses with addresses, or with networks.</summary>
/// <param name="op">How.</param>
/// <param name="values">Addresses, and how many of their leading bits count.</param>
internal sealed class AddressComparison(FilterOperator op, (FieldAddress Address, int Bits)[] values)
{
    public bool Matches(FieldAddress value) => op switch
    {
        FilterOperator.Exists => true,

        FilterOperator.NotEqual => !Lies(value, values[0]),
        _ => Array.Exists(values, v => Lies(value, v)),
    };

    private static bool Lies(FieldAddress value, (FieldAddress Address, int Bits) network)
    {
        if (value.V6 != network.Address.V6)
            return false;
        ulong high = value.Value.High ^ network.Address.Value.High;
        ulong low = value.Value.Low ^ network.Address.Value.Low;
        int bits = value.V6 ? network.Bits : 96 + network.Bits;
        return (high & Mask(bits)) == 0 && (low & Mask(bits - 64)) == 0;
    }

    private static ulong Mask(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - bits);
}
