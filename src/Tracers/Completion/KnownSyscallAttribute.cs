using System.Management.Automation;

namespace Tracers.Completion;

/// <summary>Refuses what is no system call that can be recorded by name.</summary>
/// <remarks>With ValidateSet PowerShell would offer the values itself, and without a word about them.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KnownSyscallAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string name = element?.ToString() ?? "";
        if (SyscallNames.All.Contains(name))
            return;
        string[] like = [.. SyscallNames.All.Where(known => name.Length > 0 && known.Contains(name, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(8)];
        string hint = like.Length > 0 ? $"Did you mean {string.Join(", ", like)}?" : "Tab after -Syscall offers the names.";
        throw new ValidationMetadataException($"'{name}' is no system call that is known here. {hint}");
    }
}
