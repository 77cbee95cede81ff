using System.Management.Automation;

namespace Tracers.Binding;

/// <summary>Makes a filter of a text, or of a script block's text.</summary>
/// <remarks>
/// What is wrong with it is kept and not thrown: PowerShell would wrap the message in three others, and the place in the text that it
/// points at could not be seen any more. The command says it as its own error.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FilterTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        string text => FilterExpression.Read(text),
        ScriptBlock script => FilterExpression.Read(script.ToString()),
        { } other => other,
        null => null!,
    };
}
