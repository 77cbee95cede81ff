using System.Text;
using Tracers.Engine.State;

namespace Tracers.Engine.Filters.Fields;

/// <summary>The descriptor that a call works on.</summary>
internal static class FdFields
{
    private static readonly byte[]?[] s_types = [.. Enum.GetValues<FdKind>().Select(static k => k.Name() is { } name ? Encoding.UTF8.GetBytes(name) : null)];

    public static FieldInfo[] All { get; } =
    [
        new("fd.type", FieldType.Text, "Type of the descriptor; none where it is not known.", static _ => new FieldReader
        {
            Type = FieldType.Text,
            Identity = static (scoped in EventContext c, out long value) =>
            {
                FdInfo? fd = c.Fd;
                value = fd is null ? 0 : (long)fd.Kind;
                return fd is not null;
            },
            Text = static (scoped in EventContext c, out ReadOnlySpan<byte> value) =>
            {
                value = c.Fd is { } fd ? s_types[(int)fd.Kind] : default;
                return !value.IsEmpty;
            },
        })
        {
            Example = "fd.type = ipv4",
            Values = static () => Enum.GetValues<FdKind>().Select(static k => k.Name()).OfType<string>(),
        },
    ];
}
