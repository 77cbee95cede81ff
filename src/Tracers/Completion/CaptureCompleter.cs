using System.Collections;
using System.Management.Automation.Language;
using Tracers.Engine.Analysis;

namespace Tracers.Completion;

/// <summary>Offers what the captures that the line names hold.</summary>
/// <remarks>Only small captures are read, and only for so long as somebody waits for Tab.</remarks>
public abstract class CaptureCompleter : ChoiceCompleter
{
    /// <summary>All values, in the order in which they are offered.</summary>
    /// <param name="names">What they are chosen from.</param>
    private protected abstract IEnumerable<Choice> Choices(CaptureNames names);

    /// <summary>The values, for a completer of something larger that holds one.</summary>
    internal IEnumerable<Choice> Of(CaptureNames names) => Choices(names);

    private protected sealed override IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command) =>
        CapturesNames.Read(LineCaptures.Find(parameters, command)) is { } names ? Choices(names) : [];
}
