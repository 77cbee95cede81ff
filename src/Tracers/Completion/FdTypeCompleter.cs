using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Offers the types of descriptors.</summary>
public sealed class FdTypeCompleter : ChoiceCompleter
{
    internal static readonly Choice[] All =
    [
        .. Enum.GetValues<FdKind>()
            .Select(static kind => kind.Name())
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .Select(static name => new Choice(name, Describe(name))),
    ];

    private protected override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) => All;

    private static string Describe(string type) => type switch
    {
        "bpf" => "Programs and maps in the kernel (bpf).",
        "directory" => "Folders.",
        "event" => "Counters that wake who waits for them (eventfd).",
        "eventpoll" => "Lists of descriptors to wait for (epoll).",
        "file" => "Files and devices, terminals included.",
        "inotify" => "Watches of files and folders.",
        "io_uring" or "iouring" => "Queues of calls (io_uring).",
        "ipv4" => "Sockets of IPv4, also those of IPv6 whose addresses are IPv4's.",
        "ipv6" => "Sockets of IPv6.",
        "memfd" => "Files in memory without a name in the file system (memfd).",
        "netlink" => "Sockets to the kernel.",
        "pidfd" => "Processes as a descriptor (pidfd).",
        "pipe" => "Pipes, with and without a name.",
        "signalfd" => "Signals as a descriptor.",
        "timerfd" => "Timers as a descriptor.",
        "unix" => "Sockets between processes of one machine.",
        "userfaultfd" => "Page faults as a descriptor.",
        _ => type,
    };
}
