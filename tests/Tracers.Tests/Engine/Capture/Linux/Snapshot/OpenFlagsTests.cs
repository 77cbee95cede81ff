using Tracers.Engine.Capture.Linux;
using Xunit;

namespace Tracers.Tests.Engine.Capture.Linux.Snapshot;

/// <summary>Linux's open flags in the format's numbers.</summary>
public class OpenFlagsTests
{
    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(1u, 2u)]
    [InlineData(2u, 3u)]
    [InlineData(0x40u, 1u | 4)]
    [InlineData(0x80u, 1u | 0x20)]
    [InlineData(0x200u, 1u | 0x100)]
    [InlineData(0x400u, 1u | 8)]
    [InlineData(0x800u, 1u | 0x40)]
    [InlineData(0x1000u, 1u | 0x10)]
    [InlineData(0x101000u, 1u | 0x90)]
    [InlineData(0x4000u, 1u | 0x200)]
    [InlineData(0x8000u, 1u)]
    [InlineData(0x10000u, 1u | 0x400)]
    [InlineData(0x80000u, 1u | 0x1000)]
    [InlineData(0x410000u, 1u | 0x2400)]
    [InlineData(0x88402u, 3u | 8 | 0x1000)]
    public void Each_flag_has_its_number(uint linux, uint format) => Assert.Equal(format, OpenFlags.ToFormat(linux));
}
