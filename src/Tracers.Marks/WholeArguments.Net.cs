using System.Globalization;

namespace Tracers.Marks;

/// <summary>The arguments of a marker that is being put together: each that has room is there whole, the others are left out. What ends the marker always has room.</summary>
internal ref struct WholeArguments
{
    // The colon behind them.
    private const int EndLength = 1;

    // As many characters as a number of any type has at most.
    private const int LongestNumber = 64;

    private readonly MarkerBuffer _marker;
    private readonly int _start;
    private int _end;

    /// <param name="marker">The marker, up to where its arguments begin.</param>
    public WholeArguments(MarkerBuffer marker)
    {
        _marker = marker;
        _start = _end = marker.Length;
    }

    public void Add(string name, string? value)
    {
        Begin(name);
        _marker.AppendEscaped(value);
        End();
    }

    public void Add(string name, ulong value)
    {
        Begin(name);
        _marker.Append(value);
        End();
    }

    /// <summary>Adds a value of any type; none for null.</summary>
    public void Add(string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                Add(name, text);
                break;
            case bool flag:
                Add(name, flag ? "true" : "false");
                break;
            case string[] texts:
                Add(name, string.Join(',', texts));
                break;
            case ISpanFormattable number when value.GetType().IsPrimitive:
                Span<char> digits = stackalloc char[LongestNumber];
                if (number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture))
                    Add(name, digits[..length]);
                break;
            default:
                AddForeign(name, value);
                break;
        }
    }

    /// <summary>Adds a value whose characters all are ASCII.</summary>
    public void Add(string name, scoped ReadOnlySpan<char> ascii)
    {
        Begin(name);
        _marker.AppendEscaped(ascii);
        End();
    }

    // The code of a foreign type may do anything, also mark: that takes this thread's buffer.
    private void AddForeign(string name, object value)
    {
        byte[] before = _marker.Bytes.AsSpan(0, _end).ToArray();
        string? text = ArgumentValue<object>.ForeignText(value);
        _marker.CutTo(0);
        _marker.Append(before);
        Add(name, text);
    }

    private readonly void Begin(string name)
    {
        if (_end > _start)
            _marker.Append(',');
        _marker.AppendEscaped(name);
        _marker.Append('=');
    }

    private void End()
    {
        if (_marker.IsFull || _marker.Length > MarkerBuffer.Capacity - EndLength)
            _marker.CutTo(_end);
        else
            _end = _marker.Length;
    }
}
