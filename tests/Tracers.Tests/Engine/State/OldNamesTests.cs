using Tracers.Engine.Scap.Records;
using Tracers.Engine.State;
using Xunit;

namespace Tracers.Tests.Engine.State;

/// <summary>Names of what is gone, of which a capture that goes on for weeks sees no end.</summary>
public class OldNamesTests
{
    private const long SparseFd = 100_000;

    [Fact]
    public void Names_of_what_is_gone_are_let_go_and_those_of_what_is_there_stay()
    {
        CaptureState state = new() { KeepsRecords = true };
        state.SetThread(Process(100, "nginx"));
        state.SetDescriptor(100, FdRecord.ForFile(3, "/dev/null", 2));
        state.SetDescriptor(100, FdRecord.ForFile(SparseFd, "/var/log/a", 1));
        state.SetThread(Process(200, "child"));
        TracedThread parent = state.Threads.Find(100)!, child = state.Threads.Find(200)!;
        child.Fds = parent.Fds.Copy();
        parent.Fds.Set(7, parent.Fds[3]!);
        parent.Fds.Set(8, state.Fds.FileByAbsolutePath("/srv/../srv/x"u8));
        byte[] path = new byte[64];
        for (int i = 0; i < 20_000; i++)
        {
            path.AsSpan().Fill((byte)'/');
            BitConverter.TryWriteBytes(path.AsSpan(1), i);
            _ = state.Fds.FileByAbsolutePath(path);
        }

        long before = state.NameWeight;
        state.ForgetOldNames();

        Assert.True(before > 4_000_000, $"{before}");
        Assert.True(state.NameWeight < 10_000, $"{state.NameWeight}");
        Assert.Equal(("/dev/null", "/dev/null", "/srv/x", "/var/log/a"), (parent.Fds[3]!.NameText, parent.Fds[7]!.NameText, parent.Fds[8]!.NameText, parent.Fds[SparseFd]!.NameText));
        Assert.Equal(("/dev/null", "/var/log/a"), (child.Fds[3]!.NameText, child.Fds[SparseFd]!.NameText));
        Assert.Same(parent.Fds[3], parent.Fds[7]);
        Assert.Same(parent.Fds[3], child.Fds[3]);
        Assert.True(parent.Fds[3]!.MayCarryMarkers);
        Assert.Equal(2u, parent.Fds[3]!.Record!.OpenFlags);
        Assert.Equal(["nginx", "child"], state.ExportProcesses().Select(p => p.Comm.ToString()));
        Assert.Equal("/srv/x", state.ExportDescriptors()[0].Fds.Single(f => f.Fd == 8).Name.ToString());
    }

    [Fact]
    public void What_comes_later_has_its_name()
    {
        CaptureState state = new();
        state.SetThread(Process(100, "one"));
        state.ForgetOldNames();
        state.SetThread(Process(200, "two"));
        state.SetDescriptor(200, FdRecord.ForFile(3, "/later", 1));
        Assert.Equal(["one", "two"], state.ExportProcesses().Select(p => p.Comm.ToString()));
        Assert.Equal("/later", state.Threads.Find(200)!.Fds[3]!.NameText);
    }

    private static ProcessRecord Process(uint tid, string name) => new() { Tid = tid, Pid = tid, Comm = name };
}
