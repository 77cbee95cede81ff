using System.Collections;
using System.Management.Automation.Language;
using System.Text;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the ids of the containers that run on this machine, by the cgroups of their processes.</summary>
public sealed class RunningContainerCompleter : ChoiceCompleter
{
    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => RunningProcess.All()
        .Select(static p => (Container: Find(p), p.Name))
        .Where(static p => p.Container.Id.Length > 0)
        .GroupBy(static p => p.Container, static p => p.Name)
        .OrderBy(static g => g.Key.Id, StringComparer.Ordinal)
        .Select(static g => new Choice(g.Key.Id, $"{g.Key.Id} ({g.Key.Engine}): {string.Join(", ", g.Distinct().Take(5))}"));

    // A line is id:controllers:path; the engine's patterns take controllers=path.
    private static (string Id, string Engine) Find(RunningProcess process)
    {
        StringBuilder cgroups = new();
        foreach (string line in (process.Read("cgroup") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 3) is [_, var controllers, var path])
                cgroups.Append(controllers).Append('=').Append(path).Append('\0');
        }

        string id = Encoding.UTF8.GetString(ContainerPatterns.Find(Encoding.UTF8.GetBytes(cgroups.ToString()), default, out ContainerType type));
        return (id, type.ToString());
    }
}
