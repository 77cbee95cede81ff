using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers what the captures that the line names hold.</summary>
/// <remarks>Only small captures are read, and only for so long as somebody waits for Tab.</remarks>
public abstract class CaptureCompleter : ChoiceCompleter
{
    // A script and not SessionStateProxy: the runspace is running the completion, and the proxy would refuse.
    private const string PathsOfSession = "$ExecutionContext.SessionState.Path";

    /// <summary>What the values are chosen from.</summary>
    private protected abstract IEnumerable<Choice> Choices(CaptureNames names);

    private protected sealed override IEnumerable<Choice> Choices(IDictionary parameters) =>
        CapturesNames.Read(Files(parameters)) is { } names ? Choices(names) : [];

    /// <summary>Full paths of the captures on the line; without any, the one that a command without a path reads.</summary>
    private static string[] Files(IDictionary parameters)
    {
        if (Runspace.DefaultRunspace is null)
            return [];
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        if (shell.AddScript(PathsOfSession).Invoke().FirstOrDefault()?.BaseObject is not PathIntrinsics paths)
            return [];

        string[] literal = Texts(parameters["LiteralPath"]);
        string[] named = Texts(parameters["Path"]);
        if (literal.Length + named.Length == 0)
            return parameters.Contains("Path") || parameters.Contains("LiteralPath") || SessionCapture.Path is not { } last ? [] : [last];
        return
        [
            .. literal.Select(name => paths.GetUnresolvedProviderPathFromPSPath(name)),
            .. named.SelectMany(name => paths.GetResolvedProviderPathFromPSPath(name, out _)),
        ];
    }

    private static string[] Texts(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().SelectMany(Texts)],
        { } other => [other.ToString() ?? ""],
    };
}
