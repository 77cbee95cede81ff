using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>Turns the words after -File into parameters, so that they bind to the script's param() as pwsh binds them.</summary>
internal static class ScriptArguments
{
    /// <summary>Adds the words to a command.</summary>
    public static void AddTo(Command command, IReadOnlyList<string> words)
    {
        string? waiting = null;
        foreach (string word in words)
        {
            if (waiting is not null)
            {
                command.Parameters.Add(waiting, word);
                waiting = null;
                continue;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                command.Parameters.Add(null, word);
                continue;
            }

            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                // Without a value: the binder knows whether it is a switch or takes the next word.
                command.Parameters.Add(word);
            }
            else if (colon == word.Length - 1)
            {
                waiting = word[..colon];
            }
            else
            {
                command.Parameters.Add(word[..colon], Value(word[(colon + 1)..]));
            }
        }

        if (waiting is not null)
            command.Parameters.Add(waiting);
    }

    // -Switch:$false arrives as text: no PowerShell has expanded it.
    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
