using Acornima;
using Acornima.Ast;

namespace Tracers.Page.Binding;

/// <summary>A script that could be parsed.</summary>
/// <param name="Source">Its file.</param>
/// <param name="Program">Its syntax.</param>
internal sealed record ScriptFile(SourceFile Source, Script Program)
{
    /// <summary>Parses a script.</summary>
    /// <param name="source">Its file.</param>
    /// <param name="findings">Gets what is wrong with its syntax.</param>
    /// <returns>Null when it is wrong.</returns>
    public static ScriptFile? Parse(SourceFile source, List<Finding> findings)
    {
        try
        {
            return new(source, new Parser(new ParserOptions { OnNode = ScriptNames.KeepScope }).ParseScript(source.Text, source.Path));
        }
        catch (ParseErrorException e)
        {
            findings.Add(new(source.Path, e.LineNumber, e.Column + 1, e.Description));
            return null;
        }
    }
}
