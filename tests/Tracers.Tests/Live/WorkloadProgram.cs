using Tracers.Tests.Engine.Marks;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Live;

/// <summary>The program whose calls are known, as the C compiler of this machine makes it: for 64 bits, and for 32.</summary>
public sealed class WorkloadProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _native;
    private readonly Lazy<string> _compat;

    public WorkloadProgram()
    {
        _native = new(() => Compile("workload"));
        _compat = new(() => Compile("workload32", "-m32", "-D_FILE_OFFSET_BITS=64"));
    }

    /// <summary>Its path; the test is skipped where there is no compiler for it.</summary>
    /// <param name="compat">Whether it is a 32-bit program.</param>
    public string PathOf(bool compat)
    {
        Skip.IfNot(EmitterProgram.IsInstalled("gcc"), "gcc is not installed: apt-get install gcc libc6-dev");
        Skip.If(compat && !HasCompatHeaders(), "gcc cannot make 32-bit programs: apt-get install gcc-multilib");
        return compat ? _compat.Value : _native.Value;
    }

    public void Dispose() => _folder.Dispose();

    private static bool HasCompatHeaders() => Directory.Exists("/usr/lib/gcc/x86_64-linux-gnu")
        && Directory.EnumerateDirectories("/usr/lib/gcc/x86_64-linux-gnu").Any(version => Directory.Exists(Path.Join(version, "32")));

    private string Compile(string name, params IEnumerable<string> options)
    {
        string program = Path.Join(_folder.FullName, name);
        EmitterProgram.Run("gcc", ["-O1", "-pthread", .. options, "-o", program, Repository.PathOf("tests/Tracers.Tests/Live/workload/workload.c")]);
        return program;
    }
}
