using System.Buffers.Binary;
using System.Text;
using Tracers.Tests.Scap.Writing;

namespace Tracers.Tests.Engine.Scap;

/// <summary>A capture that has every block and every kind of list entry, with the places of all its lengths.</summary>
internal sealed class LengthFieldCapture
{
    private const int Tid = 100;

    private static readonly uint[] s_processBlocks = [0x202, 0x207, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215];

    private readonly List<byte> _bytes = [];
    private readonly List<LengthField> _fields = [];
    private string _name = "";
    private int _block;
    private int _events;

    public LengthFieldCapture()
    {
        Block(0x0A0D0D0A, "section header", () => Add(0x1A2B3C4Du, (ushort)1, (ushort)2, ulong.MaxValue));
        Block(0x201, "machine info", () => Add(new byte[180]));
        Block(0x999, "unknown block", () => Add(1, 2));
        foreach (bool lengths in (bool[])[false, true])
        {
            string version = lengths ? "v2" : "v1";
            Block(lengths ? 0x219u : 0x205u, $"interface list {version}", () => Interfaces(lengths));
            Block(lengths ? 0x220u : 0x206u, $"user list {version}", () => Users(lengths));
        }

        for (int version = 1; version <= 9; version++)
            Block(s_processBlocks[version - 1], $"process list v{version}", () => Processes(version));
        Block(0x203, "descriptor list v1", () => Descriptors(lengths: false));
        Block(0x218, "descriptor list v2", () => Descriptors(lengths: true));
        foreach (uint block in (uint[])[0x204, 0x208, 0x216, 0x217, 0x221, 0x222])
        {
            Event(block, 9, wide: false);
            if (block >= 0x216)
                Event(block, 324, wide: true);
        }
    }

    public IReadOnlyList<LengthField> Fields => _fields;

    public int Events => _events;

    public byte[] ToArray() => [.. _bytes];

    private void Block(uint type, string name, Action body, bool isEvent = false)
    {
        (_name, _block) = (name, _bytes.Count);
        Add(type);
        int length = Length("total length", 4);
        body();
        Add(new byte[-_bytes.Count & 3]);
        int trailer = Length("total length at its end", 4, isChecked: !isEvent);
        Set(length, 4, _bytes.Count - _block);
        Set(trailer, 4, _bytes.Count - _block);
        _events += isEvent ? 1 : 0;
    }

    private void Event(uint block, ushort type, bool wide) => Block(
        block,
        $"event block 0x{block:X} of type {type}",
        () =>
        {
            bool v1 = block is 0x204 or 0x208;
            Add((ushort)0);
            if (block is 0x208 or 0x217 or 0x222)
                Add(0u);
            int start = _bytes.Count;
            Add(CaptureBuilder.Start, (long)Tid);
            int length = Length("event length", 4);
            Add(type);
            if (!v1)
                Set(Length("parameter count", 4), 4, wide ? 1 : 2);
            int[] sizes = wide ? [20] : [8, 12];
            foreach (int size in sizes)
                Set(Length("parameter length", wide ? 4 : 2), wide ? 4 : 2, size);
            Add(new byte[sizes.Sum()]);
            Set(length, 4, _bytes.Count - start);
        },
        isEvent: true);

    private void Interfaces(bool lengths)
    {
        foreach (ushort type in (ushort[])[1, 2, 3, 4])
        {
            Entry(lengths, countsItself: false, () =>
            {
                Add(type);
                Set(Length($"name length of type {type}", 2), 2, 4);
                Add(new byte[type is 1 or 3 ? 12 : 48], type <= 2 ? new byte[8] : [], "eth0"u8.ToArray());
            });
        }
    }

    private void Users(bool lengths)
    {
        Entry(lengths, countsItself: true, () =>
        {
            Add((byte)0, 33u, 34u);
            Text("user's name", "www");
            Text("user's home", "/var/www");
            Text("user's shell", "/bin/sh");
        });
        Entry(lengths, countsItself: true, () =>
        {
            Add((byte)1, 50u);
            Text("group's name", "staff");
        });
    }

    private void Processes(int version)
    {
        foreach (long tid in (long[])[Tid + version, Tid + 10 + version])
        {
            Entry(version == 9, countsItself: true, () =>
            {
                Add(tid, tid, 7L, new byte[version >= 8 ? 16 : version >= 6 ? 8 : 0]);
                Text("comm", "python");
                Text("exe", "/usr/bin/python");
                if (version >= 7)
                    Text("exepath", "/usr/bin/python3");
                Text("args", "a\0b\0");
                Text("cwd", "/root/");
                Add(new byte[20], new byte[version >= 2 ? 28 : 0]);
                if (version >= 3)
                    Text("env", "K=v\0");
                Add(new byte[version >= 4 ? 16 : 0]);
                if (version >= 4)
                    Text("cgroups", "cpu=/x\0");
                if (version >= 5)
                    Text("root", "/");
                if (version == 9)
                    Add(new byte[76]);
            });
        }
    }

    private void Descriptors(bool lengths)
    {
        Add((long)Tid);
        for (byte type = 0; type <= 21; type++)
        {
            Entry(lengths, countsItself: true, () =>
            {
                Add((long)type, 99L, type);
                switch (type)
                {
                    case 0:
                        return;
                    case 3 or 4:
                        Add(new byte[type == 3 ? 13 : 37]);
                        return;
                    case 5 or 6:
                        Add(new byte[type == 5 ? 7 : 19]);
                        return;
                    case 8:
                        Add(1L, 2L);
                        break;
                    case 16:
                        Add(2u);
                        break;
                }

                Text($"name of type {type}", $"/name/{type}");
                if (type == 16 && lengths)
                    Add(5u);
            });
        }
    }

    private void Entry(bool hasLength, bool countsItself, Action content)
    {
        int start = _bytes.Count;
        int length = hasLength ? Length("entry length", 4) : 0;
        content();
        if (hasLength)
            Set(length, 4, _bytes.Count - start - (countsItself ? 0 : 4));
    }

    private void Text(string field, string text)
    {
        Set(Length(field, 2), 2, Encoding.UTF8.GetByteCount(text));
        Add(text);
    }

    private int Length(string field, int size, bool isChecked = true)
    {
        int at = _bytes.Count;
        _fields.Add(new LengthField($"{_name}, {field}", at, size, _block, _events, isChecked));
        _bytes.AddRange(new byte[size]);
        return at;
    }

    private void Set(int at, int size, int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        for (int i = 0; i < size; i++)
            _bytes[at + i] = bytes[i];
    }

    private void Add(params object[] values) => _bytes.AddRange(Written.Join(values));
}
