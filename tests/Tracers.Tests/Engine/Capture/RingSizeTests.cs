using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public sealed class RingSizeTests
{
    private const int KB = 1024;
    private const int MB = 1024 * KB;

    private static readonly Version s_new = new(6, 0);
    private static readonly Version s_old = new(5, 19, 17);

    [Theory]
    [InlineData(1, 16 * MB)]
    [InlineData(2, 16 * MB)]
    [InlineData(32, 16 * MB)]
    [InlineData(33, 8 * MB)]
    [InlineData(64, 8 * MB)]
    [InlineData(96, 4 * MB)]
    [InlineData(128, 4 * MB)]
    [InlineData(8192, 64 * KB)]
    [InlineData(20000, 64 * KB)]
    public void By_default_a_CPU_gets_16_MB_or_its_share_of_512(int cpus, int expected) => Assert.Equal(expected, RingSize.Default(cpus, s_new));

    [Theory]
    [InlineData(2, 2 * MB)]
    [InlineData(256, 2 * MB)]
    [InlineData(512, 1 * MB)]
    public void Before_6_0_no_more_than_2_MB(int cpus, int expected) => Assert.Equal(expected, RingSize.Default(cpus, s_old));

    [Fact]
    public void An_element_of_2_MB_fits_what_old_kernels_allocate_and_one_of_4_does_not()
    {
        const int MostOfOldKernels = 4 * MB;
        Assert.True(RingMap.ElementSize(2 * MB) < MostOfOldKernels);
        Assert.True(RingMap.ElementSize(4 * MB) > MostOfOldKernels);
        Assert.Equal(0, RingMap.ElementSize(64 * KB) % 4096);
    }

    [Theory]
    [InlineData(64 * KB)]
    [InlineData(1 * MB)]
    [InlineData(256 * MB)]
    public void What_is_asked_for_is_taken(int asked) => Assert.Equal(asked, RingSize.Choose(asked, 2, s_new));

    [Fact]
    public void Null_is_the_default() => Assert.Equal(8 * MB, RingSize.Choose(null, 64, s_new));

    [Theory]
    [InlineData(-1, "65536", "-1 bytes")]
    [InlineData(0, "65536", "0 bytes")]
    [InlineData(1, "65536", "1 bytes")]
    [InlineData(32 * KB, "65536", "32 KB")]
    [InlineData(3 * MB, "4194304", "3 MB")]
    [InlineData((1 * MB) + 1, "2097152", "1048577 bytes")]
    [InlineData(512 * MB, "268435456", "512 MB")]
    [InlineData(int.MaxValue, "268435456", "2147483647 bytes")]
    public void Another_size_is_refused_with_the_nearest_that_is_possible(int asked, string nearest, string named)
    {
        CaptureStartException error = Assert.Throws<CaptureStartException>(() => RingSize.Choose(asked, 2, s_new));
        Assert.Equal(CaptureStartFailure.Option, error.Failure);
        Assert.Equal($"A buffer of {named} is not possible: it must be a power of two from 64 KB to 256 MB. Use -BufferSize {nearest}.", error.Message);
    }

    [Fact]
    public void On_an_old_kernel_the_limit_is_explained()
    {
        CaptureStartException error = Assert.Throws<CaptureStartException>(() => RingSize.Choose(4 * MB, 2, s_old));
        Assert.Equal(
            "A buffer of 4 MB is not possible: it must be a power of two from 64 KB to 2 MB (the kernel is 5.19.17; from 6.0 on it can be more). Use -BufferSize 2097152.",
            error.Message);
    }
}
