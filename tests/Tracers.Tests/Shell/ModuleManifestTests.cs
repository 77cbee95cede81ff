using Tracers.Shell;
using Xunit;

namespace Tracers.Tests.Shell;

public sealed class ModuleManifestTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("tracers-shell-").FullName;

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Fact]
    public void The_manifest_beside_the_shell_comes_first()
    {
        Write("Tracers.slnx");
        Write("Tracers.psd1");
        string own = Write("tool/Tracers.psd1");
        Assert.Equal(own, ModuleManifest.Find(Path.Combine(_top, "tool")));
    }

    [Fact]
    public void In_a_checkout_it_is_the_one_at_the_top_and_none_on_the_way()
    {
        string manifest = Write("Tracers.psd1");
        Write("Tracers.slnx");
        Write("src/Tracers.psd1");
        Assert.Equal(manifest, ModuleManifest.Find(Folder("src/Tracers.Shell/bin/Release/net10.0/")));
    }

    [Fact]
    public void A_manifest_in_a_folder_above_a_tool_is_not_the_tools()
    {
        Write("Tracers.psd1");
        Assert.Null(ModuleManifest.Find(Folder("tools/any")));
    }

    [Fact]
    public void A_manifest_above_a_checkout_without_one_is_not_the_checkouts()
    {
        Write("Tracers.psd1");
        Write("checkout/Tracers.slnx");
        Assert.Null(ModuleManifest.Find(Folder("checkout/bin")));
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_top, name)).FullName;

    private string Write(string name)
    {
        string path = Path.Combine(_top, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
