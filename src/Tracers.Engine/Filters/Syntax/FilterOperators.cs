namespace Tracers.Engine.Filters.Syntax;

/// <summary>The operators as they are written.</summary>
internal static class FilterOperators
{
    // Longer ones first where one begins with another.
    private static readonly (string Text, FilterOperator Operator)[] s_all =
    [
        ("==", FilterOperator.Equal), ("=", FilterOperator.Equal), ("!=", FilterOperator.NotEqual),
        ("<=", FilterOperator.LessOrEqual), ("<", FilterOperator.Less), (">=", FilterOperator.GreaterOrEqual), (">", FilterOperator.Greater),
        ("contains", FilterOperator.Contains), ("icontains", FilterOperator.IContains), ("startswith", FilterOperator.StartsWith),
        ("endswith", FilterOperator.EndsWith), ("glob", FilterOperator.Glob), ("regex", FilterOperator.Regex), ("intersects", FilterOperator.Intersects),
        ("in", FilterOperator.In), ("pmatch", FilterOperator.PMatch), ("exists", FilterOperator.Exists),
    ];

    /// <summary>All of them, as they are written.</summary>
    public static IEnumerable<string> Texts => s_all.Select(static o => o.Text).Where(static t => t != "==");

    /// <summary>The operator at a place of a text.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out FilterOperator found, out int length)
    {
        foreach ((string word, FilterOperator op) in s_all)
        {
            // A word ends where no letter follows: an unknown one is not taken for its beginning.
            if (text.StartsWith(word) && !(char.IsLetter(word[0]) && text.Length > word.Length && char.IsLetterOrDigit(text[word.Length])))
            {
                found = op;
                length = word.Length;
                return true;
            }
        }

        found = default;
        length = 0;
        return false;
    }

    public static string Text(this FilterOperator op) => Array.Find(s_all, o => o.Operator == op && o.Text != "==").Text;

    /// <summary>Whether values in brackets follow.</summary>
    public static bool TakesList(this FilterOperator op) => op is FilterOperator.In or FilterOperator.Intersects or FilterOperator.PMatch;

    /// <summary>Those that compare fields of a type.</summary>
    public static IEnumerable<FilterOperator> For(FieldType type) => Enum.GetValues<FilterOperator>().Where(op => op.Compares(type));

    /// <summary>Whether it compares values of a type.</summary>
    public static bool Compares(this FilterOperator op, FieldType type) =>
        op is FilterOperator.Exists or FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In or FilterOperator.Intersects || type switch
        {
            FieldType.Text => true,
            FieldType.Buffer => op is FilterOperator.Contains or FilterOperator.IContains or FilterOperator.StartsWith or FilterOperator.EndsWith or FilterOperator.Regex,
            FieldType.Address or FieldType.Network => false,
            _ => op is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual,
        };
}
