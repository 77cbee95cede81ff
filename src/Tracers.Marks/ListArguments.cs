namespace Tracers.Marks;

/// <summary>Arguments that came as a list.</summary>
internal readonly struct ListArguments(KeyValuePair<string, string?>[] list) : IMarkerArguments
{
    public void AppendTo(MarkerBuffer buffer)
    {
        for (int i = 0; i < list.Length; i++)
        {
            if (i > 0)
                buffer.Append(',');
            buffer.AppendEscaped(list[i].Key);
            buffer.Append('=');
            buffer.AppendEscaped(list[i].Value);
        }
    }
}
