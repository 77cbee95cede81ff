using System.Management.Automation;
using System.Reflection;
using Tracers.Commands;
using Xunit;

namespace Tracers.Tests.PowerShell;

public sealed class ParameterTypeTests
{
    // For a Duration? or a Duration[] PowerShell converts the number and not the typed text: -MinDuration 0.5s would become 0.
    [Fact]
    public void No_command_has_a_nullable_or_repeated_time_as_a_parameter()
    {
        IEnumerable<string> wrong =
            from type in typeof(CancellableCommand).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(Cmdlet))
            from property in type.GetProperties()
            where property.IsDefined(typeof(ParameterAttribute)) && IsAround(property.PropertyType)
            select $"{type.Name}.{property.Name}";
        Assert.Empty(wrong);
    }

    private static bool IsAround(Type type)
    {
        Type? inner = type.IsArray ? type.GetElementType() : type.GetGenericArguments().FirstOrDefault();
        return inner == typeof(Duration) || inner == typeof(Timestamp) || inner == typeof(CaptureTime);
    }
}
