using System.Runtime.CompilerServices;

// Without the runtime's own marshalling the native calls need no stub compiled at start-up.
[assembly: DisableRuntimeMarshalling]
