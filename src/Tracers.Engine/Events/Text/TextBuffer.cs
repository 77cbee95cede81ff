using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Tracers.Engine.Scap;

namespace Tracers.Engine.Events;

/// <summary>UTF-8 text that grows; reused from event to event, so that a listing allocates nothing by event.</summary>
internal sealed class TextBuffer
{
    // A 64-bit number in octal with its leading zero.
    private const int LongestNumber = 24;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>Bytes that are in it; to be set to an earlier value to take back what was appended since.</summary>
    public int Length
    {
        get => _length;
        set => _length = value;
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte c)
    {
        if (_length == _bytes.Length)
            Grow(1);
        _bytes[_length++] = c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _length += text.Length;
    }

    public void Append(string text)
    {
        Span<byte> target = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, target);
    }

    [MethodImpl(HotPath.Compile)]
    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out int written);
        _length += written;
    }

    [MethodImpl(HotPath.Compile)]
    public void Append(ulong number)
    {
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out int written);
        _length += written;
    }

    /// <summary>Hexadecimal without prefix.</summary>
    public void AppendHex(ulong number, bool upperCase)
    {
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out int written, upperCase ? 'X' : 'x');
        _length += written;
    }

    /// <summary>Octal, with a zero in front if it is not zero.</summary>
    public void AppendOctal(ulong number)
    {
        Span<byte> digits = Reserve(LongestNumber)[..LongestNumber];
        int at = digits.Length;
        for (; number != 0; number >>= 3)
            digits[--at] = (byte)('0' + (number & 7));
        digits[--at] = (byte)'0';
        digits[at..].CopyTo(digits);
        _length += digits.Length - at;
    }

    /// <summary>Room for at least so many bytes behind the text; <see cref="Length"/> is moved by who fills it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Grow(count);
        return _bytes.AsSpan(_length);
    }

    public override string ToString() => Encoding.UTF8.GetString(Written);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref _bytes, checked((int)Math.Max((uint)_length + (uint)count, (uint)_bytes.Length * 2)));
}
