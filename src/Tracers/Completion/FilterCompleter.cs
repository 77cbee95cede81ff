using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Engine.Filters.Completion;
using Tracers.Engine.Filters.Syntax;

namespace Tracers.Completion;

/// <summary>Offers what can stand at the end of a filter: fields, operators, values, and what joins comparisons.</summary>
public sealed class FilterCompleter : ChoiceCompleter
{
    private static readonly Choice[] s_connectives =
    [
        new("and ", "Both are true; binds closer than or."),
        new("or ", "One of them is true."),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => [];

    private protected override IEnumerable<Choice> Matching(TypedWord word, IDictionary parameters, CommandAst command)
    {
        FilterPlace place = FilterPlace.AtEndOf(word.Text);
        string before = word.Text[..place.Start];
        return At(place, parameters, command)
            .Where(choice => choice.Value.StartsWith(place.Typed, StringComparison.OrdinalIgnoreCase))
            .Select(choice => choice with { Value = before + Written(choice.Value, place), Label = choice.Value.TrimEnd() });
    }

    private static IEnumerable<Choice> At(FilterPlace place, IDictionary parameters, CommandAst command) => place.Kind switch
    {
        FilterPlaceKind.Field => FieldChoices.Of(static _ => true).Append(new Choice("not ", "The comparison behind it is not true, or its field has no value.")),
        FilterPlaceKind.Operator => FilterOperators.For(place.Field!.Field.Type).Select(static op => new Choice(WithBlank(op.Text()), Describe(op))),
        FilterPlaceKind.Value => Values(place.Field!, parameters, command),
        FilterPlaceKind.Connective => s_connectives,
        _ => [],
    };

    // Where the values are known they are offered, else those that the captures on the line have.
    private static IEnumerable<Choice> Values(FieldReference field, IDictionary parameters, CommandAst command)
    {
        if (field.Field.Values is { } values)
            return values().Select(value => new Choice(value, $"{field.Text} = {value}"));
        return NamesOf(field.Field) is { } choices && CapturesNames.Read(LineCaptures.Find(parameters, command)) is { } names ? choices(names) : [];
    }

    private static Func<CaptureNames, IEnumerable<Choice>>? NamesOf(FieldInfo field) => field.Name switch
    {
        "proc.name" or "proc.pname" or "proc.aname" or "proc.exe" => new ProcessNameCompleter().Of,
        "proc.pid" or "proc.ppid" or "proc.apid" => new ProcessIdCompleter().Of,
        "thread.tid" => new ThreadIdCompleter().Of,
        "fd.name" or "fd.filename" => static names => names.Descriptors.Where(static d => d.Length > 0).Order(StringComparer.Ordinal).Select(static d => new Choice(d, d)),
        _ when field.Class is not ("span" or "evtin") => null,
        { } name when name.EndsWith(".id", StringComparison.Ordinal) => new SpanIdCompleter().Of,
        { } name when name.EndsWith(".tags", StringComparison.Ordinal) => static names => new TagCompleter().Of(names).Where(tag => names.Tags.ContainsKey(tag.Value)),
        { } name when name.EndsWith(".tag", StringComparison.Ordinal) => static names => new TagCompleter().Of(names).Where(static tag => !tag.Value.Contains('.', StringComparison.Ordinal)),
        _ => null,
    };

    private static string Written(string value, FilterPlace place) =>
        place.Kind != FilterPlaceKind.Value ? value
        : place.BeginsList ? $"({FilterPlace.Quote(value)}"
        : FilterPlace.Quote(value);

    private static string WithBlank(string op) => char.IsLetter(op[0]) ? op + " " : op;

    private static string Describe(FilterOperator op) => op switch
    {
        FilterOperator.Equal => "Equals a value.",
        FilterOperator.NotEqual => "Has a value, and another one.",
        FilterOperator.Less => "Is less than a value.",
        FilterOperator.LessOrEqual => "Is a value or less.",
        FilterOperator.Greater => "Is greater than a value.",
        FilterOperator.GreaterOrEqual => "Is a value or greater.",
        FilterOperator.Contains => "Contains a text.",
        FilterOperator.IContains => "Contains a text, in upper or lower case.",
        FilterOperator.StartsWith => "Begins with a text.",
        FilterOperator.EndsWith => "Ends with a text.",
        FilterOperator.Glob => "Matches a pattern: * stands for any characters, ? for one, [a-z] for one of several.",
        FilterOperator.Regex => "Matches a regular expression.",
        FilterOperator.In => "Equals one of several values: (a, b).",
        FilterOperator.Intersects => "Equals one of several values, as in does.",
        FilterOperator.PMatch => "Is one of several paths, or lies below it: (/etc, /usr/lib).",
        _ => "Has a value.",
    };
}
