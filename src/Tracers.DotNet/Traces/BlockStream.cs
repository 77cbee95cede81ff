using System.Buffers.Binary;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.DotNet.Traces;

/// <summary>A .nettrace stream, of which only whole blocks are passed on: behind the last one comes an end, wherever the bytes end.</summary>
/// <remarks>
/// TraceEvent sorts the events of several blocks, and loses those in hand when it meets a damaged one; and it believes each length, with as much
/// memory as that says. Up to version 5 a block is an object: three tags, two versions, a name, the length, zeros up to a multiple of four, the
/// content, a tag. In version 6 it is the length in three bytes, its kind in one, the content.
/// </remarks>
internal sealed class BlockStream : ReadOnlyStream
{
    private const int LongestBlock = 64 << 20;
    private const int LongestName = 64;
    private const int TagsAndVersions = 3 + 4 + 4 + 4;
    private const byte EndTag = 1;
    private const byte BeginObject = 5;
    private const byte EndObject = 6;

    // Behind the process id: the number of processors, the rate of samples, the end of the object.
    private const int RestOfTraceObject = 4 + 4 + 1;

    private readonly Stream _stream;
    private readonly bool _isOld;
    private readonly CancellationToken _cancellation;
    private readonly Action<long>? _progress;
    private byte[] _block = new byte[64 * 1024];
    private int _length;
    private int _given;
    private long _passed;
    private bool _isDone;

    /// <param name="stream">The trace, behind its header.</param>
    /// <param name="header">The header, which is passed on first.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="progress">Told after each block how many bytes were read.</param>
    public BlockStream(Stream stream, NettraceHeader header, CancellationToken cancellation, Action<long>? progress = null)
    {
        _stream = stream;
        _isOld = header.Version < 6;
        _cancellation = cancellation;
        _progress = progress;
        Append(header.Bytes);
    }

    /// <summary>What is wrong with the bytes behind those that were passed on; null as long as nothing is.</summary>
    public NettraceFormatException? Fault { get; private set; }

    /// <summary>Bytes read.</summary>
    public long BytesRead => _passed + _length;

    public override int Read(Span<byte> buffer)
    {
        while (_given == _length)
        {
            if (_isDone)
                return 0;
            _cancellation.ThrowIfCancellationRequested();
            NextBlock();
            _progress?.Invoke(BytesRead);
        }

        int count = Math.Min(buffer.Length, _length - _given);
        _block.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private void NextBlock()
    {
        bool isFirst = _passed == 0;
        _passed += _length;
        _length = _given = 0;
        try
        {
            if (_isOld && isFirst)
                Take(RestOfTraceObject, "trace object");
            else if (_isOld)
                NextObject();
            else
                NextNewBlock();
        }
        catch (NettraceFormatException e)
        {
            Fault = e;
            End();
        }
    }

    private void NextObject()
    {
        byte tag = Take(1, "object")[0];
        if (tag == EndTag)
        {
            _isDone = true;
            return;
        }

        ReadOnlySpan<byte> head = Take(TagsAndVersions - 1, "object");
        int nameLength = BinaryPrimitives.ReadInt32LittleEndian(head[^4..]);
        if (tag != BeginObject || head[0] != BeginObject || head[1] != EndTag || nameLength is < 0 or > LongestName)
            throw Wrong("object", "another thing is where a block should begin");
        string name = Encoding.ASCII.GetString(Take(nameLength + 1, "object: name")[..^1]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(Take(4, "block: length"));
        CheckLength(length);
        Take((int)(-BytesRead & 3), "block: alignment");
        int content = _length;
        Take(length, "block");
        if (name == "MetadataBlock")
            MetadataCheck.Check(_block.AsSpan(content, length), _passed + content);
        if (Take(1, "object: end")[0] != EndObject)
            throw Wrong("object: end", "a block does not end where its length says");
    }

    private void NextNewBlock()
    {
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "block: length"));
        Take((int)(head & 0xFFFFFF), "block");
        _isDone = head >> 24 == 0;
    }

    private void CheckLength(int length)
    {
        if (length is < 0 or > LongestBlock)
            throw Wrong("block: length", FormattableString.Invariant($"a block says that it has {length} bytes"));
    }

    // What was begun is taken back, and the end of a whole stream put in its place.
    private void End()
    {
        _length = 0;
        Append(_isOld ? [EndTag] : [0, 0, 0, 0]);
        _isDone = true;
    }

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        // By pieces: what is not there must not cost memory.
        const int piece = 1 << 20;
        int start = _length;
        while (_length - start < count)
        {
            int wanted = Math.Min(piece, count - (_length - start));
            MakeRoom(wanted);
            int read = _stream.ReadAtLeast(_block.AsSpan(_length, wanted), wanted, throwOnEndOfStream: false);
            _length += read;
            if (read < wanted)
                throw new NettraceFormatException(BytesRead, field, "it ends in the middle of a block") { EndsEarly = true };
        }

        return _block.AsSpan(start, count);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_block.AsSpan(_length));
        _length += bytes.Length;
    }

    private void MakeRoom(int count)
    {
        if (_length + count > _block.Length)
            Array.Resize(ref _block, Math.Max(_block.Length * 2, _length + count));
    }

    private NettraceFormatException Wrong(string field, string why) => new(BytesRead, field, why);
}
