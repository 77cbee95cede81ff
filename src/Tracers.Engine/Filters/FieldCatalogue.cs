using System.Globalization;
using Tracers.Engine.Filters.Fields;

namespace Tracers.Engine.Filters;

/// <summary>All fields, by name.</summary>
/// <remarks>A class of fields is made when one of its names is asked for: most questions use one or two.</remarks>
internal static class FieldCatalogue
{
    private static readonly (string Class, Lazy<FieldInfo[]> Fields)[] s_classes =
    [
        ("evt", new(static () => EvtFields.All)),
        ("syscall", new(static () => EvtFields.OfSyscalls)),
        ("proc", new(static () => ProcFields.All)),
        ("thread", new(static () => ThreadFields.All)),
        ("user", new(static () => UserFields.All)),
        ("group", new(static () => GroupFields.All)),
        ("container", new(static () => ContainerFields.All)),
        ("fd", new(static () => FdFields.All)),
        ("span", new(static () => SpanFields.All)),
        ("evtin", new(static () => EvtinFields.All)),
        ("fdlist", new(static () => FdListFields.All)),
        ("syslog", new(static () => SyslogFields.All)),
    ];

    /// <summary>All fields, class by class.</summary>
    public static IEnumerable<FieldInfo> All => s_classes.SelectMany(static c => c.Fields.Value);

    /// <summary>Reads a field with what stands behind its name.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="position">Where it stands in a filter, for the error.</param>
    /// <exception cref="FilterSyntaxException">There is no such field, or it must have, or cannot have, what stands behind it.</exception>
    public static FieldReference Parse(string text, int position = 0)
    {
        // The longest name that the text begins with: evt.arg and evt.args are two fields.
        FieldInfo? field = null;
        string prefix = text.Split('.', 2)[0];
        foreach ((string name, Lazy<FieldInfo[]> fields) in s_classes)
        {
            if (name == prefix)
                field = fields.Value.Where(f => IsNameOf(f, text)).MaxBy(static f => f.Name.Length);
        }

        if (field is null && prefix is "k8s" or "mesos")
            throw new FilterSyntaxException($"There is no field '{text}': this version has no fields of Kubernetes and Mesos, which a capture does not hold.") { Position = position, Length = text.Length, Expected = "a field of the container such as container.name" };
        if (field is null)
            throw new FilterSyntaxException($"There is no field '{text}'.") { Position = position, Length = text.Length, FindNearest = () => NearestName.Of(text, All.Select(static f => f.Name)) };
        return Read(field, text, position);
    }

    /// <summary>What reads a field that has one value, so that it can be shown and be a key.</summary>
    /// <inheritdoc cref="Parse"/>
    public static FieldReader ReaderOf(string text)
    {
        FieldReference reference = Parse(text);
        FieldInfo field = reference.Field;
        if (field.FilterOnly)
            throw new FilterSyntaxException($"{field.Name} stands for several values at once: it can only be compared in a filter.") { Length = text.Length };
        return field.Argument == FieldArgument.OptionalIndex && reference.Index is null
            ? throw new FilterSyntaxException($"{field.Name} stands for several values at once: without a number it can only be compared in a filter. Write one, as in {field.Name}[1].") { Length = text.Length }
            : field.Compile(reference);
    }

    private static bool IsNameOf(FieldInfo field, string text) =>
        text.StartsWith(field.Name, StringComparison.Ordinal) && (text.Length == field.Name.Length || text[field.Name.Length] is '.' or '[');

    private static FieldReference Read(FieldInfo field, string text, int position)
    {
        string rest = text[field.Name.Length..];
        int? index = null;
        string? name = null;
        if (rest is ['[', .. string key, ']'])
        {
            if (field.Argument != FieldArgument.Key && int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
                index = number;
            else
                name = key;
        }
        else if (rest is ['.', .. string word] && word.Length > 0)
        {
            name = word;
        }
        else if (rest.Length > 0)
        {
            throw Wrong("the bracket behind its name is not closed, or holds nothing");
        }

        bool bracket = rest.StartsWith('[');
        string? problem = field.Argument switch
        {
            FieldArgument.None when rest.Length > 0 => "it takes nothing behind its name",
            FieldArgument.Index when index is null => $"it takes a number in brackets, as in {field.Name}[0]",
            FieldArgument.OptionalIndex when rest.Length > 0 && index is null => $"it takes nothing or a number in brackets, as in {field.Name}[1]",
            FieldArgument.Name when name is null || bracket => $"it takes a name behind a dot, as in {field.Example}",
            FieldArgument.IndexOrName when index is null && (name is null || bracket) => $"it takes a name behind a dot or a number in brackets, as in {field.Name}[0]",
            FieldArgument.Key when name is null || !bracket => $"it takes a text in brackets, as in {field.Example}",
            _ => null,
        };
        return problem is null ? new FieldReference(field, text, index, name) { Position = position } : throw Wrong(problem);

        FilterSyntaxException Wrong(string what) => new($"'{text}' is no use of the field {field.Name}: {what}.") { Position = position, Length = text.Length };
    }
}
