using System.Management.Automation.Host;

namespace Tracers.Shell;

/// <summary>A choice's label, "&amp;Yes to All", taken apart into the key and the text.</summary>
internal readonly record struct ChoiceLabel(string Key, string Text)
{
    /// <summary>Takes a choice's label apart; without an ampersand the whole text is the key.</summary>
    public static ChoiceLabel Parse(ChoiceDescription choice)
    {
        string label = choice.Label;
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark < 0 || mark == label.Length - 1
            ? new ChoiceLabel(label, label)
            : new ChoiceLabel(char.ToUpperInvariant(label[mark + 1]).ToString(), label.Remove(mark, 1));
    }

    /// <summary>Says whether an answer, the key or the whole text in any case, means this choice.</summary>
    public bool IsChosenBy(string answer) =>
        answer.Equals(Key, StringComparison.OrdinalIgnoreCase) || answer.Equals(Text, StringComparison.OrdinalIgnoreCase);
}
