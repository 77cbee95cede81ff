namespace Tracers.Marks;

/// <summary>The arguments of one marker. Structs only, through generic methods: nothing is boxed.</summary>
internal interface IMarkerArguments
{
    /// <summary>Appends <c>name=value</c> for each, with commas between them.</summary>
    void AppendTo(MarkerBuffer buffer);
}
