using Tracers.Shell;

ShellOptions options = ShellOptionsParser.Parse(args);
if (options.Error is not null)
{
    Console.Error.WriteLine(options.Error);
    return ExitCodes.BadArguments;
}

if (options.Mode == ShellMode.Help)
{
    Console.Out.Write(ShellTexts.Help);
    return ExitCodes.Success;
}

if (options.Mode == ShellMode.Version)
{
    Console.Out.WriteLine(ShellTexts.Version);
    return ExitCodes.Success;
}

using var interrupts = new Interrupts();
var terminal = new Terminal();
var output = new ShellOutput(interrupts.OutputClosed);
var ui = new ShellHostUI(terminal, output, options.NonInteractive);
var host = new ShellHost(ui);
try
{
    using ShellSession session = ShellSession.Open(host, ui);
    var runner = new CommandRunner(session, host, ui, interrupts);
    return options.Mode switch
    {
        ShellMode.Command => runner.RunCommand(options.Text),
        ShellMode.CommandFromInput => runner.RunCommand(Console.In.ReadToEnd()),
        ShellMode.File => runner.RunFile(options.Text, options.ScriptArguments),
        _ => new InteractiveLoop(session, host, ui, output, interrupts, runner).Run(greet: !options.NoLogo),
    };
}
catch (ModuleImportException e)
{
    ui.WriteErrorLine(e.Message);
    return ExitCodes.Failure;
}
