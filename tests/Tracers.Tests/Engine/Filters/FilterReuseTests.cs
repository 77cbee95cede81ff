using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Filters;
using Tracers.Engine.Scap.Records;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>One filter for several captures, and for several sections of one: what it knows of names by their numbers is of one of them.</summary>
public sealed class FilterReuseTests
{
    [Theory]
    [InlineData("proc.name = one")]
    [InlineData("proc.cmdline = one")]
    [InlineData("proc.pname = one-parent")]
    [InlineData("fd.name = /one/file")]
    [InlineData("fd.directory = /one")]
    [InlineData("fd.filename = file and fd.containername startswith :/one")]
    [InlineData("evt.info contains /one/file")]
    [InlineData("user.name = one")]
    [InlineData("group.name = one")]
    [InlineData("span.tags = one")]
    [InlineData("span.args = k=one")]
    [InlineData("evtin.span.tags = one")]
    [InlineData("evtin.span.m.arg.k = one")]
    public void It_accepts_of_each_what_a_fresh_one_accepts(string text)
    {
        byte[] one = Capture("one").ToArray();
        byte[] two = Capture("two").ToArray();
        long[] expected = Filtered.Numbers(one, text);
        Assert.NotEmpty(expected);
        Assert.Empty(Filtered.Numbers(two, text));

        CaptureFilter filter = CaptureFilter.Parse(text);
        Assert.Equal(expected, Numbers(one, filter));
        Assert.Empty(Numbers(two, filter));
        Assert.Equal(expected, Numbers(one, filter));

        // Events of the second section go on with the numbers of the first.
        Assert.Equal(expected, Numbers([.. one, .. two], filter));
        long[] behind = Numbers([.. two, .. one], filter);
        Assert.Equal(expected.Length, behind.Length);
        Assert.Equal(expected, behind.Select(n => n - behind[0] + expected[0]));
    }

    // The same numbers of threads, descriptors and users stand for other names.
    private static CaptureBuilder Capture(string name) => new CaptureBuilder().Header()
        .Raw(Written.AfterHeader(w => w.WriteUsers([new(7, 7, name, "/", "/")], [new(8, name)])))
        .Processes(CaptureBuilder.Process(99, $"{name}-parent"), CaptureBuilder.Process(100, name) with { ParentTid = 99, Uid = 7, Gid = 8, Arguments = default })
        .Fds(100, FdRecord.ForFile(3, "/dev/null", 0), FdRecord.ForFile(4, $"/{name}/file", 0))
        .Write(100, 3, $">:1:{name}:k={name}:").Read(100, 4, 5).Write(100, 3, $"<:1:{name}:k={name}:");

    private static long[] Numbers(byte[] capture, CaptureFilter filter)
    {
        List<long> numbers = [];
        using CaptureFile file = new("memory", MemorySource.Of(capture), keepArguments: false, CancellationToken.None);
        file.ReadEvents(new EventQuery { Filter = filter }, e => numbers.Add(e.Number));
        return [.. numbers];
    }
}
