using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Events;
using Tracers.Tests.Scap.Writing;
using Xunit;

namespace Tracers.Tests.Engine.Differential;

/// <summary>An event that was handed out shows the same line when the capture was read to its end as the listing had when it happened.</summary>
public class RecordTextTests
{
    public static TheoryData<string> Captures => CaptureTableTests.Captures;

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void The_line_of_an_event_does_not_change_with_what_follows(string capture)
    {
        string path = Repository.Shared($"captures/{capture}.scap");
        List<string> listed = [];
        TextBuffer text = new();
        using (CaptureFile file = new(path, keepArguments: false, CancellationToken.None))
        {
            file.List(new EventQuery { IncludeHidden = true }, text, TimeZoneInfo.Local, () =>
            {
                listed.Add(text.ToString());
                text.Length = 0;
            });
        }

        List<EventRecord> records = [];
        using (CaptureFile file = new(path, keepArguments: false, CancellationToken.None))
            file.ReadEvents(new EventQuery { IncludeHidden = true }, records.Add);

        Assert.Equal(listed, records.Select(r => r.Text.Line()));
        Assert.All(records.Zip(listed).Where(p => p.First.Number % 97 == 0), p => Assert.EndsWith(p.First.Text.Parameters(), p.Second, StringComparison.Ordinal));
    }
}
