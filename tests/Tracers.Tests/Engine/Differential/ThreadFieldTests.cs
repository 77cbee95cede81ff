using System.Globalization;
using Tracers.Engine;
using Tracers.Engine.Events;
using Tracers.Engine.Spans;
using Tracers.Engine.State;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>What is known of an event's thread while it happens is what sysdig knows: program, user, group, session, container.</summary>
public class ThreadFieldTests
{
    private const string Unknown = "<NA>";

    private static readonly string[] s_fields =
    [
        "evt.num", "proc.name", "proc.pid", "proc.ppid", "proc.exe", "proc.exepath", "proc.args", "proc.cmdline", "proc.cwd", "thread.vtid", "proc.vpid", "proc.sid",
        "proc.vpgid", "proc.tty", "proc.fdlimit", "user.uid", "user.name", "user.loginuid", "group.gid", "group.name", "container.id", "container.name",
    ];

    [SkippableTheory]
    [MemberData(nameof(CaptureTableTests.Captures), MemberType = typeof(CaptureTableTests))]
    public void Threads_are_sysdigs(string capture) => Compare(capture, Repository.Shared($"captures/{capture}.scap"));

    [SkippableTheory]
    [InlineData("user")]
    [InlineData("cont")]
    [InlineData("fork")]
    [InlineData("thread")]
    [InlineData("v1")]
    [InlineData("twosections")]
    [InlineData("minimal-x")]
    [InlineData("stateonly")]
    [InlineData("edge")]
    [InlineData("render")]
    [InlineData("misc")]
    [InlineData("xthread")]
    public void Threads_of_the_vectors_are_sysdigs(string vector) => Compare(vector, Repository.Shared($"vectors/{vector}.scap"));

    private static void Compare(string capture, string path)
    {
        string[] sysdig = Sysdig.Read(path, "-p", "*" + string.Join('\x1f', s_fields.Select(f => "%" + f))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string[]> engine = [];
        using CapturePass pass = new(path, keepArguments: false, CancellationToken.None);
        FieldSink sink = new(pass, engine);
        pass.Run(ref sink);

        List<string> differences = [];
        foreach (string line in sysdig)
        {
            string[] theirs = line.Split('\x1f');
            string[] ours = engine[theirs[0]];
            for (int i = 1; i < theirs.Length; i++)
            {
                if (theirs[i] != ours[i] && !IsIntended(capture, s_fields[i], theirs, ours, i))
                    differences.Add($"event {theirs[0]}, {s_fields[i]}: sysdig '{theirs[i]}', the engine '{ours[i]}'");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences.Take(30))}");
    }

    private static bool IsIntended(string capture, string field, string[] sysdig, string[] engine, int index)
    {
        // The recorder's own events have no thread; of the one that sysdig makes up for a container most is uninitialized.
        if (sysdig[2] == Unknown || sysdig[1].StartsWith("container:", StringComparison.Ordinal))
            return true;
        return field switch
        {
            // sysdig ends a directory with a slash.
            "proc.cwd" => sysdig[index] == engine[index] + '/',

            // sysdig prints 64 bits of 32, and what happens to lie behind them.
            "group.gid" => (uint)ulong.Parse(sysdig[index], CultureInfo.InvariantCulture) == uint.Parse(engine[index], CultureInfo.InvariantCulture),

            // It does not follow setpgid.
            "proc.vpgid" => capture is "sf-setns" or "falco-run-as-user-0",

            // Older files do not hold it, and sysdig has 0 for that. In newer ones it stands elsewhere than sysdig looks.
            "user.loginuid" => (sysdig[index] == "0" && engine[index] == "-1") || capture == "libs-sample-2023",
            "proc.tty" => capture == "libs-sample-2023",
            _ => false,
        };
    }

    private readonly struct FieldSink(CapturePass pass, Dictionary<string, string[]> lines) : IPassSink
    {
        public SinkWants Wants => SinkWants.Events;

        public void Event(scoped in EventView e, scoped in EventOutcome outcome, long number) => Add(in outcome, number);

        public void MarkerEvent(scoped in EventView e, scoped in EventOutcome outcome, long number, scoped in Marker marker, SpanNode? span) => Add(in outcome, number);

        public void Io(scoped in EventView e, scoped in EventOutcome outcome, EventTraits traits, long number)
        {
        }

        public void Span(SpanNode span)
        {
        }

        private void Add(scoped in EventOutcome outcome, long number)
        {
            CaptureState state = pass.State;
            ThreadIdentity thread = outcome.Thread.Identity, main = outcome.Thread.Main.Identity;
            ThreadDetails details = thread.Details;
            string key = number.ToString(CultureInfo.InvariantCulture);
            lines[key] =
            [
                key, thread.Name ?? Unknown, Number(thread.Pid), Number(main.ParentTid), thread.Name is null ? Unknown : details.Exe.ToString(), details.ExePath.ToString(),
                thread.ArgumentText, thread.CommandLine ?? Unknown, System.Text.Encoding.UTF8.GetString(outcome.Thread.Main.Cwd), Known(details.VTid), Known(details.VPid),
                Number(details.SessionId), Number(details.ProcessGroup), Number(details.Tty), Number(main.Details.FdLimit),
                Number(details.Uid), state.Users.Name(details.Uid) ?? Unknown, Number((int)details.LoginUid), Number(details.Gid), state.Groups.Name(details.Gid) ?? Unknown,
                details.Container == ContainerTable.Host ? "host" : state.Containers[details.Container].Id,
                details.Container == ContainerTable.Host ? "host" : state.Containers[details.Container].Name ?? Unknown,
            ];
        }

        private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

        private static string Known(long value) => value == -1 ? Unknown : Number(value);
    }
}
