namespace Tracers.Engine.Capture.Linux;

/// <summary>An expression of calls.txt: a name, and in brackets what it is applied to.</summary>
internal sealed record Expression(string Name, Expression[] Operands)
{
    public static Expression Parse(string text)
    {
        int at = 0;
        Expression expression = Parse(text, ref at);
        return at == text.Length ? expression : throw new InvalidOperationException($"calls.txt: malformed expression: {text}");
    }

    public override string ToString() => Operands.Length == 0 ? Name : $"{Name}({string.Join(',', (IEnumerable<Expression>)Operands)})";

    private static Expression Parse(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ','))
            at++;
        string name = text[start..at];
        List<Expression> operands = [];
        if (at < text.Length && text[at] == '(')
        {
            do
            {
                at++;
                operands.Add(Parse(text, ref at));
            }
            while (at < text.Length && text[at] == ',');
            if (at == text.Length)
                throw new InvalidOperationException($"calls.txt: a bracket is missing: {text}");
            at++;
        }

        return new Expression(name, [.. operands]);
    }
}
