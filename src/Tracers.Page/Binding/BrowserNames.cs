using System.Collections.Frozen;

namespace Tracers.Page.Binding;

/// <summary>What the page uses of the language and the browser. A name is added when the page needs it: what is not here is an error.</summary>
internal static class BrowserNames
{
    public static FrozenSet<string> Known { get; } = """
        undefined NaN Infinity Array BigInt Date Error Map Math Number Object Set String JSON Float64Array Int32Array Uint8Array isNaN atob
        document location history performance localStorage matchMedia devicePixelRatio getComputedStyle getSelection addEventListener
        requestAnimationFrame setTimeout clearTimeout Blob DecompressionStream Response ResizeObserver URLSearchParams
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
