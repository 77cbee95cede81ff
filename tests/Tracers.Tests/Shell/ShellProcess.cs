using System.Diagnostics;
using Xunit;

namespace Tracers.Tests.Shell;

/// <summary>Starts the built shell as users do: as a process of its own.</summary>
internal sealed class ShellProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ShellProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets the folder that the shell was built into, in the configuration of this test.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Gets the process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Gets what the shell writes.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Starts the shell; standard input is open and empty until it is closed.</summary>
    public static ShellProcess Start(IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(folder ?? Folder, "Tracers.Shell.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ShellProcess(Process.Start(start)!);
    }

    /// <summary>Runs the shell to its end.</summary>
    public static ShellRun Run(params string[] arguments) => RunWithInput("", arguments);

    /// <summary>Runs the shell to its end with a text on standard input.</summary>
    public static ShellRun RunWithInput(string input, params string[] arguments)
    {
        using ShellProcess shell = Start(arguments);
        return shell.Finish(input);
    }

    /// <summary>Reads a line of output; fails when none comes.</summary>
    public string? ReadLine() => Output.ReadLineAsync().WaitAsync(s_patience).GetAwaiter().GetResult();

    /// <summary>Gives what was written to standard error, once the shell has ended.</summary>
    public string ErrorText() => _error.Result;

    /// <summary>Sends the shell a signal, INT or TERM.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Writes a line to standard input and leaves it open.</summary>
    public void Enter(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Writes bytes to standard input and leaves it open.</summary>
    public void Enter(ReadOnlySpan<byte> bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    /// <summary>Writes the input, closes it and waits for the end.</summary>
    public ShellRun Finish(string input = "")
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
        Task<string> output = Output.ReadToEndAsync();
        WaitForExit();
        return new ShellRun(_process.ExitCode, output.Result, _error.Result);
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_patience), "The shell did not end.");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static string FindFolder()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        string configuration = here.Parent!.Name;
        DirectoryInfo? top = here;
        while (top is not null && !File.Exists(Path.Combine(top.FullName, "Tracers.psd1")))
            top = top.Parent;
        return Path.Combine(top!.FullName, "src", "Tracers.Shell", "bin", configuration, here.Name);
    }
}
