using Acornima;
using Acornima.Ast;

namespace Tracers.Page.Binding;

/// <summary>The global names that a script declares and uses.</summary>
internal sealed class ScriptNames
{
    private readonly Stack<HashSet<string>> _scopes = new();

    public ScriptNames(ScriptFile script)
    {
        Source = script.Source;
        foreach (Statement statement in script.Program.Body)
            Declare(statement);
        Visit(script.Program);
    }

    public SourceFile Source { get; }

    /// <summary>The names declared at the top level, and where.</summary>
    public List<(string Name, int Index)> Declared { get; } = [];

    /// <summary>The names used that no scope inside the script has, and where; a declaration is no use.</summary>
    public List<(string Name, int Index)> Used { get; } = [];

    /// <summary>The parser's callback: keeps what it knows of a scope with the node that has it.</summary>
    public static void KeepScope(Node node, in OnNodeContext context)
    {
        if (!context.HasScope || node is Acornima.Ast.Program)
            return;
        HashSet<string> names = [];
        ref readonly Scope scope = ref context.Scope;
        foreach (Identifier name in scope.VarVariables)
            names.Add(name.Name);
        foreach (Identifier name in scope.LexicalVariables)
            names.Add(name.Name);
        foreach (Identifier name in scope.Functions)
            names.Add(name.Name);
        node.UserData = names;
    }

    private void Declare(Statement statement)
    {
        switch (statement)
        {
            case FunctionDeclaration { Id: { } id }:
                Declared.Add((id.Name, id.Start));
                break;
            case ClassDeclaration { Id: { } id }:
                Declared.Add((id.Name, id.Start));
                break;
            case VariableDeclaration variables:
                foreach (VariableDeclarator variable in variables.Declarations)
                    DeclarePattern(variable.Id);
                break;
        }
    }

    private void DeclarePattern(Node pattern)
    {
        switch (pattern)
        {
            case Identifier id:
                Declared.Add((id.Name, id.Start));
                break;
            case Property property:
                DeclarePattern(property.Value);
                break;
            case AssignmentPattern withDefault:
                DeclarePattern(withDefault.Left);
                break;
            default:
                foreach (Node child in pattern.ChildNodes)
                    DeclarePattern(child);
                break;
        }
    }

    private void Visit(Node node)
    {
        HashSet<string>? scope = node.UserData as HashSet<string>;
        // The name of a function or class expression is known inside it.
        string? own = node switch
        {
            FunctionExpression { Id: { } id } => id.Name,
            ClassExpression { Id: { } id } => id.Name,
            _ => null,
        };
        if (own is not null)
            scope = [.. scope ?? [], own];
        if (scope is not null)
            _scopes.Push(scope);

        switch (node)
        {
            case Identifier id:
                Use(id);
                break;
            case MemberExpression { Computed: false } member:
                Visit(member.Object);
                break;
            case Property { Computed: false } property:
                Visit(property.Value);
                break;
            case MethodDefinition { Computed: false } method:
                Visit(method.Value);
                break;
            case PropertyDefinition { Computed: false } field:
                if (field.Value is { } value)
                    Visit(value);
                break;
            case LabeledStatement labeled:
                Visit(labeled.Body);
                break;
            case BreakStatement or ContinueStatement or MetaProperty:
                break;
            default:
                foreach (Node child in node.ChildNodes)
                    Visit(child);
                break;
        }

        if (scope is not null)
            _scopes.Pop();
    }

    private void Use(Identifier id)
    {
        if (!_scopes.Any(scope => scope.Contains(id.Name)) && !Declared.Contains((id.Name, id.Start)))
            Used.Add((id.Name, id.Start));
    }
}
