using Tracers.Engine.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Scap.Writing;

/// <summary>What sysdig shows for a capture that went through the writer is what it shows for the original.</summary>
public class SysdigRewriteTests
{
    private const string ManyFields =
        "%evt.num %evt.time %proc.pid %proc.ppid %proc.exe %proc.args %proc.cwd %thread.tid %user.name %group.name "
        + "%fd.name %fd.type %fd.lport %evt.type %evt.args";

    [SkippableTheory]
    [InlineData("vectors/demo.scap", false)]
    [InlineData("vectors/demo.scap", true)]
    [InlineData("vectors/flagged.scap", false)]
    [InlineData("vectors/stateonly.scap", false)]
    [InlineData("vectors/twosections.scap", true)]
    [InlineData("vectors/net.scap", false)]
    [InlineData("captures/libs-sample-2023.scap", false)]
    [InlineData("captures/falco-ping-sendto.scap", true)]
    [InlineData("captures/libs-single-ipv6-conn.scap", false)]
    [InlineData("captures/sf-rename.scap", false)]
    [InlineData("captures/sf-tcp-client-server.scap", true)]
    [InlineData("captures/sf-setns.scap", false)]
    public void A_capture_written_again_reads_the_same(string capture, bool compress)
    {
        string original = Repository.Shared(capture);
        using TempFile copy = new();
        using (CaptureWriter writer = CaptureWriter.Create(copy.Path, new() { Compress = compress })) BlockWalker.Copy(original, writer);
        Assert.Equal(Sysdig.Read(original), Sysdig.Read(copy.Path));
        Assert.Equal(Sysdig.Read(original, "-p", "*" + ManyFields), Sysdig.Read(copy.Path, "-p", "*" + ManyFields));
    }

    [SkippableFact]
    public void A_capture_with_only_known_fields_is_written_again_byte_for_byte()
    {
        string original = Repository.Shared("vectors/demo.scap");
        byte[] copy = Written.Bytes(writer => BlockWalker.Copy(original, writer));
        Assert.Equal(File.ReadAllBytes(original), copy);
    }
}
