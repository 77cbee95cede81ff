using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;
using Tracers.Engine.State;

namespace Tracers.Engine.Analysis;

/// <summary>The sums of rows, and the distinct descriptors of each.</summary>
internal sealed class IoRowTable
{
    private readonly DistinctFds _fds = new();

    // Numbers of names mean something in one pass only; here they are told apart by their text, for all passes and objects together.
    private readonly Dictionary<string, int> _names = [];
    private int[] _nameOfPass = [];
    private ByteInterner? _passNames;
    private Row[] _rows = new Row[16];

    public ref readonly IoTotals Skipped => ref _rows[RowIndex.SkippedRow].Totals;

    /// <summary>The sums of a row.</summary>
    public IoTotals this[int row] => row < _rows.Length ? _rows[row].Totals : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, FdInfo? fd, long fdNumber, long result, long latency, bool reads)
    {
        if ((uint)row >= (uint)_rows.Length)
            Grow(row);
        ref Row sums = ref _rows[row];
        ref IoTotals totals = ref sums.Totals;
        totals.Calls++;
        if (latency > 0)
            totals.Time += latency;
        if (result > 0)
            totals.AddBytes(fd, result, reads);
        else if (result < 0)
            totals.Errors++;

        // A descriptor is read and written in runs.
        if (fdNumber >= 0 && fd is not null && (sums.LastNumber != fdNumber || sums.LastName != fd.NameId + 1))
            CountFd(row, fdNumber, fd.NameId);
    }

    /// <summary>The same for a call whose descriptor has a name but no number of a pass.</summary>
    public void Add(int row, FdInfo? fd, string fdName, long fdNumber, long result, long latency, bool reads)
    {
        Add(row, fd, -1, result, latency, reads);
        if (fdNumber >= 0 && fd is not null && _fds.Add(row, NameOf(fdName), fdNumber))
            _rows[row].Totals.Fds++;
    }

    /// <summary>Begins a pass, whose names have numbers of their own.</summary>
    public void BeginPass(ByteInterner names)
    {
        _passNames = names;
        _nameOfPass = [];
        foreach (ref Row row in _rows.AsSpan())
            row.LastName = 0;
    }

    [MethodImpl(HotPath.Compile)]
    private void CountFd(int row, long number, int name)
    {
        ref Row sums = ref _rows[row];
        sums.LastNumber = number;
        sums.LastName = name + 1;
        if (_fds.Add(row, NameOf(name), number))
            sums.Totals.Fds++;
    }

    private int NameOf(int nameOfPass)
    {
        if (nameOfPass >= _nameOfPass.Length)
            Array.Resize(ref _nameOfPass, Math.Max(nameOfPass + 1, _nameOfPass.Length * 2));
        ref int name = ref _nameOfPass[nameOfPass];
        if (name == 0)
            name = NameOf(_passNames!.Text(nameOfPass)) + 1;
        return name - 1;
    }

    private int NameOf(string text)
    {
        if (!_names.TryGetValue(text, out int name))
            _names.Add(text, name = _names.Count);
        return name;
    }

    private void Grow(int row) => Array.Resize(ref _rows, Math.Max(row + 1, _rows.Length * 2));

    private struct Row
    {
        public IoTotals Totals;

        // The descriptor that was counted last, with the number that its name has in this pass, from 1; 0 for none.
        public int LastName;
        public long LastNumber;
    }
}
