using Tracers.Marks;
using Xunit;

namespace Tracers.Tests.Engine.Marks;

/// <summary>The real device.</summary>
[Collection(MarksTests.Name)]
public sealed class NullDeviceTests
{
    [SkippableFact]
    public void A_mark_allocates_nothing()
    {
        Skip.IfNot(NullDevice.Available, "Markers are written on Linux only.");
        MarkerOutput before = MarkerOutput.Current;
        MarkerOutput.Current = new NullDevice();
        try
        {
            Mark();
            Mark();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                Mark();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }
        finally
        {
            MarkerOutput.Current = before;
        }
    }

    [SkippableFact]
    public void The_device_is_opened_by_the_first_write_and_closed_on_exec()
    {
        Skip.IfNot(NullDevice.Available, "Markers are written on Linux only.");
        NullDescriptor descriptor = default;
        Assert.Equal(-1, descriptor.Number);
        Assert.True(descriptor.Write([.. ">:1:real::"u8], 10));
        int number = descriptor.Number;
        Assert.True(descriptor.Write([.. "<:1:real::"u8], 10));
        Assert.Equal(number, descriptor.Number);

        Assert.Equal("/dev/null", File.ResolveLinkTarget($"/proc/self/fd/{number}", returnFinalTarget: false)!.FullName);
        string flags = File.ReadLines($"/proc/self/fdinfo/{number}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        Assert.Equal(1 | 0x80000, Convert.ToInt32(flags.Split('\t')[1], 8) & 0x80003);
        _ = Libc.Close(number);
    }

    [SkippableFact]
    public void A_descriptor_that_no_longer_takes_anything_is_opened_anew_and_not_for_ever()
    {
        Skip.IfNot(NullDevice.Available, "Markers are written on Linux only.");
        NullDescriptor descriptor = default;
        byte[] marker = [.. ">:1:real::"u8];
        using FileStream unwritable = File.OpenRead("/dev/null");
        int opened = 0;
        for (int i = 0; i < 100; i++)
        {
            if (!descriptor.Write(marker, marker.Length))
                continue;

            // As if it had been closed; but its number stays taken, so that no other test gets it.
            opened++;
            Assert.Equal(descriptor.Number, NativeDescriptors.Replace(unwritable.SafeFileHandle.DangerousGetHandle(), descriptor.Number));
            Assert.False(descriptor.Write(marker, marker.Length));
            Assert.Equal(-1, descriptor.Number);
        }

        Assert.Equal(16, opened);
    }

    private static void Mark()
    {
        using (Tracer.Start("handler"))
        {
            using (Tracer.Start("headers", ("code", 200), ("file", "a,b"), ("share", 0.25)))
            {
            }

            using MarkedSpan body = Tracer.Start("body", ("ok", true));
            body.End(("bytes", 5L), ("at", DateTime.UnixEpoch));
        }
    }
}
