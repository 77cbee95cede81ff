using Tracers.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

public sealed class FilterSyntaxTests
{
    [Theory]
    [InlineData("proc.nme=x", "There is no field 'proc.nme'. Did you mean proc.name?\n  proc.nme=x\n  ^^^^^^^^")]
    [InlineData("proc.name ~x", "'~x' is no operator.")]
    [InlineData("evt.num contains 1", "evt.num is a number, and contains does not compare that. Expected: = != < <= > >= in exists.\n  evt.num contains 1\n          ^^^^^^^^")]
    [InlineData("(proc.name=a", "This bracket is not closed. Expected: ).\n  (proc.name=a\n  ^")]
    [InlineData("proc.name=a and", "The filter ends too early.")]
    [InlineData("", "The filter ends too early.")]
    public void An_error_shows_the_place(string filter, string expected)
    {
        FilterSyntaxException error = Assert.Throws<FilterSyntaxException>(() => CaptureFilter.Parse(filter));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  " + filter, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void And_binds_closer_than_or()
    {
        string capture = Repository.Shared("vectors/demo.scap");

        Assert.Equal(
            Filtered.Numbers(capture, "evt.num=1 or (evt.num>=4 and evt.num<=5)"),
            Filtered.Numbers(capture, "evt.num=1 or evt.num>=4 and evt.num<=5"));
    }
}
