using System.Diagnostics;
using System.Globalization;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>Runs programs in the languages that have an emitter.</summary>
internal static class EmitterProgram
{
    /// <summary>The command that runs a program with the emitter's folder as its first argument; the test is skipped where the runtime is missing.</summary>
    /// <param name="language">The language.</param>
    /// <param name="folder">Where the program is put.</param>
    /// <param name="script">The program; null for the driver.</param>
    public static string[] Prepare(string language, string folder, string? script = null)
    {
        Emitter emitter = Emitter.All[language];
        Skip.IfNot(IsInstalled(emitter.Runtime), $"{emitter.Runtime} is not installed.");
        string emitters = Repository.PathOf("module/marks");
        string driver = Path.Join(folder, "driver" + Path.GetExtension(emitter.File));
        File.WriteAllText(driver, script ?? emitter.Driver);
        return language switch
        {
            "Go" => [BuildGo(folder, driver, Path.Join(emitters, emitter.File)), emitters],

            // What is named python3 may be a script that looks for it.
            "Python" => [Run("python3", ["-c", "import sys; print(sys.executable)"]).Trim(), "-B", driver, emitters],
            _ => [emitter.Runtime, driver, emitters],
        };
    }

    /// <summary>Spans as the arguments of a driver.</summary>
    public static IEnumerable<string> Arguments(IEnumerable<MarkerCase> cases) =>
        cases.SelectMany(c => (IEnumerable<string>)[c.Tag, c.Arguments.Length.ToString(CultureInfo.InvariantCulture), .. c.Arguments]);

    /// <summary>What a program that must end well prints.</summary>
    public static string Run(string program, IEnumerable<string> arguments, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "",
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>Whether a program is on the path.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Join(folder, program)));

    private static string BuildGo(string folder, string driver, string emitter)
    {
        string package = Directory.CreateDirectory(Path.Join(folder, "tracer")).FullName;
        File.Copy(emitter, Path.Join(package, "tracer.go"));
        File.WriteAllText(Path.Join(folder, "go.mod"), "module driver\n\ngo 1.19\n");
        string program = Path.Join(folder, "program");
        Run("go", ["build", "-o", program, Path.GetFileName(driver)], folder);
        return program;
    }
}
