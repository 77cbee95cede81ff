using System.Management.Automation;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class ProgressReporterTests : IDisposable
{
    private readonly List<ProgressRecord> _records = [];
    private readonly ManualClock _clock = new();
    private readonly ProgressReporter _reporter;

    public ProgressReporterTests() => _reporter = new ProgressReporter(_records.Add, _clock);

    public void Dispose() => _reporter.Dispose();

    [Fact]
    public void A_run_shorter_than_half_a_second_shows_nothing()
    {
        for (int i = 0; i < 50; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(9.99));
            _reporter.Report(i, 50, "Reading a.scap");
        }

        _reporter.Dispose();
        Assert.Empty(_records);
    }

    [Fact]
    public void A_long_run_shows_at_most_five_records_a_second_and_takes_the_bar_away_once()
    {
        for (int i = 1; i <= 3_000; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _reporter.Report(i, 3_000, "Reading a.scap");
        }

        _reporter.Complete();
        _reporter.Dispose();
        Assert.Equal(13, _records.Count(record => record.RecordType == ProgressRecordType.Processing));
        Assert.Equal(ProgressRecordType.Completed, _records[^1].RecordType);
        Assert.Equal(14, _records.Count);
        Assert.Single(_records.Select(record => record.ActivityId).Distinct());
    }

    [Fact]
    public void A_record_says_what_how_far_and_how_much_longer()
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        _reporter.Report(256L << 20, 1024L << 20, "Reading a.scap");
        ProgressRecord record = Assert.Single(_records);
        Assert.Equal("Reading a.scap", record.Activity);
        Assert.Equal("256 of 1024 MB", record.StatusDescription);
        Assert.Equal(25, record.PercentComplete);
        Assert.Equal(6, record.SecondsRemaining);
    }

    [Fact]
    public void Without_a_known_size_there_is_no_percentage_and_a_status_of_the_caller_is_kept()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _reporter.Report(5L << 20, 0, "Reading a.scap");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _reporter.Report(5L << 20, 0, "Reading a.scap", () => "12 events");
        Assert.Equal(["5 MB", "12 events"], _records.Select(record => record.StatusDescription));
        Assert.All(_records, record => Assert.Equal(-1, record.PercentComplete));
    }

    [Fact]
    public void More_bytes_than_the_file_had_are_still_a_hundred_percent()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _reporter.Report(20, 10, "Reading a.scap");
        Assert.Equal(100, Assert.Single(_records).PercentComplete);
    }

    [Fact]
    public void After_Ctrl_C_taking_the_bar_away_does_not_fail()
    {
        bool stopped = false;
        var reporter = new ProgressReporter(_ => { if (stopped) { throw new PipelineStoppedException(); } }, _clock);
        _clock.Advance(TimeSpan.FromSeconds(1));
        reporter.Report(1, 10, "Reading a.scap");
        stopped = true;
        reporter.Dispose();
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
