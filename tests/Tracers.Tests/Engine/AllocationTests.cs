using Tracers.Engine;
using Xunit;

namespace Tracers.Tests.Engine;

/// <summary>A pass that only sums or lists allocates for what it finds, and nothing for an event: as much for a capture as for one of twice the length.</summary>
public sealed class AllocationTests
{
    // Bytes an event.
    private const double Most = 0.01;

    public static TheoryData<string> Questions => [.. LoadQuestions.ByName.Keys];

    [Theory]
    [MemberData(nameof(Questions))]
    public void A_capture_of_twice_the_length_needs_no_more_memory(string question)
    {
        RepeatedLoad load = RepeatedLoad.Of("requests");

        // So many that a histogram of durations has its full size.
        const int Blocks = 10;
        double perEvent = double.MaxValue;

        // What is made once in the process is in the first of them; and the framework's own code boxes here and there until it has been compiled again, which
        // waits while other tests still compile.
        for (int attempt = 0; attempt < 60 && perEvent >= Most; attempt++)
        {
            if (attempt > 2)
                Thread.Sleep(300);
            long more = Allocated(load, Blocks * 2, question) - Allocated(load, Blocks, question);
            perEvent = Math.Min(perEvent, (double)more / (Blocks * load.Events));
        }

        Assert.True(perEvent < Most, $"{perEvent} bytes an event.");
    }

    private static long Allocated(RepeatedLoad load, int blocks, string question)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (CaptureFile file = new("memory", load.Source(blocks), keepArguments: false, CancellationToken.None))
        {
            LoadQuestions.ByName[question](file);
            Assert.Equal(load.Events * blocks, file.Statistics.Events);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
