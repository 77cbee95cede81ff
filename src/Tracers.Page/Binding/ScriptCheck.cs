namespace Tracers.Page.Binding;

/// <summary>
/// What the scripts call each other: all of them share one global scope, so a name is right when one of them, or the browser, has it. And what none of
/// them may do.
/// </summary>
internal static class ScriptCheck
{
    /// <summary>Checks the scripts of a page.</summary>
    /// <param name="files">The scripts in the order in which they run.</param>
    public static IEnumerable<Finding> Check(IReadOnlyList<ScriptFile> files)
    {
        ScriptNames[] scripts = [.. files.Select(static file => new ScriptNames(file))];
        Dictionary<string, SourceFile> declaring = [];
        HashSet<string> used = [.. scripts.SelectMany(static script => script.Used).Select(static use => use.Name)];
        foreach (ScriptNames script in scripts)
            foreach ((string name, int index) in script.Declared)
            {
                if (!declaring.TryAdd(name, script.Source))
                    yield return script.Source.At(index, $"'{name}' is declared in {Path.GetFileName(declaring[name].Path)} as well.");
                else if (!script.Source.IsForeign && !used.Contains(name))
                    yield return script.Source.At(index, $"'{name}' is used nowhere.");
            }

        foreach (ScriptNames script in scripts.Where(static script => !script.Source.IsForeign))
            foreach ((string name, int index) in script.Used)
                if (!declaring.ContainsKey(name) && !BrowserNames.Known.Contains(name))
                    yield return script.Source.At(index, $"'{name}' is declared nowhere.");

        foreach (ScriptFile file in files.Where(static file => !file.Source.IsForeign))
            foreach (Finding finding in ForbiddenScript.Find(file))
                yield return finding;
    }
}
