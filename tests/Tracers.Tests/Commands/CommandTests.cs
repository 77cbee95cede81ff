using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Tests of the module's commands as a session has them, with captures in a folder of their own.</summary>
/// <remarks>Scripts have <c>$sample</c> (<see cref="SampleCapture"/>), <c>$service</c> (some seconds of a service, with clients that are slow, go away or ask for
/// what there is not), <c>$demo</c> (the demo's recording) and <c>$folder</c>.</remarks>
public abstract class CommandTests : IClassFixture<ModuleHost>, IDisposable
{
    protected CommandTests(ModuleHost host)
    {
        Host = host;
        Sample = SampleCapture.Write(FileName("sample.scap"));
        host.SetVariable("sample", Sample);
        host.SetVariable("service", Service);
        host.SetVariable("demo", Demo);
        host.SetVariable("folder", Folder.FullName);
    }

    protected ModuleHost Host { get; }

    protected string Sample { get; }

    protected static string Service { get; } = Repository.PathOf("tests/data/service.scap");

    protected static string Demo { get; } = Repository.PathOf("src/Tracers.Demo/demo.scap");

    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Folder.Dispose();

    protected string FileName(string name) => Path.Join(Folder.FullName, name);

    /// <summary>The output of a script that writes no error, as text.</summary>
    protected IReadOnlyList<string> Lines(string script) => Texts(Host.Run(script));

    /// <summary>The output of a script that may write errors, as text.</summary>
    protected IReadOnlyList<string> TryLines(string script) => Texts(Host.Try(script));

    /// <summary>The ids of the last script's errors without the command that wrote them.</summary>
    protected IEnumerable<string> ShortErrorIds => Host.ErrorIds.Select(id => id.Split(',')[0]);

    /// <summary>Every property of an object with its value, null included, in the order of the object.</summary>
    protected static IEnumerable<string> Properties(PSObject row) => row.Properties.Select(p => $"{p.Name}={Text(p.Value)}");

    /// <summary>The values of some properties, with blanks between them.</summary>
    protected static string Values(PSObject row, params IEnumerable<string> properties) =>
        string.Join(' ', properties.Select(name => Text(row.Properties[name].Value)));

    private static string[] Texts(IEnumerable<PSObject?> output) => [.. output.Select(o => Text(o?.BaseObject))];

    // Moments as nanoseconds after the captures' epoch: they are the same in every time zone.
    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        PSObject wrapped => Text(wrapped.BaseObject),
        Timestamp time => (time.Nanoseconds - CaptureScript.Epoch).ToString(CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, string> pairs => $"{{{string.Join(',', pairs.Select(p => $"{p.Key}={p.Value}"))}}}",
        IDictionary pairs => $"{{{string.Join(',', pairs.Keys.Cast<object>().Select(k => $"{k}={Text(pairs[k])}"))}}}",
        byte[] bytes => $"{bytes.Length} bytes",
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
