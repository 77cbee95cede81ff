using System.Net;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Filters that accept other events than in sysdig on purpose: a small capture each.</summary>
public class IntendedFilterTests
{
    [SkippableFact]
    public void A_filter_that_refuses_the_beginning_of_a_call_does_not_make_its_end_forget_the_descriptor() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Read(100, 4, 5), "evt.buflen>0", sysdig: [], ours: [2]);

    [SkippableFact]
    public void An_event_without_a_descriptor_has_no_number_of_one() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Open(100, 9, "/x"), "fd.num<3", sysdig: [1], ours: []);

    [SkippableFact]
    public void What_is_no_internet_socket_has_no_protocol() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Read(100, 4, 5).Read(100, 5, 5), "fd.l4proto!=tcp", sysdig: [1, 2], ours: []);

    [SkippableFact]
    public void A_protocol_compares_as_its_port()
    {
        IntendedFilter.AssertEvents(Connected(443), "fd.sproto=https", sysdig: [], ours: [1, 2]);
        IntendedFilter.AssertEvents(Connected(443), "fd.sproto=443", sysdig: [1, 2], ours: [1, 2]);
        IntendedFilter.AssertEvents(Connected(80), "fd.sproto<443", sysdig: [], ours: [1, 2]);
    }

    [SkippableFact]
    public void What_is_not_known_to_lie_on_a_device_has_none()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(100, FdRecord.ForFile(3, "/a", 1, device: 0x800102), FdRecord.ForFile(4, "/b", 1)).Read(100, 3, 1).Read(100, 4, 1);
        IntendedFilter.AssertEvents(capture, "fd.dev.minor=2050", sysdig: [1, 2], ours: [1, 2]);
        IntendedFilter.AssertEvents(capture, "fd.dev.minor=0", sysdig: [3, 4], ours: []);
    }

    [SkippableFact]
    public void Names_of_hosts_are_not_in_a_capture() => Assert.Equal([], Filtered.Numbers(Connected(443).ToArray(), "fd.sip.name exists or fd.sip.name=localhost"));

    [SkippableFact]
    public void Type_is_means_all_versions_of_a_call() =>
        IntendedFilter.AssertEvents(CaptureBuilder.Typical().Event(100, 306, -100L, "/y", 1u, 0u).Event(100, 307, 9L, -100L, "/y", 1u, 0u, 0u), "evt.type.is.openat=1", sysdig: [], ours: [1, 2]);

    [SkippableFact]
    public void A_failed_call_that_returns_an_address_has_the_error_s_name_as_its_result()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(100, 160, 0UL, 4096UL, 0u, 0u, -1L, 0UL).Event(100, 161, -12L, 0u, 0u, 0u);
        IntendedFilter.AssertEvents(capture, "evt.res=ENOMEM", sysdig: [], ours: [2]);
        IntendedFilter.AssertEvents(capture, "evt.res=FFFFFFFFFFFFFFF4", sysdig: [2], ours: []);
    }

    [SkippableFact]
    public void A_name_that_an_event_changes_has_changed() => IntendedFilter.AssertEvents(
        CaptureBuilder.Typical().Open(100, 9, "/x").Read(100, 9, 1), "fd.name_changed=true", sysdig: [], ours: [2]);

    [SkippableFact]
    public void And_beside_or_needs_no_brackets()
    {
        using TempFile file = new();
        byte[] capture = CaptureBuilder.Typical().Read(100, 4, 5).Read(100, 5, 5).ToArray();
        File.WriteAllBytes(file.Path, capture);
        foreach (string filter in (string[])["evt.num=1 or evt.num>1 and evt.num<3", "evt.num>1 and evt.num<3 or evt.num=1"])
        {
            (int exitCode, string _, string error) = Sysdig.Run(file.Path, filter);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("mixes 'and' and 'or'", error, StringComparison.Ordinal);
            Assert.Equal([1, 2], Filtered.Numbers(capture, filter));
        }
    }

    private static CaptureBuilder Connected(int port)
    {
        FdRecord socket = FdRecord.ForSocket(3, new IPEndPoint(IPAddress.Parse("10.0.0.1"), 40000), new IPEndPoint(IPAddress.Parse("10.0.0.2"), port), 2);
        return new CaptureBuilder().Header().Processes(CaptureBuilder.Process(100)).Fds(100, socket).Read(100, 3, 1);
    }
}
