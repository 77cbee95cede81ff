using System.Net;
using Tracers.Engine.Analysis;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>Scripts of calls that are rare in captures: the names that the engine finds are those that sysdig finds.</summary>
public class ScriptTableTests
{
    [SkippableTheory]
    [InlineData("two closes race")]
    [InlineData("unbound senders")]
    [InlineData("list with missing ends")]
    [InlineData("unknown directory")]
    [InlineData("directory descriptors")]
    [InlineData("changed directory")]
    [InlineData("names at entering")]
    [InlineData("dup and fcntl")]
    [InlineData("mapped addresses")]
    [InlineData("bound and accepted")]
    [InlineData("datagrams both ways")]
    [InlineData("exit and again")]
    public void Names_are_sysdigs(string script)
    {
        CaptureBuilder c = Prologue();
        Play(script, c);
        using TempFile file = new();
        File.WriteAllBytes(file.Path, c.ToArray());
        foreach ((string key, IoKey ours) in ((string, IoKey)[])[("fd.name", IoKey.FdName), ("fd.type", IoKey.FdType), ("proc.name", IoKey.ProcessName)])
        {
            List<KeyValuePair<string, long>> sysdig = SysdigTable.Read(file.Path, "fdbytes_by", key);
            sysdig.RemoveAll(r => r.Key == "<NA>" && ours == IoKey.ProcessName);
            Assert.True(sysdig.Count > 0 || ours != IoKey.FdName, "sysdig found nothing to compare");
            TableComparison.AssertSame(sysdig, EngineTable.Read(file.Path, new IoQuery { Keys = [ours] }, t => t.Bytes), 30);
        }
    }

    // The number of a descriptor is free as soon as close is entered; sysdig forgets the new descriptor when the old one's close returns.
    [SkippableTheory]
    [InlineData("close and open race", "=3", "/new=1 /same=2")]
    // A directory that is not known has no name to put before the path.
    [InlineData("unknown descriptor of a directory", "<UNKNOWN>rel=1", "rel=1")]
    // A datagram socket that sends to a second peer keeps the first one's name in sysdig, and then mixes both.
    [InlineData("several peers", "10.0.0.5:5353->8.8.8.8:53=3", "10.0.0.5:5353->8.8.8.8:53=1 10.0.0.5:5353->8.8.4.4:53=2")]
    // sysdig takes the listening address that it keeps in the same place for the tuple's: 2.2.3.0 is port 514 and UDP.
    [InlineData("bound datagrams", "10.0.0.9:600->2.2.3.0:514=3", "10.0.0.9:600->10.0.0.5:514=3")]
    // sysdig looks for the protocol where a socket of the other family has its address.
    [InlineData("connected over the other family", "<unknown>=1", "10.0.0.5:5000->10.0.0.9:80=1")]
    public void Where_sysdig_is_wrong_names_differ_as_intended(string script, string sysdig, string engine)
    {
        CaptureBuilder c = Prologue();
        Play(script, c);
        using TempFile file = new();
        File.WriteAllBytes(file.Path, c.ToArray());
        Assert.Equal(sysdig, Text(SysdigTable.Read(file.Path, "fdbytes_by", "fd.name")));
        Assert.Equal(engine, Text(EngineTable.Read(file.Path, new IoQuery { Keys = [IoKey.FdName] }, t => t.Bytes)));

        static string Text(List<KeyValuePair<string, long>> rows) => string.Join(' ', rows.OrderBy(r => r.Value).Select(r => $"{r.Key}={r.Value}"));
    }

    // In a list, the one end of a connection is the client or the server; of IPv6, sysdig does not ask.
    [SkippableFact]
    public void Connections_of_a_list_are_listed_as_sysdig_lists_them()
    {
        CaptureBuilder c = Prologue();
        foreach (int fd in (int[])[20, 21, 22, 23, 24])
            c.Write(100, fd, "x");
        c.Event(100, 34, 23L, 9u).Event(100, 35, 1L, "x"u8.ToArray(), Array.Empty<byte>()).Event(100, 30, 22L, 1u, Array.Empty<byte>());
        using TempFile file = new();
        File.WriteAllBytes(file.Path, c.ToArray());
        string sysdig = Sysdig.Read(file.Path);
        Assert.Contains("fd=23(<4u>10.0.0.9:40->10.0.0.5:53)", sysdig, StringComparison.Ordinal);
        Assert.Equal(sysdig.Split('\n', StringSplitOptions.RemoveEmptyEntries), EngineListing.Read(file.Path));
    }

    private static void Play(string script, CaptureBuilder c)
    {
        switch (script)
        {
            case "close and open race":
                c.Open(100, 9, "/old").Event(100, 4, 9L).Open(101, 9, "/new").Event(100, 5, 0L).Write(101, 9, "x");
                c.Open(100, 10, "/same").Event(100, 4, 10L).Open(101, 10, "/same").Event(100, 5, 0L).Write(101, 10, "xx");
                break;
            case "two closes race":
                c.Open(100, 9, "/old").Event(100, 4, 9L).Event(101, 4, 9L).Event(100, 5, 0L).Event(101, 5, -9L).Write(101, 9, "x").Write(101, 4, "xx");
                break;
            case "unbound senders":
                (string From, string To, ushort Port)[] sent = [("0.0.0.0", "10.0.0.7", 53), ("0.0.0.0", "8.8.8.8", 53), ("0.0.0.0", "127.0.0.1", 53), ("0.0.0.0", "10.0.0.5", 40), ("::", "::1", 9), ("::", "fe80::9", 9), ("::", "2001:db8::1", 9)];
                for (int i = 0; i < sent.Length; i++)
                    Send(Socket(c, 30 + i, sent[i].From == "::" ? 10u : 2u, 2), 30 + i, sent[i].From, 40, sent[i].To, sent[i].Port, new string('x', i + 1));
                break;
            case "list with missing ends":
                c.Write(100, 20, "1").Write(100, 21, "22").Write(100, 22, "333").Write(100, 23, "4444").Write(100, 24, "55555");
                break;
            case "unknown directory":
                c.Event(555, 306, -100L, "rel2", 1u, 0u).Event(555, 307, 9L, -100L, "rel2", 1u, 0u, 0u).Write(555, 9, "xx").Open(555, 10, "../rel3").Write(555, 10, "xxx");
                break;
            case "unknown descriptor of a directory":
                c.Event(100, 306, 77L, "rel", 1u, 0u).Event(100, 307, 9L, 77L, "rel", 1u, 0u, 0u).Write(100, 9, "x");
                break;
            case "bound datagrams":
                Socket(c, 34, 2, 2).Event(100, 20, 34L).Event(100, 21, 0L, Written.Join((byte)2, 0, (ushort)514));
                c.Event(100, 34, 34L, 9u).Event(100, 35, 3L, "log"u8.ToArray(), Tuple("10.0.0.9", 600, "10.0.0.5", 514));
                break;
            case "connected over the other family":
                Socket(c, 35, 10, 1).Event(100, 22, 35L).Event(100, 23, 0L, Tuple("::ffff:10.0.0.5", 5000, "::ffff:10.0.0.9", 80)).Write(100, 35, "x");
                break;
            case "several peers":
                Send(Socket(c, 33, 2, 2), 33, "10.0.0.5", 5353, "8.8.8.8", 53, "x");
                Send(c, 33, "10.0.0.5", 5353, "8.8.4.4", 53, "xx");
                break;
            case "directory descriptors":
                c.Open(100, 9, "/etc/", 0x401).Event(100, 306, 9L, "../passwd", 1u, 0u).Event(100, 307, 10L, 9L, "../passwd", 1u, 0u, 0u).Write(100, 10, "x");
                c.Event(100, 306, 9L, "/abs//x/.", 1u, 0u).Event(100, 307, 11L, 9L, "/abs//x/.", 1u, 0u, 0u).Write(100, 11, "xx").Event(100, 96, 9L).Event(100, 97, 0L).Open(101, 12, "in").Write(101, 12, "xxx");
                break;
            case "changed directory":
                c.Event(100, 94).Event(100, 95, 0L, "/var/tmp").Open(101, 9, "../log/./x").Write(101, 9, "x").Event(101, 94).Event(101, 95, 0L, "sub/").Open(100, 10, "y").Write(100, 10, "xx")
                    .Event(100, 94).Event(100, 95, -2L, "/no").Open(100, 11, "z/").Write(100, 11, "xxx").Event(100, 94).Event(100, 95, 0L, "/").Open(100, 12, "root").Write(100, 12, "xxxx")
                    .Open(100, 13, "../../..").Write(100, 13, "xxxxx");
                break;
            case "names at entering":
                c.Event(100, 2, "/enter", 1u, 0u).Event(100, 3, 9L, "/exit", 1u, 0u, 0u).Write(100, 9, "x").Event(100, 2, "(NULL)", 1u, 0u).Event(100, 3, 10L, "/exit2", 1u, 0u, 0u).Write(100, 10, "xx")
                    .Event(100, 58, "/creat", 0u).Event(100, 59, 11L, "/creat", 0u, 0u).Write(100, 11, "xxx").Event(100, 102, -100L, "old", 1u, 0u).Event(100, 103, 12L).Write(100, 12, "xxxx");
                break;
            case "dup and fcntl":
                c.Open(100, 9, "/a").Event(100, 124, 9L).Event(100, 125, 10L).Write(100, 10, "x").Event(100, 150, 9L, (byte)1).Event(100, 151, 11L).Write(100, 11, "xx")
                    .Event(100, 150, 9L, (byte)26).Event(100, 151, 12L).Write(100, 12, "xxx").Event(100, 150, 9L, (byte)4).Event(100, 151, 13L).Write(100, 13, "xxxx").Close(100, 9).Write(100, 12, "x");
                break;
            case "mapped addresses":
                Accept(c, 30, "::ffff:10.0.0.9", 5000, "::ffff:10.0.0.5", 80).Write(100, 30, "x");
                Accept(c, 31, "fe80::1", 5000, "fe80::2", 80).Write(100, 31, "xx");
                Accept(c, 32, "::ffff:10.0.0.9", 5000, "fe80::2", 80).Write(100, 32, "xxx");
                Accept(c, 33, "2001:db8:0:0:1::", 5000, "1:0:0:2::3", 80).Write(100, 33, "xxxx");
                break;
            case "bound and accepted":
                Socket(c, 31, 2, 1).Event(100, 20, 31L).Event(100, 21, 0L, Written.Join((byte)2, 0, (ushort)8888)).Write(100, 31, "x");
                Accept(c, 32, "10.0.0.9", 51000, "10.0.0.5", 8888).Write(100, 32, "xx");
                Socket(c, 33, 2, 1).Event(100, 22, 33L).Event(100, 23, -115L, Tuple("10.0.0.5", 1, "8.8.8.8", 80)).Write(100, 33, "xxx");
                Socket(c, 34, 2, 1).Event(100, 22, 34L).Event(100, 23, -111L, Tuple("10.0.0.5", 1, "8.8.8.8", 81)).Write(100, 34, "xxxx");
                break;
            case "datagrams both ways":
                Send(Socket(c, 33, 2, 2), 33, "10.0.0.5", 5353, "8.8.8.8", 53, "x");
                c.Event(100, 34, 33L, 99u).Event(100, 35, 7L, "answer!"u8.ToArray(), Tuple("8.8.8.8", 53, "10.0.0.5", 5353));
                break;
            default:
                c.Write(101, 4, "x").Event(101, 186, 0L).Write(101, 4, "xx").Open(101, 9, "/again").Write(101, 9, "xxx");
                break;
        }
    }

    private static CaptureBuilder Prologue()
    {
        CaptureBuilder capture = new CaptureBuilder().Header().Raw(Written.AfterHeader(w => w.WriteInterfaces([
            Interface("lo", "127.0.0.1", "255.0.0.0"), Interface("eth0", "10.0.0.5", "255.255.255.0"), Interface("lo", "::1", "::"), Interface("eth0", "fe80::5", "::")])));
        capture.Processes(CaptureBuilder.Process(100), CaptureBuilder.Process(101, "thread", 100, 0x2001 | 0x8000));
        return capture.Fds(
            100, FdRecord.ForFile(4, "/tmp/blob", 3), Connection(20, "0.0.0.0", 40, "8.8.8.8", 53), Connection(21, "10.0.0.9", 40, "0.0.0.0", 53),
            Connection(22, "::", 40, "fe80::9", 53), Connection(23, "::ffff:10.0.0.9", 40, "::ffff:10.0.0.5", 53), Connection(24, "::", 40, "::", 53));
    }

    private static FdRecord Connection(long fd, string source, int sourcePort, string destination, int destinationPort) =>
        FdRecord.ForSocket(fd, new(IPAddress.Parse(source), sourcePort), new(IPAddress.Parse(destination), destinationPort), 3);

    private static InterfaceRecord Interface(string name, string address, string mask) =>
        new(name, IPAddress.Parse(address), IPAddress.Parse(mask), IPAddress.Parse(address));

    private static CaptureBuilder Socket(CaptureBuilder c, long fd, uint domain, uint type) => c.Event(100, 18, domain, type, 0u).Event(100, 19, fd);

    private static CaptureBuilder Send(CaptureBuilder c, long fd, string from, ushort fromPort, string to, ushort toPort, string data) =>
        c.Event(100, 30, fd, (uint)data.Length, Tuple(from, fromPort, to, toPort)).Event(100, 31, (long)data.Length, System.Text.Encoding.UTF8.GetBytes(data));

    private static CaptureBuilder Accept(CaptureBuilder c, long fd, string from, ushort fromPort, string to, ushort toPort) =>
        c.Event(100, 246).Event(100, 247, fd, Tuple(from, fromPort, to, toPort), (byte)0, 0u, 1u);

    private static byte[] Tuple(string source, ushort sourcePort, string destination, ushort destinationPort)
    {
        byte[] from = IPAddress.Parse(source).GetAddressBytes(), to = IPAddress.Parse(destination).GetAddressBytes();
        return Written.Join(from.Length == 4 ? (byte)2 : (byte)10, from, sourcePort, to, destinationPort);
    }
}
