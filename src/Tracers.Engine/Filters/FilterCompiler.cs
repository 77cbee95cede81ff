using System.Text.RegularExpressions;
using Tracers.Engine.Filters.Comparisons;
using Tracers.Engine.Filters.Predicates;
using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters;

/// <summary>Makes of a filter as it was written what is asked of events.</summary>
internal sealed class FilterCompiler
{
    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    /// <summary>What the fields that were compiled need.</summary>
    public FilterNeeds Needs { get; private set; }

    public Predicate Compile(FilterNode node) => node switch
    {
        AndNode and => new AndPredicate([.. and.Parts.Select(Compile)]),
        OrNode or => new OrPredicate([.. or.Parts.Select(Compile)]),
        NotNode not => new NotPredicate(Compile(not.Part)),
        CheckNode check => Compile(check),
        _ => throw new InvalidOperationException($"A filter cannot have a {node.GetType().Name}."),
    };

    private Predicate Compile(CheckNode check)
    {
        FieldReader reader = check.Field.Field.Compile(check.Field);
        Needs |= reader.Needs;
        CheckOperator(check, reader.Type);
        FilterOperator op = check.Operator;
        return reader.Type switch
        {
            FieldType.Text or FieldType.Buffer => new TextPredicate(reader, new TextComparison(op, [.. check.Values.Select(static v => v.Bytes)], op == FilterOperator.Regex ? Regex(check.Values[0]) : null)),
            FieldType.Real => new RealPredicate(reader, new RealComparison(op, [.. check.Values.Select(static v => FilterValues.Real(v))])),
            FieldType.Address or FieldType.Network => new AddressPredicate(reader, new AddressComparison(op, [.. check.Values.Select(v => FilterValues.Address(v, reader.Type == FieldType.Network))])),
            _ => new NumberPredicate(reader, new NumberComparison(op, [.. check.Values.Select(v => FilterValues.Number(v, reader))], reader.Type != FieldType.Number)),
        };
    }

    private static void CheckOperator(CheckNode check, FieldType type)
    {
        FilterOperator op = check.Operator;
        bool possible = op is FilterOperator.Exists or FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.Intersects || type switch
        {
            FieldType.Text => true,
            FieldType.Buffer => op is FilterOperator.Contains or FilterOperator.IContains or FilterOperator.StartsWith or FilterOperator.EndsWith or FilterOperator.Regex,
            FieldType.Address or FieldType.Network => false,
            _ => op is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual,
        };
        if (!possible)
        {
            string what = type switch { FieldType.Buffer => "bytes", FieldType.Address or FieldType.Network => "an address", _ => "a number" };
            throw new FilterSyntaxException($"{check.Field.Text} is {what}, and {op.Text()} does not compare that.")
            {
                Position = check.OperatorPosition,
                Length = op.Text().Length,
                Expected = type switch { FieldType.Buffer => "= != contains icontains startswith endswith regex in exists", FieldType.Address or FieldType.Network => "= != in exists", _ => "= != < <= > >= in exists" },
            };
        }
    }

    private static Regex Regex(FilterValue value)
    {
        try
        {
            return new Regex(value.Text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, s_longestMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FilterSyntaxException($"This is no regular expression that can be used: {e.Message}") { Position = value.Position, Length = value.Length };
        }
    }
}
