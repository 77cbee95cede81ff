using System.Runtime.InteropServices;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Capture.Linux.Native;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public sealed class StartErrorTests
{
    private const ulong Bpf = 1UL << 39;
    private const ulong PerfMon = 1UL << 38;
    private const ulong SysAdmin = 1UL << 21;

    private const string Refused = "libbpf: map 'rings': failed to create: Operation not permitted(-1)\nlibbpf: failed to load object 'tracers'\n";

    private static readonly MachineFacts s_able = new() { Kernel = new Version(6, 1, 0), Capabilities = Bpf | PerfMon, HostPath = "/opt/microsoft/powershell/7/pwsh" };

    [Fact]
    public void A_machine_that_can_has_nothing_against_it() => Assert.Null(StartDiagnosis.Unsupported(s_able));

    [Fact]
    public void Another_system_is_told_to_record_on_Linux() =>
        AssertUnsupported(s_able with { IsLinux = false }, CaptureStartFailure.NotSupported, "needs Linux", "-Path");

    [Fact]
    public void Another_processor_is_named() =>
        AssertUnsupported(s_able with { Architecture = Architecture.Arm64 }, CaptureStartFailure.NotSupported, "no probe for Arm64", "X64");

    [Fact]
    public void Inside_of_a_pid_namespace_the_machines_own_is_asked_for() =>
        AssertUnsupported(s_able with { InPidNamespace = true }, CaptureStartFailure.NotSupported, "pid namespace", "--pid=host");

    [Theory]
    [InlineData(null, false)]
    [InlineData("pid:[4026531836]", false)]
    [InlineData("pid:[4026532201]", true)]
    public void The_machines_own_pid_namespace_has_a_fixed_number(string? link, bool nested) => Assert.Equal(nested, MachineFacts.IsNestedPidNamespace(link));

    [Fact]
    public void A_kernel_without_types_is_told_the_option() =>
        AssertUnsupported(s_able with { HasBtf = false }, CaptureStartFailure.NoBtf, "/sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF=y", "(6.1.0)");

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"", "sudo apt-get install libbpf1.")]
    [InlineData("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"", "sudo apt-get install libbpf1.")]
    [InlineData("ID=\"rhel\"\nID_LIKE=\"fedora\"", "sudo dnf install libbpf.")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "sudo dnf install libbpf.")]
    [InlineData("ID=alpine", "sudo apk add libbpf.")]
    [InlineData("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"", "sudo zypper install libbpf1.")]
    [InlineData("ID='sles'", "sudo zypper install libbpf1.")]
    public void Without_libbpf_the_distributions_own_command_is_named(string osRelease, string command)
    {
        CaptureStartException error = AssertUnsupported(
            s_able with { HasLibbpf = false, OsRelease = osRelease }, CaptureStartFailure.NoLibbpf, "libbpf.so.1 is missing", command);
        Assert.DoesNotContain(";", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("libbpf.so.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ID=nixos\nID_LIKE=")]
    [InlineData("ID=suspicious")]
    public void Where_the_distribution_is_not_known_all_commands_are_named(string osRelease) =>
        AssertUnsupported(
            s_able with { HasLibbpf = false, OsRelease = osRelease },
            CaptureStartFailure.NoLibbpf,
            "apt-get install libbpf1",
            "dnf install libbpf",
            "apk add libbpf",
            "zypper install libbpf1");

    [Fact]
    public void An_old_libbpf_is_said_to_be_too_old() =>
        AssertUnsupported(
            s_able with { HasLibbpf = false, HasOldLibbpf = true, OsRelease = "ID=ubuntu" },
            CaptureStartFailure.NoLibbpf,
            "There is libbpf.so.0, which is too old: version 1.0 or later is needed",
            "apt-get install libbpf1");

    [Theory]
    [InlineData(0UL, "CAP_BPF and CAP_PERFMON.")]
    [InlineData(Bpf, "lacks CAP_PERFMON.")]
    [InlineData(PerfMon, "lacks CAP_BPF.")]
    public void Without_rights_the_missing_capability_and_both_ways_to_it_are_named(ulong capabilities, string missing)
    {
        CaptureStartException error = Explain(s_able with { Capabilities = capabilities }, 1, Refused);
        AssertSays(
            error,
            CaptureStartFailure.NoRights,
            missing,
            "sudo /opt/microsoft/powershell/7/pwsh.",
            "sudo setcap cap_bpf,cap_perfmon=ep /opt/microsoft/powershell/7/pwsh;",
            "everything that this pwsh ever runs");
    }

    [Fact]
    public void A_dotnet_host_is_named_with_what_it_runs()
    {
        MachineFacts facts = s_able with { Capabilities = 0, HostPath = "/usr/share/dotnet/no/dotnet", HostApplication = "/home/me/my tools/Tracers.Shell.dll" };
        AssertSays(
            Explain(facts, 1, Refused),
            CaptureStartFailure.NoRights,
            "sudo /usr/share/dotnet/no/dotnet '/home/me/my tools/Tracers.Shell.dll'.",
            "cap_perfmon=ep /usr/share/dotnet/no/dotnet;",
            "this dotnet");
    }

    [Fact]
    public void Root_of_a_container_is_told_how_to_start_it()
    {
        CaptureStartException error = Explain(s_able with { Capabilities = 0, IsRoot = true }, 1, Refused);
        AssertSays(error, CaptureStartFailure.NoRights, "--cap-add BPF --cap-add PERFMON");
        Assert.DoesNotContain("sudo", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Bpf | PerfMon)]
    [InlineData(SysAdmin)]
    public void Who_has_the_rights_and_is_refused_meets_a_policy(ulong capabilities) =>
        AssertSays(
            Explain(s_able with { Capabilities = capabilities }, 1, Refused),
            CaptureStartFailure.Forbidden,
            "though the process has the capabilities",
            "/sys/kernel/security/lockdown",
            "SELinux or AppArmor",
            "seccomp");

    [Fact]
    public void Of_a_policy_the_one_that_is_seen_is_named()
    {
        AssertSays(Explain(s_able with { InUserNamespace = true }, 1, Refused), CaptureStartFailure.Forbidden, "user namespace");
        AssertSays(Explain(s_able with { Lockdown = "confidentiality" }, 1, Refused), CaptureStartFailure.Forbidden, "locked down (confidentiality", "lockdown=none");
        AssertSays(Explain(s_able with { HasSeccompFilter = true }, 1, Refused), CaptureStartFailure.Forbidden, "seccomp filter is on this process", "allow bpf(2)");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(22)]
    [InlineData(95)]
    public void On_an_old_kernel_every_failure_is_its_age(int errno) =>
        AssertSays(Explain(s_able with { Kernel = new Version(5, 10, 209) }, errno, ""), CaptureStartFailure.KernelTooOld, "(5.10.209)", "5.11 or later");

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    public void Rings_that_are_too_large_are_told_to_be_smaller(int errno) =>
        AssertSays(
            Explain(s_able, errno, $"libbpf: map 'rings': failed to create: Argument list too long(-{errno})\n"), CaptureStartFailure.Option, "smaller -BufferSize");

    [Fact]
    public void A_program_that_is_too_large_is_not_taken_for_rings_that_are()
    {
        const string Messages = """
            libbpf: Error in bpf_create_map_xattr(rings):Invalid argument(-22). Retrying without BTF.
            libbpf: prog 'on_exit': BPF program load failed: Argument list too long
            libbpf: prog 'on_exit': -- BEGIN PROG LOAD LOG --
            0: R1=ctx(off=0,imm=0)
            BPF program is too large. Processed 1000001 insn
            processed 1000001 insns (limit 1000000) max_states_per_insn 4
            -- END PROG LOAD LOG --
            libbpf: failed to load program 'on_exit'
            """;
        AssertSays(Explain(s_able, 7, Messages), CaptureStartFailure.Other, "libbpf says: prog 'on_exit': BPF program is too large. Processed 1000001 insn");
    }

    [Fact]
    public void Whatever_else_has_the_first_line_that_libbpf_said()
    {
        const string Messages = """
            libbpf: Error in bpf_create_map_xattr(rings):Invalid argument(-22). Retrying without BTF.
            libbpf: prog 'on_enter': failed to find kernel BTF type ID of 'sys_enter': -3
            libbpf: failed to load object 'tracers'
            """;
        CaptureStartException error = Explain(s_able, 3, Messages);
        AssertSays(error, CaptureStartFailure.Other, "libbpf says: prog 'on_enter': failed to find kernel BTF type ID of 'sys_enter': -3", "(3)");
        Assert.IsType<NativeCallException>(error.InnerException);
    }

    [Fact]
    public void Where_libbpf_said_nothing_no_words_are_put_into_its_mouth() =>
        Assert.DoesNotContain("libbpf says", Explain(s_able, 3, "").Message, StringComparison.Ordinal);

    [Fact]
    public void Facts_are_read_from_the_texts_of_proc()
    {
        Assert.Equal(0x1fffffeffffUL, MachineFacts.CapabilitiesIn("Name:\tdotnet\nCapPrm:\t0000000000000000\nCapEff:\t000001fffffeffff\nCapBnd:\t0\n"));
        Assert.Null(MachineFacts.CapabilitiesIn("Name:\tdotnet\n"));
        Assert.Null(MachineFacts.CapabilitiesIn("CapEff:\tsome\n"));
        Assert.Equal("integrity", MachineFacts.LockdownIn("none [integrity] confidentiality\n"));
        Assert.Null(MachineFacts.LockdownIn("[none] integrity confidentiality\n"));
        Assert.Null(MachineFacts.LockdownIn(""));
        Assert.False(MachineFacts.MapsUsers("         0          0 4294967295\n"));
        Assert.True(MachineFacts.MapsUsers("         0       1000          1\n"));
        Assert.False(MachineFacts.MapsUsers(""));
    }

    [SkippableFact]
    public void Facts_of_this_machine_are_read()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Facts are read on Linux.");
        MachineFacts facts = MachineFacts.Read();
        Assert.NotNull(facts.Capabilities);
        Assert.StartsWith($"{facts.Kernel.Major}.{facts.Kernel.Minor}.", File.ReadAllText("/proc/sys/kernel/osrelease"), StringComparison.Ordinal);
        Assert.Equal(File.Exists("/sys/kernel/btf/vmlinux"), facts.HasBtf);
        Assert.Equal(Environment.ProcessPath, facts.HostPath);
    }

    private static CaptureStartException Explain(MachineFacts facts, int errno, string messages) =>
        StartDiagnosis.Explain(facts, new NativeCallException("bpf_object__load", errno), messages);

    private static CaptureStartException AssertUnsupported(MachineFacts facts, CaptureStartFailure failure, params string[] texts)
    {
        CaptureStartException? error = StartDiagnosis.Unsupported(facts);
        Assert.NotNull(error);
        AssertSays(error, failure, texts);
        return error;
    }

    private static void AssertSays(CaptureStartException error, CaptureStartFailure failure, params string[] texts)
    {
        Assert.Equal(failure, error.Failure);
        Assert.All(texts, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("..", error.Message, StringComparison.Ordinal);
    }
}
