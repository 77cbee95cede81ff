using System.Runtime.CompilerServices;
using Tracers.Engine.Scap;

namespace Tracers.Engine.State;

/// <summary>The open descriptors of a process, or of a thread that does not share its process's.</summary>
internal sealed class FdTable
{
    // Threads that were killed inside close leave their number behind.
    private const int MostClosing = 64;

    private FdInfo?[] _dense = [];
    private Dictionary<long, FdInfo>? _sparse;

    // After a fork parent and child keep the same arrays until one of them writes.
    private bool _borrowed;

    // Numbers of which a close has begun and not ended. Another thread can get such a number for a new descriptor before that.
    private long[] _closing = [];
    private int _closingCount;

    /// <summary>The descriptor, null when it is not known.</summary>
    public FdInfo? this[long fd]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            FdInfo?[] dense = _dense;
            if ((ulong)fd < (ulong)dense.Length)
                return dense[fd];
            return _sparse is null ? null : FindSparse(fd);
        }
    }

    /// <summary>Descriptors in the table.</summary>
    public int Count
    {
        get
        {
            int count = _sparse?.Count ?? 0;
            foreach (FdInfo? info in _dense)
            {
                if (info is not null)
                    count++;
            }

            return count;
        }
    }

    /// <summary>All descriptors with their numbers.</summary>
    public IEnumerable<KeyValuePair<long, FdInfo>> All
    {
        get
        {
            for (int fd = 0; fd < _dense.Length; fd++)
            {
                if (_dense[fd] is { } info)
                    yield return new(fd, info);
            }

            foreach (KeyValuePair<long, FdInfo> entry in _sparse ?? [])
                yield return entry;
        }
    }

    /// <summary>Adds a new descriptor.</summary>
    public void Set(long fd, FdInfo info)
    {
        // A close of the number that is under way is the old descriptor's.
        while (TakeClosing(fd))
        {
        }

        Update(fd, info);
    }

    /// <summary>Replaces what is known of a descriptor.</summary>
    public void Update(long fd, FdInfo info)
    {
        if (fd < 0)
            return;
        Own();
        if (fd < ScapLimits.DenseDescriptors)
        {
            if (fd >= _dense.Length)
                Array.Resize(ref _dense, (int)Math.Max(fd + 1, Math.Min(_dense.Length * 2, ScapLimits.DenseDescriptors)));
            _dense[fd] = info;
        }
        else
        {
            _sparse ??= [];
            if (_sparse.Count < ScapLimits.DescriptorsPerTable || _sparse.ContainsKey(fd))
                _sparse[fd] = info;
        }
    }

    /// <summary>A close was entered: the descriptor is known until the call returns.</summary>
    public void BeginClose(long fd)
    {
        if (_closingCount == MostClosing)
        {
            // The oldest is given up: its descriptor then stays known until its number is given away again.
            Array.Copy(_closing, 1, _closing, 0, --_closingCount);
        }

        if (_closingCount == _closing.Length)
            Array.Resize(ref _closing, Math.Max(4, _closing.Length * 2));
        _closing[_closingCount++] = fd;
    }

    /// <summary>A close returned: the descriptor is gone, unless its number was given to a new one meanwhile.</summary>
    public void EndClose(long fd, bool closed)
    {
        if (TakeClosing(fd) && closed)
            Remove(fd);
    }

    public void Remove(long fd)
    {
        if (this[fd] is null)
            return;
        Own();
        if ((ulong)fd < (ulong)_dense.Length)
            _dense[fd] = null;
        else
            _sparse!.Remove(fd);
    }

    /// <summary>Forgets all descriptors from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public void RemoveRange(long first, long last)
    {
        Own();
        for (long fd = first; fd <= Math.Min(last, _dense.Length - 1); fd++)
            _dense[fd] = null;
        foreach (long fd in _sparse?.Keys.Where(k => k >= first && k <= last).ToArray() ?? [])
            _sparse!.Remove(fd);
    }

    /// <summary>The child's table after a fork.</summary>
    public FdTable Copy()
    {
        _borrowed = true;
        return new FdTable { _dense = _dense, _sparse = _sparse, _borrowed = true };
    }

    /// <summary>Puts something in the place of each descriptor.</summary>
    /// <param name="replace">Is asked again for those of arrays that tables share.</param>
    public void Replace(Func<FdInfo, FdInfo> replace)
    {
        foreach (ref FdInfo? info in _dense.AsSpan())
        {
            if (info is not null)
                info = replace(info);
        }

        if (_sparse is null)
            return;
        foreach (long fd in _sparse.Keys.ToArray())
            _sparse[fd] = replace(_sparse[fd]);
    }

    private bool TakeClosing(long fd)
    {
        for (int i = 0; i < _closingCount; i++)
        {
            if (_closing[i] == fd)
            {
                _closing[i] = _closing[--_closingCount];
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private FdInfo? FindSparse(long fd) => _sparse!.GetValueOrDefault(fd);

    private void Own()
    {
        if (!_borrowed)
            return;
        _dense = (FdInfo?[])_dense.Clone();
        _sparse = _sparse is null ? null : new(_sparse);
        _borrowed = false;
    }
}
