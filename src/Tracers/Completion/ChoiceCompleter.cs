using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Tracers.Completion;

/// <summary>Offers values with a word about each: those that begin with what is typed, in quotes where they need them.</summary>
/// <remarks>
/// PowerShell asks a completer only where it has no values itself. So a parameter that takes an enum is declared as an array of its nullable
/// form, which binds the same and gives the same errors.
/// </remarks>
public abstract class ChoiceCompleter : IArgumentCompleter
{
    /// <summary>Most values that are offered: nobody reads further.</summary>
    private const int Most = 1000;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        TypedWord word = TypedWord.Read(wordToComplete);
        try
        {
            return
            [
                .. Matching(word, fakeBoundParameters, commandAst)
                    .Where(static choice => !choice.Value.Any(char.IsControl))
                    .Take(Most)
                    .Select(choice => ToResult(choice, word)),
            ];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever is wrong, the command itself will say so. Tab offers nothing, and PowerShell would show the exception nowhere.
            return [];
        }
    }

    /// <summary>All values, in the order in which they are offered.</summary>
    /// <param name="parameters">What stands on the line already, by parameter.</param>
    /// <param name="command">The command on the line.</param>
    private protected abstract IEnumerable<Choice> Choices(IDictionary parameters, CommandAst command);

    /// <summary>The values that what is typed can become.</summary>
    private protected virtual IEnumerable<Choice> Matching(TypedWord word, IDictionary parameters, CommandAst command) =>
        Choices(parameters, command).Where(choice => word.Matches(choice.Value));

    /// <summary>Whether the parameter takes patterns, so that <c>[</c> and <c>*</c> in a value must be marked as they are.</summary>
    private protected virtual bool TakesPatterns => false;

    private CompletionResult ToResult(Choice choice, TypedWord word)
    {
        string argument = TakesPatterns ? WildcardPattern.Escape(choice.Value) : choice.Value;
        string toolTip = string.IsNullOrWhiteSpace(choice.ToolTip) ? choice.Value : choice.ToolTip;
        return new CompletionResult(word.Quote(argument), choice.Label ?? choice.Value, CompletionResultType.ParameterValue, string.Concat(toolTip.Where(static c => !char.IsControl(c))));
    }
}
