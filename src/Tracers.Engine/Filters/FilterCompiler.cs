using System.Text.RegularExpressions;
using Tracers.Engine.Filters.Comparisons;
using Tracers.Engine.Filters.Predicates;
using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters;

/// <summary>Makes of a filter as it was written what is asked of events.</summary>
internal sealed class FilterCompiler
{
    // The time that it takes to read one grows with the square of its depth.
    private const int LongestExpression = 1000;

    private static readonly TimeSpan s_longestMatch = TimeSpan.FromSeconds(1);

    /// <summary>What the fields that were compiled need.</summary>
    public FilterNeeds Needs { get; private set; }

    public Predicate Compile(FilterNode node) => node switch
    {
        AndNode and => new CombinedPredicate([.. and.Parts.Select(Compile)], decides: false),
        OrNode or => new CombinedPredicate([.. or.Parts.Select(Compile)], decides: true),
        NotNode not => new NotPredicate(Compile(not.Part)),
        CheckNode check => Compile(check),
        _ => throw new InvalidOperationException($"A filter cannot have a {node.GetType().Name}."),
    };

    private Predicate Compile(CheckNode check)
    {
        FieldReader reader = check.Field.Field.Compile(check.Field);
        Needs |= reader.Needs;
        CheckOperator(check, reader);
        if (reader.OnlyValues is { } only && check.Operator is FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.Intersects)
            CheckValues(check, only.Value);
        FilterOperator op = check.Operator;
        if (reader.DiffersAsAWhole && op == FilterOperator.NotEqual)
            return new CombinedPredicate([Compile(check with { Operator = FilterOperator.Exists, Values = [] }), new NotPredicate(Compile(check with { Operator = FilterOperator.Equal }))], decides: false);
        if (reader.IsDistance)
            op = FilterOperator.LessOrEqual;
        return reader.Type switch
        {
            FieldType.Text or FieldType.Buffer => new TextPredicate(reader, new TextComparison(op, [.. check.Values.Select(static v => v.Bytes)], op == FilterOperator.Regex ? Regex(check.Values[0]) : null)),
            FieldType.Real => new RealPredicate(reader, new RealComparison(op, [.. check.Values.Select(static v => FilterValues.Real(v))])),
            FieldType.Address or FieldType.Network => new AddressPredicate(reader, new AddressComparison(op, [.. check.Values.Select(v => FilterValues.Address(v, reader.Type == FieldType.Network))])),
            _ => new NumberPredicate(reader, new NumberComparison(op, [.. check.Values.Select(v => FilterValues.Number(v, reader))], reader.Type != FieldType.Number)),
        };
    }

    private static void CheckOperator(CheckNode check, FieldReader reader)
    {
        FilterOperator op = check.Operator;
        if (reader.IsDistance && op != FilterOperator.Equal)
            throw new FilterSyntaxException($"{check.Field.Text} is a distance, and only = asks whether it is not greater than a value.") { Position = check.OperatorPosition, Length = op.Text().Length, Expected = "=" };
        FieldType type = reader.Type;
        if (!op.Compares(type))
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

    private static void CheckValues(CheckNode check, HashSet<string> known)
    {
        foreach (FilterValue value in check.Values)
        {
            if (!known.Contains(value.Text))
                throw new FilterSyntaxException($"{check.Field.Text} is never '{value.Text}'.") { Position = value.Position, Length = value.Length, FindNearest = () => NearestName.Of(value.Text, known) };
        }
    }

    private static Regex Regex(FilterValue value)
    {
        if (value.Text.Length > LongestExpression)
            throw new FilterSyntaxException($"This regular expression has more than {LongestExpression} characters.") { Position = value.Position, Length = value.Length };
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
