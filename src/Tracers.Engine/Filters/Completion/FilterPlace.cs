using Tracers.Engine.Filters.Syntax;

namespace Tracers.Engine.Filters.Completion;

/// <summary>The end of a filter that is being written: what can stand there, and what of it stands there already.</summary>
/// <param name="Kind">What can stand there.</param>
/// <param name="Start">Where the word begins that is being written.</param>
/// <param name="Typed">What is written of it, without quotes.</param>
internal sealed record FilterPlace(FilterPlaceKind Kind, int Start, string Typed)
{
    private const string NeedQuotes = " \t\r\n()\"',";

    /// <summary>The field that is compared; null before there is one.</summary>
    public FieldReference? Field { get; init; }

    /// <summary>Whether the value is one of a list, which no bracket has begun yet.</summary>
    public bool BeginsList { get; init; }

    /// <summary>Finds what can stand at the end of a text.</summary>
    public static FilterPlace AtEndOf(string text)
    {
        try
        {
            FilterScanner scanner = new(text);
            while (true)
            {
                if (OfComparison(ref scanner) is { } place)
                    return place;
                if (OfConnective(ref scanner) is { } connective)
                    return connective;
            }
        }
        catch (FilterSyntaxException)
        {
            return Nowhere(text);
        }
    }

    /// <summary>A value as it must be written in a filter.</summary>
    public static string Quote(string value) => value.Length > 0 && !value.Any(static c => NeedQuotes.Contains(c, StringComparison.Ordinal)) && !value.Contains('\\', StringComparison.Ordinal)
        ? value
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static FilterPlace Nowhere(string text) => new(FilterPlaceKind.Nothing, text.Length, "");

    // Null when a whole comparison stands there, and something behind it.
    private static FilterPlace? OfComparison(ref FilterScanner scanner)
    {
        string name;
        int start;
        do
        {
            do
                scanner.SkipBlanks();
            while (scanner.TryTake('('));
            start = scanner.Position;
            name = scanner.TakeField();
            if (scanner.AtEnd)
                return new FilterPlace(FilterPlaceKind.Field, start, name);
        }
        while (name == "not");

        FieldReference field = FieldCatalogue.Parse(name, start);
        scanner.SkipBlanks();
        int operatorAt = scanner.Position;
        if (!FilterOperators.TryRead(scanner.Rest, out FilterOperator op, out int length))
        {
            string rest = scanner.Rest.ToString();
            return new FilterPlace(rest.Contains(' ', StringComparison.Ordinal) ? FilterPlaceKind.Nothing : FilterPlaceKind.Operator, operatorAt, rest) { Field = field };
        }

        string word = scanner.Rest[..length].ToString();
        scanner.Position += length;
        if (scanner.AtEnd && char.IsLetter(word[0]))
            return new FilterPlace(FilterPlaceKind.Operator, operatorAt, word) { Field = field };
        return op == FilterOperator.Exists ? null : OfValues(ref scanner, field, op.TakesList());
    }

    private static FilterPlace? OfValues(ref FilterScanner scanner, FieldReference field, bool isList)
    {
        scanner.SkipBlanks();
        if (isList && !scanner.TryTake('('))
            return new FilterPlace(scanner.AtEnd ? FilterPlaceKind.Value : FilterPlaceKind.Nothing, scanner.Position, "") { Field = field, BeginsList = true };
        do
        {
            scanner.SkipBlanks();
            int start = scanner.Position;
            bool quoted = scanner.Current is '"' or '\'' && !scanner.AtEnd;
            string typed = scanner.Rest.ToString();
            if (quoted && !typed.AsSpan(1).Contains(scanner.Current))
                return new FilterPlace(FilterPlaceKind.Value, start, typed[1..]) { Field = field };
            FilterValue value = scanner.TakeValue(isList);
            if (scanner.AtEnd && !quoted)
                return new FilterPlace(FilterPlaceKind.Value, start, value.Text) { Field = field };
            if (!isList)
                return null;
            scanner.SkipBlanks();
        }
        while (scanner.TryTake(','));
        return scanner.TryTake(')') ? null : throw new FilterSyntaxException("The list of values is not closed.");
    }

    // Null when one stands there, and something behind it.
    private static FilterPlace? OfConnective(ref FilterScanner scanner)
    {
        bool blank;
        do
        {
            int before = scanner.Position;
            scanner.SkipBlanks();
            blank = scanner.Position > before;
        }
        while (scanner.TryTake(')'));

        int start = scanner.Position;
        string word = scanner.Rest.ToString();
        if (word.Length == 0)
            return new FilterPlace(blank ? FilterPlaceKind.Connective : FilterPlaceKind.Nothing, start, "");
        if (scanner.TryTakeWord("and") || scanner.TryTakeWord("or"))
            return scanner.AtEnd ? new FilterPlace(FilterPlaceKind.Connective, start, word) : null;
        return new FilterPlace(word.Contains(' ', StringComparison.Ordinal) ? FilterPlaceKind.Nothing : FilterPlaceKind.Connective, start, word);
    }
}
