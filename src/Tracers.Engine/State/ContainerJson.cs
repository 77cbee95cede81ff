using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tracers.Engine.State;

/// <summary>What a container event's JSON tells that is kept: <c>{"container":{"id":...,"name":...,...}}</c>.</summary>
internal struct ContainerJson
{
    private const long LookupStarted = 0;
    private const long LookupFailed = 2;

    public string Id { get; private set; } = "";

    public string? Name { get; private set; }

    public string? Image { get; private set; }

    public long Type { get; private set; }

    /// <summary>Its address; none where it shares the host's, or is not known.</summary>
    public InternetAddress Ip { get; private set; }

    /// <summary>Whether the recorder had found all out when it wrote this, as far as it says so.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Null when they are not asked for.</summary>
    public ContainerDetails? Details { get; private set; }

    private ContainerJson(ref Utf8JsonReader reader, bool details)
    {
        Details = details ? new ContainerDetails() : null;
        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals("container"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (NextProperty(ref reader))
                Take(ref reader);
        }
    }

    /// <summary>Reads the JSON; false when it is none.</summary>
    /// <param name="json">The text.</param>
    /// <param name="details">Whether all is wanted that can be asked for.</param>
    /// <param name="container">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, bool details, out ContainerJson container)
    {
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                container = new ContainerJson(ref reader, details);
                return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed, or text that is no UTF-8.
        }

        container = default;
        return false;
    }

    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private void Take(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
            Id = Text(ref reader) ?? "";
        else if (reader.ValueTextEquals("name"u8))
            Name = Text(ref reader);
        else if (reader.ValueTextEquals("image"u8))
            Image = Text(ref reader);
        else if (reader.ValueTextEquals("type"u8))
            Type = Number(ref reader) ?? 0;
        else if (reader.ValueTextEquals("ip"u8))
            Ip = IPAddress.TryParse(Text(ref reader), out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetwork ? InternetAddress.Read(ip) : default;
        else if (reader.ValueTextEquals("lookup_state"u8))
            IsComplete = Number(ref reader) is not (LookupStarted or LookupFailed);
        else if (Details is not null)
            Details = Take(ref reader, Details);
        else
            reader.Skip();
    }

    private static ContainerDetails Take(ref Utf8JsonReader reader, ContainerDetails details)
    {
        if (reader.ValueTextEquals("imageid"u8))
            return details with { ImageId = Text(ref reader) };
        if (reader.ValueTextEquals("imagerepo"u8))
            return details with { ImageRepository = Text(ref reader) };
        if (reader.ValueTextEquals("imagetag"u8))
            return details with { ImageTag = Text(ref reader) };
        if (reader.ValueTextEquals("imagedigest"u8))
            return details with { ImageDigest = Text(ref reader) };
        if (reader.ValueTextEquals("privileged"u8))
            return details with { IsPrivileged = Boolean(ref reader) };
        if (reader.ValueTextEquals("Mounts"u8))
            return details with { Mounts = ReadMounts(ref reader) };
        if (reader.ValueTextEquals("Healthcheck"u8))
            return details with { HealthCheck = ReadProbe(ref reader) };
        if (reader.ValueTextEquals("LivenessProbe"u8))
            return details with { LivenessProbe = ReadProbe(ref reader) };
        if (reader.ValueTextEquals("ReadinessProbe"u8))
            return details with { ReadinessProbe = ReadProbe(ref reader) };
        reader.Skip();
        return details;
    }

    private static List<ContainerMount> ReadMounts(ref Utf8JsonReader reader)
    {
        List<ContainerMount> mounts = [];
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return mounts;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ContainerMount mount = new("", "", "", false, "");
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (NextProperty(ref reader))
                    mount = Take(ref reader, mount);
            }
            else
            {
                reader.Skip();
            }

            mounts.Add(mount);
        }

        return mounts;
    }

    private static ContainerMount Take(ref Utf8JsonReader reader, ContainerMount mount)
    {
        if (reader.ValueTextEquals("Source"u8))
            return mount with { Source = Text(ref reader) ?? "" };
        if (reader.ValueTextEquals("Destination"u8))
            return mount with { Destination = Text(ref reader) ?? "" };
        if (reader.ValueTextEquals("Mode"u8))
            return mount with { Mode = Text(ref reader) ?? "" };
        if (reader.ValueTextEquals("RW"u8))
            return mount with { IsWritable = Boolean(ref reader) };
        if (reader.ValueTextEquals("Propagation"u8))
            return mount with { Propagation = Text(ref reader) ?? "" };
        reader.Skip();
        return mount;
    }

    // {"exe":"curl","args":["-f","http://localhost/"]}; null without a program.
    private static ContainerProbe? ReadProbe(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? exe = null;
        string arguments = "";
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("exe"u8))
                exe = Text(ref reader);
            else if (reader.ValueTextEquals("args"u8))
                arguments = ReadArguments(ref reader);
            else
                reader.Skip();
        }

        return exe is null ? null : new ContainerProbe(exe, arguments);
    }

    private static string ReadArguments(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return "";
        }

        StringBuilder arguments = new();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                arguments.Append(reader.GetString()).Append('\0');
            else
                reader.Skip();
        }

        return arguments.ToString();
    }

    private static bool Boolean(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return false;
    }

    // Null for what is empty and for what is no text.
    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.String)
            return reader.GetString() is { Length: > 0 } text ? text : null;
        reader.Skip();
        return null;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out long number) ? number : null;
        reader.Skip();
        return null;
    }
}
