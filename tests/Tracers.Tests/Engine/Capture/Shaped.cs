using System.Globalization;
using System.Text;
using Tracers.Engine.Capture;
using Tracers.Engine.Capture.Linux;
using Tracers.Engine.Events;
using Tracers.Engine.Scap.Records;
using Tracers.Engine.Scap.Writing;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Shapes records and reads the file that comes of it with the project's own reader.</summary>
internal sealed class Shaped : ICgroupNames, IDisposable
{
    public const ulong ClockOffset = 1_480_000_000_000_000_000;

    private readonly RecordShaper _shaper;
    private readonly MemoryStream _file = new();
    private readonly CaptureWriter _writer;

    public Shaped(CaptureMode mode = CaptureMode.Full, params string[] calls)
    {
        Table = CallTable.Load(mode, calls);
        _shaper = new RecordShaper(Table, this) { ClockOffset = (long)ClockOffset };
        _writer = new CaptureWriter(_file, new CaptureWriterOptions { BufferBytes = 128 << 10 });
        _writer.WriteSectionHeader();
        _writer.WriteProcesses([CaptureBuilder.Process(RecordBytes.Tid)]);
        _writer.WriteFds(RecordBytes.Tid, [FdRecord.ForFile(3, "/dev/null", 2), FdRecord.ForFile(4, "/tmp/blob.bin", 3), FdRecord.ForSocket(5, new(0, 0), new(0, 0), 2)]);
    }

    public CallTable Table { get; }

    public RecordShaper Shaper => _shaper;

    public CaptureWriter Writer => _writer;

    public string Cgroups { get; set; } = "";

    /// <summary>Parameters of the one event that a record becomes, as the listing would show them, separated by blanks, behind the event's number and name.</summary>
    public static string One(RecordBytes record, CaptureMode mode = CaptureMode.Full)
    {
        using Shaped shaped = new(mode);
        return shaped.Add(record);
    }

    public void Dispose() => _writer.Dispose();

    public ReadOnlySpan<byte> Find(ulong cgroupId, uint tid) => Encoding.UTF8.GetBytes(Cgroups.Replace("ID", $"{cgroupId}", StringComparison.Ordinal));

    /// <summary>Shapes one record; the text of its event, or why there is none.</summary>
    public string Add(RecordBytes record, EventBlockOptions options = EventBlockOptions.None) => Add(record.ToArray(), options);

    public string Add(byte[] record, EventBlockOptions options = EventBlockOptions.None)
    {
        long malformed = _shaper.Malformed;
        if (!_shaper.Shape(record, 1, _writer, options))
            return _shaper.Malformed > malformed ? "malformed" : "none";
        Assert(RecordShaper.TryView(_writer, options, out EventView view));
        view.CheckParameters();
        return Text(in view);
    }

    /// <summary>The whole file.</summary>
    public byte[] ToFile()
    {
        _writer.Flush();
        return _file.ToArray();
    }

    public Reading Read() => Reading.Of(ToFile());

    private static string Text(in EventView view)
    {
        EventInfo info = EventTable.Infos[view.Type];
        StringBuilder text = new($"{view.Type} {info.Name}");
        for (int i = 0; i < view.ParameterCount; i++)
        {
            ParameterInfo parameter = info.Parameters[i];
            ReadOnlySpan<byte> bytes = view.Parameter(i);
            text.Append(CultureInfo.InvariantCulture, $" {parameter.Name}=").Append(parameter.Type switch
            {
                ParameterType.CharBuf or ParameterType.FsPath or ParameterType.FsRelPath => bytes is [.. var start, 0] ? Encoding.UTF8.GetString(start) : "no NUL",
                ParameterType.ByteBuf => Encoding.UTF8.GetString(bytes).Replace('\0', '|'),
                ParameterType.SockAddr or ParameterType.SockTuple or ParameterType.Dyn or ParameterType.FdList => Convert.ToHexString(bytes),
                _ => Number(bytes, parameter.Type),
            });
        }

        return text.ToString();
    }

    private static string Number(ReadOnlySpan<byte> bytes, ParameterType type) => bytes.Length switch
    {
        1 => $"{bytes[0]}",
        2 => type == ParameterType.Int16 ? $"{BitConverter.ToInt16(bytes)}" : $"{BitConverter.ToUInt16(bytes)}",
        4 => type == ParameterType.Int32 ? $"{BitConverter.ToInt32(bytes)}" : $"{BitConverter.ToUInt32(bytes)}",
        8 => $"{BitConverter.ToInt64(bytes)}",
        _ => $"{bytes.Length} bytes",
    };

    private static void Assert(bool condition) => Xunit.Assert.True(condition, "the writer has no last event");
}
