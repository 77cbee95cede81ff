namespace Tracers.DotNet.Traces;

/// <summary>Tags of an activity from the one text that a runtime makes of them: <c>[name, value],[name, value]</c>.</summary>
/// <remarks>The runtime escapes nothing: a value that holds <c>],[</c> cannot be told from the next tag.</remarks>
internal static class ActivityTags
{
    private const string Between = "],[";

    public static List<KeyValuePair<string, string>> Parse(ReadOnlySpan<char> text)
    {
        List<KeyValuePair<string, string>> tags = [];
        if (text is not ['[', .., ']'])
            return tags;
        text = text[1..^1];
        foreach (Range range in text.Split(Between))
        {
            ReadOnlySpan<char> tag = text[range];
            int comma = tag.IndexOf(", ");
            if (comma > 0)
                tags.Add(new KeyValuePair<string, string>(tag[..comma].ToString(), tag[(comma + 2)..].ToString()));
        }

        return tags;
    }
}
