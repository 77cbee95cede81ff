using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Tracers.Completion;

/// <summary>The captures that a line names, as far as that can be told without running anything.</summary>
internal static class LineCaptures
{
    private const string LiteralPath = "LiteralPath";

    // Those that take patterns.
    private static readonly string[] s_paths = ["Path", "Reference", "Difference"];

    // Scripts and not SessionStateProxy: the runspace is running the completion, and the proxy would refuse.
    private const string PathsOfSession = "$ExecutionContext.SessionState.Path";
    private const string Expand = "$ExecutionContext.InvokeCommand.ExpandString($args[0])";

    /// <summary>Full paths of the captures; where the line names none, of the one that the session read last.</summary>
    /// <param name="parameters">The values on the line that PowerShell could tell, by parameter.</param>
    /// <param name="command">The command on the line.</param>
    /// <exception cref="RuntimeException">A path does not exist or belongs to no provider.</exception>
    public static string[] Find(IDictionary parameters, CommandAst command)
    {
        if (Runspace.DefaultRunspace is null || Invoke(PathsOfSession).FirstOrDefault()?.BaseObject is not PathIntrinsics paths)
            return [];

        Dictionary<string, ParameterBindingResult> bound = StaticParameterBinder.BindCommand(command, resolve: true).BoundParameters;
        if (!bound.ContainsKey(LiteralPath) && !Array.Exists(s_paths, bound.ContainsKey))
            return SessionCapture.Path is { } last ? [last] : [];
        return
        [
            .. Values(LiteralPath).Select(name => paths.GetUnresolvedProviderPathFromPSPath(name)),
            .. s_paths.SelectMany(Values).SelectMany(name => paths.GetResolvedProviderPathFromPSPath(name, out _)),
        ];

        string[] Values(string parameter) =>
            parameters.Contains(parameter) ? Texts(parameters[parameter])
            : bound.TryGetValue(parameter, out ParameterBindingResult? found) ? Expanded(found.Value)
            : [];
    }

    // "$folder/x.scap" is not evaluated by PowerShell. Variables are safe to look at; a call in $( ) is not to be made by Tab.
    private static string[] Expanded(CommandElementAst value) =>
        value is ExpandableStringExpressionAst text && text.NestedExpressions.All(static part => part is VariableExpressionAst)
            ? [.. Invoke(Expand, text.Value).Select(static expanded => expanded.ToString())]
            : [];

    private static Collection<PSObject> Invoke(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
            shell.AddArgument(argument);
        return shell.Invoke();
    }

    private static string[] Texts(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().SelectMany(Texts)],
        { } other => [other.ToString() ?? ""],
    };
}
