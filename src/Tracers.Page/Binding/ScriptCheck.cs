using Acornima;
using Acornima.Ast;

namespace Tracers.Page.Binding;

/// <summary>
/// The scripts' syntax, and what they call each other: all of them share one global scope, so a name is right when one of them, or the browser, has it.
/// What makes markup or code of text, or asks for something over a network, is an error.
/// </summary>
internal static class ScriptCheck
{
    /// <summary>Checks the scripts of a page.</summary>
    /// <param name="sources">The scripts in the order in which they run.</param>
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> sources)
    {
        List<Finding> findings = [];
        List<ScriptNames> scripts = [];
        foreach (SourceFile source in sources)
        {
            Script program;
            try
            {
                program = new Parser(new ParserOptions { OnNode = ScriptNames.KeepScope }).ParseScript(source.Text, source.Path, strict: false);
            }
            catch (ParseErrorException e)
            {
                findings.Add(new(source.Path, e.LineNumber, e.Column + 1, e.Description));
                continue;
            }
            if (!source.IsForeign)
                findings.AddRange(ForbiddenScript.Find(source, program));
            scripts.Add(new(source, program));
        }

        Dictionary<string, ScriptNames> declaring = [];
        foreach (ScriptNames script in scripts)
            foreach ((string name, int index) in script.Declared)
                if (!declaring.TryAdd(name, script))
                    findings.Add(script.Source.At(index, $"'{name}' is declared in {Path.GetFileName(declaring[name].Source.Path)} as well."));

        HashSet<string> used = [];
        foreach (ScriptNames script in scripts)
            foreach ((string name, int index) in script.Used)
            {
                used.Add(name);
                if (!script.Source.IsForeign && !declaring.ContainsKey(name) && !BrowserNames.Known.Contains(name))
                    findings.Add(script.Source.At(index, $"'{name}' is declared nowhere."));
            }

        foreach (ScriptNames script in scripts.Where(script => !script.Source.IsForeign))
            foreach ((string name, int index) in script.Declared)
                if (!used.Contains(name))
                    findings.Add(script.Source.At(index, $"'{name}' is used nowhere."));
        return findings;
    }
}
