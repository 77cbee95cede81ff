using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class FileRecordTests
{
    [Fact]
    public void A_read_is_its_descriptor_and_size_then_its_result_and_data()
    {
        Assert.Equal("6 read fd=4 size=100", Shaped.One(RecordBytes.Enter(0, 4, 0x7fff0000, 100)));
        Assert.Equal("7 read res=5 data=hello", Shaped.One(RecordBytes.Exit(0, 5).Data("hello")));
        Assert.Equal("7 read res=-9 data=", Shaped.One(RecordBytes.Exit(0, -9).Data("")));
    }

    [Fact]
    public void An_openat_is_its_directory_path_flags_and_mode_in_the_formats_numbers()
    {
        Assert.Equal(
            "306 openat dirfd=-100 name=/tmp/x flags=4102 mode=0",
            Shaped.One(RecordBytes.Enter(257, 0xFFFFFF9C, 1, 0x80041 & ~0x40 | 0x40, 0).Text("/tmp/x")).Replace("mode=0", "mode=0"));
        Assert.Equal(
            "307 openat fd=3 dirfd=-100 name=a flags=4097 mode=0 dev=66306",
            Shaped.One(RecordBytes.ExitWith(257, 3, -100, 1, 0x80000, 0x1B6).Text("a").Copy(CopyKind.File, Tracers.Tests.Scap.Writing.Written.Join(77UL, (0x103u << 20) | 2, 0x81A4u))));
    }

    [Fact]
    public void A_path_that_cannot_be_read_is_not_available()
    {
        Assert.Equal("66 stat", Shaped.One(RecordBytes.Enter(4, 1)));
        Assert.Equal("67 stat res=-14 path=<NA>", Shaped.One(RecordBytes.Exit(4, -14).NotReadable(CopyKind.String)));
    }
}
