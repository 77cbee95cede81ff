using System.Text.RegularExpressions;
using Tracers.Tests.PowerShell;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>about_TracerChisels has every chisel and view of sysdig 0.29.3, and its commands give what it shows.</summary>
public sealed partial class ChiselTopicTests(ModuleHost host) : CommandTests(host)
{
    private const string More = "...";

    private static readonly string s_topic = Repository.PathOf("module/en-US/about_TracerChisels.help.txt");
    private static readonly List<ChiselEntry> s_chisels = ChiselEntry.ReadAll(s_topic, "CHISELS", "VIEWS OF CSYSDIG");
    private static readonly List<ChiselEntry> s_views = ChiselEntry.ReadAll(s_topic, "VIEWS OF CSYSDIG", "CHISELS OF YOUR OWN");

    private static readonly string[] s_chiselNames =
    [
        "around", "bottlenecks", "echo_fds", "fdbytes_by", "fdcount_by", "fdtime_by", "fileslower", "httplog", "httptop", "iobytes", "iobytes_file",
        "iobytes_net", "list_login_shells", "lscontainers", "lsof", "memcachelog", "netlower", "netstat", "proc_exec_time", "ps", "scallslower",
        "shellshock_detect", "spectrogram", "spy_file", "spy_ip", "spy_logs", "spy_port", "spy_syslog", "spy_users", "stderr", "stdin", "stdout",
        "subsecoffset", "topconns", "topcontainers_cpu", "topcontainers_error", "topcontainers_file", "topcontainers_net", "topfiles_bytes",
        "topfiles_errors", "topfiles_time", "topports_server", "topprocs_cpu", "topprocs_errors", "topprocs_file", "topprocs_net", "topscalls",
        "topscalls_time", "tracers_2_statsd", "udp_extract",
    ];

    // In sysdig's package, and in none of its lists.
    private static readonly string[] s_hiddenNames = ["flame"];

    private static readonly string[] s_viewNames =
    [
        "backlog", "connections", "containers", "containers_errors", "cores", "directories", "docker_events", "errors", "file_opens", "files",
        "incoming_connections", "io_by_type", "kubernetes_controllers", "kubernetes_deployments", "kubernetes_namespaces", "kubernetes_pods",
        "kubernetes_replicasets", "kubernetes_services", "marathon_apps", "marathon_groups", "mesos_frameworks", "mesos_tasks", "notifications",
        "page_faults", "port_bindings", "procs", "procs_cpu", "procs_errors", "procs_fd_usage", "slow_io", "spans_list", "spans_summary", "spectro_all",
        "spectro_file", "spectro_traces", "sports", "spy_syslog", "spy_users", "spy_users_wsysdig", "syscall_procs", "syscalls", "threads",
        "traces_list", "traces_summary",
    ];

    // What needs a picture, and what is in no capture.
    private static readonly string[] s_withoutCommand =
    [
        "docker_events", "kubernetes_controllers", "kubernetes_deployments", "kubernetes_namespaces", "kubernetes_pods", "kubernetes_replicasets",
        "kubernetes_services", "marathon_apps", "marathon_groups", "mesos_frameworks", "mesos_tasks", "notifications", "subsecoffset",
    ];

    // The demo has no such calls, and the text says so.
    private static readonly string[] s_withoutOutput = ["memcachelog", "shellshock_detect"];

    // Captures that are not in the repository, under the names that they have in the topic.
    private static readonly (string Name, string Shared)[] s_others =
    [
        ("container.scap", "captures/falco-run-as-user-0.scap"), ("curl.scap", "captures/libs-curl-google.scap"),
        ("httpd.scap", "captures/sf-apache-mpm-event.scap"), ("shell.scap", "captures/sf-setns.scap"),
    ];

    [Fact]
    public void Every_chisel_and_every_view_has_an_entry()
    {
        Assert.Equal(s_chiselNames.Concat(s_hiddenNames).Order(StringComparer.Ordinal), s_chisels.SelectMany(static e => e.Names).Order(StringComparer.Ordinal));
        Assert.Equal(s_viewNames, s_views.SelectMany(static e => e.Names).Order(StringComparer.Ordinal));
        Assert.All(s_chisels.Concat(s_views), static e => Assert.True(e.Text.Length > 10, e.Names[0]));
    }

    [Fact]
    public void All_have_a_command_but_pictures_and_what_is_in_no_capture()
    {
        ChiselEntry[] all = [.. s_chisels, .. s_views];
        Assert.Equal(s_withoutCommand, all.Where(static e => e.Commands.Count == 0).SelectMany(static e => e.Names).Order(StringComparer.Ordinal));
        Assert.Equal(s_withoutOutput, all.Where(static e => e.Commands.Exists(static c => c.Shown.Count == 0)).SelectMany(static e => e.Names).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_topic_for_users_of_sysdig_names_them_all_too()
    {
        string topic = File.ReadAllText(Repository.PathOf("module/en-US/about_Tracers_for_sysdig_users.help.txt")).ReplaceLineEndings("\n");
        string[] words = Word().Matches(topic.Split("\nCHISELS\n")[1].Split("\nDIFFERENCES FROM")[0]).Select(static m => m.Value).ToArray();
        Assert.Empty(s_chiselNames.Concat(s_hiddenNames).Concat(s_viewNames).Except(words));
    }

    [SkippableFact]
    public void The_names_are_those_of_the_sysdig_at_hand()
    {
        const string Folder = "/usr/share/sysdig/chisels";
        Skip.IfNot(Directory.Exists(Folder), "sysdig is not installed: apt-get install sysdig");
        List<string> chisels = [], views = [];
        foreach (string file in Directory.EnumerateFiles(Folder, "*.lua"))
        {
            string text = File.ReadAllText(file);
            if (ViewId().Match(text) is { Success: true } view)
                views.Add(view.Groups[1].Value);
            else if (text.Contains("\ndescription", StringComparison.Ordinal) && !text.Contains("\nhidden", StringComparison.Ordinal))
                chisels.Add(Path.GetFileNameWithoutExtension(file));
        }

        Assert.Equal(s_chiselNames, chisels.Order(StringComparer.Ordinal));
        Assert.Equal(s_viewNames, views.Order(StringComparer.Ordinal));
        Assert.All(s_hiddenNames, name => Assert.True(File.Exists(Path.Join(Folder, $"{name}.lua")), name));
    }

    [Fact]
    public void The_commands_give_what_the_topic_shows()
    {
        File.Copy(Demo, FileName("capture.scap"));
        File.Copy(Service, FileName("service.scap"));
        Assert.True(RunAll(static script => !s_others.Any(c => script.Contains(c.Name, StringComparison.Ordinal))) > 50);
    }

    [SkippableFact]
    public void The_commands_give_what_the_topic_shows_of_other_captures()
    {
        foreach ((string name, string shared) in s_others)
            File.Copy(Repository.Shared(shared), FileName(name));
        Assert.True(RunAll(static script => s_others.Any(c => script.Contains(c.Name, StringComparison.Ordinal))) > 15);
    }

    private int RunAll(Func<string, bool> choose)
    {
        Host.Run("Set-ProbeLocation $folder");
        int count = 0;
        foreach ((string script, IReadOnlyList<string> shown) in s_chisels.Concat(s_views).SelectMany(static e => e.Commands).Where(c => choose(c.Script)))
        {
            string[] given = [.. Comparable(Host.Text(script).Split('\n'))];
            Assert.True(Host.Errors.Count == 0, $"The topic's command wrote errors:\n{script}\n{string.Join('\n', Host.Errors)}");
            bool isBegin = shown.Count > 0 && shown[^1] == More;
            string[] expected = [.. Comparable(isBegin ? shown.SkipLast(1) : shown)];
            Assert.True(!isBegin || given.Length > expected.Length, $"There is no more:\n{script}");
            Assert.True(expected.SequenceEqual(isBegin ? given.Take(expected.Length) : given), $"{script}\nThe topic shows:\n{string.Join('\n', shown)}\nIt gives:\n{string.Join('\n', given)}");
            count++;
        }

        return count;
    }

    // The time of day depends on the zone of the machine, and so does the day.
    private static IEnumerable<string> Comparable(IEnumerable<string> lines) =>
        lines.Select(static line => Day().Replace(TimeOfDay().Replace(line.TrimEnd(), "<time>"), "<day>")).Where(static line => line.Length > 0);

    [GeneratedRegex(@"(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d{3,9}")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"a row is 500ms, \d{4}-\d\d-\d\d$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^view_infoz?\s*=[^}]*?\bid\s*=\s*""(\w+)""", RegexOptions.Multiline)]
    private static partial Regex ViewId();

    [GeneratedRegex(@"[a-z0-9_]+")]
    private static partial Regex Word();
}
