using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Tracers.DotNet;
using Tracers.Engine.Runtimes;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.DotNet;

/// <summary>A runtime that cannot load a hook ends its process: what cannot be loaded must not get there.</summary>
public sealed class HookInjectionTests : IDisposable
{
    private static readonly RuntimeDiagnostics s_diagnostics = new();

    private readonly TemporaryFolder _folder = new();
    private readonly DotNetService _service = DotNetService.Start();

    public void Dispose()
    {
        _service.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_no_hook_is_refused_and_the_process_lives_on()
    {
        AssertRefused("/nothing/hook.dll", "there is no file '/nothing/hook.dll' where it runs. In a container, copy the hook into it under this path.");
        AssertRefused("hook.dll", "there is no file 'hook.dll' where it runs. In a container, copy the hook into it under this path.");
        string text = _folder.File("text.dll", "no assembly");
        AssertRefused(text, $"'{text}' is no assembly of .NET. Give that of a startup hook.");
        string engine = typeof(IRuntimeDiagnostics).Assembly.Location;
        AssertRefused(engine, $"'{engine}' is no startup hook. Give an assembly with a class StartupHook and its method Initialize.");
        string newer = Hook("newer.dll", major: 99);
        AssertRefused(newer, $"'{newer}' is made for .NET 99, and its runtime is {Environment.Version.ToString(3)}. Start it with a newer runtime.");
        Assert.All(await ServiceLoad.RunAsync(_service.Address, 4, 1, ["sync"]), r => Assert.Equal(200, r.Status));
    }

    [Fact]
    public void A_hook_is_loaded()
    {
        string hook = Hook("hook.dll");
        s_diagnostics.Inject(_service.Pid, hook);
        Assert.True(SinkLog.Wait(() => File.Exists(Path.Join(_folder.FullName, "loaded"))), "It did not run.");
        Assert.Contains(hook, File.ReadAllText($"/proc/{_service.Pid}/maps"), StringComparison.Ordinal);
    }

    private void AssertRefused(string hook, string why)
    {
        string message = Assert.Throws<RuntimeAccessException>(() => s_diagnostics.Inject(_service.Pid, hook)).Message;
        Assert.Equal($"Process {_service.Pid} (dotnet) cannot load the hook: {why}", message);
    }

    // A class StartupHook, whose method Initialize makes a file.
    private string Hook(string name, int? major = null)
    {
        string path = Path.Join(_folder.FullName, name);
        PersistedAssemblyBuilder assembly = new(new AssemblyName(Path.GetFileNameWithoutExtension(name)), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("hook").DefineType("StartupHook", TypeAttributes.Class | TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed);
        ILGenerator code = type.DefineMethod("Initialize", MethodAttributes.Public | MethodAttributes.Static, typeof(void), []).GetILGenerator();
        code.Emit(OpCodes.Ldstr, Path.Join(_folder.FullName, "loaded"));
        code.Emit(OpCodes.Ldstr, "x");
        code.Emit(OpCodes.Call, typeof(File).GetMethod(nameof(File.WriteAllText), [typeof(string), typeof(string)])!);
        code.Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(path);
        if (major is { } number)
            SetMajor(path, number);
        return path;
    }

    // A row of the table of references begins with the version.
    private static void SetMajor(string path, int major)
    {
        byte[] bytes = File.ReadAllBytes(path);
        using (PEReader file = new([.. bytes]))
        {
            MetadataReader metadata = file.GetMetadataReader();
            int row = metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + file.PEHeaders.MetadataStartOffset;
            BitConverter.TryWriteBytes(bytes.AsSpan(row), (short)major);
        }

        File.WriteAllBytes(path, bytes);
    }
}
