using System.Collections.Frozen;

namespace Tracers.Page.Binding;

/// <summary>What the page uses of the language and the browser. A name is added when the page needs it: what is not here is an error.</summary>
internal static class BrowserNames
{
    public static FrozenSet<string> Known { get; } = """
        undefined NaN Infinity Array Boolean Date Error Map Math Number Object Promise Set String RegExp JSON Intl WeakMap
        URLSearchParams Float64Array Int32Array Uint8Array Uint16Array Uint32Array BigInt
        isNaN parseInt parseFloat isFinite encodeURIComponent decodeURIComponent atob
        document window location history navigator performance localStorage matchMedia devicePixelRatio getComputedStyle getSelection
        addEventListener requestAnimationFrame cancelAnimationFrame setTimeout clearTimeout queueMicrotask
        Blob DecompressionStream Response TextDecoder ReadableStream
        ResizeObserver IntersectionObserver HTMLElement HTMLCanvasElement KeyboardEvent CustomEvent Event CSS scrollTo
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
