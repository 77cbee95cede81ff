using System.Globalization;
using Tracers.Tests.PowerShell.Probes;
using Xunit;

namespace Tracers.Tests.PowerShell;

/// <summary>Every way in which PowerShell passes <c>500ms</c> or <c>10s</c> to a comparison or a parameter.</summary>
public sealed class DurationComparisonTests(ModuleHost host) : IClassFixture<ModuleHost>
{
    private const string Operators = "gt ge lt le eq ne";

    // What is typed, what PowerShell makes of it, and what it means. The middle column is the reason for this class.
    public static TheoryData<string, string, long> TypedTexts => new()
    {
        { "500ms", "String", 500_000_000 },
        { "10s", "Int16", 10_000_000_000 },
        { "1.5s", "Int16", 1_500_000_000 },
        { "0.5s", "Int16", 500_000_000 },
        { "500us", "UInt16", 500_000 },
        { "2m", "String", 120_000_000_000 },
        { "6s", "Int16", 6_000_000_000 },
        { "10us", "UInt16", 10_000 },
        { "1d", "Decimal", 86_400_000_000_000 },
        { "3ns", "String", 3 },
        { "1h", "String", 3_600_000_000_000 },
        { "0:00:01.5", "String", 1_500_000_000 },
        { "0", "Int32", 0 },
    };

    [Theory]
    [MemberData(nameof(TypedTexts))]
    public void PowerShell_passes_typed_text_as_this_type(string typed, string type, long nanoseconds)
    {
        Assert.Equal(type, host.Run($"Write-ProbeType {typed}").Single().BaseObject);
        Assert.Equal(nanoseconds, Duration.Parse(typed).Nanoseconds);
    }

    [Theory]
    [MemberData(nameof(TypedTexts))]
    public void Where_Object_compares_with_typed_text_exactly(string typed, string type, long nanoseconds)
    {
        Assert.NotNull(type);
        SetRecords(nanoseconds - 1, nanoseconds, nanoseconds + 1);
        foreach (string name in Operators.Split(' '))
        {
            Assert.Equal(Expected(name), Offsets(host.Run($"$records | Where-Object Duration -{name} {typed}"), nanoseconds));
        }
    }

    [Theory]
    [MemberData(nameof(TypedTexts))]
    public void A_script_block_compares_with_quoted_text_exactly(string typed, string type, long nanoseconds)
    {
        Assert.NotNull(type);
        SetRecords(nanoseconds - 1, nanoseconds, nanoseconds + 1);
        foreach (string name in Operators.Split(' '))
        {
            Assert.Equal(Expected(name), Offsets(host.Run($"$records | Where-Object {{ $_.Duration -{name} '{typed}' }}"), nanoseconds));
        }
    }

    [Theory]
    [MemberData(nameof(TypedTexts))]
    public void A_parameter_takes_typed_text_exactly(string typed, string type, long nanoseconds)
    {
        Assert.NotNull(type);
        string[] scripts =
        [
            $"Get-ProbeDuration -MinDuration {typed}",
            $"Get-ProbeDuration -MinDuration:{typed}",
            $"Get-ProbeDuration -MinDuration '{typed}'",
            $"$splat = @{{ MinDuration = '{typed}' }}; Get-ProbeDuration @splat",
            $"function f {{ Get-ProbeDuration @args }}; f -MinDuration {typed}",
        ];
        foreach (string script in scripts)
        {
            Assert.Equal(nanoseconds, Assert.IsType<Duration>(host.Run(script).Single().BaseObject).Nanoseconds);
        }
    }

    // One call site sees a PSObject around text, then around a number, then around something else: no rule may be reused wrongly.
    [Fact]
    public void One_comparison_takes_every_kind_of_right_side_in_turn()
    {
        host.SetVariable("duration", Duration.Parse("1.5s"));
        host.SetVariable("kinds", new object[]
        {
            TimeSpan.FromSeconds(1), "1s", System.Management.Automation.PSObject.AsPSObject(TimeSpan.FromSeconds(1)),
            System.Management.Automation.PSObject.AsPSObject("1s"), Duration.Parse("1s"), 0,
            System.Management.Automation.PSObject.AsPSObject(Duration.Parse("1s")), "2s", TimeSpan.FromSeconds(2),
        });
        string compare = "foreach ($kind in $kinds + $kinds) { $duration -gt $kind }";
        bool[] once = [true, true, true, true, true, true, true, false, false];
        Assert.Equal(once.Concat(once), host.Run(compare).Select(result => (bool)result.BaseObject));
    }

    // Where-Object's comparisons share their rules: the one for a wrapped TimeSpan must not take typed text, which is wrapped too.
    [Fact]
    public void Typed_text_is_exact_after_a_comparison_with_a_wrapped_object()
    {
        SetRecords(400_000_000, 600_000_000);
        host.SetVariable("half", System.Management.Automation.PSObject.AsPSObject(TimeSpan.FromSeconds(0.5)));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("-100000000", Offsets(host.Run("$records | Where-Object Duration -le ($half | Add-ProbeNote)"), 500_000_000));
            Assert.Equal("-100000000", Offsets(host.Run("$records | Where-Object Duration -le 0.5s"), 500_000_000));
        }
    }

    [Fact]
    public void A_wrapped_duration_on_the_left_reads_typed_text_too()
    {
        host.SetVariable("bare", Duration.Parse("10.5s"));
        Assert.Equal(
            "True",
            host.Run("$o = [pscustomobject]@{ D = $bare | Add-ProbeNote }; @($o | Where-Object D -gt 10s).Count -eq 1").Single().ToString());
    }

    [Theory]
    [InlineData("-gt")]
    [InlineData("-eq")]
    [InlineData("-ne")]
    public void Inside_a_script_block_an_unquoted_text_is_refused_because_its_unit_is_gone(string name)
    {
        SetRecords(1);
        foreach (string typed in (string[])["10s", "0.5s", "500us", "1d"])
        {
            Assert.Empty(host.Try($"$records | Where-Object {{ $_.Duration {name} {typed} }}"));
            Assert.Contains("in quotes", Assert.Single(host.Errors).Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Where-Object Duration -gt 10", "'10s'")]
    [InlineData("Where-Object { $_.Duration -eq 10 }", "'10s'")]
    [InlineData("Where-Object Duration -eq 10mss", "'10mss' is not a duration")]
    [InlineData("Where-Object Duration -gt 10u", "'10u' is not a duration")]
    public void A_comparison_that_cannot_be_meant_is_an_error_and_never_silently_false(string filter, string message)
    {
        SetRecords(1);
        Assert.Empty(host.Try("$records | " + filter));
        Assert.Contains(message, Assert.Single(host.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-MinDuration 10")]
    [InlineData("-MinDuration (10s)")]
    [InlineData("-MinDuration 10u")]
    [InlineData("-MinDuration soon")]
    public void A_parameter_without_a_unit_is_refused(string argument)
    {
        Assert.Empty(host.Try("Get-ProbeDuration " + argument));
        Assert.StartsWith("CannotConvertArgument", Assert.Single(host.ErrorIds), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gt", 0)]
    [InlineData("ge", 0)]
    [InlineData("eq", 0)]
    [InlineData("lt", 1)]
    [InlineData("le", 1)]
    [InlineData("ne", 1)]
    public void A_duration_that_is_null_compares_as_null_does_in_PowerShell(string name, int passes)
    {
        host.SetVariable("records", new[] { new ProbeRecord(null) });
        Assert.Equal(passes, host.Run($"$records | Where-Object Duration -{name} 10s").Count);
        Assert.Equal(passes, host.Run($"$records | Where-Object Duration -{name} 500ms").Count);
        Assert.Equal(passes, host.Run($"$records | Where-Object {{ $_.Duration -{name} '10s' }}").Count);
    }

    [Fact]
    public void A_right_side_that_is_null_is_less_than_any_duration()
    {
        SetRecords(0);
        Assert.Single(host.Run("$records | Where-Object { $_.Duration -gt $null }"));
        Assert.Empty(host.Run("$records | Where-Object { $_.Duration -eq $null }"));
        Assert.Single(host.Run("$records | Where-Object { $_.Duration -ne $null }"));
    }

    [Fact]
    public void Arithmetic_and_casts_work_in_a_script()
    {
        host.SetVariable("d", Duration.Parse("1.5s"));
        Assert.Equal("2.5s", host.Run("$d + '1s'").Single().ToString());
        Assert.Equal("500ms", host.Run("$d - [timespan]'0:00:01'").Single().ToString());
        Assert.Equal(1.5, host.Run("[double]$d").Single().BaseObject);
        Assert.Equal("00:00:01.5000000", host.Run("[timespan]$d").Single().ToString());
        Assert.Equal("10ms", host.Run("[Tracers.Duration]'10ms'").Single().ToString());
        Assert.Equal("1.5s", host.Run("\"$d\"").Single().BaseObject);
    }

    private void SetRecords(params long[] nanoseconds) =>
        host.SetVariable("records", nanoseconds.Select(n => new ProbeRecord(Duration.FromNanoseconds(n))).ToArray());

    private static string Offsets(IEnumerable<System.Management.Automation.PSObject> records, long from) => string.Join(
        ' ',
        records.Select(r => (((ProbeRecord)r.BaseObject).Duration!.Value.Nanoseconds - from).ToString(CultureInfo.InvariantCulture)));

    // Of the three records one nanosecond apart.
    private static string Expected(string name) => name switch
    {
        "gt" => "1",
        "ge" => "0 1",
        "lt" => "-1",
        "le" => "-1 0",
        "eq" => "0",
        _ => "-1 1",
    };
}
