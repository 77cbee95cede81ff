using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Tracers.Shell;

/// <summary>Tab completion: every further Tab shows the next match in place of the last.</summary>
internal sealed class LineCompleter(Runspace runspace)
{
    private CommandCompletion? _matches;
    private int _length;

    /// <summary>Forgets the matches; any other key does that.</summary>
    public void Reset() => _matches = null;

    /// <summary>Puts the next match, or the one before, into the line.</summary>
    public void Complete(LineBuffer line, bool forward)
    {
        if (_matches is null)
        {
            using var shell = PowerShell.Create(runspace);
            _matches = CommandCompletion.CompleteInput(line.Text, line.Cursor, null, shell);
            if (_matches.CompletionMatches.Count == 0)
                _matches = PathCompletion.Complete(line.Text, line.Cursor, runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath);
            _length = _matches.ReplacementLength;
        }

        if (_matches.CompletionMatches.Count == 0 || _matches.GetNextResult(forward) is not { } match)
            return;

        line.Replace(_matches.ReplacementIndex, _length, match.CompletionText);
        _length = match.CompletionText.Length;
        if (match.ResultType != CompletionResultType.ProviderContainer)
            return;

        // In a folder the path goes on: before the quote, and the next Tab goes into it when there is no other.
        if (match.CompletionText[^1] == '\'')
            line.Move(-1);
        if (_matches.CompletionMatches.Count == 1)
            Reset();
    }
}
