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
    [InlineData("evt.latency.s < 500ms", "'500ms' is no whole number of seconds, which the field counts.")]
    [InlineData("thread.vmsize > 100B", "'100B' is no whole number of kilobytes, which the field counts.")]
    [InlineData("evt.latency > 1.5ns", "'1.5ns' is no whole number of nanoseconds, which the field counts.")]
    [InlineData("proc.name regex '[a'", "This is no regular expression that can be used:")]
    [InlineData("proc.name regex '(a{1000}){1000}'", "This is no regular expression that can be used:")]
    public void An_error_shows_the_place(string filter, string expected)
    {
        FilterSyntaxException error = Assert.Throws<FilterSyntaxException>(() => CaptureFilter.Parse(filter));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  " + filter, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("procname", "proc.name")]
    [InlineData("PROC.NAME", "proc.name")]
    [InlineData("evt.lattency", "evt.latency")]
    [InlineData("fd.nmae", "fd.name")]
    [InlineData("evt.typ", "evt.type")]
    [InlineData("nothing.like.it", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_the_one_with_the_fewest_changes(string text, string? expected) =>
        Assert.Equal(expected, NearestName.Of(text, FieldCatalogue.All.Select(static f => f.Name)));

    [Fact]
    public void Units_with_a_fraction_are_whole_numbers_of_what_the_field_counts() => Assert.Equal(
        Filtered.Numbers(Repository.Shared("vectors/demo.scap"), "evt.deltatime > 1500"),
        Filtered.Numbers(Repository.Shared("vectors/demo.scap"), "evt.deltatime > 1.5us"));

    [Fact]
    public void And_binds_closer_than_or()
    {
        string capture = Repository.Shared("vectors/demo.scap");

        Assert.Equal(
            Filtered.Numbers(capture, "evt.num=1 or (evt.num>=4 and evt.num<=5)"),
            Filtered.Numbers(capture, "evt.num=1 or evt.num>=4 and evt.num<=5"));
    }
}
