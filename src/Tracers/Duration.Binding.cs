using System.Dynamic;
using System.Linq.Expressions;
using Tracers.Binding;

namespace Tracers;

public readonly partial struct Duration : IDynamicMetaObjectProvider
{
    // Explicit, so that PowerShell lists no further member.
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) =>
        new TypedTextMetaObject<Duration>(parameter, this);
}
