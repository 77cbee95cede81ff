using System.Xml.Linq;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Commands;

/// <summary>The commands' help as it is committed.</summary>
internal static class HelpFile
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly XDocument s_document = XDocument.Load(Repository.PathOf("module/en-US/Tracers.dll-Help.xml"));

    public static IEnumerable<string> CommandNames => s_document.Root!.Elements(s_command + "command").Select(NameOf);

    public static string Synopsis(string command) => Text(Command(command).Element(s_command + "details")!.Element(s_maml + "description"));

    public static string Description(string command) => Text(Command(command).Element(s_maml + "description"));

    /// <summary>Parameters with their descriptions.</summary>
    public static IReadOnlyDictionary<string, string> Parameters(string command) =>
        Command(command).Element(s_command + "parameters")!.Elements()
            .ToDictionary(p => p.Element(s_maml + "name")!.Value, p => Text(p.Element(s_maml + "description")));

    /// <summary>What stands in the parameter's element: position, pipelineInput, aliases, ...</summary>
    public static string Attribute(string command, string parameter, string name) =>
        Command(command).Element(s_command + "parameters")!.Elements()
            .Single(p => p.Element(s_maml + "name")!.Value == parameter).Attribute(name)!.Value;

    /// <summary>The parameters of each line of the syntax.</summary>
    public static IEnumerable<string[]> Syntax(string command) => Command(command).Element(s_command + "syntax")!.Elements()
        .Select(item => item.Elements(s_command + "parameter").Select(p => p.Element(s_maml + "name")!.Value).ToArray());

    /// <summary>Types of input or of output.</summary>
    public static IEnumerable<string> Types(string command, string kind) => Command(command).Descendants(s_command + kind)
        .Select(t => t.Element(s_dev + "type")!.Element(s_maml + "name")!.Value);

    /// <summary>The code of the examples, those without remarks left out.</summary>
    public static IEnumerable<string> Examples(string command) => Command(command).Descendants(s_command + "example")
        .Where(e => Text(e.Element(s_dev + "remarks")).Length > 0)
        .Select(e => e.Element(s_dev + "code")!.Value);

    private static XElement Command(string name) => s_document.Root!.Elements(s_command + "command").Single(c => NameOf(c) == name);

    private static string NameOf(XElement command) => command.Element(s_command + "details")!.Element(s_command + "name")!.Value;

    private static string Text(XElement? element) => element is null ? "" : string.Join('\n', element.Elements(s_maml + "para").Select(p => p.Value.Trim())).Trim();
}
