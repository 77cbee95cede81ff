using System.Globalization;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Filters that people write: those of sysdig's documentation, of its chisels and of csysdig's views, and what is odd in the language.</summary>
public class WrittenFilterTests
{
    // Each selects something on at least one of these.
    private static readonly string[] s_captures = ["captures/sf-files", "captures/sf-nginx", "captures/sf-tcp-client-server", "captures/libs-curl-google", "captures/falco-cat-write", "vectors/demo"];

    private static readonly string[] s_filters =
    [
        // The documentation and its examples.
        "proc.name=cat", "proc.name!=cat and evt.type=open", "evt.type=open or evt.type=openat", "evt.type in (open, openat, creat)", "not evt.type in (open,openat)",
        "fd.name contains /etc", "fd.name contains '/etc'", "fd.name icontains /ETC", "fd.name startswith /etc and evt.dir=<", "fd.name endswith .so.6", "fd.name glob '/etc/*'", "fd.name glob '*.conf'",
        "fd.name pmatch (/etc, /lib64)", "fd.name pmatch (/usr/lib)", "fd.type=ipv4", "fd.type=ipv4 and evt.is_io_write=true", "fd.port=80 or fd.port=443", "fd.sip=127.0.0.1", "fd.ip=127.0.0.1 and evt.is_io=true",
        "evt.failed=true", "evt.res=ENOENT", "evt.res!=SUCCESS and evt.dir=<", "evt.rawres<0", "evt.rawres>=100 and evt.is_io_read=true", "evt.buflen>64 or evt.dir=>", "evt.buffer contains GET", "evt.arg.flags contains O_RDONLY",
        "evt.arg[1] startswith 8", "evt.rawarg.size>100", "evt.type.is.close=1", "evt.category=file", "syscall.type exists and evt.dir=>", "evt.num>=100 and evt.num<200", "evt.reltime<1000000000", "user.uid=0",
        "proc.aname=bash", "proc.pid exists", "proc.args contains -", "proc.cmdline startswith cat", "container.id=host", "group.gid=0",

        // Chisels and views.
        "evt.is_io=true and evt.failed=false", "evt.is_io=true and fd.type=file", "evt.is_io=true and (fd.type=ipv4 or fd.type=ipv6)", "evt.is_io=true and evt.dir=<", "(fd.type=file or fd.type=directory) and fd.name!=''",
        "evt.type=accept and evt.dir=< and evt.failed=false", "evt.type=open and evt.dir=<", "evt.is_io=true and fd.type=file and (not fd.name contains '/dev/') and evt.latency>1000", "evt.type!=switch",
        "((evt.type=execve and evt.dir=<) or (evt.type=chdir and evt.dir=<)) and evt.failed=false", "evt.is_io_read=true and evt.dir=< and fd.num>2",

        // Spans.
        "span.duration>5000000", "span.ntags>=2", "span.ntags=1 and evt.dir=<", "span.tag[0]=download_handler", "span.tag[-1]=download_write", "span.tags=download_handler", "evtin.span.tags=download_handler.download_write", "evtin.span.tag[0] exists",
        "evtin.span.m.tags=download_handler.download_write",

        // Brackets, blanks, quotes and escapes.
        "(((evt.dir=<)))", "not (not (evt.dir=<))", "not evt.dir=< and not fd.type=file", "evt.dir = <", "evt.dir=< and(fd.type=file)", "evt.type in ( read , write )", "proc.name=\"cat\"", "fd.name contains \"\\x2f\\x65tc\"", "evt.num in (1, 2, 3, 200)",
    ];

    [SkippableFact]
    public void They_accept_what_they_accept_in_sysdig()
    {
        HashSet<string> selecting = [];
        List<string> wrong = [];
        foreach (string capture in s_captures)
        {
            string path = Repository.Shared($"{capture}.scap");
            (List<long>[] here, Dictionary<long, int> types) = FilterCandidates.Run(path, s_filters);
            string?[] sysdig = new string?[s_filters.Length];
            Parallel.For(0, s_filters.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
            {
                (int exitCode, string lines, string error) = Sysdig.Run(path, "-p", "%evt.num", s_filters[i]);
                sysdig[i] = exitCode == 0 ? lines : $"refused: {error}";
            });

            for (int i = 0; i < s_filters.Length; i++)
            {
                if (sysdig[i]!.StartsWith("refused", StringComparison.Ordinal))
                {
                    wrong.Add($"{s_filters[i]} {sysdig[i]}");
                    continue;
                }

                long[] theirs = [.. sysdig[i]!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => long.Parse(l, CultureInfo.InvariantCulture))];
                if (theirs.Length > 0)
                    selecting.Add(s_filters[i]);
                FilterCase found = new(capture, s_filters[i], "", [.. theirs.Except(here[i]).Select(n => (n, types[n]))], [.. here[i].Except(theirs).Select(n => (n, types[n]))]);
                if (!theirs.SequenceEqual(here[i]) && !FilterDifference.All.Any(d => d.Explains(found)))
                    wrong.Add(found.ToString());
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.Equal([], s_filters.Except(selecting));
    }
}
