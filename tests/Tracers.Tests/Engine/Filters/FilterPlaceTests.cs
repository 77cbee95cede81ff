using Tracers.Engine.Filters.Completion;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>What can stand at the end of a filter that is being written.</summary>
public sealed class FilterPlaceTests
{
    [Theory]
    [InlineData("", "Field", 0, "")]
    [InlineData("proc.na", "Field", 0, "proc.na")]
    [InlineData("proc.name", "Field", 0, "proc.name")]
    [InlineData("not pro", "Field", 4, "pro")]
    [InlineData("not not (not ", "Field", 13, "")]
    [InlineData("((fd.", "Field", 2, "fd.")]
    [InlineData("proc.name ", "Operator", 10, "")]
    [InlineData("proc.name con", "Operator", 10, "con")]
    [InlineData("proc.name contains", "Operator", 10, "contains")]
    [InlineData("proc.name!", "Operator", 9, "!")]
    [InlineData("proc.name=", "Value", 10, "")]
    [InlineData("proc.name = p", "Value", 12, "p")]
    [InlineData("proc.name contains ", "Value", 19, "")]
    [InlineData("proc.name = \"my pro", "Value", 12, "my pro")]
    [InlineData("evt.type in ", "Value", 12, "")]
    [InlineData("evt.type in (", "Value", 13, "")]
    [InlineData("evt.type in (open, re", "Value", 19, "re")]
    [InlineData("proc.name=a ", "Connective", 12, "")]
    [InlineData("proc.name=a an", "Connective", 12, "an")]
    [InlineData("proc.name exists ", "Connective", 17, "")]
    [InlineData("(proc.name='a b') ", "Connective", 18, "")]
    [InlineData("evt.type in (open, read) o", "Connective", 25, "o")]
    [InlineData("proc.name=a and ", "Field", 16, "")]
    [InlineData("proc.name=a or (not fd.type=file and ev", "Field", 37, "ev")]
    [InlineData("proc.name=a and", "Connective", 12, "and")]
    [InlineData("proc.nme=a", "Nothing", 10, "")]
    [InlineData("proc.name ~ a", "Nothing", 10, "~ a")]
    [InlineData("proc.name=a xyz b", "Nothing", 12, "xyz b")]
    [InlineData("evt.type in (open read", "Nothing", 22, "")]
    public void The_end_of_a_text_has_its_place(string text, string kind, int start, string typed)
    {
        FilterPlace place = FilterPlace.AtEndOf(text);

        Assert.Equal((kind, start, typed), (place.Kind.ToString(), place.Start, place.Typed));
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("/srv/data.bin", "/srv/data.bin")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("f(x)", "\"f(x)\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("", "\"\"")]
    public void A_value_is_quoted_where_it_must_be(string value, string written) => Assert.Equal(written, FilterPlace.Quote(value));
}
