using System.Globalization;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers the ids of threads.</summary>
public sealed class ThreadIdCompleter : CaptureCompleter
{
    // A thread that called execve has been several; the last is what it became.
    private protected override IEnumerable<Choice> Choices(CaptureNames names) => names.KnownThreads()
        .GroupBy(static t => t.Thread.Tid)
        .OrderBy(static g => g.Key)
        .Select(static g => new Choice(
            g.Key.ToString(CultureInfo.InvariantCulture),
            $"{g.Last().Thread.Name ?? "<NA>"} of process {g.Last().Thread.Pid}: {Views.Count(g.Sum(static t => t.Events), "event")}"));
}
