using System.Management.Automation;
using Tracers.Completion;
using Tracers.Engine.Filters;

namespace Tracers.Commands;

/// <summary>Lists the fields of the filter language.</summary>
[Cmdlet(VerbsCommon.Get, "TracerField")]
[OutputType(typeof(TracerField))]
public sealed class GetTracerFieldCommand : CancellableCommand
{
    /// <summary>Only fields with these names, with wildcards: <c>fd.*</c>, <c>*latency*</c>.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(FieldNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Only fields of these classes, with wildcards: <c>evt</c>, <c>proc</c>, <c>fd</c>, ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FieldClassCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Class { get; set; }

    /// <inheritdoc/>
    protected override void OnInput()
    {
        Func<string, bool>? ofClass = Wildcards.Any(Class);
        foreach (FieldInfo field in Named().Where(f => ofClass is null || ofClass(f.Class)))
            WriteObject(new TracerField(field));
    }

    private IEnumerable<FieldInfo> Named()
    {
        if (Name is null)
            return FieldCatalogue.All;
        List<FieldInfo> found = [];
        foreach (string name in Name)
        {
            Func<string, bool> matches = Wildcards.Any([name])!;
            FieldInfo[] named = [.. FieldCatalogue.All.Where(f => matches(f.Name))];
            found.AddRange(named);
            if (named.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Find(name, found);
        }

        return found.Distinct();
    }

    // With what stands behind a name in a filter it is the same field.
    private void Find(string name, List<FieldInfo> found)
    {
        try
        {
            found.Add(FieldCatalogue.Parse(name).Field);
        }
        catch (FilterSyntaxException e)
        {
            WriteError(TracerErrors.FieldNotFound(name, e.Nearest));
        }
    }
}
