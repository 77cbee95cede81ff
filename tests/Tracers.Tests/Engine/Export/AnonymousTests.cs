using System.Net;
using System.Text;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Export;

/// <summary>An anonymous capture says what happened, and not to whom nor with what.</summary>
public class AnonymousTests
{
    private const int Tid = CaptureBuilder.Tid;

    // In no list of common names, in no pseudonym, and found in any encoding of text that a capture has.
    private const string Planted = "Zsecretq";
    private static readonly byte[] s_planted = Encoding.ASCII.GetBytes(Planted);
    private static readonly byte[] s_address = [203, 0, 113, 77];

    /// <summary>All types that an event may have, but those that sysdig makes for itself in memory.</summary>
    public static TheoryData<int> Types => [.. Enumerable.Range(0, EventTable.Infos.Length).Where(t => t is not (268 or 269) && EventTable.Infos[t].ParameterCount > 0)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Of_no_parameter_any_text_comes_through_but_the_name_of_a_thread(int type)
    {
        // A number may have the bytes of the address, and stays.
        AssertNothingOf(type, static p => !IsAddress(p), s_planted);
        AssertNothingOf(type, IsAddress, s_planted, s_address);
    }

    // All values of these parameters in one file: to write one for each takes minutes.
    private static void AssertNothingOf(int type, Func<ParameterInfo, bool> chosen, params byte[][] texts)
    {
        EventInfo info = EventTable.Infos[type];
        CaptureBuilder capture = CaptureBuilder.Typical();
        int events = 0;
        for (int i = 0; i < info.ParameterCount; i++)
        {
            if (info.Parameters[i].Name == "comm" || info.Parameters[i].Type == ParameterType.FdList || !chosen(info.Parameters[i]))
                continue;
            foreach (byte[] value in Values(info.Parameters[i]))
            {
                object[] parameters = [.. info.Parameters.Select((p, n) => n == i ? value : Array.Empty<byte>())];
                capture.EventBlock(0x221, Tid, (ushort)type, 0, info.Traits.HasFlag(EventTraits.Large), parameters);
                events++;
            }
        }

        if (events == 0)
            return;
        Exported exported = Exported.Of(capture.ToArray(), new EventQuery(), anonymizeKey: "k");
        Assert.Equal(Enumerable.Repeat(type, events), exported.Blocks.Select(static b => (int)b.Type));
        foreach (byte[] text in texts)
            Assert.True(exported.Bytes.AsSpan().IndexOf(text) < 0, info.Name);
    }

    private static bool IsAddress(ParameterInfo parameter) =>
        parameter.Type is ParameterType.SockAddr or ParameterType.SockTuple or ParameterType.Ipv4Addr or ParameterType.Ipv6Addr;

    [Fact]
    public void A_parameter_that_no_table_knows_is_removed()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Event(Tid, 4, 4L, s_planted, s_planted);
        Exported exported = Exported.Of(capture, new EventQuery(), anonymizeKey: "k");
        Assert.True(exported.Bytes.AsSpan().IndexOf(s_planted) < 0);
        Assert.Equal([(4, 0u)], exported.Blocks);
    }

    [Fact]
    public void Of_the_lists_nothing_comes_through_but_the_names_of_threads()
    {
        string name = $"/home/{Planted}/x{Planted}.log";
        IPAddress secret = new(s_address);
        using MemoryStream stream = new();
        using (CaptureWriter writer = new(stream))
        {
            writer.WriteSectionHeader();
            writer.WriteMachineInfo(new MachineInfo { CpuCount = 1, MemoryBytes = 1, HostName = Planted });
            writer.WriteInterfaces([new InterfaceRecord(Planted, secret, IPAddress.Parse("255.255.255.0"), secret)]);
            writer.WriteUsers([new UserRecord(1000, 1000, Planted, name, name)], [new GroupRecord(1000, Planted)]);
            writer.WriteProcesses([new ProcessRecord
            {
                Tid = Tid, Pid = Tid, ParentTid = 1, Comm = "python", Exe = name, ExePath = name, Arguments = ByteText.FromList(Planted), Cwd = name, Root = name,
                Environment = ByteText.FromList($"A={Planted}"), Cgroups = ByteText.FromList($"cpu=/{Planted}/a"),
            }]);
            List<FdRecord> fds = [.. Enumerable.Range(1, 16).Where(t => t is not (>= 3 and <= 6)).Select(t => new FdRecord { Fd = t, Type = (FdRecordType)t, Name = name })];
            fds.Add(FdRecord.ForSocket(30, new(secret, 1), new(secret, 2), 2));
            fds.Add(FdRecord.ForServer(31, new(secret, 3), 2));
            fds.Add(FdRecord.ForSocket(32, new(secret.MapToIPv6(), 1), new(secret.MapToIPv6(), 2), 2));
            fds.Add(FdRecord.ForServer(33, new(IPAddress.Parse("2001:db8::5a73"), 1), 2));
            writer.WriteFds(Tid, fds);
        }

        byte[] lists = stream.ToArray();
        byte[] capture = [.. lists, .. new CaptureBuilder().Read(Tid, 30, 10).ToArray()];
        Exported exported = Exported.Of(capture, new EventQuery(), anonymizeKey: "k");
        Assert.True(capture.AsSpan().IndexOf(s_planted) >= 0);
        Assert.True(exported.Bytes.AsSpan().IndexOf(s_planted) < 0);
        Assert.True(exported.Bytes.AsSpan().IndexOf(s_address) < 0);
        Assert.True(exported.Bytes.AsSpan().IndexOf((byte[])[0x5a, 0x73]) < 0);
        Assert.Equal("python", exported.Reading.Events[0].ProcessName);
        Assert.Equal(16, exported.Reading.State.Threads.Find(Tid)!.Fds.Count);
    }

    [Fact]
    public void The_same_name_is_the_same_everywhere_and_what_every_machine_has_keeps_its_name()
    {
        CaptureBuilder capture = CaptureBuilder.Typical().Open(Tid, 7, "/var/log/acme/a.log").Event(Tid, 306, 7L, "acme", 1u, 0u)
            .Event(Tid, 307, 8L, 7L, "acme", 1u, 0u, 0u).Open(Tid, 9, "/dev/null").Open(Tid, 10, "acme");
        Reading reading = Exported.Of(capture, new EventQuery(), anonymizeKey: "k").Reading;
        string path = reading.FdName(Tid, 7)!;
        string acme = path.Split('/')[3];
        Assert.Matches("^/var/log/n[0-9a-z]{10}/n[0-9a-z]{10}$", path);
        Assert.Equal($"{path}/{acme}", reading.FdName(Tid, 8));
        Assert.Equal("/dev/null", reading.FdName(Tid, 9));
        Assert.Equal($"/root/{acme}", reading.FdName(Tid, 10));
        Assert.Equal(Exported.Of(capture, new EventQuery(), anonymizeKey: "k").Bytes, Exported.Of(capture, new EventQuery(), anonymizeKey: "k").Bytes);
        Assert.NotEqual(acme, Exported.Of(capture, new EventQuery(), anonymizeKey: "other").Reading.FdName(Tid, 7)!.Split('/')[3]);
    }

    [Fact]
    public void Addresses_are_the_same_in_lists_and_calls_with_their_ports_and_this_machine_stays()
    {
        byte[] tuple = Written.Join((byte)2, 0x0900000A, (ushort)50000, 0x0500000A, (ushort)8888);
        byte[] local = Written.Join((byte)2, 0x0100007F, (ushort)50000, 0x0100007F, (ushort)80);
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Event(Tid, 18, 2u, 1u, 6u).Event(Tid, 19, 8L).Event(Tid, 22, 8L, tuple[..7]).Event(Tid, 23, 0L, tuple)
            .Event(Tid, 18, 2u, 1u, 6u).Event(Tid, 19, 9L).Event(Tid, 22, 9L, local[..7]).Event(Tid, 23, 0L, local);
        Reading reading = Exported.Of(capture, new EventQuery(), anonymizeKey: "k").Reading;
        Assert.Equal(reading.FdName(Tid, 5), reading.FdName(Tid, 8));
        Assert.Matches(@"^2[45]\d\.\d+\.\d+\.\d+:50000->2[45]\d\.\d+\.\d+\.\d+:8888$", reading.FdName(Tid, 8));
        Assert.Equal("127.0.0.1:50000->127.0.0.1:80", reading.FdName(Tid, 9));
    }

    [Fact]
    public void Sums_and_spans_stay_and_so_do_the_words_of_markers()
    {
        CaptureBuilder capture = CaptureBuilder.Typical()
            .Write(Tid, 3, ">:1:checkout:user=4:").Write(Tid, 4, Planted).Read(Tid, 5, 77).Write(Tid, 3, "<:1:check").Write(Tid, 3, "out::")
            .Write(Tid, 3, "=:0:::").Write(Tid, 4, $"=:{Planted}:::");
        Exported exported = Exported.Of(capture, new EventQuery(), anonymizeKey: "k");
        Reading before = Reading.Of(capture);
        Assert.Equal(before.Io.Select(io => (io.Result, io.SpanTags)), exported.Reading.Io.Select(io => (io.Result, io.SpanTags)));
        Assert.Equal(before.Spans.Select(s => (s.Tags.Text, s.Duration)), exported.Reading.Spans.Select(s => (s.Tags.Text, s.Duration)));
        Assert.True(exported.Bytes.AsSpan().IndexOf(s_planted) < 0);
        Assert.True(exported.Bytes.AsSpan().IndexOf("=:0:::"u8) >= 0);
    }

    [Fact]
    public void A_write_that_only_says_that_it_is_a_marker_is_none()
    {
        byte[] capture = CaptureBuilder.Typical().Event(Tid, 8, 4L, 8u).EventBlock(0x217, Tid, 9, 2, false, 8L, s_planted).ToArray();
        Assert.True(Exported.Of(capture, new EventQuery(), anonymizeKey: "k").Bytes.AsSpan().IndexOf(s_planted) < 0);
    }

    [Fact]
    public void A_container_is_found_by_its_other_id_and_has_another_name()
    {
        string id = string.Concat(Enumerable.Repeat("ab12cd34", 8));
        string json = $"{{\"container\":{{\"id\":\"{id[..12]}\",\"type\":0,\"name\":\"{Planted}\",\"image\":\"reg.{Planted}/app:1\",\"labels\":{{\"a\":\"{Planted}\"}}}}}}";
        CaptureBuilder capture = new CaptureBuilder().Header()
            .Processes(CaptureBuilder.Process(Tid) with { Cgroups = ByteText.FromList($"cpu=/docker/{id}", $"memory=/system.slice/docker-{id}.scope") })
            .Event(Tid, 272, json).Read(Tid, 4, 1);
        Exported exported = Exported.Of(capture, new EventQuery(), anonymizeKey: "k");
        Assert.True(exported.Bytes.AsSpan().IndexOf(s_planted) < 0);
        Assert.True(exported.Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id[..12])) < 0);
        Tracers.Engine.State.CaptureState state = exported.Reading.State;
        Tracers.Engine.State.ContainerInfo container = state.ContainerOf(state.Threads.Find(Tid)!.Identity)!;
        Assert.Matches("^[0-9a-f]{12}$", container.Id);
        Assert.Matches("^n[0-9a-z]{10}$", container.Name);
        Assert.Matches("^n[0-9a-z]{10}/n[0-9a-z]{10}$", container.Image);
    }

    // The planted text in every form that a parameter of the type can have, and in some that it cannot.
    private static IEnumerable<byte[]> Values(ParameterInfo parameter)
    {
        byte[] text = [.. s_planted, 0];
        yield return text;
        yield return [.. "/dev/"u8, .. text];
        yield return [.. s_planted, .. "=/a/"u8, .. text, .. text];
        yield return [.. "{\"container\":{\"id\":\""u8, .. s_planted, .. "\",\"name\":\""u8, .. s_planted, .. "\"}}"u8, 0];
        foreach (byte family in (byte[])[1, 2, 10, 16, 17])
        {
            yield return [family, .. text];
            yield return [family, .. new byte[16], .. text];
            if (family == 1)
                continue;
            yield return [family, .. s_address, 1, 2];
            yield return [family, .. s_address, 1, 2, .. s_address, 3, 4];
            yield return [family, .. s_address, .. new byte[12], 1, 2, .. s_address, .. new byte[12], 1, 2];
        }

        if (parameter.Type is ParameterType.Ipv4Addr)
            yield return s_address;
        if (parameter.Type != ParameterType.Dyn)
            yield break;
        for (byte i = 0; i < 8; i++)
        {
            if (SubTypes.Find(parameter.Table, i) is null or { Type: ParameterType.CharBuf or ParameterType.ByteBuf })
                yield return [i, .. text];
        }
    }
}
