using System.Globalization;
using Tracers.Engine.Analysis;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the ids of processes.</summary>
public sealed class ProcessIdCompleter : CaptureCompleter
{
    private protected override IEnumerable<Choice> Choices(CaptureNames names) => names.KnownThreads()
        .GroupBy(static t => t.Thread.Pid)
        .OrderBy(static g => g.Key)
        .Select(static g => new Choice(
            g.Key.ToString(CultureInfo.InvariantCulture), $"{Name(g.Select(static t => t.Thread))}: {Views.Count(g.Sum(static t => t.Events), "event")}"));

    // The main thread's name is the process's, but that one may have slept all the time.
    private static string Name(IEnumerable<ThreadIdentity> threads) =>
        threads.OrderBy(static t => t.Tid != t.Pid).Select(static t => t.Name).FirstOrDefault(static name => name is not null) ?? "<NA>";
}
