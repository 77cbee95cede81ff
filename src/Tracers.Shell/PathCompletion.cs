using System.Buffers;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Tracers.Shell;

/// <summary>Completes file names. The engine leaves that to commands of PowerShell's Management module, which are not here.</summary>
internal static class PathCompletion
{
    private static readonly char[] s_separators = [.. new HashSet<char> { Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar }];

    // What ends or changes a bare word.
    private static readonly SearchValues<char> s_needsQuotes = SearchValues.Create(" \t\r\n'\"`$;&|(){},#@<>‘’‚‛“”„");

    /// <summary>Finds the files and folders that the word before the cursor may be the beginning of.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cursor">The cursor's place in it.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    public static CommandCompletion Complete(string line, int cursor, string folder)
    {
        // What stands behind the cursor is kept, but for the quote that ends the word.
        Parser.ParseInput(line[..cursor], out Token[] tokens, out _);
        int last = tokens.Length - 2;
        if (last < 0 || tokens[last] is not { } word || word.Extent.EndOffset != cursor || !MayBePath(word, out string typed))
            return new CommandCompletion([], -1, cursor, 0);

        int start = word.Extent.StartOffset;
        bool quoted = IsQuoted(word);
        int length = cursor - start + (quoted && cursor < line.Length && line[cursor] == line[start] ? 1 : 0);
        bool isCommand = (word.TokenFlags & TokenFlags.CommandName) != 0 && (last == 0 || tokens[last - 1].Kind is not (TokenKind.Ampersand or TokenKind.Dot));
        return new CommandCompletion(Matches(typed, quoted, isCommand, folder), -1, start, length);
    }

    private static bool MayBePath(Token word, out string typed)
    {
        const TokenFlags Others = TokenFlags.MemberName | TokenFlags.TypeName | TokenFlags.AttributeName | TokenFlags.Keyword;
        typed = (word as StringToken)?.Value ?? word.Text;
        if ((word.TokenFlags & Others) != 0 || typed.Length == 0 || word is StringExpandableToken { NestedTokens: not null })
            return false;

        // A command's bare name is the engine's to complete.
        bool hasFolder = typed.IndexOfAny(s_separators) >= 0;
        return word.Kind is TokenKind.Generic or TokenKind.Identifier or TokenKind.StringLiteral or TokenKind.StringExpandable
            && (hasFolder || (word.TokenFlags & TokenFlags.CommandName) == 0)
            && !WildcardPattern.ContainsWildcardCharacters(typed);
    }

    private static bool IsQuoted(Token word) => word.Kind is TokenKind.StringLiteral or TokenKind.StringExpandable;

    private static Collection<CompletionResult> Matches(string typed, bool quoted, bool isCommand, string folder)
    {
        int nameAt = typed.LastIndexOfAny(s_separators) + 1;
        string before = typed[..nameAt];
        string name = typed[nameAt..];
        char separator = nameAt > 0 ? typed[nameAt - 1] : Path.DirectorySeparatorChar;
        Collection<CompletionResult> matches = [];
        foreach (FileSystemInfo entry in Entries(Path.Combine(folder, InHome(before)), name))
        {
            bool isFolder = entry is DirectoryInfo;
            string path = before + entry.Name + (isFolder ? separator : "");
            matches.Add(new CompletionResult(
                Quote(path, quoted, isCommand), entry.Name, isFolder ? CompletionResultType.ProviderContainer : CompletionResultType.ProviderItem, entry.FullName));
        }

        return matches;
    }

    // In PowerShell's way the case does not matter; hidden files have to be asked for by their dot.
    private static FileSystemInfo[] Entries(string folder, string name)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(e => e.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (name.StartsWith('.') || !e.Name.StartsWith('.')))
                .OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase)
                .ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private static string InHome(string path) => path.Length >= 2 && path[0] == '~' && s_separators.Contains(path[1])
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
        : path;

    private static string Quote(string path, bool quoted, bool isCommand)
    {
        if (!quoted && !path.AsSpan().ContainsAny(s_needsQuotes))
            return path;

        string literal = $"'{CodeGeneration.EscapeSingleQuotedStringContent(path)}'";
        return isCommand ? "& " + literal : literal;
    }
}
