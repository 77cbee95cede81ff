namespace Tracers.Shell;

/// <summary>Reads the command line the way pwsh does: options until the first -Command, -File or bare argument, which take all the rest.</summary>
internal static class ShellOptionsParser
{
    /// <summary>Reads the arguments.</summary>
    public static ShellOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ShellOptions();
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (!IsOption(arg))
                return options with { Mode = ShellMode.File, Text = arg, ScriptArguments = Rest(args, i + 1) };

            switch (OptionName(arg))
            {
                case "command" or "c":
                    return ParseCommand(options, arg, Rest(args, i + 1));
                case "file" or "f":
                    return ParseFile(options, arg, Rest(args, i + 1));
                case "nologo":
                    options = options with { NoLogo = true };
                    break;
                case "noninteractive":
                    options = options with { NonInteractive = true };
                    break;
                case "noprofile":
                    // There are no profiles here; accepted so that a pwsh command line can be used unchanged.
                    break;
                case "help" or "h" or "?":
                    return options with { Mode = ShellMode.Help };
                case "version" or "v":
                    return options with { Mode = ShellMode.Version };
                default:
                    return options with { Error = $"'{arg}' is not an option of this shell. Run it with -Help to see the options." };
            }
        }

        return options;
    }

    private static ShellOptions ParseCommand(ShellOptions options, string option, string[] rest)
    {
        if (rest.Length == 0)
            return options with { Error = $"{option} needs a command after it, or '-' to read the command from standard input." };

        if (rest[0] == "-")
        {
            return rest.Length == 1
                ? options with { Mode = ShellMode.CommandFromInput }
                : options with { Error = $"Nothing can follow '{option} -': the command is read from standard input." };
        }

        return options with { Mode = ShellMode.Command, Text = string.Join(' ', rest) };
    }

    private static ShellOptions ParseFile(ShellOptions options, string option, string[] rest) => rest.Length == 0
        ? options with { Error = $"{option} needs the path of a script after it." }
        : options with { Mode = ShellMode.File, Text = rest[0], ScriptArguments = Rest(rest, 1) };

    private static bool IsOption(string arg) => arg.Length > 1 && arg[0] == '-';

    private static string OptionName(string arg) => arg.TrimStart('-').ToLowerInvariant();

    private static string[] Rest(IReadOnlyList<string> args, int from) => [.. args.Skip(from)];
}
