using System.Management.Automation;
using Tracers.Engine.State;

namespace Tracers.Completion;

/// <summary>Refuses what is no type of a descriptor.</summary>
/// <remarks>With ValidateSet PowerShell would offer the values itself, and without a word about them.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class KnownFdTypeAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Whether only the types of sockets are meant.</summary>
    public bool SocketsOnly { get; set; }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string text = element?.ToString() ?? "";
        if (!FdKindText.TryParse(text, out FdKind kind) || (SocketsOnly && !kind.IsSocket()))
        {
            IEnumerable<string?> known = Enum.GetValues<FdKind>().Where(k => !SocketsOnly || k.IsSocket()).Select(static k => k.Name());
            string names = string.Join(", ", known.Where(static name => name is not null).Order(StringComparer.Ordinal));
            throw new ValidationMetadataException($"'{text}' is no type of {(SocketsOnly ? "socket" : "descriptor")}. The types are: {names}.");
        }
    }

    /// <summary>The kinds that texts which passed stand for.</summary>
    internal static FdKind[] Parse(string[] types) =>
        Array.ConvertAll(types, static t => FdKindText.TryParse(t, out FdKind kind) ? kind : throw new PSArgumentException($"'{t}' is no type of descriptor.", nameof(types)));
}
