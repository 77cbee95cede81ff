using System.Management.Automation;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>What stands on the line where Tab was pressed: the beginning of a value, perhaps with a quote before it.</summary>
internal readonly struct TypedWord
{
    // What a word can hold without quotes; a leading dash, digit or operator is seen to below.
    private const string PlainPunctuation = "_.-/\\:+=*?~";

    private readonly char _quote;
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    private TypedWord(char quote, string text)
    {
        _quote = quote;
        _text = text;
        try
        {
            _pattern = new WildcardPattern(text + "*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        }
        catch (WildcardPatternException)
        {
            // A bracket without its partner: then it stands for itself.
            _pattern = null;
        }
    }

    /// <summary>Takes the quotes off.</summary>
    public static TypedWord Read(string? word)
    {
        string text = word ?? "";
        if (text.Length == 0 || !(CharIsSingleQuote(text[0]) || CharIsDoubleQuote(text[0])))
            return new TypedWord('\0', text);
        char quote = CharIsSingleQuote(text[0]) ? '\'' : '"';
        text = text[1..];
        if (text.Length > 0 && (quote == '\'' ? CharIsSingleQuote(text[^1]) : CharIsDoubleQuote(text[^1])))
            text = text[..^1];
        return new TypedWord(quote, quote == '\'' ? text.Replace("''", "'", StringComparison.Ordinal) : text);
    }

    /// <summary>What is typed, without its quotes.</summary>
    public string Text => _text;

    /// <summary>Whether a value begins with the word, which can hold wildcards.</summary>
    public bool Matches(string value) =>
        value.StartsWith(_text, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(value) == true;

    /// <summary>The value as it can stand on the line: with the quote that was begun, or with quotes if it needs them.</summary>
    public string Quote(string value)
    {
        if (_quote == '"')
            return $"\"{string.Concat(value.Select(static c => c is '"' or '$' or '`' || CharIsDoubleQuote(c) ? $"`{c}" : $"{c}"))}\"";
        return _quote == '\'' || !IsPlain(value) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'" : value;
    }

    private static bool IsPlain(string value) =>
        value.Length > 0
        && value[0] is not ('-' or '+' or '.' or '~' or '=')
        && value.All(static c => char.IsLetterOrDigit(c) || PlainPunctuation.Contains(c, StringComparison.Ordinal));

    // PowerShell takes the curly quotes for quotes too.
    private static bool CharIsSingleQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b';

    private static bool CharIsDoubleQuote(char c) => c is '"' or '\u201c' or '\u201d' or '\u201e';
}
