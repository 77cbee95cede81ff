using System.Management.Automation;
using Tracers.Engine.Filters;
using Tracers.Tests.PowerShell;
using Xunit;

namespace Tracers.Tests.Commands;

/// <summary>Fields as a list, as properties of small objects, and as keys.</summary>
public sealed class FieldTests(ModuleHost host) : CommandTests(host)
{
    [Fact]
    public void All_fields_are_listed_with_a_word_about_each()
    {
        IReadOnlyList<PSObject> fields = Host.Run("Get-TracerField");
        Assert.Equal(FieldCatalogue.All.Select(f => f.Name), fields.Select(f => f.ToString()));
        Assert.All(fields, f =>
        {
            Assert.EndsWith(".", (string)f.Properties["Description"].Value, StringComparison.Ordinal);
            Assert.StartsWith($"{f.Properties["Class"].Value}.", (string)f.Properties["Name"].Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_example_of_a_field_is_a_filter_that_uses_it() => Assert.All(FieldCatalogue.All, field =>
    {
        Assert.Contains(field.Name, field.Example, StringComparison.Ordinal);
        Assert.Null(FilterExpression.Read(field.Example).Error);
    });

    [Theory]
    [InlineData("proc.name", "proc.name")]
    [InlineData("PROC.N*E", "proc.name")]
    [InlineData("-Name proc.name -Class fd", "")]
    [InlineData("-Name proc.name, fd.type, proc.name", "proc.name fd.type")]
    public void A_name_or_a_class_selects_fields(string parameters, string names) =>
        Assert.Equal(names, string.Join(' ', Lines($"Get-TracerField {parameters} | ForEach-Object Name")));

    [Fact]
    public void A_name_that_no_field_has_is_an_error_with_the_nearest()
    {
        Assert.Equal(["proc.name"], Lines("Get-TracerField fd.type, proc.nme, proc.name -ErrorAction SilentlyContinue | Where-Object Class -eq proc | ForEach-Object Name"));
        Host.Try("Get-TracerField proc.nme");
        Assert.Equal(["FieldNotFound"], ShortErrorIds);
        Assert.Contains("proc.name", Host.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Run("Get-TracerField nothing*"));
    }

    [Fact]
    public void An_event_with_properties_has_these_and_no_others_in_their_order()
    {
        IReadOnlyList<PSObject> events = Host.Run("Get-TracerEvent $sample -Property fd.type, evt.num, proc.name, EVT.num -First 3 -Type read, sendto");
        Assert.Equal(["fd.type=file evt.num=5 proc.name=web", "fd.type=file evt.num=6 proc.name=web", "fd.type=file evt.num=7 proc.name=web"], events.Select(e => string.Join(' ', Properties(e))));
        Assert.IsType<long>(events[0].Properties["evt.num"].Value);
    }

    [Fact]
    public void What_an_event_has_not_is_null() => Assert.Equal(
        ["null tracer"],
        Host.Run("Get-TracerEvent $sample -Property fd.type, evt.type -Type tracer -First 1").Select(e => Values(e, "fd.type", "evt.type")));

    [Theory]
    [InlineData("proc.nme", "FieldNotValid")]
    [InlineData("proc.name -AsText", "PropertyOfText")]
    public void A_property_that_means_nothing_is_refused(string parameters, string id)
    {
        Assert.Empty(Host.Try($"Get-TracerEvent $sample -Property {parameters}"));
        Assert.Equal([id], ShortErrorIds);
    }

    [Fact]
    public void A_field_is_a_key_under_the_name_that_it_was_given() => Assert.Equal(
        ["evt.type=read proc.name=tar Bytes=5000", "evt.type=read proc.name=web Bytes=1000"],
        Host.Run("Measure-TracerIO $sample -By evt.type, proc.name -Direction Read").Select(r => string.Join(' ', Properties(r).Where(p => p.Contains('.', StringComparison.Ordinal) || p.StartsWith("Bytes", StringComparison.Ordinal)))));

    [Fact]
    public void A_key_that_events_do_not_know_is_refused_for_the_pipeline_and_one_that_they_know_is_not()
    {
        Assert.Equal(
            Host.Run("Measure-TracerIO $sample -By proc.name").Select(r => Values(r, "proc.name", "Bytes")),
            Host.Run("Get-TracerEvent $sample | Measure-TracerIO -By proc.name").Select(r => Values(r, "proc.name", "Bytes")));
        foreach (string parameter in (string[])["-By evt.num", "-Interval 1s"])
        {
            Host.Try($"Get-TracerEvent $sample | Measure-TracerIO {parameter}");
            Assert.Equal(["KeyOfEvents"], ShortErrorIds);
        }
    }

    // The first event is at 999 us.
    [Fact]
    public void Intervals_are_rows_with_their_beginning() => Assert.Equal(
        ["999000 request.read 1000", "999000 request 340", "500999000 hang 7"],
        Host.Run("Measure-TracerIO $sample -Interval 500ms -Top 2").Select(r => Values(r, "IntervalStart", "SpanTag", "Bytes")));

    [Fact]
    public void The_beginning_of_an_interval_is_a_moment()
    {
        PSObject row = Host.Run("Measure-TracerIO $sample -Interval 1s -By FdType")[0];
        Assert.IsType<Timestamp>(row.Properties["IntervalStart"].Value);
        Assert.Equal("IntervalStart", row.Properties.First().Name);
    }
}
