namespace Tracers.Marks;

/// <summary>The types of values that are written without an allocation.</summary>
internal static partial class ArgumentFormats
{
    private static readonly Dictionary<Type, Delegate> s_known = Known();

    /// <summary>An <see cref="Action{MarkerBuffer, T}"/> of the type; null when it is not known.</summary>
    public static Delegate? Of(Type type) => s_known.TryGetValue(type, out Delegate? append) ? append : null;

    private static Dictionary<Type, Delegate> Known()
    {
        Dictionary<Type, Delegate> known = [];
        Add<string?>(known, static (b, v) => b.AppendEscaped(v));
        Add<bool>(known, static (b, v) => b.AppendEscaped(v ? "true" : "false"));
        Add<byte>(known, static (b, v) => b.Append((ulong)v));
        Add<sbyte>(known, static (b, v) => b.Append((long)v));
        Add<short>(known, static (b, v) => b.Append((long)v));
        Add<ushort>(known, static (b, v) => b.Append((ulong)v));
        Add<int>(known, static (b, v) => b.Append((long)v));
        Add<uint>(known, static (b, v) => b.Append((ulong)v));
        Add<long>(known, static (b, v) => b.Append(v));
        Add<ulong>(known, static (b, v) => b.Append(v));
        AddMore(known);
        return known;
    }

    private static void Add<T>(Dictionary<Type, Delegate> known, Action<MarkerBuffer, T> append) => known.Add(typeof(T), append);

    // What needs a framework that formats into bytes.
    static partial void AddMore(Dictionary<Type, Delegate> known);
}
