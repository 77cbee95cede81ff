namespace Tracers.Marks;

/// <summary>One argument, behind others.</summary>
/// <typeparam name="TBefore">Those before it.</typeparam>
/// <typeparam name="T">The type of its value.</typeparam>
internal readonly struct Arguments<TBefore, T> : IMarkerArguments
    where TBefore : struct, IMarkerArguments
{
    private readonly TBefore _before;
    private readonly string? _name;
    private readonly T _value;

    // Made at once: the code of a foreign type may do anything, also mark.
    private readonly string? _foreignText;

    public Arguments(TBefore before, (string? Name, T Value) argument)
    {
        _before = before;
        (_name, _value) = argument;
        _foreignText = ArgumentValue<T>.ForeignText(_value);
    }

    public void AppendTo(MarkerBuffer buffer)
    {
        int start = buffer.Length;
        _before.AppendTo(buffer);
        if (buffer.Length > start)
            buffer.Append(',');
        buffer.AppendEscaped(_name);
        buffer.Append('=');
        if (ArgumentValue<T>.Append is { } append)
            append(buffer, _value);
        else
            buffer.AppendEscaped(_foreignText);
    }
}
