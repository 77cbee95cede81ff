namespace Tracers.Engine.Capture.Linux;

/// <summary>Gets the rows of an iterator, one after the other.</summary>
/// <param name="row">Valid until the handler returns.</param>
internal delegate void RowHandler<TRow>(ref readonly TRow row)
    where TRow : unmanaged;
