using System.Buffers.Binary;
using Tracers.Engine;
using Tracers.Engine.Analysis;
using Tracers.Engine.Export;
using Tracers.Engine.Scap;

namespace Tracers.Tests.Engine.Export;

/// <summary>A capture that was made of a part of another one.</summary>
internal sealed class Exported
{
    private Exported(byte[] bytes)
    {
        Bytes = bytes;
        Reading = Reading.Of(bytes);
    }

    public byte[] Bytes { get; }

    public Reading Reading { get; }

    /// <summary>Type and flags of every event in the file, shown or not.</summary>
    public List<(int Type, uint Flags)> Blocks
    {
        get
        {
            List<(int, uint)> blocks = [];
            for (int at = 0; at < Bytes.Length; at += BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(at + 4)))
            {
                uint type = BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));
                if (!BlockType.IsEvent(type))
                    continue;
                bool flagged = type is BlockType.EventV2Flags or BlockType.EventV2LargeFlags;
                Assert(flagged || type is BlockType.EventV2 or BlockType.EventV2Large);
                int start = at + (flagged ? 14 : 10);
                blocks.Add((BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(start + 20)), flagged ? BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at + 10)) : 0));
            }

            return blocks;

            static void Assert(bool isV2) => Xunit.Assert.True(isV2, "Only events v2 are written.");
        }
    }

    /// <summary>Types of the events that only change the state.</summary>
    public IEnumerable<int> KeptTypes => Blocks.Where(b => (b.Flags & 1) != 0).Select(b => b.Type);

    public IEnumerable<int> ShownTypes => Blocks.Where(b => (b.Flags & 1) == 0).Select(b => b.Type);

    public static Exported Of(CaptureBuilder capture, EventQuery query, int heldBytes = 8 << 20, bool compress = false, string? anonymizeKey = null) =>
        Of(capture.ToArray(), query, heldBytes, compress, anonymizeKey);

    public static Exported Of(byte[] capture, EventQuery query, int heldBytes = 8 << 20, bool compress = false, string? anonymizeKey = null)
    {
        using MemoryStream stream = new();
        using (ExportOutput output = new(stream, compress, anonymizeKey is null ? null : new Anonymizer(anonymizeKey)) { HeldBytes = heldBytes })
        using (CaptureFile file = new("memory", MemorySource.Of(capture), keepArguments: false, CancellationToken.None))
        {
            try
            {
                file.Export(query, output);
            }
            catch (ScapFormatException)
            {
                // What is whole was taken over.
            }
        }

        return new Exported(stream.ToArray());
    }

    /// <summary>The wanted moment in a capture of <see cref="CaptureBuilder"/>, in microseconds from its start.</summary>
    public static TimeBound At(long microseconds) => new(TimeBoundKind.Epoch, CaptureBuilder.Start + (microseconds * 1000));

    /// <summary>Events by name.</summary>
    public static EventQuery Named(params string[] names) => new() { Type = name => names.Contains(name) };
}
