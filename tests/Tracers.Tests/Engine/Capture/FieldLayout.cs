using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Tracers.Tests.Engine.Capture;

/// <summary>Where the runtime has put the fields of a struct.</summary>
internal static class FieldLayout
{
    /// <summary>Offset and size of each field by its name, found by setting the field and looking which bytes changed.</summary>
    public static Dictionary<string, (int Offset, int Size)> Of<T>()
        where T : unmanaged
    {
        Dictionary<string, (int, int)> fields = [];
        foreach (FieldInfo field in typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            object box = default(T);
            field.SetValue(box, AllOnes(field.FieldType));
            T set = (T)box;
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in set));
            int offset = bytes.IndexOf((byte)0xFF);
            int size = bytes.LastIndexOf((byte)0xFF) - offset + 1;
            Assert.True(offset >= 0, $"{typeof(T).Name}.{field.Name} has no byte");
            fields.Add(NameOf(field), (offset, size));
        }

        return fields;
    }

    // A positional record's property: <Name>k__BackingField.
    private static string NameOf(FieldInfo field) => field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static object AllOnes(Type type)
    {
        object value = RuntimeHelpers.GetUninitializedObject(type);
        MethodInfo fill = typeof(FieldLayout).GetMethod(nameof(Fill), BindingFlags.Static | BindingFlags.NonPublic)!;
        return fill.MakeGenericMethod(type).Invoke(null, [value])!;
    }

    private static T Fill<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.AsBytes(new Span<T>(ref value)).Fill(0xFF);
        return value;
    }
}
