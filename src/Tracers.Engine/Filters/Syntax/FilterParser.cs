namespace Tracers.Engine.Filters.Syntax;

/// <summary>Reads a filter: <c>or</c> of <c>and</c> of <c>not</c> of comparisons and parts in brackets.</summary>
internal static class FilterParser
{
    // Deeper is nobody's filter, and the parser must not run out of stack.
    private const int DeepestBrackets = 200;

    /// <exception cref="FilterSyntaxException">It is no filter.</exception>
    public static FilterNode Parse(string text)
    {
        FilterScanner scanner = new(text);
        FilterNode node = ParseOr(ref scanner, 0);
        scanner.SkipBlanks();
        if (scanner.AtEnd)
            return node;
        throw scanner.Current == ')'
            ? new FilterSyntaxException("This bracket closes none.") { Position = scanner.Position, Length = 1 }
            : new FilterSyntaxException("The filter goes on behind its end.") { Position = scanner.Position, Length = 1, Expected = "and, or, or the end" };
    }

    private static FilterNode ParseOr(ref FilterScanner scanner, int depth)
    {
        List<FilterNode> parts = [ParseAnd(ref scanner, depth)];
        while (TryTakeWord(ref scanner, "or"))
            parts.Add(ParseAnd(ref scanner, depth));
        return parts.Count == 1 ? parts[0] : new OrNode(parts);
    }

    private static FilterNode ParseAnd(ref FilterScanner scanner, int depth)
    {
        List<FilterNode> parts = [ParseNot(ref scanner, depth)];
        while (TryTakeWord(ref scanner, "and"))
            parts.Add(ParseNot(ref scanner, depth));
        return parts.Count == 1 ? parts[0] : new AndNode(parts);
    }

    private static bool TryTakeWord(ref FilterScanner scanner, string word)
    {
        scanner.SkipBlanks();
        return scanner.TryTakeWord(word);
    }

    private static FilterNode ParseNot(ref FilterScanner scanner, int depth)
    {
        bool negated = false;
        while (TryTakeWord(ref scanner, "not"))
            negated = !negated;
        FilterNode part = scanner.Current == '(' ? ParseBrackets(ref scanner, depth) : ParseCheck(ref scanner);
        return negated ? new NotNode(part) : part;
    }

    private static FilterNode ParseBrackets(ref FilterScanner scanner, int depth)
    {
        int start = scanner.Position++;
        if (depth == DeepestBrackets)
            throw new FilterSyntaxException($"There are more than {DeepestBrackets} brackets in each other.") { Position = start, Length = 1 };
        FilterNode inner = ParseOr(ref scanner, depth + 1);
        scanner.SkipBlanks();
        if (scanner.TryTake(')'))
            return inner;
        throw scanner.AtEnd
            ? new FilterSyntaxException("This bracket is not closed.") { Position = start, Length = 1, Expected = ")" }
            : new FilterSyntaxException("The comparison in brackets goes on behind its end.") { Position = scanner.Position, Length = 1, Expected = "and, or, or )" };
    }

    private static CheckNode ParseCheck(ref FilterScanner scanner)
    {
        int start = scanner.Position;
        string name = scanner.TakeField();
        if (name.Length == 0)
            throw new FilterSyntaxException(scanner.AtEnd ? "The filter ends too early." : "Here a comparison must begin.") { Position = start, Length = scanner.AtEnd ? 0 : 1, Expected = "a field such as proc.name, not, or (" };
        FieldReference field = FieldCatalogue.Parse(name, start);

        scanner.SkipBlanks();
        int operatorAt = scanner.Position;
        if (!FilterOperators.TryRead(scanner.Rest, out FilterOperator op, out int length))
        {
            string word = scanner.TakeField();
            throw new FilterSyntaxException(scanner.AtEnd && word.Length == 0 ? $"The filter ends behind {name}." : $"'{(word.Length == 0 ? scanner.Current : word)}' is no operator.")
            {
                Position = operatorAt,
                Length = word.Length,
                Expected = string.Join(' ', FilterOperators.Texts),
                FindNearest = () => word.Length == 0 ? null : NearestName.Of(word, FilterOperators.Texts),
            };
        }

        scanner.Position += length;
        if (op == FilterOperator.Exists)
            return new CheckNode(field, op, operatorAt, []);
        scanner.SkipBlanks();
        return new CheckNode(field, op, operatorAt, op.TakesList() ? ParseList(ref scanner, op) : [ParseValue(ref scanner, false)]);
    }

    private static List<FilterValue> ParseList(ref FilterScanner scanner, FilterOperator op)
    {
        int start = scanner.Position;
        if (!scanner.TryTake('('))
            throw new FilterSyntaxException($"Behind {op.Text()} stand values in brackets.") { Position = start, Expected = "(value, value)" };
        List<FilterValue> values = [];
        do
        {
            scanner.SkipBlanks();
            values.Add(ParseValue(ref scanner, true));
            scanner.SkipBlanks();
        }
        while (scanner.TryTake(','));
        return scanner.TryTake(')')
            ? values
            : throw new FilterSyntaxException("The list of values is not closed.") { Position = scanner.Position, Length = scanner.AtEnd ? 0 : 1, Expected = ", or )" };
    }

    private static FilterValue ParseValue(ref FilterScanner scanner, bool inList)
    {
        FilterValue value = scanner.TakeValue(inList);
        return value.Length > 0 ? value : throw new FilterSyntaxException("A value is missing.") { Position = value.Position, Expected = "a value; \"\" is the empty one" };
    }
}
