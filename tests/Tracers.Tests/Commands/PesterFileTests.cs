using System.Management.Automation;
using System.Management.Automation.Language;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>The Pester files run only where PowerShell and Pester are; here at least their spelling is checked.</summary>
public sealed class PesterFileTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void They_parse_and_name_parameters_of_our_commands_that_exist()
    {
        string[] files = Directory.GetFiles(Repository.PathOf("tests"), "*.Tests.ps1");
        Assert.NotEmpty(files);
        int calls = 0;
        foreach (string file in files)
        {
            ScriptBlockAst script = Parser.ParseFile(file, out _, out ParseError[] errors);
            Assert.Empty(errors.Select(e => $"{e.Extent.File}:{e.Extent.StartLineNumber} {e.Message}"));
            foreach (CommandAst call in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                if (call.GetCommandName()?.Contains("-Tracer", StringComparison.Ordinal) != true) continue;
                Host.SetVariable("name", call.GetCommandName());
                CmdletInfo info = (CmdletInfo)Host.Run("Get-Command $name").Single().BaseObject;
                Assert.All(call.CommandElements.OfType<CommandParameterAst>(), p => Assert.True(info.Parameters.ContainsKey(p.ParameterName), p.ToString()));
                calls++;
            }
        }

        Assert.True(calls > 10, "Few calls of our commands were found.");
    }
}
