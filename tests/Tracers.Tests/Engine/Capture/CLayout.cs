using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Asks a C compiler what it makes of records.h.</summary>
internal static class CLayout
{
    private static readonly string[] s_compilers = ["cc", "gcc", "clang", "clang-14"];

    /// <summary>Values of C expressions that may use all that records.h defines; the test is skipped where there is no compiler.</summary>
    public static long[] ValuesOf(IReadOnlyList<string> expressions)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The probe is compiled on Linux.");
        string? compiler = s_compilers.FirstOrDefault(IsThere);
        Skip.If(compiler is null, "No C compiler: apt-get install gcc libc6-dev");

        using TemporaryFolder folder = new();
        string source = Path.Combine(folder.FullName, "layout.c");
        string program = Path.Combine(folder.FullName, "layout");
        StringBuilder text = new();
        text.AppendLine("#include <stddef.h>");
        text.AppendLine("#include <stdio.h>");
        text.AppendLine("typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long long u64;");
        text.AppendLine("typedef int s32; typedef long long s64;");
        text.AppendLine("#define sizeof_member(type, member) sizeof(((struct type *)0)->member)");
        text.AppendLine("#include \"records.h\"");
        text.AppendLine("int main(void) {");
        foreach (string expression in expressions)
            text.AppendLine(CultureInfo.InvariantCulture, $"printf(\"%lld\\n\", (long long)({expression}));");
        text.AppendLine("return 0; }");
        File.WriteAllText(source, text.ToString());

        Run(compiler!, "-I", Repository.PathOf("src/Tracers.Probe"), source, "-o", program);
        string[] lines = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expressions.Count, lines.Length);
        return [.. lines.Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static bool IsThere(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string Run(string tool, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        return output;
    }
}
