using Tracers.Tests.Shell;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>The libraries for .NET runtimes are loaded when they are used, and apart.</summary>
public sealed class RuntimeLibraryTests
{
    private const string List =
        """
        function Show-Assembly {
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                $name = $assembly.GetName().Name
                if ($name -like 'Tracers.DotNet' -or $name -like 'Microsoft.Diagnostics.*' -or $name -like 'Microsoft.Extensions.*') {
                    "$name in $([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name)"
                }
            }
        }
        """;

    [Fact]
    public void Importing_the_module_loads_none_of_them_and_asking_for_processes_loads_one_in_a_context_of_its_own()
    {
        ShellRun run = ShellProcess.Run("-Command", $"{List}; Get-TracerField proc.name | ForEach-Object Name; Show-Assembly; 'then'; $null = Get-TracerDotNetProcess; Show-Assembly");
        Assert.Equal(["proc.name", "then", "Tracers.DotNet in Tracers.Dependencies"], run.Lines);
    }

    [Fact]
    public void Only_what_is_used_lies_beside_the_module() => Assert.Equal(
        [
            "Microsoft.Diagnostics.FastSerialization.dll", "Microsoft.Diagnostics.NETCore.Client.dll", "Microsoft.Diagnostics.Tracing.TraceEvent.dll",
            "Tracers.DotNet.dll", "Tracers.StartupHook.dll",
        ],
        Directory.EnumerateFiles(Scap.Writing.Repository.PathOf("module/bin/Dependencies"), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
