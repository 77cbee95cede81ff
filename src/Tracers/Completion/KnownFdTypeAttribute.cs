using System.Management.Automation;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Refuses what is no type of a descriptor.</summary>
/// <remarks>With ValidateSet PowerShell would offer the values itself, and without a word about them.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KnownFdTypeAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string text = element?.ToString() ?? "";
        if (!FdKindText.TryParse(text, out _))
        {
            string known = string.Join(", ", Enum.GetValues<FdKind>().Select(static kind => kind.Name()).Where(static name => name is not null).Order(StringComparer.Ordinal));
            throw new ValidationMetadataException($"'{text}' is no type of descriptor. The types are: {known}.");
        }
    }
}
