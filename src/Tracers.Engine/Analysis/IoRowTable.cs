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
    private IoTotals[] _totals = new IoTotals[16];

    public ref readonly IoTotals Skipped => ref _totals[RowIndex.SkippedRow];

    /// <summary>The sums of a row.</summary>
    public IoTotals this[int row] => row < _totals.Length ? _totals[row] : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, FdInfo? fd, long fdNumber, long result, long latency, bool reads)
    {
        if ((uint)row >= (uint)_totals.Length)
            Grow(row);
        ref IoTotals totals = ref _totals[row];
        totals.Calls++;
        if (latency > 0)
            totals.Time += latency;
        if (result > 0)
            totals.AddBytes(fd, result, reads);
        else if (result < 0)
            totals.Errors++;

        if (fdNumber >= 0 && fd is not null)
            CountFd(row, fdNumber, fd.NameId);
    }

    /// <summary>The same for a call whose descriptor has a name but no number of a pass.</summary>
    public void Add(int row, FdInfo? fd, string fdName, long fdNumber, long result, long latency, bool reads)
    {
        Add(row, fd, -1, result, latency, reads);
        if (fdNumber >= 0 && fd is not null && _fds.Add(row, NameOf(fdName), fdNumber))
            _totals[row].Fds++;
    }

    /// <summary>Begins a pass, whose names have numbers of their own.</summary>
    public void BeginPass(ByteInterner names)
    {
        _passNames = names;
        _nameOfPass = [];
    }

    [MethodImpl(HotPath.Compile)]
    private void CountFd(int row, long number, int name)
    {
        if (_fds.Add(row, NameOf(name), number))
            _totals[row].Fds++;
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

    private void Grow(int row) => Array.Resize(ref _totals, Math.Max(row + 1, _totals.Length * 2));
}
