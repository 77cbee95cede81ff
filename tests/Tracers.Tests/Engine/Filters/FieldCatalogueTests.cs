using Tracers.Engine.Filters;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Filters;

/// <summary>All fields that sysdig lists are there, and each of them says what it is.</summary>
public class FieldCatalogueTests
{
    public static TheoryData<string> Names => [.. FieldCatalogue.All.Select(static f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_has_a_description_and_an_example_that_parses(string name)
    {
        FieldInfo field = FieldCatalogue.All.Single(f => f.Name == name);
        Assert.NotNull(CaptureFilter.Parse(field.Example));
        Assert.Contains(name, field.Example, StringComparison.Ordinal);
        Assert.EndsWith(".", field.Description, StringComparison.Ordinal);
        Assert.True(char.IsUpper(field.Description[0]) || char.IsPunctuation(field.Description[0]) || char.IsAsciiDigit(field.Description[0]), field.Description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_field_says_of_itself_is_what_its_reader_has(string name)
    {
        FieldReference reference = FieldCatalogue.Parse(FieldCatalogue.All.Single(f => f.Name == name).Example.Split(' ')[0]);
        FieldReader reader = reference.Field.Compile(reference);
        Assert.True(reader.HasValue || reader.EachNumber is not null || reader.EachText is not null || reader.EachAddress is not null);
        if (reference.Name is not null)
            return;
        Assert.Equal(reference.Field.Unit, reader.Unit);
        Assert.Equal(reference.Field.Type is FieldType.Text or FieldType.Buffer, reader.Type is FieldType.Text or FieldType.Buffer);
    }

    [SkippableTheory]
    [InlineData("proc")]
    [InlineData("thread")]
    [InlineData("user")]
    [InlineData("group")]
    [InlineData("container")]
    [InlineData("span")]
    [InlineData("evtin")]
    public void All_fields_that_sysdig_lists_are_there(string of)
    {
        string[] listed = [.. Sysdig.Run("-", "-l").Output.Split('\n').Select(static l => l.Split(' ')[0]).Where(l => l.StartsWith(of + ".", StringComparison.Ordinal))];
        Assert.NotEmpty(listed);
        Assert.Empty(listed.Except(FieldCatalogue.All.Select(static f => f.Name)));
    }

    [Theory]
    [InlineData("k8s.pod.name=x")]
    [InlineData("mesos.task.id exists")]
    public void Fields_of_orchestrators_are_refused_with_the_reason(string filter) =>
        Assert.Contains("no fields of Kubernetes and Mesos", Assert.Throws<FilterSyntaxException>(() => CaptureFilter.Parse(filter)).Message, StringComparison.Ordinal);
}
