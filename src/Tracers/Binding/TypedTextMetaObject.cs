using System.Dynamic;
using System.Globalization;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace Tracers.Binding;

/// <summary>Lets a value on the left of a comparison read the text that was typed on its right.</summary>
/// <remarks>
/// In <c>Where-Object Duration -gt 0.5s</c> PowerShell takes <c>s</c> for a number's suffix and passes the <see cref="short"/> 0. The
/// PSObject around that number still carries the typed text; PowerShell's own comparison unwraps it and loses the text, so the
/// operand is converted here, before. In a script block <c>0.5s</c> is a bare number whose text is lost for good: that is
/// refused with advice, for otherwise <c>-gt</c> would compare with zero and <c>-eq</c> would be silently false.
/// </remarks>
internal sealed class TypedTextMetaObject<T>(Expression expression, T value)
    : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
    where T : struct, IParsable<T>
{
    private static readonly MethodInfo s_isTextOrNumber = ((Func<object?, bool>)IsTextOrNumber).Method;
    private static readonly MethodInfo s_read = ((Func<object, T>)Read).Method;

    public override DynamicMetaObject BindBinaryOperation(BinaryOperationBinder binder, DynamicMetaObject arg)
    {
        ArgumentNullException.ThrowIfNull(binder);
        ArgumentNullException.ThrowIfNull(arg);
        if (!IsComparison(binder.Operation))
        {
            return binder.FallbackBinaryOperation(this, arg);
        }

        Expression operand = Expression.Convert(arg.Expression, typeof(object));
        Expression isText = Expression.Call(s_isTextOrNumber, operand);
        if (!IsTextOrNumber(arg.Value))
        {
            // The rule for other operands must not be reused for a text that comes later in the same kind of wrapper.
            return Restrict(binder.FallbackBinaryOperation(this, arg), Expression.Not(isText));
        }

        var read = new DynamicMetaObject(Expression.Call(s_read, operand), BindingRestrictions.Empty, Read(arg.Value!));
        return Restrict(binder.FallbackBinaryOperation(this, read), isText);
    }

    private DynamicMetaObject Restrict(DynamicMetaObject bound, Expression condition) => new(
        bound.Expression,
        BindingRestrictions.GetTypeRestriction(Expression, typeof(T))
            .Merge(BindingRestrictions.GetExpressionRestriction(condition))
            .Merge(bound.Restrictions));

    private static bool IsComparison(ExpressionType operation) => operation is
        ExpressionType.Equal or ExpressionType.NotEqual or
        ExpressionType.LessThan or ExpressionType.LessThanOrEqual or
        ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual;

    private static bool IsTextOrNumber(object? operand) => (operand is PSObject wrapped ? wrapped.BaseObject : operand) is
        string or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;

    private static T Read(object operand)
    {
        // int and long are what a number without suffix is in a script; every other bare number once had a unit or more digits.
        if (operand is not (PSObject or string or int or long))
        {
            throw new FormatException(
                $"The right side of this comparison is the bare number {LanguagePrimitives.ConvertTo<string>(operand)}: its unit, or some of its "
                + "digits, are missing or were dropped by PowerShell. Put the whole value in quotes, as in '0.5s'.");
        }

        return T.Parse(LanguagePrimitives.ConvertTo<string>(operand), CultureInfo.InvariantCulture);
    }
}
