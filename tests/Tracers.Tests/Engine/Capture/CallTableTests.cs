using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Events;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

public class CallTableTests
{
    private const int Markers = 1;

    public static TheoryData<CaptureMode> Modes => [CaptureMode.Full, CaptureMode.ExitOnly, CaptureMode.MarkersOnly];

    [Theory]
    [InlineData(CaptureMode.Full)]
    [InlineData(CaptureMode.ExitOnly)]
    public void Every_number_of_either_table_has_a_row_and_a_shape(CaptureMode mode)
    {
        CallTable table = CallTable.Load(mode, []);
        for (int i = 0; i < CallRow.Count; i++)
        {
            Assert.NotNull(table.Exit[i]);
            Assert.Equal(mode == CaptureMode.Full, (table.Rows[i].Flags & CallFlags.Enter) != 0 && !KeepsEnter(table.Exit[i]!));
            Assert.Equal(table.Enter[i] is not null, (table.Rows[i].Flags & CallFlags.Enter) != 0);
            Assert.True((table.Rows[i].Flags & CallFlags.Exit) != 0);
        }

        bool KeepsEnter(EventShape exit) => mode == CaptureMode.ExitOnly && exit.Type is 293 or 331 or 335;
    }

    [Fact]
    public void Events_of_a_full_capture_have_the_parameters_that_sysdig_knows()
    {
        CallTable table = CallTable.Load(CaptureMode.Full, []);
        for (int i = 0; i < CallRow.Count; i++)
        {
            foreach (EventShape shape in (EventShape[])[table.Enter[i]!, table.Exit[i]!])
            {
                Assert.True(shape.Type < 336, $"row {i} has event {shape.Type}");

                // The end of a generic call has the kernel's number too, for what sysdig has none for.
                int listed = shape.Type == 1 ? 2 : EventTable.Infos[shape.Type].ListedParameters;
                Assert.True(listed == shape.Ops.Length, $"row {i}, event {shape.Type}: {shape.Ops.Length} parameters");
            }
        }
    }

    [Fact]
    public void Events_without_an_enter_event_have_all_parameters_or_those_that_sysdig_knows()
    {
        CallTable table = CallTable.Load(CaptureMode.ExitOnly, []);
        foreach (EventShape? exit in table.Exit)
        {
            EventInfo info = EventTable.Infos[exit!.Type];
            int[] allowed = exit.Type is 33 or 1 ? [info.ParameterCount] : [info.ListedParameters, info.ParameterCount, .. Partial(exit.Type)];
            Assert.True(allowed.Contains(exit.Ops.Length), $"event {exit.Type}: {exit.Ops.Length} parameters of {info.ParameterCount}");
        }

        // recvmsg lacks its control data; nothing else stops in between.
        static int[] Partial(int type) => type == 53 ? [4] : [];
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void No_row_asks_for_more_than_the_probe_copies(CaptureMode mode)
    {
        CallTable table = CallTable.Load(mode, []);
        foreach (CallRow row in table.Rows)
        {
            CallRow.Copies[] sides = [row.Enter, row.Exit];
            int[] counts = [row.EnterCopies, row.ExitCopies];
            for (int side = 0; side < 2; side++)
            {
                Assert.InRange(counts[side], 0, CallRow.Copies.MaxCopies);
                for (int i = 0; i < counts[side]; i++)
                {
                    CallCopy copy = sides[side][i];
                    Assert.InRange((int)copy.Kind, 1, (int)CopyKind.Argv);
                    Assert.True(copy.Argument <= CopySource.Nowhere);
                    Assert.True(copy.Kind == CopyKind.Fixed || copy.Length <= CopySource.Nowhere);
                    Assert.True(side == 1 || copy is { Argument: not CopySource.Result, Flags: CopyFlags.None }, "a result when the call begins");
                }
            }
        }
    }

    [Fact]
    public void Every_row_of_the_text_is_of_a_call_that_the_kernel_has()
    {
        HashSet<string?> names = [.. CallNumbers.Native.ToArray(), .. CallNumbers.Compat.ToArray()];
        Assert.All(CallText.Load().Keys, key =>
        {
            string name = key.TrimStart('~');
            Assert.Contains(name.StartsWith("32", StringComparison.Ordinal) ? name[2..] : name, names);
        });
    }

    [Fact]
    public void Every_call_of_a_64_bit_program_has_a_name_in_its_event()
    {
        CallTable table = CallTable.Load(CaptureMode.ExitOnly, []);
        List<string> nameless = [];
        for (int i = 0; i < CallRow.FirstCompat; i++)
        {
            if (CallNumbers.Native[i] is { } name && table.Exit[i]!.Type == 1 && table.Exit[i]!.Ops[0].Value == 0)
                nameless.Add(name);
        }

        // What the format has no number for: they were never made, or are long gone.
        Assert.Equal(["putpmsg", "afs_syscall", "tuxcall", "security", "vserver"], nameless);
    }

    [Fact]
    public void Generic_events_of_a_full_capture_have_numbers_that_sysdig_can_look_up()
    {
        CallTable table = CallTable.Load(CaptureMode.Full, []);
        for (int i = 0; i < CallRow.Count; i++)
        {
            if (table.Enter[i]!.Type == 0)
                Assert.InRange(table.Enter[i]!.Ops[0].Value, 0, 328);
        }

        Assert.Equal("0 syscall ID=0 nativeID=319", Shaped.One(RecordBytes.Enter(319)));
        Assert.Equal("0 syscall ID=16 nativeID=39", Shaped.One(RecordBytes.Enter(39)));
    }

    [Fact]
    public void Markers_alone_are_writes_and_what_says_what_a_descriptor_is()
    {
        CallTable table = CallTable.Load(CaptureMode.MarkersOnly, []);
        CallRow write = table.Rows[1];
        Assert.Equal(CallFlags.Exit | CallFlags.ExitArguments | CallFlags.MarkersOnly, write.Flags);
        Assert.Equal(Markers, write.ExitCopies);
        Assert.Equal(new CallCopy(CopyKind.Buffer, CopySource.Argument1, CopySource.Argument2, CopyFlags.Markers), write.Exit[0]);

        Assert.Equal(CallFlags.None, table.Rows[0].Flags);
        Assert.Equal(CallFlags.Exit | CallFlags.ExitArguments, table.Rows[257].Flags);
        Assert.Equal(CallFlags.Exit | CallFlags.ExitArguments, table.Rows[3].Flags);
        Assert.Equal(CallFlags.Enter | CallFlags.Exit, table.Rows[59].Flags & ~CallFlags.ExitArguments);
    }

    [Fact]
    public void Named_calls_are_recorded_and_those_that_change_the_state()
    {
        CallTable table = CallTable.Load(CaptureMode.Full, ["read", "getpid"]);
        Assert.Equal(CallFlags.Enter | CallFlags.Exit, table.Rows[0].Flags);
        Assert.Equal(CallFlags.Enter | CallFlags.Exit, table.Rows[39].Flags);
        Assert.Equal(CallFlags.None, table.Rows[1].Flags);
        Assert.NotEqual(CallFlags.None, table.Rows[257].Flags);
        Assert.NotEqual(CallFlags.None, table.Rows[56].Flags);
        Assert.NotEqual(CallFlags.None, table.Rows[CallRow.FirstCompat + 3].Flags);
    }

    [Fact]
    public void A_call_may_be_named_as_its_event_is()
    {
        CallTable table = CallTable.Load(CaptureMode.Full, ["pread"]);
        Assert.NotEqual(CallFlags.None, table.Rows[17].Flags);
    }

    [Fact]
    public void A_name_that_no_call_has_is_answered_with_names_that_are_near()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => CallTable.Load(CaptureMode.Full, ["opennat"]));
        Assert.StartsWith("There is no system call 'opennat'. Did you mean one of: openat", error.Message, StringComparison.Ordinal);
    }
}
