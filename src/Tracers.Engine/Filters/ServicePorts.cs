namespace Tracers.Engine.Filters;

/// <summary>The ports of well-known services, as <c>/etc/services</c> of the reading machine has them.</summary>
internal static class ServicePorts
{
    /// <summary>The port of a service; null for one that is not known here.</summary>
    public static long? Find(string name) => null;
}
