using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;

namespace Tracers.Engine.Runtimes;

/// <summary>Where a timeline's events go, in their order.</summary>
internal interface ITimelineOutput
{
    /// <summary>Nanoseconds from the runtime's clock to the time since the epoch, as the capture that is written has it.</summary>
    long ClockOffset { get; }

    /// <summary>Takes an event that was held.</summary>
    void Write(scoped in EventView e, EventBlockOptions options);

    /// <summary>Takes an event that nobody recorded: it stands for what a runtime said.</summary>
    void Insert(scoped in EventView e, EventBlockOptions options);

    /// <summary>What follows belongs into the next file.</summary>
    void BeginNextFile();
}
