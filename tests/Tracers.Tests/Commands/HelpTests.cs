using System.Management.Automation;
using System.Management.Automation.Language;
using Tracers.Live;
using Tracers.Tests.Commands.Live;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

public sealed class HelpTests(ModuleHost host) : CommandTests(host)
{
    // Commands of PowerShell that the engine alone does not have; examples may use them and are run without them.
    private static readonly string[] s_utility = ["ConvertTo-Json", "Export-Csv", "Group-Object", "Select-Object", "Sort-Object"];

    private static readonly string[] s_verbs = ["Get", "Measure", "Compare", "Export", "Join", "Start", "Stop", "Wait", "Invoke", "Show"];

    // Commands that take captures, those that take two, those that make them, those that take spans, and those that mark spans.
    private static readonly string[] s_readers =
    [
        "Get-TracerSpan", "Get-TracerEvent", "Measure-TracerIO", "Measure-TracerCall", "Measure-TracerSpan", "Get-TracerCapture", "Export-TracerCapture", "Get-TracerProcess", "Get-TracerFile",
        "Get-TracerConnection", "Export-TracerReport", "Export-TracerSpan", "Show-TracerSpan", "Show-TracerSpectrogram",
    ];

    // It takes a capture, and traces of the same time, which live tests make.
    private static readonly string[] s_joiners = ["Join-TracerCapture"];

    private static readonly string[] s_comparers = ["Compare-TracerCapture"];
    private static readonly string[] s_recorders = ["Start-TracerCapture", "Stop-TracerCapture", "Wait-TracerCapture", "Invoke-TracerCapture"];
    private static readonly string[] s_markers = ["Invoke-TracerSpan", "Enter-TracerSpan", "Exit-TracerSpan"];

    // Commands that take no captures.
    private static readonly string[] s_others = ["Get-TracerField", "Get-TracerDotNetProcess"];

    public static TheoryData<string> Commands => [.. s_readers, .. s_joiners, .. s_comparers, .. s_recorders, .. s_markers, .. s_others];

    public static TheoryData<string> RunnableCommands => [.. s_readers, .. s_comparers, .. s_recorders, .. s_markers, .. s_others];

    [Fact]
    public void Help_and_module_have_the_same_commands() => Assert.Equal(
        Lines("(Get-Module Tracers).ExportedCmdlets.Keys").Order(), HelpFile.CommandNames.Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_has_a_synopsis_a_description_inputs_outputs_and_two_examples(string command)
    {
        Assert.EndsWith(".", HelpFile.Synopsis(command), StringComparison.Ordinal);
        Assert.True(HelpFile.Description(command).Length > 200, "The description says little.");
        Assert.NotEmpty(HelpFile.Types(command, "inputType"));
        Assert.Equal(TakesPaths(command), HelpFile.Types(command, "inputType").Contains("System.String"));
        Host.SetVariable("name", command);
        Assert.Equal(Lines("(Get-Command $name).OutputType.Name"), HelpFile.Types(command, "returnValue"));
        Assert.True(HelpFile.Examples(command).Count() >= 2, "Too few examples.");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_is_described_as_it_is(string command)
    {
        CmdletInfo info = Info(command);
        string[] shown = [.. info.ParameterSets.SelectMany(set => set.Parameters).Where(IsOurs).Select(p => p.Name).Distinct()];
        IReadOnlyDictionary<string, string> described = HelpFile.Parameters(command);
        Assert.Equal(shown.Order(), described.Keys.Order());
        Assert.All(described, p => Assert.True(p.Value.Length > 20 && p.Value.EndsWith('.'), p.Key));
        foreach (string name in shown)
        {
            CommandParameterInfo[] uses = [.. info.ParameterSets.SelectMany(set => set.Parameters).Where(p => p.Name == name)];
            Assert.Equal(uses[0].IsMandatory ? "true" : "false", HelpFile.Attribute(command, name, "required"));
            Assert.Equal(uses[0].Position < 0 ? "named" : $"{uses[0].Position}", HelpFile.Attribute(command, name, "position"));
            Assert.Equal(uses[0].ValueFromPipeline || uses[0].ValueFromPipelineByPropertyName, HelpFile.Attribute(command, name, "pipelineInput") != "false");
            string aliases = HelpFile.Attribute(command, name, "aliases");
            Assert.Equal(uses[0].Aliases.Order(), aliases == "none" ? [] : aliases.Split(", ").Order());
            bool wildcards = uses[0].Attributes.OfType<SupportsWildcardsAttribute>().Any();
            Assert.Equal(wildcards ? "true" : "false", HelpFile.Attribute(command, name, "globbing"));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_syntax_has_a_line_for_each_parameter_set(string command) => Assert.Equal(
        Info(command).ParameterSets.Where(set => !set.Parameters.Any(IsHidden))
            .Select(set => string.Join(' ', set.Parameters.Where(IsOurs).Select(p => p.Name).Order())).Order(),
        HelpFile.Syntax(command).Select(names => string.Join(' ', names.Order())).Order());

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_examples_name_commands_and_parameters_that_exist(string command)
    {
        foreach (string code in HelpFile.Examples(command)) AssertNamesExist(code);
    }

    [Theory]
    [MemberData(nameof(RunnableCommands))]
    public void The_examples_run(string command)
    {
        File.Copy(Demo, FileName("demo.scap"));
        SessionRecordings live = SessionRecordings.Of(Host.Runspace);
        live.Source = static (options, _) => ScriptedCapture.EndingByItself(options);
        foreach (string code in HelpFile.Examples(command))
        {
            string here = code;
            foreach (string name in s_utility)
            {
                if (here.IndexOf(" | " + name, StringComparison.Ordinal) is > 0 and { } at) here = here[..at];
            }

            Host.Run($"Set-ProbeLocation $folder\n{here}");
        }

        live.EndAll();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Get_Help_shows_it(string command)
    {
        string text = Host.Text($"Get-Help {command} -Full");
        Assert.Contains(HelpFile.Synopsis(command), text, StringComparison.Ordinal);
        Assert.Equal(TakesPaths(command), text.Contains("    -LiteralPath <string[]>", StringComparison.Ordinal));
        Assert.Contains("---------- Example 1: ", text, StringComparison.Ordinal);
        Assert.Contains(s_markers.Contains(command) ? "about_Tracers" : s_joiners.Contains(command) ? "about_TracerDotNet" : "about_TracerDurations", text, StringComparison.Ordinal);
        Assert.Equal(HelpFile.Parameters(command).ContainsKey("Span"), text.Contains("-Span ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("about_Tracers", "Spans that a program marks")]
    [InlineData("about_TracerDurations", "How durations and moments are written")]
    [InlineData("about_TracerFilters", "The language of -Filter")]
    [InlineData("about_TracerDotNet", "What .NET services say of themselves")]
    [InlineData("about_TracerChisels", "Every chisel and every view of sysdig 0.29.3")]
    [InlineData("about_Tracers_for_sysdig_users", "The commands of sysdig and csysdig beside those of this module")]
    public void Get_Help_shows_the_topic(string topic, string begins)
    {
        Assert.Contains(begins, Host.Text($"Get-Help {topic}"), StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(Repository.PathOf($"module/en-US/{topic}.help.txt"));
        Assert.DoesNotContain(lines, line => line.Length > (line.StartsWith('|') ? 120 : 80));
        Assert.Equal("    " + topic, lines[1]);
    }

    [Theory]
    [InlineData("about_Tracers")]
    [InlineData("about_TracerDurations")]
    [InlineData("about_TracerFilters")]
    [InlineData("about_TracerDotNet")]
    [InlineData("about_TracerChisels")]
    [InlineData("about_Tracers_for_sysdig_users")]
    public void The_commands_of_a_topic_exist(string topic)
    {
        string[] code = File.ReadAllText(Repository.PathOf($"module/en-US/{topic}.help.txt"))
            .Replace("|\n", "| ", StringComparison.Ordinal).Replace("`\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => s_verbs.Any(verb => line.StartsWith($"        {verb}-", StringComparison.Ordinal))).ToArray();
        Assert.NotEmpty(code);
        Assert.All(code, AssertNamesExist);
    }

    [Fact]
    public void README_and_the_topic_list_the_same_differences_from_sysdig()
    {
        // The groups of both, and in each group the same differences in the same order.
        string[] rows =
        [
            .. File.ReadAllLines(Repository.PathOf("README.md"))
                .SkipWhile(line => !line.StartsWith("### Where the answers differ", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => !line.StartsWith("### ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("#### ", StringComparison.Ordinal)
                    || (line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| |", StringComparison.Ordinal)))
                .Select(line => line.Split(" | ")[0].TrimStart('#', '|', ' ').Replace("`", "", StringComparison.Ordinal)),
        ];
        string[] headings =
        [
            .. File.ReadAllLines(Repository.PathOf("module/en-US/about_Tracers_for_sysdig_users.help.txt"))
                .SkipWhile(line => !line.StartsWith("DIFFERENCES FROM SYSDIG", StringComparison.Ordinal)).Skip(2)
                .TakeWhile(line => line != "SEE ALSO")
                .Where(line => line.Length > 4 && line.StartsWith("  ", StringComparison.Ordinal) && (line[2] != ' ' || line[4] != ' '))
                .Select(line => line.Trim()),
        ];
        Assert.True(rows.Length > 60, "README lists few differences.");
        Assert.Equal(rows, headings, StringComparer.OrdinalIgnoreCase);
    }

    private static bool TakesPaths(string command) => s_readers.Contains(command) || s_joiners.Contains(command);

    private CmdletInfo Info(string command)
    {
        Host.SetVariable("name", command);
        return (CmdletInfo)Host.Run("Get-Command $name").Single().BaseObject;
    }

    private void AssertNamesExist(string code)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        foreach (CommandAst call in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            string name = call.GetCommandName();
            if (s_utility.Contains(name) || name == "Measure-Object") continue;
            CmdletInfo info = Info(name);
            foreach (CommandParameterAst parameter in call.CommandElements.OfType<CommandParameterAst>())
                Assert.True(info.Parameters.ContainsKey(parameter.ParameterName), $"{name} has no -{parameter.ParameterName}: {code}");
        }
    }

    private static bool IsOurs(CommandParameterInfo parameter) =>
        !IsHidden(parameter) && !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name);

    private static bool IsHidden(CommandParameterInfo parameter) => parameter.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow);
}
